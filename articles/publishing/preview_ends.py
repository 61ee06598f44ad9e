"""What ends preview links: their owner, a publication, a withdrawal, the closing of their maker's account."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from ..models import Article, PreviewToken
from ..models.preview import PreviewTokenQuerySet
from .events import log


def end_links(links: PreviewTokenQuerySet, ending: str, *, by: User | None, at: datetime) -> None:
    """End those of the links that have not ended or expired, in the caller's transaction, and write each down.

    Those that a schedule's publication has ended already are told as such.
    """
    open_still = links.filter(ended_at=None, expires_at__gt=at)
    for link in open_still.with_publication(at).select_related("article"):
        how = "published" if link.published else ending
        PreviewToken.objects.filter(pk=link.pk).update(ended_at=at, ending=how)
        log("preview ended", by=by, at=at, article=link.article, link=link.pk, ending=how)


def end_links_of_article(article: Article, ending: str, *, by: User | None, at: datetime) -> None:
    """End the links of an article, in the transaction of what ends them."""
    end_links(PreviewToken.objects.filter(article=article), ending, by=by, at=at)


@transaction.atomic
def end_links_of_user(user: User, *, by: User | None, at: datetime) -> None:
    """End what somebody has made whose account is closed, or whose link to their pseudonym is about to be cut."""
    end_links(PreviewToken.objects.filter(made_by__user=user), "maker", by=by, at=at)


def end_links_of_the_closed(at: datetime) -> None:
    """End what those have made whose accounts were closed by a hand at the database, which tells nobody: opened again,
    an account opens none of its old links."""
    closed = PreviewToken.objects.filter(ended_at=None, expires_at__gt=at, made_by__user__is_active=False)
    if closed.exists():
        with transaction.atomic():
            end_links(closed, "maker", by=None, at=at)
