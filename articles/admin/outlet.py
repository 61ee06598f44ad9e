"""The outlet's own settings: names, zone, own organization, house style. One row, opened at once."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ..models import Site
from .base import NewsroomAdmin


@admin.register(Site)
class SiteAdmin(NewsroomAdmin):
    autocomplete_fields = ("publisher",)
    fieldsets = (
        (_("Outlet"), {"fields": (("name_en", "name_ru"), ("tagline_en", "tagline_ru"), "time_zone")}),
        (_("Own organization"), {"fields": ("publisher", "own_notice_name")}),
        (_("House style"), {"fields": (("glyphs", "mentions"), "jurisdictions")}),
        (_("Gate"), {"fields": ("hold_on_unclear",)}),
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
