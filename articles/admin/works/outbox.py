"""Mails that the newsroom sends; one that could not be sent can be tried again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from articles.models import Outbox

from ..base import ReadOnlyAdmin


@admin.register(Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "state", "to", "subject", "attempts", "last_error")
    list_filter = (("sent_at", admin.EmptyFieldListFilter),)
    search_fields = ("to", "subject")
    actions = ("try_again",)
    fields = (("to", "subject"), "body", ("made_at", "sent_at"), ("attempts", "not_before"), "last_error")

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_outbox")

    @action(description=_("Try to send again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Outbox]) -> None:
        """Make unsent mails due at once; sent ones are left alone."""
        count = queryset.filter(sent_at=None).update(not_before=None, attempts=0, last_error="")
        messages.success(
            request,
            ngettext("%(count)d mail will be tried again.", "%(count)d mails will be tried again.", count)
            % {"count": count},
        )

    @display(description=_("state"), label={"sent": "success", "waiting": "info", "failed": "danger"})
    def state(self, mail: Outbox) -> tuple[str, str]:
        if mail.sent_at:
            return "sent", str(_("sent"))
        return ("failed", str(_("not sent"))) if mail.last_error else ("waiting", str(_("waiting")))
