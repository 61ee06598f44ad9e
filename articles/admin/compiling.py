"""After a change to the registers: make the version that editions are marked with, and say what became of it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import registers
from ..footnotes.registers import RegisterFileError
from .base import NewsroomAdmin


class CompilingAdmin(NewsroomAdmin):
    """A record that belongs to the registers: a save or a deletion makes a new register version on commit."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        transaction.on_commit(partial(refresh, request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        transaction.on_commit(partial(refresh, request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        transaction.on_commit(partial(refresh, request))


def refresh(request: HttpRequest) -> None:
    """Compile the rows as they are now; a mistake in them leaves the version before in force."""
    try:
        version = registers.refresh_version(timezone.now())
    except RegisterFileError as error:
        messages.error(
            request,
            _("The registers cannot be used like this, so the version before stays in force: %(problem)s")
            % {"problem": error},
        )
        return
    messages.info(
        request,
        _("Register version %(number)d marks everything that is published from now on.") % {"number": version.number},
    )
