"""Ask the engine about an article: what is marked, what is unclear, what an editor typed."""

import dataclasses
from datetime import date, datetime

from ..footnotes.annotate import annotate, strip
from ..footnotes.ledger import Ledger
from ..footnotes.types import Annotation, Field, Style
from ..models import Article, MentionDecision, Site
from ..registers import current_compiled
from .content import Content, content_of_article, fields_of, with_fields


def check(article: Article, at: datetime) -> Annotation:
    """Return what publishing the working copy at `at` would mark, with reasons; typed-in marks are listed."""
    site = Site.current()
    content = content_of_article(article)
    today = at.astimezone(site.zone).date()
    published = article.dated_at or at
    options = {"as_of": today, "published_on": published.astimezone(site.zone).date()}
    decisions = decisions_of(article)
    typed = annotate_content(content, site, decisions=decisions, explain=False, **options).typed_marks
    clean = strip_content(content)
    found = annotate_content(clean, site, decisions=decisions, explain=True, **options)
    return dataclasses.replace(found, typed_marks=typed)


def decisions_of(article: Article) -> dict[str, str]:
    """Return the editors' answers for the article's unclear mentions, by key."""
    if not article.pk:
        return {}
    return dict(MentionDecision.objects.filter(article=article).values_list("key", "answer"))


def strip_content(content: Content) -> Content:
    """Return the content without the marks that someone typed in."""
    return with_fields(content, strip(fields_of(content), current_compiled(), language=content.language))


def annotate_content(
    content: Content, site: Site, *, as_of: date, published_on: date, decisions: dict[str, str], explain: bool
) -> Annotation:
    """Annotate all fields together, by the site's style and own organization."""
    return annotate(
        fields_of(content),
        current_compiled(),
        language=content.language,
        as_of=as_of,
        published_on=published_on,
        publisher=site.publisher.key if site.publisher else None,
        style=style_of(site),
        decisions=decisions,
        explain=explain,
    )


def style_of(site: Site) -> Style:
    return Style(glyphs=site.glyphs, mentions=site.mentions)


def new_ledger(language: str, site: Site | None = None) -> Ledger:
    """Return an empty ledger in the site's style, with the wordings of the registers as they are now."""
    return Ledger(current_compiled().registers, style_of(site or Site.current()), language)


def holds_designated_name(text: str, language: str, at: datetime) -> str | None:
    """Return the designated name that the text holds, if any: a rubric's or author's name must hold none."""
    site = Site.current()
    day = at.astimezone(site.zone).date()
    found = annotate(
        [Field("name", text)],
        current_compiled(),
        language=language,
        as_of=day,
        published_on=day,
        publisher=site.publisher.key if site.publisher else None,
    )
    return found.mentions[0].surface if found.mentions else None
