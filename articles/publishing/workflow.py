"""The states of the working copy: draft, in review, approved; and what an article's releases make of it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ..models import Article, Release
from .errors import Refused
from .events import log
from .not_binned import refuse_binned
from .roles import require, staff_id


def status(article: Article, at: datetime) -> str:
    """Return draft, in_review, approved, scheduled, live, withdrawn or bin."""
    return statuses([article], at)[article.pk]


def statuses(articles: list[Article], at: datetime) -> dict[int, str]:
    """Return the status of each article by its id, with one query."""
    seen: dict[int, str] = {}
    releases = Release.objects.filter(article__in=articles, live_at__isnull=False).order_by("live_at", "id")
    for release in releases.only("article_id", "live_at", "ended_at", "ending"):
        if release.ended_at is not None and release.ended_at <= release.live_at:
            if release.ending == "withdrawn":  # published by a clock that was ahead, withdrawn by one that was right
                seen.setdefault(release.article_id, "withdrawn")
        elif release.ended_at is not None and release.ended_at <= at:
            seen[release.article_id] = "withdrawn" if release.ending == "withdrawn" else "past"
        elif release.live_at <= at:
            seen[release.article_id] = "live"
        elif seen.get(release.article_id) != "live":
            seen[release.article_id] = "scheduled"
    return {article.pk: seen.get(article.pk, "bin" if article.binned_at else article.state) for article in articles}


def move(article: Article, *, by: User, at: datetime, origin: tuple[str, ...], to: str) -> None:
    """Move the working copy to a state, if it stands in one of `origin`; raise Refused otherwise."""
    with transaction.atomic():
        locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        refuse_binned(locked)
        if locked.state not in origin:
            raise Refused("", _("The article is not in a state that allows this; someone else may have moved it."))
        Article.objects.filter(pk=article.pk).update(state=to, version=F("version") + 1)
        log("state", by=by, at=at, article=article, before=locked.state, after=to)
    article.refresh_from_db(fields=["state", "version"])


def submit(article: Article, *, by: User, at: datetime) -> None:
    """Hand a draft to review; a reporter may submit only what they began."""
    require(by, "submit_article")
    if article.created_by != staff_id(by) and not by.has_perm("articles.approve_article"):
        raise PermissionDenied(_("You can submit only your own articles."))
    move(article, by=by, at=at, origin=("draft",), to="in_review")


def return_to_draft(article: Article, *, by: User, at: datetime) -> None:
    """Give an article back to its writer."""
    require(by, "approve_article")
    move(article, by=by, at=at, origin=("in_review", "approved"), to="draft")


def approve(article: Article, *, by: User, at: datetime) -> None:
    """Approve an article for publication."""
    require(by, "approve_article")
    move(article, by=by, at=at, origin=("draft", "in_review"), to="approved")
