"""The outlet's own settings: names, zone, own organization, house style. One row, opened at once."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Site
from ..publishing.relabel import follow_house
from .base import NewsroomAdmin, editor_of

PRINTED = frozenset({"publisher", "own_notice_name", "glyphs", "mentions", "time_zone"})


@admin.register(Site)
class SiteAdmin(NewsroomAdmin):
    autocomplete_fields = ("publisher",)
    fieldsets = (
        (_("Outlet"), {"fields": (("name_en", "name_ru"), ("tagline_en", "tagline_ru"), "time_zone")}),
        (_("Own organization"), {"fields": ("publisher", "own_notice_name")}),
        (_("House style"), {"fields": (("glyphs", "mentions"), "jurisdictions")}),
        (_("Gate"), {"fields": ("hold_on_unclear",)}),
    )

    def save_model(self, request: HttpRequest, obj: Site, form: Any, change: bool) -> None:
        """Let the archive follow what every article prints of the outlet."""
        super().save_model(request, obj, form, change)
        if not PRINTED.isdisjoint(form.changed_data):
            transaction.on_commit(lambda: self.follow(request))

    def follow(self, request: HttpRequest) -> None:
        batch = follow_house(by=editor_of(request), at=timezone.now())
        if batch is not None and batch.total:
            messages.info(
                request, _("The archive follows: %(number)d articles are looked at.") % {"number": batch.total}
            )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Site.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Site | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, str] | None = None) -> HttpResponse:
        """Open the one row instead of a list of one."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        site = Site.objects.first()
        return redirect("admin:articles_site_change", site.pk) if site else redirect("admin:articles_site_add")
