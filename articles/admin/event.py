"""Who did what when: the newsroom's own log, read only."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from ..models import Event
from .base import ReadOnlyAdmin


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "article", "who", "detail")
    list_filter = ("kind",)
    list_select_related = ("article", "staff__user")
    search_fields = ("article__headline", "kind")
    fields = ("at", "what", "article", "who", "detail")

    @display(description=_("what"), ordering="kind")
    def what(self, event: Event) -> str:
        return gettext(event.kind)

    @display(description=_("who"))
    def who(self, event: Event) -> str:
        if event.staff is None:
            return str(_("the system"))
        return event.staff.user.get_username() if event.staff.user else event.staff.code
