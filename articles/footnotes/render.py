"""Marks into texts: bare glyphs, HTML with linked marks, and the inline form for places that have no room for notes."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from html import escape

from articles.footnotes.html import link_spans
from articles.footnotes.ledger import Block, Marked
from articles.footnotes.registers import Registers
from articles.footnotes.types import Field, Mark
from articles.footnotes.wording import inline_text

# What a screen reader says for a mark; the note itself is read at the link's end.
_LABELS = {"en": "Legal note {glyph}", "ru": "Примечание {glyph}"}


def render_text(text: str, marks: Iterable[Marked], block: Block) -> str:
    """Return the text with bare glyphs at the marks; marks are in offsets of the text, HTML or not."""
    return _spliced(text, [(mark.mark_at, block.glyph_for(mark)) for mark in _alone(marks, block)])


def render_html(field: Field, marks: Iterable[Marked], block: Block, *, links: bool) -> str:
    """Return the field as HTML with its marks; a text field is escaped.

    With `links`, a mark links to its note and the first of the block carries the id the note links back to; inside a
    link, and without `links`, it is a plain `<sup>`.
    """
    ordered = _alone(marks, block)
    source = field.text
    inside = link_spans(source) if links and field.format == "html" else []
    signs = [
        (mark.mark_at, _sign(mark, block, page=links, link=links and not _within(inside, mark.mark_at)))
        for mark in ordered
    ]
    if field.format == "html":
        return _spliced(source, signs)
    pieces, done = [], 0
    for at, sign in signs:
        pieces += [escape(source[done:at]), sign]
        done = at
    return "".join([*pieces, escape(source[done:])])


def render_between(
    field: Field, marks: Iterable[Marked], block: Block, cuts: Iterable[tuple[int, int]], *, links: bool
) -> Iterator[str]:
    """Yield the field as HTML piece by piece, without the spans of the cuts; each is rendered only when it is asked
    for: what is rendered in between, in the place of a cut, comes by the ledger in the order of the page."""
    ordered, length = list(marks), len(field.text)
    at = 0
    for start, end in (*cuts, (length, length)):
        own = [_moved(mark, -at) for mark in ordered if at < mark.mark_at <= start]
        yield render_html(replace(field, text=field.text[at:start]), own, block, links=links)
        at = end


def _moved(mark: Marked, by: int) -> Mark:
    return Mark(mark.field, mark.mark_at + by, mark.start + by, mark.end + by, mark.organization, mark.registers)


def render_inline(
    text: str, marks: Iterable[Marked], registers: Registers, language: str, as_of: date | None = None
) -> str:
    """Return the text with the short formula in brackets after each marked name.

    The statuses are those the marks carry, which were in force when they were made; `as_of` is that day.
    """
    groups: dict[tuple[int, tuple[str, ...]], list[str]] = {}
    for mark in sorted(marks, key=lambda mark: mark.mark_at):
        groups.setdefault((mark.mark_at, mark.registers), []).append(mark.organization)
    formulas = [(at, inline_text(registers, keys, language, *who)) for (at, keys), who in groups.items()]
    return _spliced(text, [(at, f" ({formula})" if formula else "") for at, formula in formulas])


def _alone(marks: Iterable[Marked], block: Block) -> list[Marked]:
    """Return the marks in order, of those at one place the first: a couple has one sign. All count for the notes."""
    found: list[Marked] = []
    for mark in sorted(marks, key=lambda mark: mark.mark_at):
        if found and found[-1].mark_at == mark.mark_at and found[-1].registers == mark.registers:
            block.glyph_for(mark)
        else:
            found.append(mark)
    return found


def _spliced(text: str, signs: list[tuple[int, str]]) -> str:
    pieces, done = [], 0
    for at, sign in signs:
        pieces += [text[done:at], sign]
        done = at
    return "".join([*pieces, text[done:]])


def _within(spans: list[tuple[int, int]], offset: int) -> bool:
    i = bisect_right(spans, (offset, len(spans) and spans[-1][1])) - 1
    return i >= 0 and offset <= spans[i][1]


def _sign(mark: Marked, block: Block, *, page: bool, link: bool) -> str:
    """Return the `<sup>` of a mark; on a page the first of the block has the id its note links back to."""
    glyph = block.glyph_for(mark)
    anchor = f' id="{block.back_id(mark.registers)}"' if page and block.anchors(mark.registers) else ""
    if not link:
        return f'<sup class="mark"{anchor}>{glyph}</sup>'
    label = _LABELS.get(block.ledger.language, _LABELS["en"]).format(glyph=glyph)
    href = f'href="#{block.note_id(mark.registers)}"'
    return f'<sup class="mark"><a {href}{anchor} role="doc-noteref" aria-label="{label}">{glyph}</a></sup>'
