"""Forms of the admin that ask again who somebody is: what changes the rights of people."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.accounts.asking import FIELD, Confirmation, confirm
from articles.accounts.confirm import recently

Beneath: Any = ModelAdmin


class AsksAgain(Beneath):
    """Stands first among the bases of an admin; the field comes last in the form, once a while."""

    def asks(self, request: HttpRequest, obj: Any) -> bool:
        """Say whether the form is to ask: somebody may save it, and has not shown who he is for a while."""
        may = self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj)
        return bool(may) and not recently(request, timezone.now())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return (*fieldsets, (_("Who are you?"), {"fields": (FIELD,)})) if self.asks(request, obj) else fieldsets

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if self.asks(request, obj):
            base: Any = kwargs.get("form") or (getattr(self, "add_form", self.form) if obj is None else self.form)
            own = {FIELD: Confirmation(), f"clean_{FIELD}": lambda form: confirm(request, form.cleaned_data[FIELD])}
            kwargs["form"] = type(f"{base.__name__}Asking", (base,), own)
        return super().get_form(request, obj, change=change, **kwargs)
