"""Which photos a text names, and which article names a photo: the lead photo, and the figures in the body."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ..models import Article, Photo, PhotoUse

FIGURE = re.compile(r"<figure\b[^>]*\bdata-photo=[\"']([\d ]+)[\"']")
LONGEST = 18  # digits of a number


def in_body(html: str) -> list[int]:
    """Return the ids of the photos of the figures of a body, each once, in their order."""
    found = (one for named in FIGURE.findall(html) for one in named.split() if len(one) <= LONGEST)
    return list(dict.fromkeys(map(int, found)))


def of_article(article: Article) -> list[int]:
    """Return the ids of the photos that the working copy names, the lead photo first."""
    lead = [article.lead_photo_id] if article.lead_photo_id else []
    return list(dict.fromkeys([*lead, *in_body(article.body)]))


def of_printed(printed: Mapping[str, Any]) -> list[int]:
    """Return the ids of the photos that the columns of an edition name."""
    lead = [printed["photo"]["id"]] if printed["photo"].get("id") else []
    return list(dict.fromkeys([*lead, *in_body(printed["body"])]))


def note_uses(article_id: int, photos: Collection[int]) -> None:
    """Note that the article names the photos; what is noted already stays. Ids of no photo are passed over."""
    if not photos:
        return
    new = set(photos) - set(PhotoUse.objects.filter(article_id=article_id).values_list("photo_id", flat=True))
    if new:
        known: Iterable[int] = Photo.objects.filter(pk__in=new).order_by("pk").values_list("pk", flat=True)
        rows = [PhotoUse(photo_id=photo, article_id=article_id) for photo in known]
        PhotoUse.objects.bulk_create(rows, ignore_conflicts=True)
