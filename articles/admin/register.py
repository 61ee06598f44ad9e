"""Registers with the wordings of their notes, and the compiled versions made of them."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from ..models import Register, RegisterVersion
from .base import ReadOnlyAdmin
from .compiling import CompilingAdmin
from .register_form import KINDS, LANGUAGE_NAMES, RegisterForm

STATUS_COLOURS = {
    "terrorist": "danger",
    "extremist": "danger",
    "undesirable": "warning",
    "foreign_agent": "info",
    "other": "primary",
}


@admin.register(Register)
class RegisterAdmin(CompilingAdmin):
    form = RegisterForm
    list_display = ("key", "status_label", "title_en", "keeper_en", "designation_count")
    search_fields = ("key", "title_en", "title_ru")
    fieldsets = (
        (None, {"fields": (("key", "jurisdiction", "status", "position"), ("title_en", "title_ru"))}),
        (_("Keeper and policy"), {"fields": (("keeper_en", "keeper_ru"), ("archive_policy", "lifted_policy"))}),
        *(
            (
                _("Wordings in %(language)s") % {"language": name},
                {"fields": tuple((f"{language}_{kind}", f"{language}_{kind}_source") for kind in KINDS)},
            )
            for language, name in LANGUAGE_NAMES.items()
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Register]:
        return super().get_queryset(request).annotate(designation_total=Count("designations"))

    def has_delete_permission(self, request: HttpRequest, obj: Register | None = None) -> bool:
        return False

    @display(description=_("status"), ordering="position", label=STATUS_COLOURS)
    def status_label(self, register: Register) -> tuple[str, str]:
        return register.status, register.get_status_display()

    @display(description=_("designations"), ordering="designation_total")
    def designation_count(self, register: Register) -> int:
        return register.designation_total  # type: ignore[attr-defined]


@admin.register(RegisterVersion)
class RegisterVersionAdmin(ReadOnlyAdmin):
    list_display = ("number", "created_at", "organizations", "short_digest")
    fields = ("number", "created_at", "organizations", "digest", "source_digest")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegisterVersion]:
        """Leave the compiled bytes where they are."""
        return super().get_queryset(request).defer("compiled")

    @display(description=_("digest"))
    def short_digest(self, version: RegisterVersion) -> str:
        return version.digest[:12]
