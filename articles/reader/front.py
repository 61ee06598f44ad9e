"""The front page: the newest story and four beside it, the wire of headlines, and a block for each category."""

from collections import defaultdict

from ..archive import facts
from ..archive.where import LIVE, where
from ..editions import Line
from ..pagemap.addresses import feed_path
from ..shown.sql import ask
from .blocks import Blocks
from .built import Built
from .frame import Rubric
from .lines import COLUMNS, NEWEST, TABLES, line_of, newest_first
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
        "sections": [section(one, visit, blocks, by_category.get(one.pk, []), leads) for one in visit.frame.categories],
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
    numbers = {0: LEADS + WIRE} | {category.pk: LEADS + IN_CATEGORY for category in visit.frame.categories}
    branches, values = [], []
    for pk, number in numbers.items():
        own = "AND r.category_id = %s" if pk else ""
        branches.append(
            f"SELECT * FROM (SELECT {COLUMNS}, {pk} AS part FROM {TABLES} "  # noqa: S608
            f"WHERE r.language = %s {own} AND {LIVE} {NEWEST} LIMIT {number}) part_{pk}"
        )
        values += [visit.language, *([pk] if pk else []), visit.at, visit.at]
    found: dict[int, list[Line]] = defaultdict(list)
    for row in ask(" UNION ALL ".join(branches), values):
        found[row[-1]].append(line_of(row))
    return newest_first(found[0]), {pk: newest_first(lines) for pk, lines in found.items() if pk}


def section(category: Rubric, visit: Visit, blocks: Blocks, newest: list[Line], leads: list[Line]) -> dict[str, object]:
    """Return a category's newest stories that do not lead the page, as one block."""
    led = {line.article for line in leads}
    lines = [line for line in newest if line.article not in led][:IN_CATEGORY]
    return {
        "name": category.name(visit.language),
        "path": category.path(visit.language),
        "listed": blocks.teasers(f"c{category.pk}", lines),
    }
