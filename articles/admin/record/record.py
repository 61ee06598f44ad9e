"""The publication record: append-only and chained by hash; here it can only be read."""

from django.contrib import admin
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.models import PublicationRecord

from .shown import ShownAdmin


@admin.register(PublicationRecord)
class PublicationRecordAdmin(ShownAdmin):
    list_display = ("number", "act_label", "article", "effective_at", "written_at", "staff_code", "short_hash")
    list_filter = ("act",)
    list_select_related = ("article",)
    ordering = ("-number",)
    search_fields = ("article__headline", "hash", "form_sha256")
    fields = (
        ("number", "act"),
        ("article", "period"),
        ("effective_at", "written_at"),
        "staff_code",
        "form_sha256",
        "register_digest",
        "previous_hash",
        "hash",
    )

    @display(description=_("act"), label={"begin": "success", "end": "warning", "reopen": "info", "erase": "danger"})
    def act_label(self, line: PublicationRecord) -> tuple[str, str]:
        return line.act, line.get_act_display()

    @display(description=_("release"))
    def period(self, line: PublicationRecord) -> str:
        """Return from when to when the release of the line is public, in the newsroom's zone."""
        moments = (line.release.live_at, line.release.ended_at)
        return " – ".join(localize(localtime(moment)) if moment else "" for moment in moments)

    @display(description=_("hash"))
    def short_hash(self, line: PublicationRecord) -> str:
        return line.hash[:12]
