"""The reading form: one canonical HTML fragment of an article, with its marks, notes, boxes and own notice."""

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from ..footnotes.ledger import Block, Marked, Note
from ..footnotes.render import render_between, render_html, render_text
from ..footnotes.types import Field, Mark, Mention
from ..models import ReadingForm, Release
from ..models.printed import PRINTED
from .authors import notices
from .content import Content, fields_of, is_retracted
from .figures import places
from .first import first_of, is_alone
from .house import House

SCROLLING = re.compile(r"<(pre|table)\b")


@dataclass(frozen=True)
class Form:
    """`html`: the fragment. `ledger`: register combinations in the order of their glyphs."""

    html: str
    ledger: list[list[str]]


@dataclass(frozen=True)
class Moments:
    """When the page says that it was published and last changed (aware datetimes), and what it was issued for."""

    published_at: datetime
    modified_at: datetime | None
    reason: str


def make_form(
    content: Content, marks: Sequence[Mark | Mention], moments: Moments, house: House, *, live_at: datetime
) -> Form:
    """Render the reading form in the content's language and the newsroom's zone."""
    ledger = house.ledger(content.language)
    block = ledger.block("a")
    with translation.override(content.language), timezone.override(house.site.zone):
        context = shown_fields(content, marks, block) | {
            "content": content,
            "moments": moments,
            "origin": origin_moment(content.printed["origin"]),
            "notices": notices(content, house, house.day(live_at)),
            "retracted": is_retracted(content.printed["corrections"]),
        }
        context["notes"] = block.notes()
        html = render_to_string("articles/reading_form.html", context)
    return Form(html=html, ledger=[list(combination) for combination in ledger.combinations])


def notes_beneath(content: Content, marks: Sequence[Mark | Mention], house: House) -> list[Note]:
    """Return the notes that the reading form of this content would print."""
    block = house.ledger(content.language).block("a")
    shown_fields(content, marks, block)
    return block.notes()


def shown_fields(content: Content, marks: Sequence[Mark | Mention], block: Block) -> dict[str, Any]:
    """Render every field through the block's ledger, in the order of the page."""
    shown: dict[str, str] = {}
    marks = first_of(marks, block.ledger.style)
    for item in fields_of(content):
        if item.within is None:
            shown[item.name] = shown_field(item, marks, block, content)
    corrections = [
        {
            "kind": entry["kind"],
            "made_at": parsed(entry["made_at"]),
            "text": shown.get(f"correction_{number}", ""),
        }
        for number, entry in enumerate(content.printed["corrections"])
    ]
    names = (f"byline_{number}" for number in range(len(content.printed["bylines"])))
    bylines = [shown[name] for name in names if name in shown]
    return {"shown": shown, "corrections": corrections, "bylines": bylines}


def shown_field(item: Field, marks: Sequence[Marked], block: Block, content: Content) -> str:
    """Render a field; a text that is read in an attribute is escaped by the template."""
    own = [mark for mark in marks if mark.field == item.name]
    if is_alone(item.name):
        return render_text(item.text, own, block)
    if item.name == "body" and "<figure" in item.text:
        return mark_safe(focusable("".join(with_figures(item, own, marks, block, content))))
    return mark_safe(focusable(render_html(item, own, block, links=True)))


def with_figures(
    body: Field, own: Sequence[Marked], marks: Sequence[Marked], block: Block, content: Content
) -> Iterator[str]:
    """Yield the body with its figures in their places; what stands in them gets its glyphs there."""
    figures, standing = content.printed["figures"], places(body.text, content.printed["figures"])
    texts = {item.name: item for item in fields_of(content) if item.within}
    cuts = [(place.at, place.end) for place in standing]
    for place, piece in zip_longest(standing, render_between(body, own, block, cuts, links=True)):
        yield piece
        if place is not None and place.numbers:
            standing_here = []
            for number in place.numbers:
                names = {row.key: f"{row.name}_{number}" for row in PRINTED if row.column == "figures"}
                shown = {
                    key: shown_field(texts[name], marks, block, content) for key, name in names.items() if name in texts
                }
                standing_here.append(figures[number] | {"shown": shown})
            if "post" in standing_here[0]:
                yield post_card(standing_here[0])
            else:
                yield render_to_string("articles/_figure.html", {"photos": standing_here, "align": place.align})


def post_card(post: dict[str, Any]) -> str:
    """Return the card of a post from elsewhere; what opens it there is put in where pages are printed, not here."""
    lines = post["shown"].get("text", "").replace("\n", "<br>\n")
    context = {
        "post": post,
        "text": mark_safe(lines),
        "posted_on": date.fromisoformat(post["posted_on"]) if post.get("posted_on") else None,
    }
    return render_to_string("articles/_post.html", context)


def focusable(html: str) -> str:
    """Return rendered HTML in which what may scroll sideways can be scrolled with the keyboard, which needs a focus."""
    return SCROLLING.sub(r'<\1 tabindex="0"', html)


def parsed(moment: str) -> datetime | None:
    return datetime.fromisoformat(moment) if moment else None


def origin_moment(origin: dict[str, Any]) -> dict[str, str]:
    """Return the date and the time, with its zone, at which the original was published, as printed."""
    published_at = parsed(origin.get("published_at", ""))
    if published_at is None:
        return {}
    local = timezone.localtime(published_at)
    return {
        "date": date_format(local, "j E Y"),
        "time": f"{date_format(local, 'H:i')} {origin.get('zone', '')}".strip(),
    }


def store_form(html: str) -> ReadingForm:
    """Store the fragment once per hash; one that was erased with another article is there again."""
    return store_forms([form_row(html)])[0]


def store_forms(rows: Sequence[ReadingForm]) -> Sequence[ReadingForm]:
    """Store the rows of fragments with one statement; those that are there get the same body again."""
    ReadingForm.objects.bulk_create(
        {row.sha256: row for row in rows}.values(),
        update_conflicts=True,
        update_fields=["body"],
        unique_fields=["sha256"],
    )
    return rows


def form_row(html: str) -> ReadingForm:
    """Return the row of a fragment, not stored yet."""
    body = html.encode()
    return ReadingForm(sha256=form_hash(html), body=zlib.compress(body, 6), size=len(body))


def form_hash(html: str) -> str:
    """Return the SHA-256 of a fragment."""
    return hashlib.sha256(html.encode()).hexdigest()


def reading_form(release: Release) -> str:
    """Return the stored fragment of a release."""
    return unpacked(release.form.body)


def unpacked(body: bytes | memoryview) -> str:
    """Return the fragment of a row's compressed body."""
    return zlib.decompress(body).decode()
