"""Pictures on pages: each `<img>` of a photo becomes a `<picture>` of what was made of it, when the page is printed.

The reading form names the web size alone, and stays as it is; what stands here is put around it. The whole pictures of
an article lead to their web size; teasers say with `data-shown` where they stand, and get a crop. Of a photo of which
nothing is made yet the web size is shown, as ever.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache, partial
from html import escape
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext

from ..models import Rendition
from ..pagemap.addresses import media_path, rendition_path
from ..photos.places import TYPES, WHOLE

BEGINS = '<img src="/media/'
IMG = re.compile(r'(?P<link><a [^>]*>\s*)?<img src="/media/(?P<web>[\w-]+\.\w+)(?P<query>\?[^"]*)?"(?P<rest>[^>]*)>')
ATTRIBUTE = re.compile(r' ([\w-]+)(?:="([^"]*)")?')
STORY = re.compile(r'<article class="story".*?</article>', re.DOTALL)
FIGURE = re.compile(r'<figure class="([\w -]+)">\s*\Z')
GALLERY, END = re.compile(r'<div class="(gallery[\w -]*)">'), "</div>"
KEPT = 2048  # photos


class MadeFile(NamedTuple):
    """A rendition, as in `Rendition.files`."""

    place: str
    width: int
    height: int
    format: str
    name: str
    bytes: int


Files = tuple[MadeFile, ...]
Known = Mapping[str, Files]  # by the name of the web size


class ShownCrop(NamedTuple):
    """Where a crop stands: `place` as in `photos.places`, how wide it is shown (`sizes`), and on which screens
    (`media`, empty for all)."""

    place: str
    sizes: str
    media: str = ""


# How wide a picture is, by articles/static/articles/site.css; there 1rem is 17 pixels, in a condition 16. A phone with
# three points to a pixel gets as many as one with two: no eye tells them apart there, and each costs a half more. Of a
# picture as wide as a text's column a hand-held screen gets 1,080 points instead of 1,600: one and a half to a pixel.
FINE = "(min-resolution: 2.5dppx)"
PHONE = f"{FINE} 61vw, 92vw"
HELD = "(min-width: 480px) and (max-width: 1109px)"
TABLET = f"{HELD} and {FINE} 360px, {HELD} and (min-resolution: 1.9dppx) 540px"
SIZES = {
    "lead": f"{TABLET}, (min-width: 1110px) 1020px, {PHONE}",
    "text": f"{TABLET}, (min-width: 760px) 697px, {PHONE}",
    "side": f"(min-width: 768px) 340px, {PHONE}",
    "gallery": f"(min-width: 480px) and {FINE} 227px, (min-width: 760px) 340px, (min-width: 480px) 46vw, {PHONE}",
    "wide gallery": f"(min-width: 480px) and {FINE} 31vw, (min-width: 1110px) 502px, (min-width: 480px) 46vw, {PHONE}",
}
TEASERS = {
    "lead": (ShownCrop("wide", f"(min-width: 83rem) 842px, (min-width: 56rem) 63vw, {PHONE}"),),
    "beside": (ShownCrop("standard", "128px"),),
    "desk": (
        ShownCrop("standard", f"(min-width: 83rem) 388px, (min-width: 70rem) 30vw, (min-width: 45rem) 45vw, {PHONE}"),
    ),
    "list": (ShownCrop("square", "94px", "(max-width: 36rem)"), ShownCrop("standard", "187px")),
}


def read(web_names: Collection[str]) -> Known:
    """Return what is made of these photos; those of which nothing is are not there. Nothing is asked for none."""
    if not web_names:
        return {}
    rows = Rendition.objects.filter(web__in=set(web_names)).annotate(text=Cast("files", TextField()))
    return {web: files_of(text) for web, text in rows.values_list("web", "text") if text != "[]"}


@lru_cache(maxsize=KEPT)
def files_of(text: str) -> Files:
    """Return the files of a row, of its JSON."""
    return tuple(MadeFile(*(one[name] for name in MadeFile._fields)) for one in json.loads(text))


def named_in(htmls: Iterable[str]) -> set[str]:
    """Return the names of the photos that stand in these pages or forms."""
    return {found["web"] for html in htmls for found in IMG.finditer(html)}


def with_pictures(html: str, known: Known | None = None) -> str:
    """Return a page with its pictures; `known`: what is made of them, where it was read already."""
    if BEGINS not in html:
        return html
    known = read(named_in([html])) if known is None else known
    story = STORY.search(html)
    return IMG.sub(partial(_picture, html, story.span() if story else (0, 0), known), html)


def _picture(html: str, story: tuple[int, int], known: Known, img: re.Match[str]) -> str:
    attributes = dict(ATTRIBUTE.findall(img["rest"]))
    shown = attributes.pop("data-shown", "")
    files = known.get(img["web"], ())
    if shown:
        return (img["link"] or "") + teaser(img["web"], attributes, TEASERS.get(shown, ()), files)
    if not story[0] <= img.start() < story[1]:
        return img[0]
    is_first, column = column_of(html[story[0] : img.start()])
    picture = whole(img["web"], img["query"] or "", attributes, column, files, is_first=is_first)
    return img["link"] + picture if img["link"] else linked(img["web"], img["query"] or "", attributes, picture)


def column_of(before: str) -> tuple[bool, str]:
    """Say whether a picture is the one on top of the article, and how wide its column is (a key of SIZES).

    `before`: the article up to it.
    """
    figure = FIGURE.search(before, max(0, len(before) - 80))
    classes = figure[1].split() if figure else []
    if "lead-photo" in classes or "figure-wide" in classes:
        return "lead-photo" in classes, "lead"
    if {"figure-left", "figure-right"} & set(classes):
        return False, "side"
    *_others, gallery = None, *GALLERY.finditer(before)
    if gallery is None or END in before[gallery.end() :]:
        return False, "text"
    return False, "wide gallery" if "figure-wide" in gallery[1] else "gallery"


def whole(
    web: str, query: str, attributes: dict[str, str], column: str, files: Files, *, is_first: bool = False
) -> str:
    """Return the whole picture in a column (a key of SIZES); `is_first`: it is the one on top of an article, which is
    fetched at once, all others when they come into sight."""
    first = {"fetchpriority": "high"} if is_first else {"loading": "lazy", "decoding": "async"}
    own = [(f"{media_path(web)}{query}", int(width))] if (width := attributes.get("width", "")).isdigit() else []
    sets = {kind: candidates(web, query, files, WHOLE, kind) for kind in TYPES}
    jpeg = [*sets.pop("jpeg"), *own]
    given = {"src": f"{media_path(web)}{query}"} | attributes | first
    if not files:
        return tag("img", given)
    sources = [source(kind, some, SIZES[column]) for kind, some in sets.items() if some]
    return f"<picture>{''.join(sources)}{tag('img', given | srcset(jpeg, SIZES[column]))}</picture>"


def linked(web: str, query: str, attributes: dict[str, str], picture: str) -> str:
    """Return a picture that leads to its web size; its alternative text is the name of the link."""
    name = {} if attributes.get("alt") else {"aria-label": escape(gettext("The whole picture"))}
    opening = tag("a", {"class": "whole", "href": f"{media_path(web)}{query}"} | name)
    return f"{opening}{picture}</a>"


def teaser(web: str, attributes: dict[str, str], crops: tuple[ShownCrop, ...], files: Files) -> str:
    """Return the crops of a teaser: the last is shown where no other is asked for."""
    if not files or not crops:
        return tag("img", {"src": media_path(web)} | attributes)
    sources = []
    for crop in crops:
        sets = {kind: candidates(web, "", files, crop.place, kind) for kind in TYPES}
        kinds = [kind for kind in sets if sets[kind] and (crop.media or kind != "jpeg")]
        sources += [source(kind, sets[kind], crop.sizes, crop.media, shape(files, crop.place)) for kind in kinds]
    jpeg = candidates(web, "", files, crops[-1].place, "jpeg")
    if not jpeg:
        return tag("img", {"src": media_path(web)} | attributes)
    given = {"src": jpeg[len(jpeg) // 2][0]} | attributes | shape(files, crops[-1].place)
    return f"<picture>{''.join(sources)}{tag('img', given | srcset(jpeg, crops[-1].sizes))}</picture>"


def candidates(web: str, query: str, files: Files, place: str, kind: str) -> list[tuple[str, int]]:
    """Return the addresses and widths of a place's files in a format."""
    fitting = [one for one in files if one.place == place and one.format == kind]
    return [(f"{rendition_path(web, one.name)}{query}", one.width) for one in fitting]


