"""“As shown on…”: what readers saw of an article at a moment, and from when to when each edition was public."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.models import Article, Erasure, PublicationRecord, Site
from articles.publishing.events import log
from articles.publishing.record import NotShown, Shown, moment_of, public_periods, shown
from articles.reader.shown import shown_page

from ..base import ReadOnlyAdmin, editor_of

# The archived page stands in a frame of the admin, without scripts or forms.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; frame-ancestors 'self'; "
    "sandbox allow-same-origin"
)


class ShownAdmin(ReadOnlyAdmin):
    """Adds the view to the publication record, and a link to it from each line."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("shown/<int:article_id>/", wrap(self.shown_view), name="articles_shown"),
            path("shown/<int:article_id>/page/", wrap(self.page_view), name="articles_shown_page"),
            path("shown/<int:article_id>/form/", wrap(self.form_view), name="articles_shown_form"),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: PublicationRecord | None = None) -> Any:
        return [*super().get_fields(request, obj), "as_shown"]

    def get_readonly_fields(self, request: HttpRequest, obj: PublicationRecord | None = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "as_shown"]

    @display(description=_("what readers saw"))
    def as_shown(self, line: PublicationRecord) -> str:
        at = timezone.localtime(line.effective_at).isoformat()
        address = reverse("admin:articles_shown", args=[line.article_id])
        return format_html('<a href="{}?at={}">{}</a>', address, at.replace("+", "%2B"), _("As shown then"))

    def found(self, request: HttpRequest, article_id: int) -> Article:
        """Return the article if the user may read the record."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Article, pk=article_id)

    def shown_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Ask for the moment, show what was public then, and list when what was."""
        article, now = self.found(request, article_id), timezone.now()
        asked = request.GET.get("at", "") or timezone.localtime(now).strftime("%Y-%m-%dT%H:%M:%S")
        seen, said = seen_at(article, asked, now)
        context = {
            **self.admin_site.each_context(request),
            "title": _("As shown on…"),
            "opts": self.opts,
            "article": article,
            "asked": asked,
            "seen": seen,
            "said": said,
            "periods": public_periods(article, now),
            "erasure": Erasure.objects.filter(article=article).first(),
            "zone": Site.current().time_zone,
        }
        return TemplateResponse(request, "admin/articles/shown.html", context)

    def page_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Show the recorded form in today's frame."""
        article, now = self.found(request, article_id), timezone.now()
        seen, said = seen_at(article, request.GET.get("at", ""), now)
        if seen is None:
            return HttpResponse(said, status=404, content_type="text/plain; charset=utf-8")
        body = shown_page(seen, moment_of(request.GET["at"], Site.current().zone), now).body
        return HttpResponse(body, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})

    def form_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Send the recorded bytes, as they are, as a file."""
        article = self.found(request, article_id)
        seen, said = seen_at(article, request.GET.get("at", ""), timezone.now())
        if seen is None:
            return HttpResponse(said, status=404, content_type="text/plain; charset=utf-8")
        name = f"article-{article.pk}-{seen.release.form_id[:12]}.html"
        log("export", by=editor_of(request), at=timezone.now(), article=article, what=name)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(seen.form, content_type="application/octet-stream", headers=headers)


def seen_at(article: Article, asked: str, now: datetime) -> tuple[Shown | None, str]:
    """Return what was shown, or None and the sentence that says why there is nothing."""
    try:
        return shown(article, moment_of(asked, Site.current().zone), now=now), ""
    except (NotShown, ValueError) as error:
        return None, str(error)
