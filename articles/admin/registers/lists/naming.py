"""The names to confirm: what of each line would be kept, with three forms and how often it stands in the archive."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import publishing
from articles.interchange.keeper import (
    accept_all,
    confirm_names,
    confirm_order,
    count_some,
    names_to_confirm,
    show_forms,
)
from articles.interchange.keeper.state import changed_since, hold
from articles.lists.text import language
from articles.models import ListFile, ListRow, Organization
from articles.models.fields import printable

from ...base import editor_of, name_of
from ..pending import View, for_keepers
from . import words
from .frame import FilePages, paged, unconfirmed

LINES = 20  # on a page
PARTS = ("family", "given", "patronymic", "gender")
ADDED = 2  # empty fields for names that no line states
MOST_NAMES = 120  # of one line
LONGEST_NAME = 300
COUNTING = 2.0  # seconds of one turn
FULL = ("entry", "keeper_line", "names_by__user")
SHOWN = ("todo", "done", "all")


class NameViews(FilePages):
    def get_urls(self) -> list[URLPattern]:
        def wrap(view: View) -> View:
            return self.admin_site.admin_view(for_keepers(view))

        return [
            path("<int:pk>/names/", wrap(self.names_view), name="articles_listfile_names"),
            path(
                "<int:pk>/names/<int:row_pk>/", wrap(require_POST(self.confirm_view)), name="articles_listfile_confirm"
            ),
            path("<int:pk>/names/page/", wrap(require_POST(self.page_view)), name="articles_listfile_confirm_page"),
            path("<int:pk>/count/", wrap(require_POST(self.count_view)), name="articles_listfile_count"),
            path("<int:pk>/accept/", wrap(self.accept_view), name="articles_listfile_accept"),
            *super().get_urls(),
        ]

    def names_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the lines whose names nobody has gone through, the most frequent in the archive first."""
        file = self.found(pk)
        self.freshened(request, file)
        show, text = request.GET.get("show", ""), request.GET.get("q", "").strip()[:100]
        show = show if show in SHOWN else ("todo" if file.state == "waiting" else "all")
        page = paged(lines(file, show, text), request.GET.get("page"), LINES)
        rows = list(page.object_list)
        show_forms(rows)
        context = self.step(
            request,
            file,
            "names",
            show=show,
            q=text,
            page=page,
            rows=[names_in_words(row) for row in rows],
            query=urlencode({"show": show, "q": text}),
            uncounted=uncounted(file),
        )
        return self.page(request, "names", **context)

    def confirm_view(self, request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
        """Keep which names of one line are taken."""
        file = self.found(pk)
        problem = ""
        try:
            confirmed(file, row_pk, request)
        except publishing.Refused as refused:
            problem = str(refused)
        row = file.rows.select_related(*FULL).filter(pk=row_pk).first()
        if "HX-Request" in request.headers and row is not None:
            file = self.found(pk)
            show_forms([row])
            one = names_in_words(row) | {"problem": problem}
            context = {"one": one, "file": file, "may_act": file.state == "waiting"}
            return self.page(request, "_confirmed_row", **context, unconfirmed=unconfirmed(file).count())
        if problem:
            messages.error(request, problem)
        kept = {key: value for key in ("show", "q", "page") if (value := request.POST.get(f"at_{key}", ""))}
        address = reverse("admin:articles_listfile_names", args=[pk]) + (f"?{urlencode(kept)}" if kept else "")
        return self.lead(request, f"{address}#row-{row_pk}")

    def page_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirm the lines of a page as they are proposed: all that were shown, or none."""
        file = self.found(pk)
        try:
            number = confirmed_as_proposed(file, request.POST.getlist("row")[:LINES], request)
        except publishing.Refused as refused:
            messages.error(request, str(refused))
        else:
            said = ngettext("%(number)d line is confirmed.", "%(number)d lines are confirmed.", number)
            messages.success(request, said % {"number": number})
        return redirect("admin:articles_listfile_names", pk)

    def count_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Count names in the archive for a moment; the page asks again until all are counted."""
        file = self.found(pk)
        left = count_some(file, COUNTING) if file.state == "waiting" else 0
        if "HX-Request" not in request.headers:
            return redirect("admin:articles_listfile_names", pk)
        return self.page(request, "_counting", file=file, uncounted=left)

    def accept_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then accept what is proposed of all lines."""
        file = self.found(pk)
        if request.method == "POST":
            try:
                number = accept_all(file, by=editor_of(request), at=timezone.now())
            except publishing.Refused as refused:
                messages.error(request, str(refused))
            else:
                said = ngettext(
                    "Accepted: all names as they are proposed, and %(number)d question as it is proposed.",
                    "Accepted: all names as they are proposed, and %(number)d questions as they are proposed.",
                    number,
                )
                messages.success(request, said % {"number": number})
                return redirect("admin:articles_listfile_store", pk)
            return redirect("admin:articles_listfile_names", pk)
        return self.page(
            request,
            "accept",
            **self.step(request, file, "names"),
            questions=file.rows.filter(asked=True, answer="").exclude(change__in=("gone", "stopped")).count(),
            left=file.rows.filter(asked=True, answer="", change__in=("gone", "stopped")).count(),
        )


def lines(file: ListFile, show: str, text: str) -> QuerySet[ListRow]:
    """Return the lines of a filter, in the order in which they are confirmed."""
    if show == "todo":
        rows = names_to_confirm(file)
    else:
        rows = file.rows.exclude(change="gone").exclude(names=[])
        rows = confirm_order(rows.filter(names_confirmed=True) if show == "done" else rows)
    for word in text.split():
        rows = rows.filter(Q(line__icontains=word))
    return rows.select_related(*FULL)


def uncounted(file: ListFile) -> int:
    return names_to_confirm(file).filter(frequency=None).count() if file.state == "waiting" else 0


def mark_of(row: ListRow) -> str:
    """Return a digest of the row's names as they are shown: a form speaks of these and no others."""
    names = [{key: one.get(key) for key in ("text", "language", "kind", "strength", "take")} for one in row.names]
    shown = [names, row.data.get("person"), row.names_confirmed, row.change, row.entry_id]
    whole = json.dumps(shown, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:24]


def names_in_words(row: ListRow) -> dict[str, Any]:
    """Return a row with its names as the template shows them."""
    names = [name_in_words(at, one) for at, one in enumerate(row.names)]
    return {
        "row": row,
        "pk": row.pk,
        "place": words.where(row.where),
        "kind_name": words.KINDS.get(row.kind, row.kind),
        "line": row.line,
        "names": names,
        "added": range(len(names), len(names) + ADDED),
        "count": len(names),
        "parts": parts_in_words(row),
        "mark": mark_of(row),
        "matches_nothing": not any(one["take"] for one in row.names),
        "nowhere": bool(names) and all(one["found"] == 0 for one in row.names if one["state"] != "known"),
        "who": name_of(row.names_by) if row.names_by else "",
    }


def name_in_words(at: int, name: dict[str, Any]) -> dict[str, Any]:
    """Return one name with its kind, state and count in words."""
    states = {
        "known": _("the entry has it already"),
        "refused": _("left out before"),
        "left": _("no longer on the line"),
    }
    found = name.get("found")
    return name | {
        "at": at,
        "kind_name": words.NAME_KINDS.get(name["kind"], name["kind"]),
        "state_name": states.get(name["state"], ""),
        "forms": name.get("forms", [])[:3],
        "found_name": found_name(found) if name["state"] != "known" else "",
        "strengths": strengths(name["strength"]),
        "kinds": list(words.NAME_KINDS.items()),
    }


def parts_in_words(row: ListRow) -> list[dict[str, Any]]:
    """Return the parts of a person's name with what they are called, the gender last; [] of a body."""
    if row.kind != "person":
        return []
    person = row.data.get("person") or {}
    return [
        {"name": part, "label": words.ROLES[part], "value": person.get(part) or "", "choices": Organization.GENDERS}
        for part in PARTS
    ]


def posted_parts(row: ListRow, data: Any) -> dict[str, Any] | None:
    """Return the parts of a person's name as the form says; None where it says nothing of them."""
    if row.kind != "person" or not any(data.get(f"part-{part}", "").strip() for part in PARTS):
        return None
    said = {part: written(data.get(f"part-{part}", "")) for part in PARTS}
    return said | {"patronymic": said["patronymic"] or None}


def found_name(found: int | None) -> str:
    """Return in words in how many articles a name stands."""
    if found is None:
        return _("not counted yet")
    if found == 0:
        return _("in no article")
    return ngettext("in %(number)d article", "in %(number)d articles", found) % {"number": found}


def strengths(own: str) -> list[tuple[str, Any]]:
    known = dict(words.STRENGTHS)
    return list(known.items()) if own in known else [(own, own), *known.items()]


def confirmed(file: ListFile, row_pk: int, request: HttpRequest) -> None:
    """Keep what the form says of the names, if they are those that it was made of. Raises Refused."""
    with transaction.atomic():
        hold(file)
        row = file.rows.filter(pk=row_pk).first()
        if row is None or request.POST.get("mark") != mark_of(row):
            raise publishing.Refused("", changed_since())
        at = timezone.now()
        names, person = posted(row, request.POST), posted_parts(row, request.POST)
        confirm_names(row, names, by=editor_of(request), at=at, person=person)


def confirmed_as_proposed(file: ListFile, shown: list[str], request: HttpRequest) -> int:
    """Confirm rows, each given as `key:digest` of what was shown. Raises Refused if one of them is another now."""
    at = timezone.now()
    with transaction.atomic():
        hold(file)
        for one in shown:
            key, _colon, mark = one.partition(":")
            row = file.rows.filter(pk=key).first() if key.isdecimal() and len(key) <= 18 else None
            if row is None or mark != mark_of(row):
                raise publishing.Refused("", changed_since())
            names = [name for name in row.names if name["state"] != "known"]
            confirm_names(row, names, by=editor_of(request), at=at)
    return len(shown)


def posted(row: ListRow, data: Any) -> list[dict[str, Any]]:
    """Return the names as the form says: an altered text is a name of its own, and the one it stood for is left out."""
    out: list[dict[str, Any]] = []
    for at, name in enumerate(row.names):
        if name["state"] == "known":
            continue
        text = written(data.get(f"text-{at}", name["text"])) or name["text"]
        take, strength = f"take-{at}" in data, data.get(f"strength-{at}", "") or name["strength"]
        kind = data.get(f"kind-{at}", "") or name["kind"]
        own = {"text": name["text"], "language": name["language"], "strength": strength}
        if text == name["text"]:
            out.append(own | {"take": take, "kind": kind})
        else:
            out.append(own | {"take": False, "strength": name["strength"]})
            out.append({"text": text, "language": name["language"], "kind": kind, "strength": strength, "take": take})
    for at in range(len(row.names), min(len(row.names) + ADDED, MOST_NAMES)):
        text = written(data.get(f"text-{at}", ""))
        if text:
            strength = data.get(f"strength-{at}", "") or "strong"
            kind = data.get(f"kind-{at}", "") or "proper"
            said = {"text": text, "language": language(text), "kind": kind, "strength": strength, "take": True}
            out.append(said)
    return out


def written(text: str) -> str:
    return " ".join(printable(text).split())[:LONGEST_NAME]
