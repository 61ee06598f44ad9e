"""Runs of the jobs: from what, with what result; a run can be done again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from .. import baking
from ..models import JobRun
from .base import ReadOnlyAdmin

COLOURS = {"planned": "default", "running": "info", "done": "success", "failed": "danger"}

NAMES = {
    "close_day": _("Close the day"),
    "close_month": _("Close the month"),
    "close_year": _("Close the year"),
    "follow_dates": _("Follow the designations that begin or end"),
    "relabel": _("Relabel"),
    "bake_all": _("Store all pages"),
    "verify_pages": _("Check the stored pages"),
}


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "name", "key", "state_label", "took", "attempts", "result")
    list_filter = ("state", "job")
    search_fields = ("job", "key")
    actions = ("run_again",)
    fields = (("name", "key", "state"), ("started_at", "finished_at", "attempts"), "detail", "last_error")

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
            messages.success(
                request,
                ngettext("%(count)d job will be run again.", "%(count)d jobs will be run again.", done)
                % {"count": done},
            )

    @display(description=_("job"), ordering="job")
    def name(self, run: JobRun) -> str:
        return str(NAMES.get(run.job, run.job))

    @display(description=_("state"), ordering="state", label=COLOURS)
    def state_label(self, run: JobRun) -> tuple[str, str]:
        if run.state == "running" and not run.attempts:
            return "planned", str(_("planned"))
        return run.state, run.get_state_display()

    @display(description=_("took, seconds"))
    def took(self, run: JobRun) -> str:
        return f"{(run.finished_at - run.started_at).total_seconds():.1f}" if run.finished_at else ""

    @display(description=_("result"))
    def result(self, run: JobRun) -> str:
        """Return the last line of the error, or the numbers of the detail."""
        if run.last_error:
            return run.last_error.strip().rpartition("\n")[2][:160]
        return ", ".join(f"{key}: {value}" for key, value in run.detail.items() if isinstance(value, int | str))[:160]
