"""The keeper's list beside ours, on a page to be printed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.decorators import action

from articles import publishing
from articles.interchange.keeper.comparison import comparison_of
from articles.models import ListFile

from ..base import editor_of
from .exporting import ExportViews

COMPARISON = "admin:articles_register_comparison"


class ComparisonViews(ExportViews):
    """The view and the link to it; the admin of registers carries them."""

    actions_detail = (*ExportViews.actions_detail, "compare_last")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.comparison_view)
        return [path("comparison/<int:pk>/", view, name="articles_register_comparison"), *super().get_urls()]

    @action(description=gettext_lazy("Beside the keeper's list"), url_path="compare-last", icon="compare")
    def compare_last(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Lead to the comparison with the file that was taken last."""
        taken = ListFile.objects.filter(register=object_id).exclude(state="dropped").order_by("-made_at", "-pk").first()
        if taken is None:
            messages.info(request, _("No file of this keeper was taken yet."))
            return redirect("admin:articles_register_change", object_id)
        return redirect(COMPARISON, taken.pk)

    def comparison_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the keeper's list and ours side by side, to be printed."""
        files = ListFile.objects.select_related("register")
        file = files.filter(pk=pk).first() if len(str(pk)) < 19 else None
        if file is None:
            raise Http404
        if not self.has_view_permission(request, file.register):
            raise PermissionDenied
        try:
            compared = comparison_of(file, timezone.localdate())
        except publishing.Refused as refused:
            messages.error(request, str(refused))
            return redirect("admin:articles_register_change", file.register_id)
        context = {
            "compared": compared,
            "file": file,
            "register": file.register,
            "title": file.register.title(get_language() or "en"),
            "keeper": file.register.keeper(get_language() or "en"),
            "printed_at": timezone.now(),
            "printed_by": editor_of(request).get_full_name() or editor_of(request).get_username(),
        }
        return TemplateResponse(request, "admin/articles/registers/comparison.html", context)
