"""The history of the registers: which version was in force since when, who applied it, why, and what it changed."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles import interchange
from articles.models import Batch, RegisterVersion
from articles.registers import book_of

from ..base import ReadOnlyAdmin, name_of


@admin.register(RegisterVersion)
class RegisterVersionAdmin(ReadOnlyAdmin):
    list_display = ("number", "applied_at", "standing", "who", "reason", "organizations", "short_digest")
    list_select_related = ("applied_by__user",)
    search_fields = ("reason", "digest")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegisterVersion]:
        """Leave the compiled bytes where they are."""
        return super().get_queryset(request).defer("compiled", "source")

    @display(description=_("state"), label={"now": "success", "earlier": "default", "compiled": "warning"})
    def standing(self, version: RegisterVersion) -> tuple[str, str]:
        if version.applied_at is None:
            return "compiled", str(_("only compiled"))
        later = Q(applied_at__gt=version.applied_at) | Q(applied_at=version.applied_at, number__gt=version.number)
        if RegisterVersion.objects.filter(later).exists():
            return "earlier", str(_("earlier"))
        return "now", str(_("in force"))

    @display(description=_("who"))
    def who(self, version: RegisterVersion) -> str:
        return name_of(version.applied_by) if version.applied_at else ""

    @display(description=_("digest"))
    def short_digest(self, version: RegisterVersion) -> str:
        return version.digest[:12]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show what the version changed, against the one that was in force before it."""
        version = self.get_object(request, object_id)
        if version is None:
            raise Http404
        if request.method == "POST" or not self.has_view_permission(request, version):
            raise PermissionDenied
        before = earlier(version)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(_("Register version %s") % version.number),
            "version": version,
            "who": name_of(version.applied_by),
            "before": before,
            "batches": Batch.objects.filter(register_version=version).defer("articles"),
            "difference": interchange.differences(book_of(before), book_of(version)) if before else None,
        }
        return TemplateResponse(request, "admin/articles/registers/version.html", context)


def earlier(version: RegisterVersion) -> RegisterVersion | None:
    """Return the version that was in force before this one, or is while this one is only compiled."""
    applied = RegisterVersion.objects.filter(applied_at__isnull=False).exclude(pk=version.pk)
    if version.applied_at is not None:
        before = Q(applied_at__lt=version.applied_at) | Q(applied_at=version.applied_at, number__lt=version.number)
        applied = applied.filter(before)
    return applied.order_by("-applied_at", "-number").defer("compiled", "source").first()
