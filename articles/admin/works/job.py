"""Runs of the jobs: from what, with what result; a run can be done again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from articles import baking
from articles.models import JobRun

from ..base import ReadOnlyAdmin
from .outcome import in_words
from .wake import wake_runs

COLOURS = {"planned": "default", "running": "info", "done": "success", "failed": "danger"}


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "name", "key", "state_label", "progress", "took", "attempts", "result")
    list_filter = ("state", "job")
    search_fields = ("job", "key")
    actions = ("run_again",)
    fields = (("name", "key", "state"), ("started_at", "finished_at", "attempts"), "result", "detail", "last_error")
    change_form_before_template = "admin/articles/jobs/_progress.html"

    def get_urls(self) -> list[URLPattern]:
        progress = self.admin_site.admin_view(self.progress_view)
        return [path("<int:run_id>/progress/", progress, name="articles_jobrun_progress"), *super().get_urls()]

    def progress_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Return the part of a run's page that moves; a run that has ended shows the whole page anew."""
        run = self.get_object(request, str(run_id))
        if run is None:
            raise Http404
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        response = TemplateResponse(request, str(self.change_form_before_template), {"original": run})
        if run.state != "running":
            response["HX-Refresh"] = "true"
        return response

    def has_rerun_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_jobrun")

    @action(description=_("Run again"), permissions=["rerun"])
    def run_again(self, request: HttpRequest, queryset: QuerySet[JobRun]) -> None:
        """Plan the chosen jobs once more; a job run twice leaves the same result."""
        done = 0
        for run in queryset.order_by("pk"):
            try:
                baking.rerun(run, timezone.now())
                done += 1
            except baking.NotRepeatable as error:
                messages.error(request, str(error))
        if done:
            transaction.on_commit(wake_runs)
            messages.success(
                request,
                ngettext("%(count)d job will be run again.", "%(count)d jobs will be run again.", done)
                % {"count": done},
            )

    @display(description=_("job"), ordering="job")
    def name(self, run: JobRun) -> str:
        return run.label

    @display(description=_("state"), ordering="state", label=COLOURS)
    def state_label(self, run: JobRun) -> tuple[str, str]:
        if run.state == "running" and not run.attempts:
            return "planned", str(_("planned"))
        return run.state, run.get_state_display()

    @display(description=_("took, seconds"))
    def took(self, run: JobRun) -> str:
        return f"{(run.finished_at - run.started_at).total_seconds():.1f}" if run.finished_at else ""

    @display(description=_("done"))
    def progress(self, run: JobRun) -> str:
        done, total = run.detail.get("done"), run.detail.get("total")
        if run.state != "running" or done is None:
            return ""
        return f"{done} / {total}" if total else str(done)

    @display(description=_("result"))
    def result(self, run: JobRun) -> str:
        """Return the last line of the error, or what the run has made."""
        if run.last_error:
            return run.last_error.strip().rpartition("\n")[2][:160]
        return in_words(run.detail)