def shape(files: Files, place: str) -> dict[str, str]:
    """Return width and height of a place's largest file: the page keeps room for it, and it is never blown up."""
    fitting = [one for one in files if one.place == place]
    largest = max(fitting, key=lambda one: one.width, default=None)
    return {"width": str(largest.width), "height": str(largest.height)} if largest else {}


def largest(known: Known, web: str, place: str) -> MadeFile | None:
    """Return the widest JPEG of a place, for those who take one picture."""
    fitting = [one for one in known.get(web, ()) if one.place == place and one.format == "jpeg"]
    return max(fitting, key=lambda one: one.width, default=None)


def source(kind: str, some: list[tuple[str, int]], sizes: str, media: str = "", size: Any = None) -> str:
    """Return one of the choices of a picture; `size`: its room on the screens that `media` names."""
    own = {"type": TYPES[kind]} | ({"media": media} if media else {}) | (size if media and size else {})
    return tag("source", own | srcset(some, sizes))


def srcset(some: list[tuple[str, int]], sizes: str) -> dict[str, str]:
    """Return the attributes that offer files of several widths; one alone needs none."""
    if not some:
        return {}
    return {"srcset": ", ".join(f"{address} {width}w" for address, width in some), "sizes": sizes}


def tag(name: str, attributes: Mapping[str, str]) -> str:
    """Return an opening tag; the values are HTML already."""
    told = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{told}>"
