"""A photo's own page beside its form: turned by a quarter, where it is used, the same picture, taken out for good."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.models import Photo
from articles.photos.files import web_path
from articles.publishing import Refused
from articles.publishing.photo_acts import TURNS, delete, same_pictures, turn, why_kept
from articles.publishing.photo_uses import PhotoUsed, where_used

from .sheet import SheetAdmin

SHOWN = 50  # articles of those that use a photo


class OwnPageAdmin(SheetAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.turn_view))
        return [path("<int:pk>/turn/<slug:way>/", view, name="articles_photo_turn"), *super().get_urls()]

    def turn_view(self, request: HttpRequest, pk: int, way: str) -> HttpResponse:
        """Turn the photo to the left or to the right."""
        photo = Photo.objects.filter(pk=pk).first()
        if photo is None or way not in TURNS:
            raise Http404
        if not self.has_change_permission(request, photo):
            raise PermissionDenied
        try:
            turn(photo, way, at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            self.log_change(request, photo, [{"changed": {"fields": ["file"]}}])
            says = _(
                "The photo was turned. Articles that are published keep it as it was until they are published anew."
            )
            messages.success(request, says)
        return redirect("admin:articles_photo_change", photo.pk)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        photo = context.get("original")
        if photo is not None:
            may_see = request.user.has_perm("articles.view_article")
            used = where_used(photo, timezone.now()) if may_see else []
            context |= {
                "used": [(one, told_of(one)) for one in used[:SHOWN]],
                "more_used": max(len(used) - SHOWN, 0),
                "may_see_uses": may_see,
                "same": same_pictures(photo),
                "may_turn": self.has_change_permission(request, photo) and web_path(photo).is_file(),
                "has_ended": photo.has_ended(timezone.now()),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs: Iterable[Photo], request: HttpRequest) -> Any:
        """Say what would go; a photo that is used is named with its articles, and holds up all."""
        photos, at = list(objs), timezone.now()
        link = '<a href="{}">{}</a>: {}'
        protected = [
            format_html(link, reverse("admin:articles_photo_change", args=[one.pk]), one, kept)
            for one in photos
            if (kept := why_kept(one, at))
        ]
        needed = set() if self.has_delete_permission(request) else {str(self.opts.verbose_name)}
        return [str(one) for one in photos], {self.opts.verbose_name_plural: len(photos)}, needed, protected

    def delete_model(self, request: HttpRequest, obj: Photo) -> None:
        self.delete_queryset(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[Photo]) -> None:
        """Take the photos out, row and files; who has begun to use one meanwhile is not overrun."""
        for photo in queryset:
            try:
                delete(photo, at=timezone.now())
            except Refused as refused:
                raise PermissionDenied(str(refused)) from refused


def told_of(used: PhotoUsed) -> str:
    """Say in a few words how an article uses a photo."""
    told = []
    if used.is_live:
        told.append(_("readers see it now"))
    if used.is_ahead:
        told.append(_("scheduled"))
    if used.in_copy:
        told.append(_("in the working copy"))
    if used.editions:
        says = ngettext("in %(number)d edition", "in %(number)d editions", len(used.editions))
        told.append(says % {"number": len(used.editions)})
    return ", ".join(told)
