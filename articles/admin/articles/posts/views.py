"""What the editor's dialog talks to: is this a post that can be kept, what does its card say, keep it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_POST

from articles.embeds.hosts import rule_of
from articles.models import KeptPost
from articles.photos import upload
from articles.publishing import posts
from articles.publishing.frozen import Frozen

from ...base import NewsroomAdmin, as_key, editor_of
from ..typed import answered
from .form import KeptPostForm, read


class KeepingPosts(NewsroomAdmin):
    """Stands before the admin of the cards."""

    def get_urls(self) -> list[URLPattern]:
        card, keep = self.for_script(require_GET(self.card_view)), self.for_script(require_POST(self.keep_view))
        return [
            path("card/", card, name="articles_keptpost_card"),
            path("keep/", keep, name="articles_keptpost_keep"),
            *super().get_urls(),
        ]

    def for_script(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Tell a script in words that it reads, not by a page, that nobody is logged in."""
        page = self.admin_site.admin_view(view)

        def asked(request: HttpRequest) -> HttpResponse:
            if not self.admin_site.has_permission(request):
                return answered(request, {"error": "login"}, 401)
            return page(request)

        return asked

    def card_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the card of `post`, or of `link`; without one with what the link was read as."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = KeptPost.objects.select_related("picture")
        if "post" in request.GET:
            post = rows.filter(pk=as_key(request.GET["post"]) or 0).first()
            return answered(request, {"card": card_of(post) if post else None})
        try:
            found = read(request.GET.get("link", ""))
        except forms.ValidationError as error:
            return answered(request, {"errors": {"link": error.messages}}, 422)
        post = rows.filter(link=found.link).first()
        may_ask = posts.is_asking() and bool(rule_of(found.kind).oembed)
        site = rule_of(found.kind).name
        return answered(
            request,
            {"link": found.link, "site": site, "may_ask": may_ask, "card": card_of(post) if post else None},
        )

    def keep_view(self, request: HttpRequest) -> HttpResponse:
        """Keep what was sent; a post that is kept already is not kept twice."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = KeptPostForm(request.POST, request.FILES)
        form.fields.pop("is_gone", None)
        if not form.is_valid():
            kept = KeptPost.objects.select_related("picture").filter(link=form.data_link()).first()
            if kept is not None:
                return answered(request, {"card": card_of(kept), "known": True})
            return answered(request, {"errors": form.errors.get_json_data()}, 422)
        post = form.save(commit=False)
        ask = bool(form.cleaned_data.get("ask"))
        try:
            posts.keep_post(post, form.prepared, by=editor_of(request), at=timezone.now(), ask=ask)
        except upload.PhotoError as error:  # the disk took no picture
            return answered(request, {"errors": {"file": [{"message": str(error)}]}}, 422)
        except Frozen as error:
            return answered(request, {"errors": {"__all__": [{"message": str(error)}]}}, 409)
        return answered(request, {"card": card_of(post)})


def card_of(post: KeptPost) -> dict[str, Any]:
    """Return what the editor shows of a card."""
    picture = post.picture
    return {
        "id": post.pk,
        "site": post.site,
        "link": post.link,
        "author": post.author.strip(),  # as it is printed: names are counted in it
        "text": post.text.strip(),
        "posted_on": date_format(post.posted_on, "j E Y") if post.posted_on else "",
        "is_gone": post.is_gone,
        "told": posts.told_of(post) if post.fetch in ("asked", "failed") else "",
        "picture": reverse("media", args=[picture.web]) if picture else "",
        "picture_alt": post.picture_alt.strip(),
        "address": reverse("admin:articles_keptpost_change", args=[post.pk]),
    }
