"""Registers: keeper, policy, the wordings of their notes, and how old each is."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.timesince import timesince
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.models import ListFile, Register

from .comparing import ComparisonViews
from .compiling import CompilingAdmin
from .pending import PendingViews
from .register_form import KINDS, LANGUAGE_NAMES, OWN_NOTICE, PERSON_KINDS, RegisterForm, wordings_of

STATUS_COLOURS = {
    "terrorist": "danger",
    "extremist": "danger",
    "undesirable": "warning",
    "foreign_agent": "info",
    "other": "primary",
}


@admin.register(Register)
class RegisterAdmin(PendingViews, ComparisonViews, CompilingAdmin):
    form = RegisterForm
    is_setting = True
    change_form_before_template = "admin/articles/registers/lists/_register.html"
    readonly_fields = ("printed",)
    list_display = ("key", "status_label", "full_title", "keeper", "designation_count", "age")
    search_fields = ("key", "title_en", "title_ru")
    fieldsets = (
        (None, {"fields": (("key", "jurisdiction", "status", "position"), ("title_en", "title_ru"))}),
        (_("Keeper and policy"), {"fields": (("keeper_en", "keeper_ru"), ("archive_policy", "lifted_policy"))}),
        (
            _("Up to date"),
            {"fields": ("source_url", ("checked_at", "check_days"), ("shrink_percent", "apply_additions"))},
        ),
        *(
            (
                format_lazy(_("Wordings in {language}"), language=name),
                {"fields": tuple((f"{language}_{kind}", f"{language}_{kind}_source") for kind in KINDS)},
            )
            for language, name in LANGUAGE_NAMES.items()
        ),
        *(
            (
                format_lazy(_("Wordings for persons in {language}"), language=name),
                {
                    "fields": tuple((f"{language}_{kind}", f"{language}_{kind}_source") for kind in PERSON_KINDS),
                    "description": _("Only where the wordings above speak of organizations; else they count for both."),
                },
            )
            for language, name in LANGUAGE_NAMES.items()
        ),
        (
            _("The outlet's own notice"),
            {
                "fields": OWN_NOTICE,
                "description": _("Printed by an outlet that is itself on this list; {name} stands for its name."),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Register | None = None) -> Any:
        """Show the wordings as text to those who may not change them."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (_("Wordings"), {"fields": ("printed",)})]

    @display(description=_("texts with their sources"))
    def printed(self, register: Register) -> str:
        return render_to_string("admin/wordings.html", {"texts": wordings_of(register)})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say above the form which file the register was checked by."""
        register = kwargs.get("obj")
        if register is not None:
            context |= {"check": last_check(register), "may_import": self.has_change_permission(request, register)}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Register]:
        return super().get_queryset(request).annotate(designation_total=Count("designations"))

    def has_delete_permission(self, request: HttpRequest, obj: Register | None = None) -> bool:
        return False

    @display(description=_("status"), ordering="position", label=STATUS_COLOURS)
    def status_label(self, register: Register) -> tuple[str, str]:
        return register.status, register.get_status_display()

    @display(description=_("title"))
    def full_title(self, register: Register) -> str:
        return register.title(get_language() or "en")

    @display(description=_("keeper"))
    def keeper(self, register: Register) -> str:
        return register.keeper(get_language() or "en")

    @display(description=_("designations"), ordering="designation_total")
    def designation_count(self, register: Register) -> int:
        return register.designation_total  # type: ignore[attr-defined]

    @display(description=_("checked"), ordering="checked_at", label={"old": "danger", "fresh": "success"})
    def age(self, register: Register) -> tuple[str, str]:
        """Say how long ago the register was held against the keeper's list; a warning when that is too long."""
        at = timezone.now()
        if register.checked_at is None:
            return "old", str(_("never"))
        words = _("%(age)s ago") % {"age": timesince(register.checked_at, at, depth=1)}
        return ("old" if register.is_stale(at) else "fresh"), words


def last_check(register: Register) -> ListFile | None:
    """Return the whole file of the keeper that the register was last held against."""
    whole = ListFile.objects.filter(register=register, state__in=("stored", "checked"), partial=False)
    return whole.order_by("-ended_at", "-pk").first()
