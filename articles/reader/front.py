"""The front page: the newest story and four beside it, the wire of headlines, and a block for each category."""

from ..editions import UNNAMED, Line
from ..pagemap.addresses import feed_path
from ..shown import facts
from ..shown.front import ALL, newest_of_each
from ..shown.where import where
from .blocks import Blocks
from .built import Built
from .frame import PrintedRubric
from .lines import line_of, newest_first
from .visit import Head, Visit, page

LEADS = 5
WIRE = 12
IN_CATEGORY = 4


def front(visit: Visit) -> Built:
    """Build the front page of a language."""
    language = visit.language
    newest, by_category = newest_lines(visit)
    leads = sorted(newest[:LEADS], key=lambda line: line.retracted)
    blocks = Blocks(visit.frame, language, visit.today)
    context = {
        "leads": blocks.teasers("l", leads),
        "wire": blocks.headlines("w", newest[LEADS:]),
        "sections": [section(one, visit, blocks, by_category.get(one.pk, []), leads) for one in visit.frame.as_written],
    }
    head = Head(
        title=visit.site.name(language),
        description=visit.site.tagline(language),
        feed=feed_path(language),
        feed_title=visit.site.name(language),
    )
    change = facts.read(visit.at, facts.change(where(language))).next_change_at
    return page(visit, "articles/front.html", head, context, next_change_at=change)


def newest_lines(visit: Visit) -> tuple[list[Line], dict[int, list[Line]]]:
    """Return the newest lines, and by category (its id) as many as there are when some of them lead the page."""
    numbers = {ALL: LEADS + WIRE} | {category.pk: LEADS + IN_CATEGORY for category in visit.frame.categories}
    rows = newest_of_each(visit.language, visit.at, numbers)
    found = {part: newest_first([line_of(row) for row in some]) for part, some in rows.items()}
    return found.pop(ALL, []), found


def section(
    category: PrintedRubric, visit: Visit, blocks: Blocks, newest: list[Line], leads: list[Line]
) -> dict[str, object]:
    """Return a category's newest stories that do not lead the page, as one block beneath its name; without any of
    them it is not printed, and gives no glyph."""
    led = {line.article for line in leads}
    lines = [line for line in newest if line.article not in led][:IN_CATEGORY]
    heading = visit.frame.heading(category.name(visit.language), visit.language, in_link=True)
    listed = blocks.teasers(f"c{category.pk}", lines, heading if lines else UNNAMED)
    return {
        "name": listed.heading,
        "path": category.path(visit.language),
        "listed": listed,
    }
