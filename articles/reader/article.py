"""An article's page: its reading form, and beneath it its day, its topic and the news before it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from ..editions import Line, TeaserBlock, marked
from ..models.languages import KNOWN
from ..pagemap.addresses import Target, archive_path
from ..templatetags.newsroom import day, line, lines
from .beneath import Beneath, beneath
from .blocks import Blocks
from .built import Built, Gone, Missing, Moved
from .fragments import filled, fragment, joined
from .frame import PrintedRubric
from .standing import Story, standing, story_at
from .structured import Bare, card, description, news_article, titled_as
from .visit import Head, Visit, frame_of, framed, titled

NOTHING = mark_safe("")
Gathered = tuple[Story, Beneath] | Missing | Moved | Gone


def gather(targets: Sequence[Target], at: datetime) -> list[Gathered]:
    """Read what the pages at these addresses of articles show: with two queries, and one more for each address at
    which something else stands than its article."""
    found: list[Any] = []
    for target, standing_there in zip(targets, standing(targets, at), strict=True):
        try:
            found.append(story_at(target, standing_there, at))
        except (Missing, Moved, Gone) as absence:
            found.append(absence)
    shown = iter(beneath([one for one in found if isinstance(one, Story)], at))
    return [(one, next(shown)) if isinstance(one, Story) else one for one in found]


def article(visit: Visit) -> Built:
    """Build the page of the article that stands at the address; raise Moved, Gone or Missing."""
    return built(visit, gather([visit.target], visit.at)[0])


def built(visit: Visit, gathered: Gathered) -> Built:
    """Build the page of what was gathered for its address; raise Moved, Gone or Missing."""
    if isinstance(gathered, Exception):
        raise gathered
    story, below = gathered[0], gathered[1].named(visit.frame)
    language = visit.language
    blocks = Blocks(visit.frame, language, story.listed_on, story.ledger)
    bare = Bare(story.marks, blocks.ledger)
    about = description(story.summary, story.marks, blocks.ledger)
    category = visit.frame.category(story.category)
    bare_title = marked("headline", story.headline, story.marks, blocks.ledger.block("t"))
    title = titled_as(story.is_retracted, language, bare_title)
    translations = {code: path for code, path in below.translations.items() if code in visit.site.used}
    head = Head(title=titled(title, visit), description=about, alternates={language: visit.path, **translations})
    holes = {
        "form": mark_safe(story.form),
        "category": category.name(language),
        "category_path": category.path(language),
        "day": day(story.listed_on),
        "day_path": archive_path(language, *story.listed_on.timetuple()[:3]),
        "translations": joined(translated(code, path) for code, path in translations.items()),
        "rubrics": joined(filed(rubric, language) for rubric in (*below.regions, *below.topics)),
        # The database may order slugs otherwise than Python.
        "topic": next((topic.name(language) for topic in below.topics if topic.pk == story.topic), ""),
        **neighbours(blocks, below.earlier, below.later),
        **listed("related", blocks.headlines("r", below.related)),
        **listed("news", blocks.headlines("n", below.news)),
    }
    frame = frame_of(visit)
    main = filled("articles/article.html", holes, language=language, all_news=frame["news"], archive=frame["archive"])
    data = news_article(story, category.name(language), bare, visit.site, visit.path, about)
    holes = {**card(story, bare, about, visit), "data": data}
    tags = filled("articles/_card.html", holes, language=language, locale=KNOWN[language].locale)
    return Built(
        200,
        framed(visit, frame, head, main, tags),
        next_change_at=below.next_change_at,
        language=language,
        article=story.article,
        kept=not story.waits,
    )


def translated(code: str, path: str) -> SafeString:
    """Return the link to a translation."""
    return filled("articles/_translation.html", {"path": path}, code=code, invitation=KNOWN[code].invitation)


def filed(rubric: PrintedRubric, language: str) -> SafeString:
    """Return the entry of a region or topic that the article is filed under."""
    return fragment("articles/_filed.html", language=language, name=rubric.name(language), path=rubric.path(language))


def listed(name: str, block: TeaserBlock) -> dict[str, SafeString]:
    """Return a block's lines, and its notes as `…_notes`."""
    return {name: lines(block.items, "moment"), f"{name}_notes": notes(block)}


def notes(block: TeaserBlock) -> SafeString:
    """Return the notes beneath a block, empty for one without."""
    return fragment("articles/_notes.html", notes=tuple(block.notes)) if block.notes else NOTHING


def neighbours(blocks: Blocks, earlier: Line | None, later: Line | None) -> dict[str, SafeString]:
    """Return the block of the day's neighbours: the lines `earlier` and `later`, and `day_notes`."""
    block = blocks.headlines("d", [one for one in (earlier, later) if one])
    shown = [line(item) for item in block.items]
    return {
        "earlier": shown[0] if earlier else NOTHING,
        "later": shown[-1] if later else NOTHING,
        "day_notes": notes(block),
    }
