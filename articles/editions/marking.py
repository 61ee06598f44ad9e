"""Ask the engine about an article: what is marked, what is unclear, what an editor typed."""

import dataclasses
from datetime import datetime

from ..footnotes.annotate import annotate, strip
from ..footnotes.types import Annotation, Field
from ..models import Article, MentionDecision
from .content import Content, content_of_article, fields_of, with_fields
from .house import House


def check(article: Article, at: datetime, explain_in: str = "") -> Annotation:
    """Return what publishing the working copy at `at` would mark, with reasons; typed-in marks are listed.

    `explain_in`: the language of the reasons, else the article's.
    """
    house = House.current()
    content = content_of_article(article)
    asked = Asked(at, article.dated_at or at, decisions_of(article), explain=True, explain_in=explain_in)
    typed = annotate_content(content, house, asked).typed_marks
    found = annotate_content(strip_content(content, house), house, asked)
    return dataclasses.replace(found, typed_marks=typed)


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
    """Annotate all fields together, by the house's style, own organization and register version."""
    return annotate(
        fields_of(content),
        house.compiled,
        language=content.language,
        as_of=house.day(asked.live_at),
        published_on=house.day(asked.published_at),
        publisher=house.publisher,
        style=house.style,
        decisions=asked.decisions,
        explain=asked.explain,
        explain_in=asked.explain_in,
    )


def holds_designated_name(text: str, language: str, at: datetime) -> str | None:
    """Return the designated name that the text holds, if any: a rubric's or author's name must hold none."""
    house = House.current()
    day = house.day(at)
    fields = [Field("name", text)]
    found = annotate(fields, house.compiled, language=language, as_of=day, publisher=house.publisher)
    return found.mentions[0].surface if found.mentions else None
