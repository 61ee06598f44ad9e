"""The preview links of an article beside its form: who made which, until when, when it was used last; and their end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import publishing
from articles.models import Article, PreviewToken
from articles.publishing.roles import may_edit, staff_id

from ..base import NewsroomAdmin, editor_of, name_of

LISTED = 20


@dataclass(frozen=True)
class LinkLine:
    """`state`: why it no longer opens; "" while it does. `version`: the number of the one shown; None: the newest."""

    link: PreviewToken
    maker: str
    version: int | None
    state: Any
    may_revoke: bool


class LinksAdmin(NewsroomAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.revoke_view))
        return [
            path("<int:article_id>/links/<int:link_id>/revoke/", view, name="articles_article_revoke"),
            *super().get_urls(),
        ]

    def found(self, request: HttpRequest, article_id: int) -> Article:
        """Return the article if the user may see it."""
        article: Article | None = self.get_object(request, str(article_id))
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def revoke_view(self, request: HttpRequest, article_id: int, link_id: int) -> HttpResponse:
        """Take a link back."""
        article = self.found(request, article_id)
        link = get_object_or_404(PreviewToken.objects.select_related("article"), pk=link_id, article=article)
        publishing.revoke_link(link, by=editor_of(request), at=timezone.now())
        messages.success(request, _("The preview link no longer opens."))
        return redirect("admin:articles_article_change", article.pk)


def links_of(article: Article, user: User, at: datetime) -> list[LinkLine]:
    """Return the newest links of an article, with one query; only to those who may see its working copy."""
    rows = article.preview_tokens.with_publication(at).select_related("made_by__user", "version")[:LISTED]
    links = list(rows)
    edits, own = (may_edit(user, article), staff_id(user).pk) if links else (False, 0)
    return [line(link, at, edits or link.made_by_id == own) for link in links]


def line(link: PreviewToken, at: datetime, may_revoke: bool) -> LinkLine:
    state = state_of(link, at)
    version = link.version.number if link.version else None
    return LinkLine(link, name_of(link.made_by), version, state, may_revoke and not state)


def state_of(link: PreviewToken, at: datetime) -> Any:
    """Say why a link does not open, in the order in which it ended; "" while it opens."""
    endings = dict(PreviewToken.ENDINGS)
    if link.ending:
        return endings[link.ending]
    if link.published:
        return endings["published"]
    if link.expires_at <= at:
        return _("expired")
    maker = link.made_by.user if link.made_by else None
    return "" if maker is not None and maker.is_active else endings["maker"]
