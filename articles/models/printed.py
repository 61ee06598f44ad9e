"""The printed texts of an article, declared once: a row for each, in the order of the page.

What an edition copies, the engine marks, search finds, legal erasure empties, a relabel touches and the desk names is
derived from these rows; `tests/models/test_printed.py` holds them against the columns of Article and Edition.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


def _any(entry: Any) -> bool:
    return True


def _retraction(entry: Any) -> bool:
    return bool(entry["kind"] == "retraction")


def _no_retraction(entry: Any) -> bool:
    return not _retraction(entry)


def _post(entry: Any) -> bool:
    return "post" in entry


def _photo(entry: Any) -> bool:
    return not _post(entry)


@dataclass(frozen=True)
class Printed:
    """One printed text, or a list of them.

    `name`: of the engine's field; those of a list are numbered, `byline_0`. `column`: of Edition, which holds the text,
    a list of texts, an object, or a list of objects, of which `key` names the text; `only`: the entries of the list
    that stand in this place. `written`: the column of Article that an editor writes it in, empty for what comes from
    other rows. `format`: `text` or `html`. `is_marked`, `is_searched`: designated names in it are marked, its words
    are found; `is_elsewhere`: other pages than the article's own show it; `is_alone`: it is read without the text
    around it, in an attribute.
    """

    name: str
    label: Any
    column: str
    key: str = ""
    only: Callable[[Any], bool] = _any
    written: str = ""
    format: str = "text"
    is_marked: bool = True
    is_searched: bool = True
    is_elsewhere: bool = False
    is_alone: bool = False


PRINTED = (
    Printed("headline", _("headline"), "headline", written="headline", is_elsewhere=True),
    Printed("summary", _("summary"), "summary", written="summary", is_elsewhere=True),
    Printed("correction", _("correction"), "corrections", "text", only=_retraction, is_elsewhere=True),
    Printed("byline", _("byline"), "bylines"),
    Printed("photo_alt", _("alternative text"), "photo", "alt", written="photo_alt", is_alone=True),
    Printed("photo_caption", _("caption"), "photo", "caption", written="photo_caption"),
    Printed("photo_credit", _("credit"), "photo", "credit"),
    Printed("photo_licence", _("licence"), "photo", "licence"),
    Printed("body", _("text"), "body", written="body", format="html"),
    Printed("figure_alt", _("alternative text in the text"), "figures", "alt", is_alone=True),
    Printed("figure_caption", _("caption in the text"), "figures", "caption", only=_photo),
    Printed("figure_credit", _("credit in the text"), "figures", "credit", only=_photo),
    Printed("figure_licence", _("licence in the text"), "figures", "licence", only=_photo),
    Printed("post_author", _("author of a post"), "figures", "author", only=_post),
    Printed("post_text", _("text of a post"), "figures", "text", only=_post),
    Printed("post_site", _("site of a post"), "figures", "site", only=_post),
    Printed("correction", _("correction"), "corrections", "text", only=_no_retraction, is_elsewhere=True),
    Printed("origin_outlet", _("origin"), "origin", "outlet", written="origin_outlet"),
    Printed("origin_translator", _("translator"), "origin", "translator", written="translator"),
    Printed("source_line", _("source line"), "source_line", written="source_line"),
)

# The columns of Edition that hold printed texts, each once, and those of Article that an editor writes them in.
COLUMNS = tuple(dict.fromkeys(row.column for row in PRINTED))
WRITTEN = tuple(row.written for row in PRINTED if row.written)

# What is no text of the page, but says something of it: erased with the texts.
ARTICLE_BESIDE = ("figure_texts", "origin_zone", "origin_url", "translation_method")
EDITION_BESIDE = ("marks", "dated_marks", "ledger", "author_ids")
# What says nothing of what was written: codes, choices, hashes, and the part of an address, which goes on saying 410.
ARTICLE_NO_TEXT = ("language", "slug", "state")
EDITION_NO_TEXT = ("language", "slug", "reason", "content_hash")

BY_NAME = {row.name: row for row in PRINTED}


def texts_of(columns: Mapping[str, Any], row: Printed) -> Iterator[tuple[str, str]]:
    """Yield the name of the engine's field and the text for each text of a row that is not empty.

    `columns`: the columns of an edition, or what it will hold.
    """
    value = columns[row.column]
    for number, entry in _entries(value):
        if isinstance(value, dict) or row.only(entry):
            text = (entry.get(row.key) or "") if row.key else entry
            if text:
                yield row.name if number is None else f"{row.name}_{number}", text


def _entries(value: Any) -> Iterator[tuple[int | None, Any]]:
    if isinstance(value, list | tuple):
        yield from enumerate(value)
    else:
        yield None, value


def replaced(columns: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns with other texts in place of their own; `texts`: name of the engine's field → text."""
    changed = dict(columns)
    for row in PRINTED:
        changed[row.column] = _replaced(changed[row.column], row, texts)
    return changed


def _replaced(value: Any, row: Printed, texts: Mapping[str, str]) -> Any:
    if isinstance(value, list | tuple):
        return type(value)(_with(entry, row.key, texts.get(f"{row.name}_{n}")) for n, entry in enumerate(value))
    return _with(value, row.key, texts.get(row.name))


def _with(entry: Any, key: str, text: str | None) -> Any:
    if text is None:
        return entry
    return entry | {key: text} if key else text


def row_of(field: str) -> Printed | None:
    """Return the row of an engine's field, such as `headline` or `byline_1`; None for any other name."""
    return BY_NAME.get(field) or BY_NAME.get(field.rpartition("_")[0])
