"""The difference: each line with what changes, by what it was found, and what a person answers."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import publishing
from articles.interchange.keeper import answer, answer_open
from articles.interchange.keeper.state import changed_since, hold
from articles.models import ListFile, ListRow

from ...base import editor_of
from ..pending import View, for_keepers
from .frame import FilePages, open_count, paged, question_mark, row_in_words

BULK = {"gone": ("keep", "skip", "end"), "doubtful": ("same", "other", "skip"), "stopped": ("skip",)}
FULL = ("entry", "keeper_line", "answered_by__user")


class AnswerViews(FilePages):
    def get_urls(self) -> list[URLPattern]:
        def wrap(view: View) -> View:
            return self.admin_site.admin_view(for_keepers(view))

        return [
            path("<int:pk>/rows/<int:row_pk>/", wrap(require_POST(self.answer_view)), name="articles_listfile_answer"),
            path("<int:pk>/answers/", wrap(require_POST(self.bulk_view)), name="articles_listfile_answers"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show what the file changes, a page at a time, by the kind of change."""
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        file = self.found(object_id)
        self.freshened(request, file)
        show, text = shown(file, request.GET.get("show", "")), request.GET.get("q", "").strip()[:100]
        page = paged(chosen(file, show, text), request.GET.get("page"))
        context = self.step(
            request,
            file,
            "difference",
            show=show,
            q=text,
            page=page,
            rows=[row_in_words(row) for row in page.object_list],
            query=urlencode({"show": show, "q": text}),
            bulk=bulk_of(file, show, text),
            today=timezone.localdate(),
        )
        return self.page(request, "difference", **context)

    def answer_view(self, request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
        """Keep one answer; a script gets the row anew, a plain form goes back to its place."""
        file = self.found(pk)
        row = file.rows.filter(pk=row_pk).first()
        if row is None:
            return self.vanished(request, file)
        problem = ""
        try:
            answered(file, row_pk, request)
        except publishing.Refused as refused:
            problem = str(refused)
        if "HX-Request" in request.headers:
            file = self.found(pk)
            row = file.rows.select_related(*FULL).get(pk=row_pk)
            one = row_in_words(row) | {"problem": problem}
            return self.page(
                request, "_answered_row", one=one, file=file, open=open_count(file), may_act=file.state == "waiting",
                today=timezone.localdate(),
            )  # fmt: skip
        if problem:
            messages.error(request, problem)
        return redirect(f"{self.back(request, file)}#row-{row_pk}")

    def vanished(self, request: HttpRequest, file: ListFile) -> HttpResponse:
        messages.error(request, _("This has changed since you looked: look again."))
        return self.lead(request, reverse("admin:articles_listfile_change", args=[file.pk]))

    def back(self, request: HttpRequest, file: ListFile) -> str:
        """Return the address of the page that was posted from, its filter and number kept."""
        kept = {key: request.POST.get(f"at_{key}", "") for key in ("show", "q", "page")}
        query = urlencode({key: value for key, value in kept.items() if value})
        return reverse("admin:articles_listfile_change", args=[file.pk]) + (f"?{query}" if query else "")

    def bulk_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer all open questions of one kind, if they are as many as the person saw, and the person says so."""
        file = self.found(pk)
        change, given = request.POST.get("change", ""), request.POST.get("answer", "")
        if given not in BULK.get(change, ()):
            raise Http404
        if not request.POST.get("sure"):
            messages.error(request, _("Nothing was answered: say first that you have looked at these lines."))
            return redirect(self.back(request, file))
        try:
            number = answer_open(
                file,
                change,
                given,
                by=editor_of(request),
                at=timezone.now(),
                ends_on=day_given(request),
                seen=request.POST.get("count") or "-",
            )
        except publishing.Refused as refused:
            messages.error(request, str(refused))
        else:
            said = ngettext("%(number)d line was answered.", "%(number)d lines were answered.", number)
            messages.success(request, said % {"number": number})
        return redirect(self.back(request, file))


def answered(file: ListFile, row_pk: int, request: HttpRequest) -> None:
    """Keep the answer, if the question is the one that the form was made of. Raises Refused."""
    given, ends_on = request.POST.get("answer", ""), day_given(request)
    with transaction.atomic():
        hold(file)
        row = file.rows.filter(pk=row_pk).first()
        if row is None or request.POST.get("seen") != question_mark(row):
            raise publishing.Refused("", changed_since())
        answer(row, given, by=editor_of(request), at=timezone.now(), ends_on=ends_on)


def shown(file: ListFile, wanted: str) -> str:
    """Return which rows are shown: those asked for, else open questions, else the first kind of change there is."""
    if wanted in ("open", "all", *(key for key, _label in ListRow.CHANGES)):
        return wanted
    if file.state == "waiting" and open_count(file):
        return "open"
    changes = ("added", "changed", "ended", "gone", "stopped", "doubtful")
    return next((key for key in changes if file.counts.get(key)), "all")


def chosen(file: ListFile, show: str, text: str) -> QuerySet[ListRow]:
    """Return the rows of a filter, those that hold a text."""
    rows = file.rows.select_related(*FULL).order_by("position", "pk")
    if show == "open":
        rows = rows.filter(asked=True, answer="")
    elif show != "all":
        rows = rows.filter(change=show)
    for word in text.split():
        rows = rows.filter(Q(line__icontains=word) | Q(keeper_line__line__icontains=word))
    return rows


def bulk_of(file: ListFile, show: str, text: str) -> dict[str, Any] | None:
    """Return how all open questions of the shown kind may be answered at once; None for those that may not."""
    if text or file.state != "waiting":
        return None
    if show == "open":
        kinds = set(file.rows.filter(asked=True, answer="").values_list("change", flat=True))
        show = kinds.pop() if len(kinds) == 1 else show
    if show not in BULK:
        return None
    rows = file.rows.filter(change=show, asked=True, answer="")
    first, count = rows.first(), rows.count()
    if first is None or count < 2:
        return None
    called = {one["value"]: one["label"] for one in row_in_words(first)["answers"]}
    return {
        "count": count,
        "change": show,
        "answers": [{"value": one, "label": called[one]} for one in BULK[show] if one in called],
    }


def day_given(request: HttpRequest) -> date | None:
    """Return the day that was written beside the answer. Raises Refused for one that is none."""
    text = request.POST.get("ends_on", "").strip()
    if not text or request.POST.get("answer") != "end":
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise publishing.Refused("ends_on", _("“%s” is no day.") % text[:40])
    return day
