"""The passage of an article that answers a query, with the marks of the names in it."""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from ..footnotes.types import Field, Mark
from ..search.stop import WORDS as STOP_WORDS
from ..search.words import BLOCK, WRITTEN, tokens_of

LENGTH = 240  # characters
APART = " · "
HEADING_ENDS = re.compile(r"</(?:h[1-6]|li|t[dh]|d[dt]|caption|figcaption)\b", re.IGNORECASE)
CLOSING = frozenset('»”")]')
READ_FIRST = 1_500  # of the body's HTML
PARAGRAPH_END = "</p>"
LEAD = 80  # of them before the first hit
PIECE = re.compile(r"<[^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|[^<&]+|.", re.DOTALL)
OWNED = re.compile(r"&#(?:x27|39);s\b")
TEXT_OR_NOT = re.compile(rf"<[^<>]*>|&[#\w]+;|{WRITTEN.pattern}")


class TextPlaces:
    """Where the characters of a flat text stand in its fragment: for each piece of the text where it begins in both,
    and whether its characters stand there one by one; else, as those of an entity, all stand where it begins."""

    def __init__(self) -> None:
        self.inside: list[int] = []
        self.begins: list[int] = []
        self.long: list[int] = []  # characters of a piece that stand one by one, 1 of others
        self.length = 0

    def add(self, piece: str, begin: int, *, one_by_one: bool) -> None:
        """Note a piece of the text, which follows the one before, and where it stands in the fragment."""
        if piece:
            self.inside.append(begin)
            self.begins.append(self.length)
            self.long.append(len(piece) if one_by_one else 1)
            self.length += len(piece)

    def first_from(self, place: int) -> int:
        """Return the first character of the text that stands at a place of the fragment or behind it."""
        number = bisect_left(self.inside, place)
        if number and place - self.inside[number - 1] < self.long[number - 1]:
            return self.begins[number - 1] + place - self.inside[number - 1]
        return self.begins[number] if number < len(self.begins) else self.length


def flat(fragment: str) -> tuple[str, TextPlaces]:
    """Return the text of an HTML fragment, and where its characters stand there. What ends like a heading, without a
    sign, is set apart from what follows."""
    pieces: list[str] = []
    places = TextPlaces()
    last = ""  # of what is no blank
    for match in PIECE.finditer(fragment):
        piece = match[0]
        is_text = len(piece) > 1 and piece[0] not in "<&"
        if len(piece) > 1 and piece[0] == "<":
            piece = (APART if _runs_on(piece, last) else " ") if BLOCK.fullmatch(piece) else ""
        elif len(piece) > 1 and piece[0] == "&":
            piece = html.unescape(piece)
        pieces.append(piece)
        places.add(piece, match.start(), one_by_one=is_text)
        last = bare[-1] if (bare := piece.rstrip()) else last
    return "".join(pieces), places


def _runs_on(tag: str, last: str) -> bool:
    """Say whether a tag ends a heading, an item or a cell whose last word would run into the next; `last`: the sign
    before it that is no blank."""
    return bool(HEADING_ENDS.match(tag)) and (last.isalnum() or last in CLOSING)


def excerpt(body: str, marks: Sequence[Mark], wanted: Set[str]) -> tuple[Field, list[Mark]] | None:
    """Return a passage of the body around the first word of which a lemma is wanted, no stop word if there are others;
    None without one.

    `marks`: those of the body. A name is in the passage whole, with its mark, or not at all. Most words stand near the
    beginning: the rest is not read where the passage ends before it.
    """
    end = body.find(PARAGRAPH_END, READ_FIRST)
    if end >= 0 and (found := _passage(body[: end + len(PARAGRAPH_END)], marks, wanted)) and found.is_followed:
        return found.field, found.marks
    found = _passage(body, marks, wanted)
    return (found.field, found.marks) if found else None


class QuotedPassage(NamedTuple):
    """`is_followed`: words stand behind it in what was read."""

    field: Field
    marks: list[Mark]
    is_followed: bool


def _passage(fragment: str, marks: Sequence[Mark], wanted: Set[str]) -> QuotedPassage | None:
    text, places = flat(fragment)
    plain = plain_of(wanted)
    hit = next((match.start() for match in WRITTEN.finditer(text) if tokens_of(match[0]) & plain), None)
    if hit is None:
        return None
    moved = [
        replace(
            mark,
            start=places.first_from(mark.start),
            end=places.first_from(mark.end),
            mark_at=places.first_from(mark.mark_at),
        )
        for mark in marks
    ]
    start, end = bounds(text, max(0, hit - LEAD), moved)
    before, behind = ("…\u00a0" if text[:start].strip() else ""), ("\u00a0…" if text[end:].strip(" ·") else "")
    by = len(before) - start
    inside = [
        replace(mark, start=mark.start + by, end=mark.end + by, mark_at=mark.mark_at + by)
        for mark in moved
        if start <= mark.start and max(mark.end, mark.mark_at) <= end
    ]
    return QuotedPassage(Field("body", f"{before}{text[start:end]}{behind}"), inside, bool(behind))


def bounds(text: str, start: int, marks: Sequence[Mark]) -> tuple[int, int]:
    """Return the range of a passage from about `start`, between words, with no name cut in two."""
    end = min(len(text), start + LENGTH)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.start < end and max(mark.end, mark.mark_at) > start:
            start = min(start, mark.start)
            end = max(end, mark.end, mark.mark_at)
    passage = text[start:end]
    return end - len(passage.lstrip(" \n\t·")), start + len(passage.rstrip(" \n\t·"))


def highlighted(rendered: str, wanted: Set[str]) -> SafeString:
    """Return rendered HTML with the words of which a lemma is wanted in `<mark>`."""
    return mark_safe("".join(_highlighted(rendered, wanted)))


def _highlighted(rendered: str, wanted: Set[str]) -> Iterator[str]:
    position = 0
    for match in _shown(rendered, wanted):
        owned = OWNED.match(rendered, match.end())  # `O'Brien's`, whose apostrophe is an entity here
        end = owned.end() if owned else match.end()
        yield rendered[position : match.start()]
        yield f"<mark>{rendered[match.start() : end]}</mark>"
        position = end
    yield rendered[position:]


def _shown(rendered: str, wanted: Set[str]) -> Iterator[re.Match[str]]:
    """Yield the words that are wanted; of a phrase its stop words only in a row with others of it."""
    plain, row, is_plain = plain_of(wanted), list[re.Match[str]](), False
    for match in TEXT_OR_NOT.finditer(rendered):
        if match[0][0] in "<&":
            continue
        held = tokens_of(match[0]) & wanted
        if held:
            row.append(match)
            is_plain = is_plain or not plain.isdisjoint(held)
            continue
        if is_plain:
            yield from row
        row, is_plain = [], False
    if is_plain:
        yield from row


def plain_of(wanted: Set[str]) -> Set[str]:
    """Return the lemmas that are no stop words; all of them where there are no others."""
    return wanted - STOP_WORDS or wanted
