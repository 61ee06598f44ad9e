"""The state of the house: what is wrong and what to do, what grows, and the troubles there were."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles import notices, watching
from articles.models import Trouble

from ..base import ReadOnlyAdmin


@admin.register(Trouble)
class TroubleAdmin(ReadOnlyAdmin):
    list_display = ("began_at", "says", "state", "ended_at", "told")
    fields = ("says", ("began_at", "seen_at", "ended_at"), ("state", "told"))
    readonly_fields = ("says", "state", "told")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_before_template = "admin/articles/trouble/_state.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show, above what there was, what is wrong now and what grows."""
        state = {
            "title": _("State of the house"),
            "findings": watching.look(timezone.now()),
            "growing": watching.growth(),
        }
        return super().changelist_view(request, state | (extra_context or {}))

    @display(description=_("trouble"))
    def says(self, row: Trouble) -> str:
        return notices.finding_of(row).says

    @display(description=_("state"), label={"lasts": "danger", "over": "success"})
    def state(self, row: Trouble) -> tuple[str, str]:
        return ("over", str(_("over"))) if row.ended_at else ("lasts", str(_("lasts")))

    @display(description=_("webhook"))
    def told(self, row: Trouble) -> str:
        """Say what the webhook has answered last."""
        if row.last_error:
            return str(_("not taken: %s")) % row.last_error
        heard = row.end_told_at if row.ended_at else row.begin_told_at
        return str(_("told")) if heard else ""
