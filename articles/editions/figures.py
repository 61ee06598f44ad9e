"""Photos in the text, and posts (`editions.posts`). The body names them and holds nothing else of them,
`<figure data-photo="7 12" data-align="wide"></figure>`; an edition holds what it prints of each, in the order of the
page (`Edition.figures`); the reading form gives each its place. Several photos in one figure are a gallery.

What an article says of its photos otherwise than they do themselves stands in `Article.figure_texts`, as JSON.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..models import Article, Photo
from ..models.fields import printable
from .attributes import ALIGN, PHOTO_ID, PHOTOS, POST
from .clean import clean_html
from .posts import post_entries

# As the cleaning writes it.
FIGURE = re.compile(rf'<figure (?:{PHOTOS}="([0-9 ]+)"(?: {ALIGN}="([a-z]+)")?|{POST}="([0-9]+)")></figure>')
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
    return [int(one) for found in FIGURE.finditer(clean_html(body)) for one in (found[1] or "").split()]


def figure_with(photo: int) -> str:
    """Return a pattern, for databases, of a clean body in which a figure names the photo."""
    return rf'<figure {PHOTOS}="([0-9]+ )*{photo}[ "]'


def post_ids_in(body: str) -> list[int]:
    """Return the numbers of the posts in a body, in the order of the page."""
    if "<figure" not in body.lower():
        return []
    return [int(found[3]) for found in FIGURE.finditer(clean_html(body)) if found[3]]


def places(body: str, figures: Sequence[Mapping[str, Any]]) -> list[FigurePlace]:
    """Return where the photos of an edition stand in its clean body, in order; a photo that it does not hold is left
    out, and a figure of none has no place."""
    found, next_one = [], 0
    for figure in FIGURE.finditer(body):
        numbers = []
        key, ids = ("post", figure[3]) if figure[3] else ("id", figure[1])
        for pk in map(int, ids.split()):
            if next_one < len(figures) and is_of(figures[next_one], key, pk):
                numbers.append(next_one)
                next_one += 1
        found.append(FigurePlace(figure.start(), figure.end(), figure[2] or "", tuple(numbers)))
    return found


def is_of(entry: Mapping[str, Any], key: str, pk: int) -> bool:
    """Say whether what an edition holds is of the photo ("id"), or the post ("post"), of that number."""
    return entry.get(key) == pk and ("post" in entry) == (key == "post")


def figures_of(article: Article) -> list[dict[str, Any]]:
    """Return what an edition would hold of the photos and posts in the working copy's text, in the order of the page;
    one that is gone is left out."""
    ids, post_ids = ids_in(article.body), post_ids_in(article.body)
    photos, own = (Photo.objects.in_bulk(ids), texts_of(article)) if ids else ({}, {})
    entries = {("id", pk): photo_entry(one, article.language, own.get(pk, {})) for pk, one in photos.items()}
    entries |= {("post", pk): entry for pk, entry in post_entries(post_ids).items()} if post_ids else {}
    return [entries[named] for named in named_in(article.body) if named in entries] if entries else []


def named_in(body: str) -> Iterator[tuple[str, int]]:
    """Yield what the figures of a body name, in the order of the page: "id" or "post", and the number."""
    for found in FIGURE.finditer(clean_html(body)):
        key, ids = ("post", found[3]) if found[3] else ("id", found[1])
        yield from ((key, int(one)) for one in ids.split())


def photo_entry(photo: Photo, language: str, own: Mapping[str, str]) -> dict[str, Any]:
    """Return what an edition holds of a photo; `own`: what the article says in place of its `alt` and `caption`."""
    # A licence stands only in editions of photos that name one: what was issued before it was printed stays as it is.
    licence = {"licence": photo.licence.strip()} if photo.licence.strip() else {}
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
        **licence,
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
