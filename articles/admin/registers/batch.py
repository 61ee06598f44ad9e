"""Relabels: how far each has come, what failed; stopped, resumed, taken back, or begun for the whole archive."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.decorators import action, display

from articles import interchange, publishing
from articles.models import Article, Batch
from articles.publishing import relabel
from articles.registers import NoRegisters

from ..base import ReadOnlyAdmin, editor_of, name_of
from ..works.wake import wake_relabel
from .pending import ReasonForm, View, for_keepers, version_in_force

CHANGE = "admin:articles_batch_change"
LIST = "admin:articles_batch_changelist"
STATES = {
    "waiting": (gettext_lazy("waits"), "info"),
    "running": (gettext_lazy("running"), "info"),
    "stopped": (gettext_lazy("stopped"), "warning"),
    "done": (gettext_lazy("done"), "success"),
    "failed": (gettext_lazy("done, some failed"), "danger"),
}


def state_of(batch: Batch) -> str:
    if batch.finished_at is not None:
        return "failed" if batch.failed else "done"
    if batch.stopped_at is not None:
        return "stopped"
    return "running" if batch.examined else "waiting"


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "kind", "state", "progress", "changed", "failures", "version", "made_by_name", "reason")
    list_filter = ("kind",)
    list_select_related = ("register_version", "made_by__user")
    actions_list = ("relabel_archive",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        """Leave the compiled registers and the lists of articles where they are."""
        return super().get_queryset(request).defer("register_version__compiled", "register_version__source", "articles")

    def get_urls(self) -> list[URLPattern]:
        def wrap(view: View) -> View:
            return self.admin_site.admin_view(for_keepers(view))

        progress = self.admin_site.admin_view(self.progress_view)
        return [
            path("whole-archive/", wrap(self.whole_view), name="articles_batch_whole"),
            path("<int:batch_id>/progress/", progress, name="articles_batch_progress"),
            path("<int:batch_id>/stop/", wrap(require_POST(self.stop_view)), name="articles_batch_stop"),
            path("<int:batch_id>/resume/", wrap(require_POST(self.resume_view)), name="articles_batch_resume"),
            path("<int:batch_id>/reverse/", wrap(self.reverse_view), name="articles_batch_reverse"),
            *super().get_urls(),
        ]

    # The list.

    @display(description=gettext_lazy("state"), label={key: colour for key, (_name, colour) in STATES.items()})
    def state(self, batch: Batch) -> tuple[str, str]:
        return state_of(batch), str(STATES[state_of(batch)][0])

    @display(description=gettext_lazy("examined"))
    def progress(self, batch: Batch) -> str:
        return f"{batch.examined} / {batch.total}"

    @display(description=gettext_lazy("failed"))
    def failures(self, batch: Batch) -> int:
        return batch.failed_count

    @display(description=gettext_lazy("register version"))
    def version(self, batch: Batch) -> str:
        return str(batch.register_version)

    @display(description=gettext_lazy("who"))
    def made_by_name(self, batch: Batch) -> str:
        return name_of(batch.made_by)

    @display(description=gettext_lazy("reason"))
    def reason(self, batch: Batch) -> str:
        return batch.register_version.reason if batch.kind in ("change", "reverse") else ""

    def has_relabel_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_register")

    @action(description=gettext_lazy("Relabel the whole archive"), url_path="relabel-archive", permissions=["relabel"])
    def relabel_archive(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:articles_batch_whole")

    # One batch.

    def found(self, request: HttpRequest, batch_id: int | str) -> Batch:
        batch = self.get_object(request, str(batch_id))
        if batch is None:
            raise Http404
        if not self.has_view_permission(request, batch):
            raise PermissionDenied
        return batch

    def context(self, request: HttpRequest, batch: Batch) -> dict[str, Any]:
        ids = [entry["article"] for entry in batch.failed]
        headlines = dict(Article.objects.filter(pk__in=ids[:50]).values_list("pk", "headline"))
        standing = version_in_force()
        state = state_of(batch)
        may = request.user.has_perm("articles.change_register")
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(batch),
            "batch": batch,
            "state": state,
            "state_name": STATES[state][0],
            "state_colour": STATES[state][1],
            "percent": 100 if batch.finished_at else int(100 * batch.examined / (batch.total or 1)),
            "who": name_of(batch.made_by),
            "failed": [entry | {"headline": headlines.get(entry["article"], "")} for entry in batch.failed[:50]],
            "may_stop": may and state in ("waiting", "running"),
            "may_resume": may and state == "stopped",
            "may_reverse": may
            and batch.previous_version_id is not None
            and standing is not None
            and standing.pk == batch.register_version_id,
        }

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        batch = self.found(request, object_id)
        if request.method == "POST":
            raise PermissionDenied
        return TemplateResponse(request, "admin/articles/registers/batch.html", self.context(request, batch))

    def progress_view(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        """Return the part of the page that moves."""
        context = self.context(request, self.found(request, batch_id))
        return TemplateResponse(request, "admin/articles/registers/_progress.html", context)

    def stop_view(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        return self.do(request, batch_id, relabel.stop, _("Stopped after the articles that were in hand."))

    def resume_view(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        return self.do(request, batch_id, relabel.resume, _("It goes on after the last article done."))

    def do(self, request: HttpRequest, batch_id: int, act: Any, done: str) -> HttpResponse:
        batch = self.found(request, batch_id)
        try:
            act(batch, by=editor_of(request), at=timezone.now())
        except publishing.Refused as refused:
            messages.error(request, str(refused))
        else:
            transaction.on_commit(wake_relabel)
            messages.success(request, done)
        return redirect(CHANGE, batch.pk)

    def reverse_view(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        """Ask why, then put the registers back as they were and let the archive follow."""
        batch, form = self.found(request, batch_id), ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                back = relabel.reverse(batch, by=editor_of(request), at=timezone.now(), reason=reason)
            except publishing.Refused as refused:
                messages.error(request, str(refused))
                return redirect(CHANGE, batch.pk)
            transaction.on_commit(wake_relabel)
            messages.success(request, _("The registers are as they were before; the archive follows."))
            return redirect(CHANGE, back.pk)
        waiting = interchange.waiting().total
        says = _("The registers go back to what was in force before this change, and the archive with them.")
        if waiting:
            says += " " + _("Changes that wait are dropped: %d.") % waiting
        back_to = reverse(CHANGE, args=[batch.pk])
        return self.ask(request, form, title=_("Take back"), says=says, tone="danger", back=back_to)

    def whole_view(self, request: HttpRequest) -> HttpResponse:
        """Ask, then begin a relabel of the whole archive under the version in force."""
        if request.method == "POST":
            try:
                batch = relabel.relabel_all(by=editor_of(request), at=timezone.now())
            except NoRegisters as error:
                messages.error(request, str(error))
                return redirect(LIST)
            transaction.on_commit(wake_relabel)
            return redirect(CHANGE, batch.pk)
        says = _(
            "Every article is held against the version in force; only those that would be marked otherwise are "
            "issued anew. It runs beside the newsroom's work and can be stopped."
        )
        return self.ask(request, None, title=_("Relabel the whole archive"), says=says, back=reverse(LIST))

    def ask(self, request: HttpRequest, form: ReasonForm | None, *, title: str, **context: Any) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "label": title}
        return TemplateResponse(request, "admin/articles/registers/ask.html", common | {"form": form} | context)
