"""Which photos a text names, and which article names a photo: the lead photo, and the figures in the body."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ..models import Article, Photo, PhotoUse

FIGURE = re.compile(r"<figure\b[^>]*\bdata-photo=[\"']([\d ]+)[\"']")
LONGEST = 18  # digits of a key


def in_body(html: str) -> list[int]:
    """Return the ids of the photos of the figures of a body, each once, in their order; a gallery names several."""
    names = [name for figure in FIGURE.findall(html) for name in figure.split()]
    return list(dict.fromkeys(int(name) for name in names if len(name) <= LONGEST))


def figure_with(photo: int) -> str:
    """Return a pattern, for databases, of a body in which a figure names the photo."""
    return rf'data-photo="([0-9]+ )*{photo}[ "]'


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
