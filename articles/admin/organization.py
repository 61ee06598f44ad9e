"""Designated organizations: the names they are found by, and the designations with their periods."""

from datetime import date

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import display

from ..models import Designation, Name, Organization
from .compiling import CompilingAdmin


class NameInline(TabularInline):
    model = Name
    extra = 0
    fields = ("text", "language", "strength", "inflection", "review", "position")
    ordering_field = "position"
    hide_ordering_field = True


class DesignationInline(TabularInline):
    model = Designation
    extra = 0
    fields = ("register", "designated_from", "designated_until", "source")


@admin.register(Organization)
class OrganizationAdmin(CompilingAdmin):
    list_display = ("key", "first_name", "in_force")
    list_filter = ("designations__register", "names__strength")
    search_fields = ("key", "names__text")
    search_help_text = _("Part of a name or of the key")
    fields = ("key",)
    inlines = (NameInline, DesignationInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        today = timezone.localdate()
        return (
            super()
            .get_queryset(request)
            .prefetch_related("names", Prefetch("designations", in_force(today), to_attr="standing"))
        )

    @display(description=_("name"))
    def first_name(self, organization: Organization) -> str:
        names = list(organization.names.all())
        own = [name.text for name in names if name.language == get_language()]
        return (own or [name.text for name in names] or [organization.key])[0]

    @display(description=_("in force"), label=True)
    def in_force(self, organization: Organization) -> list[str]:
        return sorted({item.register.key for item in organization.standing})  # type: ignore[attr-defined]


def in_force(today: date) -> QuerySet[Designation]:
    return Designation.objects.in_force(today).select_related("register")
