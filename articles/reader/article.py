"""An article's page: its reading form, and beneath it what followed, its day, its topic and the news before it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.safestring import mark_safe

from ..editions import Line, marked
from ..models.languages import KNOWN
from ..pagemap.addresses import Target, archive_path, front_path
from .beneath import Beneath, beneath
from .blocks import Blocks
from .built import Built, Gone, Missing, Moved
from .frame import PrintedRubric
from .opened import with_frames
from .pictures import Known, named_in, read
from .rights import shown_form, shown_photo
from .standing import Story, standing, story_at
from .structured import Bare, card, description, news_article, titled_as
from .visit import Head, Visit, page, titled

Gathered = tuple[Story, Beneath, Known] | Missing | Moved | Gone


def gather(targets: Sequence[Target], at: datetime) -> list[Gathered]:
    """Read what the pages at these addresses of articles show: with two queries, one more where they have pictures, and
    one for each address at which something else stands than its article."""
    found: list[Any] = []
    for target, standing_there in zip(targets, standing(targets, at), strict=True):
        try:
            found.append(story_at(target, standing_there, at))
        except (Missing, Moved, Gone) as absence:
            found.append(absence)
    stories = [one for one in found if isinstance(one, Story)]
    shown, known = iter(beneath(stories, at)), pictures_of(stories)
    return [(one, next(shown), known) if isinstance(one, Story) else one for one in found]


def pictures_of(stories: Sequence[Story]) -> Known:
    """Read what is made of the photos that these stories show."""
    return read(named_in(story.form for story in stories))


def article(visit: Visit) -> Built:
    """Build the page of the article that stands at the address; raise Moved, Gone or Missing."""
    return built(visit, gather([visit.target], visit.at)[0])


def built(visit: Visit, gathered: Gathered) -> Built:
    """Build the page of what was gathered for its address; raise Moved, Gone or Missing."""
    if isinstance(gathered, Exception):
        raise gathered
    story, below, known = gathered
    return page(
        visit,
        "articles/article.html",
        *head_and_context(visit, story, below, known),
        next_change_at=below.next_change_at,
        article=story.article,
        kept=not story.waits,
    )


def head_and_context(
    visit: Visit, story: Story, below: Beneath, known: Known, category: PrintedRubric | None = None
) -> tuple[Head, dict[str, Any]]:
    """Return what the page of a story prints, with what stands beneath it. `known`: what is made of its photos;
    `category`: of one that is filed under none yet."""
    language, ended = visit.language, visit.frame.ended
    story = story._replace(photo=shown_photo(story.photo, ended), form=shown_form(story.form, ended))
    blocks, rubrics = Blocks(visit.frame, language, story.listed_on, story.ledger), (*below.regions, *below.topics)
    bare = Bare(story.marks, blocks.ledger)
    about = description(story.summary, story.marks, blocks.ledger)
    category = category or visit.frame.category(story.category)
    bare_title = marked("headline", story.headline, story.marks, blocks.ledger.block("t"))
    title = titled_as(story.is_retracted, language, bare_title)
    topic = first_topic(story, below)
    heading = visit.frame.heading(topic.name(language) if topic else "", language)
    translations = {code: path for code, path in below.translations.items() if code in visit.site.used}
    alternates = {language: visit.path, **translations}
    form, frames = with_frames(story.form, story.gone)
    section, others = category.name(language), [code for code in visit.site.used if code not in alternates]
    head = Head(
        title=titled(title, visit),
        description=about or bare_title,
        alternates=alternates,
        switch=alternates | {code: category.path(code) for code in others},
        trail=(
            (visit.site.name(language), front_path(language)),
            (section, category.path(language)),
            (titled_as(story.is_retracted, language, bare.text("headline", story.headline)), visit.path),
        ),
        frames=frames,
    )
    context = {
        "card": card(story, bare, about, visit, known),
        "data": news_article(story, section, bare, visit.site, visit.path, about, known),
        "pictures": known,
        "form": mark_safe(form),
        "category": category,
        "date": story.listed_on,
        "day_path": archive_path(language, *story.listed_on.timetuple()[:3]),
        "translations": tuple((code, path, KNOWN[code].invitation) for code, path in translations.items()),
        "rubrics": tuple(map(visit.frame.rubric, rubrics)),
        "filed": blocks.filed("f", rubrics, noted(story)),
        "story_path": topic.path(language) if topic else "",
        "story_name": visit.frame.named(heading.text, language),
        "follow_ups": blocks.headlines("u", below.follow_ups, heading),
        **same_day(blocks, below.earlier, below.later),
        "related": (related := blocks.headlines("r", below.related, heading)),
        "topic": related.heading,
        "news": blocks.headlines("n", below.news),
    }
    return head, context


def noted(story: Story) -> set[tuple[object, str]]:
    """Return registers and organization of each mark of the article: its notes are of them."""
    return {(tuple(mark.registers), mark.organization) for mark in story.marks}


def first_topic(story: Story, below: Beneath) -> PrintedRubric | None:
    """Return the topic whose story this is; the database may order slugs otherwise than Python."""
    return next((topic for topic in below.topics if topic.pk == story.topic), None)


def same_day(blocks: Blocks, earlier: Line | None, later: Line | None) -> dict[str, Any]:
    """Return the block of the day's neighbours, `day`, and its lines `earlier` and `later`, None where none is."""
    block = blocks.headlines("d", [one for one in (earlier, later) if one])
    return {
        "day": block,
        "earlier": block.items[0] if earlier else None,
        "later": block.items[-1] if later else None,
    }
