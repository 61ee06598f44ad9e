"""A register as a file, from its page: for another newsroom, or for a lawyer's table."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from articles.interchange import register_file, register_table
from articles.models import Register
from articles.publishing.events import log

from ..base import NewsroomAdmin, editor_of

EXPORT = "admin:articles_register_export"
TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


class ExportViews(NewsroomAdmin):
    """The view and the links to it; the admin of registers carries them."""

    actions_detail: tuple[str, ...] = ("as_json", "as_csv")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("<int:pk>/export.<str:form>", view, name="articles_register_export"), *super().get_urls()]

    @action(description=gettext_lazy("Export as JSON"), url_path="as-json", icon="download")
    def as_json(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(reverse(EXPORT, args=[object_id, "json"]))

    @action(description=gettext_lazy("Export as a table"), url_path="as-csv", icon="table_view")
    def as_csv(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(reverse(EXPORT, args=[object_id, "csv"]))

    def export_view(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """Send the register as a file."""
        register = Register.objects.filter(pk=pk).first() if len(str(pk)) < 19 else None
        if register is None or form not in TYPES:
            raise Http404
        if not self.has_view_permission(request, register):
            raise PermissionDenied
        today = timezone.localdate()
        text = register_file(register) if form == "json" else register_table(register, today)
        name = f"{register.key}-{today.isoformat()}.{form}"
        log("export", by=editor_of(request), at=timezone.now(), what=name)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(text.encode(), content_type=TYPES[form], headers=headers)
