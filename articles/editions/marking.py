"""Ask the engine about an article: what is marked, what is unclear, what an editor typed."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ..footnotes.annotate import annotate, strip
from ..footnotes.types import Annotation, Field, Mention
from ..models import Article, MentionDecision
from .content import Content, content_of_article, fields_of, with_fields
from .house import House
from .past import Past, past_of


@dataclasses.dataclass(frozen=True)
class Checked:
    """A working copy as an editor has typed it, without the marks in it, and what the engine finds with reasons.

    The typed-in marks stand where they are in `as_typed`, all else where it is in `clean`. `also_keys`: entry → keys of
    those merged into it.
    """

    as_typed: Content
    clean: Content
    found: Annotation
    also_keys: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)


def check(article: Article, at: datetime, explain_in: str = "") -> Checked:
    """Ask what publishing the working copy at `at` would mark: once, or once more to list the marks typed into it.

    `explain_in`: the language of the reasons, else the article's.
    """
    house, content = House.current(), content_of_article(article)
    published_at, decisions = published_then(article, past_of(article), at), decisions_of(article)
    asked = Asked(at, published_at, decisions, explain=True, explain_in=explain_in)
    clean = strip_content(content, house)
    found = annotate_content(clean, house, asked)
    if clean != content:
        typed = annotate_content(content, house, asked).typed_marks
        found = found._replace(typed_marks=typed)
    return Checked(content, clean, found, house.compiled.also_keys)


def published_then(article: Article, past: Past, live_at: datetime, at: datetime | None = None) -> datetime:
    """Return the date of the page if the working copy goes live at `live_at` by an act of `at` (None: then).

    As the editor set it; else as readers saw it last; else the moment it goes live.
    """
    last = past.last_public(at or live_at)
    return article.dated_at or (last.published_at if last else live_at)


def decisions_of(article: Article) -> dict[str, str]:
    """Return the editors' answers for the article's unclear mentions, by key."""
    if not article.pk:
        return {}
    return dict(MentionDecision.objects.filter(article=article).values_list("key", "answer"))


def strip_content(content: Content, house: House) -> Content:
    """Return the content without the marks that someone typed in."""
    return with_fields(content, strip(fields_of(content), house.compiled, language=content.language))


@dataclasses.dataclass(frozen=True)
class Asked:
    """What the engine is asked: for which moment, published when, with which answers of editors."""

    live_at: datetime
    published_at: datetime
    decisions: dict[str, str]
    explain: bool = False
    explain_in: str = ""


def annotate_content(content: Content, house: House, asked: Asked) -> Annotation:
    """Annotate all fields together, by the house's own organization and register version."""
    return annotate_on(house.day(asked.published_at), content, house, asked)


def annotate_on(
    published_on: date, content: Content, house: House, asked: Asked, *, explain: bool = False
) -> Annotation:
    """Annotate as if published on a day: every mention, as the house style counts where one is printed; only what is
    asked for an editor goes by it. `explain`: with what was rejected."""
    return annotate(
        fields_of(content),
        house.compiled,
        language=content.language,
        as_of=house.day(asked.live_at),
        published_on=published_on,
        publisher=house.publisher,
        style=house.style if asked.explain else dataclasses.replace(house.style, mentions="every"),
        decisions=asked.decisions,
        explain=explain or asked.explain,
        explain_in=asked.explain_in,
    )


def mark_data(mention: Mention) -> dict[str, Any]:
    """Return what an edition stores of a mention."""
    return {
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "mark_at": mention.mark_at,
        "organization": mention.organization,
        "registers": list(mention.registers),
    }


def holds_designated_name(text: str, language: str, at: datetime, field: str = "name") -> str | None:
    """Return the designated name that the text holds, if any: a rubric's or author's name must hold none.

    `field`: `byline` for an author's name, which may be that of a person listed: the outlet's own business.
    """
    house = House.current()
    day = house.day(at)
    fields = [Field(field, text)]
    found = annotate(fields, house.compiled, language=language, as_of=day, publisher=house.publisher)
    return found.mentions[0].surface if found.mentions else None
