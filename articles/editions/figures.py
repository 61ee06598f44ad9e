"""Photos in the text. The body names them, `<figure data-photo="7 12" data-align="wide"></figure>`, and holds nothing
else of them; an edition holds what it prints of each, in the order of the page (`Edition.figures`); the reading form
gives each its place. Several photos in one figure are a gallery.

What an article says of its photos otherwise than they do themselves stands in `Article.figure_texts`, as JSON.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..models import Article, Photo
from ..models.fields import printable
from .attributes import ALIGN, PHOTO_ID, PHOTOS
from .clean import clean_html

FIGURE = re.compile(rf'<figure {PHOTOS}="([0-9 ]+)"(?: {ALIGN}="([a-z]+)")?></figure>')  # as the cleaning writes it
LONGEST = {"alt": 300, "caption": 500}  # characters of an article's own texts, as of the photo's
Texts = dict[int, dict[str, str]]  # photo → what the article says of it otherwise


class NoTexts(ValueError):
    """What was sent is no `figure_texts`. `photo`, `name`: of the text that is too long; 0 and "" for what is none."""

    def __init__(self, photo: int = 0, name: str = "") -> None:
        super().__init__(photo, name)
        self.photo, self.name = photo, name


class FigurePlace(NamedTuple):
    """A figure in a clean body. `at`, `end`: its offsets; `numbers`: of its photos in `Edition.figures`."""

    at: int
    end: int
    align: str
    numbers: tuple[int, ...]


def ids_in(body: str) -> list[int]:
    """Return the ids of the photos in a body, in the order of the page; one that stands there twice comes twice."""
    if "<figure" not in body.lower():
        return []
    return [int(one) for found in FIGURE.finditer(clean_html(body)) for one in found[1].split()]


def places(body: str, figures: Sequence[Mapping[str, Any]]) -> list[FigurePlace]:
    """Return where the photos of an edition stand in its clean body, in order; a photo that it does not hold is left
    out, and a figure of none has no place."""
    found, next_one = [], 0
    for figure in FIGURE.finditer(body) if figures else ():
        numbers = []
        for pk in map(int, figure[1].split()):
            if next_one < len(figures) and figures[next_one]["id"] == pk:
                numbers.append(next_one)
                next_one += 1
        found.append(FigurePlace(figure.start(), figure.end(), figure[2] or "", tuple(numbers)))
    return found


def figures_of(article: Article) -> list[dict[str, Any]]:
    """Return what an edition would hold of the photos in the working copy's text; one that is gone is left out."""
    ids = ids_in(article.body)
    photos, own = (Photo.objects.in_bulk(ids), texts_of(article)) if ids else ({}, {})
    return [photo_entry(photos[pk], article.language, own.get(pk, {})) for pk in ids if pk in photos]


def photo_entry(photo: Photo, language: str, own: Mapping[str, str]) -> dict[str, Any]:
    """Return what an edition holds of a photo; `own`: what the article says in place of its `alt` and `caption`."""
    return {
        "id": photo.pk,
        "web": photo.web,
        "width": photo.width,
        "height": photo.height,
        "focal_x": photo.focal_x,
        "focal_y": photo.focal_y,
        "alt": own.get("alt", "").strip() or photo.alt(language),
        "caption": own.get("caption", "").strip() or photo.caption(language),
        "credit": photo.credit,
    }


def texts_of(article: Article) -> Texts:
    """Return what the article says of the photos in its text; of what cannot be read, nothing."""
    try:
        return read_texts(article.figure_texts)
    except NoTexts:
        return {}


def read_texts(written: str) -> Texts:
    """Read what a form has sent, or a row holds. Raises NoTexts."""
    if not written.strip():
        return {}
    try:
        sent = json.loads(written)
        rows = {int(pk): dict(row) for pk, row in sent.items()}
        if not all(PHOTO_ID.fullmatch(pk) for pk in sent):
            raise NoTexts
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise NoTexts from error
    texts: Texts = {}
    for pk, row in rows.items():
        if not row.keys() <= LONGEST.keys() or not all(isinstance(text, str) for text in row.values()):
            raise NoTexts
        texts[pk] = {name: printable(row[name]).strip() for name in LONGEST if row.get(name, "").strip()}
        for name, text in texts[pk].items():
            if len(text) > LONGEST[name]:
                raise NoTexts(pk, name)
    return texts


def write_texts(texts: Texts) -> str:
    """Return the texts as a row holds them: nothing of photos that have none, always in the same order."""
    kept = {str(pk): texts[pk] for pk in sorted(texts) if texts[pk]}
    return json.dumps(kept, ensure_ascii=False) if kept else ""
