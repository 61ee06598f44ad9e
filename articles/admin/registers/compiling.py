"""After a change to the registers: nothing is marked by it yet; say how many changes wait, and where to see them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import interchange
from articles.footnotes.registers import RegisterFileError

from ..base import NewsroomAdmin


class CompilingAdmin(NewsroomAdmin):
    """A record that belongs to the registers: what is saved or deleted waits until someone applies it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        transaction.on_commit(partial(tell, request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        transaction.on_commit(partial(tell, request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        transaction.on_commit(partial(tell, request))


def tell(request: HttpRequest) -> None:
    """Say what waits, or why what was saved cannot be used."""
    try:
        total = interchange.waiting().total
    except RegisterFileError as error:
        messages.error(
            request,
            _("The registers cannot be used like this, so nothing of it can be put in force: %(problem)s")
            % {"problem": interchange.unusable(error)},
        )
        return
    if total:
        count = ngettext("%(count)d change waits", "%(count)d changes wait", total) % {"count": total}
        if not request.user.has_perm("articles.change_register"):
            messages.info(request, format_html("{}: {}", count, _("the legal desk applies them")))
            return
        link = reverse("admin:articles_pending_changelist")
        text = _("see what they would do")
        messages.info(request, format_html('{}: <a href="{}" class="underline">{}</a>', count, link, text))
