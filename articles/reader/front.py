"""The front page: the newest story and four beside it, the wire of headlines, and a block for each category."""

from django.db.models import Q

from ..models import Category, Release
from ..pagemap.addresses import feed_path, rubric_path
from .blocks import Blocks
from .built import Built
from .changes import next_change
from .visit import Head, Visit, page

LEADS = 5
WIRE = 12
IN_CATEGORY = 4


def front(visit: Visit) -> Built:
    """Build the front page of a language."""
    language = visit.language
    live = Release.objects.live(visit.at).filter(language=language).for_reading()
    newest = list(live[: LEADS + WIRE])
    leads = sorted(newest[:LEADS], key=lambda release: release.edition.reason == "retraction")
    wire = newest[LEADS:]
    blocks = Blocks(language)
    context = {
        "leads": blocks.teasers("l", leads),
        "wire": blocks.headlines("w", wire),
        "sections": [section(category, visit, blocks, leads) for category in Category.objects.all()],
    }
    head = Head(
        title=visit.site.name(language),
        description=visit.site.tagline(language),
        feed=feed_path(language),
        feed_title=visit.site.name(language),
    )
    change = next_change(visit.at, Q(language=language))
    return page(visit, "articles/front.html", head, context, next_change_at=change)


def section(category: Category, visit: Visit, blocks: Blocks, leads: list[Release]) -> dict[str, object]:
    """Return a category's newest stories that do not lead the page, as one block."""
    live = Release.objects.live(visit.at).filter(language=visit.language, category=category).for_reading()
    releases = live.exclude(pk__in=[release.pk for release in leads])[:IN_CATEGORY]
    return {
        "name": category.name(visit.language),
        "path": rubric_path(visit.language, "category", category.slug),
        "listed": blocks.teasers(f"c{category.pk}", releases),
    }
