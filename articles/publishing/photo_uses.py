"""Where a photo is used: working copies that hold it, editions that print it, those that readers see now; on top, in
the text, or as the still picture of a post in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from ..editions.uses import named_in_copy
from ..models import Article, Edition, EditionFigure, Photo, PostUse, Release

MOST = 200  # articles that are looked at


@dataclass(frozen=True)
class PhotoUsed:
    """An article with the photo. `in_copy`: its working copy holds it; `editions`: the numbers of those that print it;
    `is_live`: readers see one of them now; `is_ahead`: one is scheduled."""

    article: Article
    in_copy: bool
    editions: tuple[int, ...]
    is_live: bool
    is_ahead: bool


def where_used(photo: Photo, at: datetime) -> list[PhotoUsed]:
    """Return the articles that use the photo, what readers see first, at most MOST; one that held it once, in no
    edition, is left out."""
    candidates = list(articles_near(photo)[:MOST])
    editions = list(editions_with(photo, candidates))
    stand = dict(
        Release.objects.not_ended(at)
        .filter(edition__in=[one.pk for one in editions])
        .values_list("edition_id", "live_at")
    )
    used, cards = [], set(photo.kept_posts.values_list("pk", flat=True))
    for article in candidates:
        own = [one for one in editions if one.article_id == article.pk]
        begins = [stand[one.pk] for one in own if one.pk in stand]
        named = named_in_copy(article)
        in_copy = photo.pk in named.photos or not cards.isdisjoint(named.posts)
        if own or in_copy:
            numbers = tuple(sorted(one.number for one in own))
            is_live, is_ahead = any(one <= at for one in begins), any(one > at for one in begins)
            used.append(PhotoUsed(article, in_copy, numbers, is_live, is_ahead))
    return sorted(used, key=lambda one: (not one.is_live, not one.is_ahead, -one.article.pk))


def articles_near(photo: Photo) -> QuerySet[Article]:
    """Return the articles that hold the photo, or have held it, the newest first."""
    held = PostUse.objects.filter(post__picture=photo)
    stills = EditionFigure.objects.filter(photo=photo)  # of posts that have another one now
    near = Q(lead_photo=photo) | Q(pk__in=photo.uses.values("article")) | Q(pk__in=held.values("article"))
    return Article.objects.filter(near | Q(pk__in=stills.values("edition__article"))).order_by("-pk")


def editions_with(photo: Photo, articles: Iterable[Article] | QuerySet[Article, int]) -> QuerySet[Edition]:
    """Return the editions of these articles that print the photo, with their numbers alone."""
    in_text = EditionFigure.objects.filter(photo=photo)
    names = Q(photo__id=photo.pk) | Q(pk__in=in_text.values("edition"))
    return Edition.objects.filter(names, article__in=articles).only("article_id", "number")


def live_with(photo: Photo, at: datetime) -> list[Release]:
    """Return the releases that readers see, or will, which print the photo."""
    near = articles_near(photo).values_list("pk", flat=True).order_by()
    editions = editions_with(photo, near).values("pk")
    return list(Release.objects.not_ended(at).filter(edition__in=editions).for_reading())
