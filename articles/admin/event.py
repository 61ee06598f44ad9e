"""Who did what when: the newsroom's own log, read only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from ..models import Event
from .base import ReadOnlyAdmin, name_of

KINDS = {
    "save": _("saved"),
    "state": _("moved to another state"),
    "answer": _("answered for a mention"),
    "answer taken back": _("took an answer back"),
    "override asked": _("asked for an override of the gate"),
    "override": _("overrode the gate"),
    "gate overridden": _("published by an override of the gate"),
    "held": _("held a scheduled article"),
    "first": _("published"),
    "minor": _("published a minor edit"),
    "update": _("published an update"),
    "correction": _("published a correction"),
    "relabel": _("began to mark anew"),
    "relabel stopped": _("stopped marking anew"),
    "relabel resumed": _("went on marking anew"),
    "registers applied": _("applied the registers"),
    "registers discarded": _("discarded what waited"),
    "register imported": _("imported a register"),
    "retraction": _("retracted"),
    "withdrawal": _("withdrew"),
    "cancel": _("cancelled the schedule"),
}


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "article", "who", "details")
    list_filter = ("kind",)
    list_select_related = ("article", "staff__user")
    search_fields = ("article__headline", "kind")
    fields = ("at", "what", "article", "who", "detail")

    @display(description=_("what"), ordering="kind")
    def what(self, event: Event) -> str:
        return str(KINDS.get(event.kind, event.kind))

    @display(description=_("details"))
    def details(self, event: Event) -> str:
        return ", ".join(f"{key}: {value}" for key, value in event.detail.items())

    @display(description=_("who"))
    def who(self, event: Event) -> str:
        return name_of(event.staff)
