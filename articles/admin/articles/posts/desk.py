"""The page of posts from elsewhere: the cards that were kept, changed, and where each is used."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from articles.models import KeptPost
from articles.publishing import Refused, posts

from ...base import NewsroomAdmin, editor_of, name_of
from ..photo import picture
from .form import KeptPostForm
from .views import KeepingPosts

MOST_USES = 100  # articles that are named
WORDS = ("author", "text", "posted_on", "file", "picture_alt")


@admin.register(KeptPost)
class KeptPostAdmin(KeepingPosts, NewsroomAdmin):
    form = KeptPostForm
    list_display = ("thumbnail", "__str__", "posted_on", "is_gone", "fetch", "used", "kept_at")
    list_display_links = ("thumbnail", "__str__")
    list_filter = ("kind", "is_gone", "fetch")
    search_fields = ("author", "text", "link")
    readonly_fields = ("opened", "large", "told", "used_in", "kept")
    actions = ("ask_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[KeptPost]:
        rows: QuerySet[KeptPost] = super().get_queryset(request)
        return rows.select_related("picture", "kept_by__user").annotate(use_count=Count("uses"))

    def get_fieldsets(self, request: HttpRequest, obj: KeptPost | None = None) -> Any:
        if obj is None:
            ask = ("ask",) if posts.is_asking() else ()
            return ((None, {"fields": ("link", *WORDS, *ask)}),)
        out, told = ("picture_out",) if obj.picture_id else (), ("told",) if obj.fetch else ()
        card = (None, {"fields": ("opened", "large", *WORDS, *out, "is_gone", *told, "kept")})
        if not request.user.has_perm("articles.view_article"):
            return (card,)
        return card, (_("Where it is used"), {"fields": ("used_in",)})

    def save_model(self, request: HttpRequest, obj: KeptPost, form: KeptPostForm, change: bool) -> None:
        self.begin(request, obj)
        at, by = timezone.now(), editor_of(request)
        if change:
            posts.change_post(obj, form.prepared, by=by, at=at)
        else:
            posts.keep_post(obj, form.prepared, by=by, at=at, ask=bool(form.cleaned_data.get("ask")))

    def get_deleted_objects(self, objs: Iterable[KeptPost], request: HttpRequest) -> Any:
        """Say what would go; a card that a text holds is named with its articles, and holds up all."""
        cards = list(objs)
        link = '<a href="{}">{}</a>: {}'
        protected = [
            format_html(link, reverse("admin:articles_keptpost_change", args=[one.pk]), one, posts.refusal(holders))
            for one in cards
            if (holders := posts.articles_with(one))
        ]
        needed = set() if self.has_delete_permission(request) else {str(self.opts.verbose_name)}
        return [str(one) for one in cards], {self.opts.verbose_name_plural: len(cards)}, needed, protected

    def delete_model(self, request: HttpRequest, obj: KeptPost) -> None:
        self.delete_queryset(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[KeptPost]) -> None:
        """Take the cards out with their still pictures; who has begun to use one meanwhile is not overrun."""
        for post in queryset:
            try:
                posts.delete_post(post, by=editor_of(request), at=timezone.now())
            except Refused as refused:
                raise PermissionDenied(str(refused)) from refused

    @action(description=_("Ask the site for what is empty"), permissions=["change"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet[KeptPost]) -> None:
        """Have the chosen posts fetched, as far as that is allowed, and say of how many."""
        rows = KeptPost.objects.filter(pk__in=queryset.values_list("pk", flat=True))
        number = posts.ask_again(rows, by=editor_of(request), at=timezone.now())
        if number:
            text = ngettext("%(number)d post will be asked for.", "%(number)d posts will be asked for.", number)
            messages.success(request, text % {"number": number})
        else:
            messages.warning(request, posts.REASONS["none" if posts.is_asking() else "off"])

    @display(description=_("picture"))
    def thumbnail(self, post: KeptPost) -> str:
        return picture(post.picture, "thumbnail") if post.picture else "—"

    @display(description=_("still picture"))
    def large(self, post: KeptPost) -> str:
        return picture(post.picture, "picture") if post.picture else "—"

    @display(description=_("link"))
    def opened(self, post: KeptPost) -> str:
        return format_html('<a href="{0}" rel="noopener noreferrer" target="_blank">{0}</a>', post.link)

    @display(description=_("asking the site"))
    def told(self, post: KeptPost) -> str:
        return posts.told_of(post)

    @display(description=_("articles"))
    def used(self, post: KeptPost) -> int:
        return int(post.use_count)  # type: ignore[attr-defined]

    @display(description=_("articles that hold it, or have held it"))
    def used_in(self, post: KeptPost) -> str:
        uses = post.uses.select_related("article").order_by("-pk")[:MOST_USES]
        lines = [(reverse("admin:articles_article_change", args=[use.article_id]), use.article) for use in uses]
        return format_html_join("", '<p><a href="{}">{}</a></p>', lines) if lines else "—"

    @display(description=_("kept"))
    def kept(self, post: KeptPost) -> str:
        moment = date_format(timezone.localtime(post.kept_at), "j E Y, H:i")
        return f"{name_of(post.kept_by)}, {moment}, {post.get_source_display()}"
