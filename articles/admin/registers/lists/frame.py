"""What the pages of a keeper's file share: who may see them, the steps of the way, figures, a row put in words."""

import hashlib
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import publishing
from articles.interchange.keeper import answers_to, faults_of, fresh
from articles.interchange.keeper.layouts import title_of
from articles.interchange.keeper.refusing import questions_of
from articles.models import ListFile, ListRow

from ...base import ReadOnlyAdmin, name_of
from . import words
from .pointing import day_of, line_row

ROWS = 50  # on a page
ORDER = ("same", "other", "keep", "end", "skip")  # of the buttons


class FilePages(ReadOnlyAdmin):
    """The frame; `ListFileAdmin` carries the pages built on it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.change_register")

    def found(self, pk: int | str) -> ListFile:
        if not str(pk).isdecimal() or len(str(pk)) > 18:
            raise Http404
        files = ListFile.objects.select_related("register", "layout", "made_by__user", "ended_by__user")
        file = files.filter(pk=pk).first()
        if file is None:
            raise Http404
        return file

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/articles/registers/lists/{template}.html", common | context)

    def lead(self, request: HttpRequest, address: str) -> HttpResponse:
        """Go to another page: a script that swaps parts has to be told."""
        if "HX-Request" in request.headers:
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return redirect(address)

    def freshened(self, request: HttpRequest, file: ListFile) -> None:
        """Compare the file anew where the registers have changed since, and say so."""
        try:
            anew = fresh(file, at=timezone.now())
        except publishing.Refused as refused:  # somebody answers at this moment: the page shows what stands
            messages.warning(request, str(refused))
            return
        if anew:
            message = _(
                "The registers have changed since: the file was compared anew. Answers to the same questions stay."
            )
            messages.warning(request, message)

    def step(self, request: HttpRequest, file: ListFile, here: str, **context: Any) -> dict[str, Any]:
        """Return the context of one of the file's pages: its head, its steps, what is open."""
        return {
            "title": file.file_name,
            "file": file,
            "here": here,
            "who": name_of(file.made_by),
            "ended_who": name_of(file.ended_by) if file.ended_at else "",
            "layout_title": title_of(file.layout) if file.layout else "",
            "last": last_hand(file),
            "faults": [str(one) for one in faults_of(file)],
            "counts": figures(file),
            "open": open_count(file),
            "unconfirmed": unconfirmed(file).count() if file.state == "waiting" else 0,
            "may_act": file.state == "waiting" and request.user.has_perm("articles.change_register"),
            **context,
        }


def last_hand(file: ListFile) -> dict[str, Any] | None:
    """Return who answered last, and when."""
    row = file.rows.exclude(answered_at=None).order_by("-answered_at").select_related("answered_by__user").first()
    return {"at": row.answered_at, "who": name_of(row.answered_by)} if row else None


def figures(file: ListFile) -> list[dict[str, Any]]:
    """Return how many lines change in which way, for the filters."""
    return [
        {"key": key, "name": label, "count": file.counts.get(key, 0)}
        for key, label in ListRow.CHANGES
        if file.counts.get(key, 0) or key in ("added", "changed", "ended")
    ]


def open_count(file: ListFile) -> int:
    """Return how many questions nobody has answered."""
    return int(file.counts.get("open", 0))


def unconfirmed(file: ListFile) -> QuerySet[ListRow]:
    """Return the rows whose names nobody has gone through."""
    return file.rows.filter(names_confirmed=False).exclude(change__in=("gone", "unchanged"))


def paged(rows: QuerySet[ListRow], number: str | None, size: int = ROWS) -> Page[ListRow]:
    return Paginator(rows, size).get_page(number)


def labels(row: ListRow) -> dict[str, str]:
    """Return what the answers to a row are called."""
    gone = {"end": _("It has ended"), "keep": _("It is still listed"), "skip": _("Leave it for now")}
    if row.change == "gone":
        return gone
    if row.with_position is not None:
        return {
            "same": _("Both lines are of one entry"),
            "other": _("Two entries of one name"),
            "skip": _("Leave it for now"),
        }
    if row.change == "added" and not row.asked:
        return {"skip": _("Leave it out this time")}
    if row.change == "stopped":
        return {
            "same": _("The same, under another name"),
            "other": _("Another one: a new entry"),
            "skip": _("Leave it for now"),
        }
    return {
        "same": _("It is this entry"),
        "other": _("Another one: a new entry"),
        "skip": _("Leave it for now"),
    }


def row_in_words(row: ListRow) -> dict[str, Any]:
    """Return a row as the templates show it: what was, what is, by what it was found, what may be answered."""
    called = labels(row)
    before = row.keeper_line
    return {
        **line_row(row.data | {"kind": row.kind, "names": []}),
        "row": row,
        "pk": row.pk,
        "place": words.where(row.where),
        "change_name": row.get_change_display(),
        "reason": words.reason(row.reason),
        "before": before_of(row),
        "line": row.line,
        "renamed": bool(before and before.line != row.line),
        "names_added": [one for one in row.names if one["state"] == "new"] if row.entry_id else [],
        "names_left": [one for one in row.names if one["state"] == "left"],
        "questions": questions_of(row),
        "answers": [{"value": one, "label": called[one]} for one in ORDER if one in answers_to(row) and one in called],
        "answer_name": called.get(row.answer, row.get_answer_display()) if row.answer else "",
        "who": name_of(row.answered_by) if row.answered_at else "",
        "is_open": row.is_open,
        "mark": question_mark(row),
    }


def question_mark(row: ListRow) -> str:
    """Return a digest of the question and its answer as they are shown: a form answers these and no others."""
    parts = (row.change, row.asked, row.entry_id, row.keeper_line_id, row.with_position, row.reason, row.answer)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def before_of(row: ListRow) -> dict[str, str] | None:
    """Return the line as it was stored before."""
    if row.keeper_line is None or row.change == "gone":
        return None
    data = row.keeper_line.data
    return {"line": row.keeper_line.line, "since": day_of(data.get("since")), "until": day_of(data.get("until"))}
