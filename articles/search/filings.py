"""Under which rubrics each row of the index is filed, alone and together: a number for each combination of a category,
a region and a topic that an article has, so that a list under any filters is read in its order, from any place on,
however few it holds and wherever in the archive they are. An edition stays where it was filed, and so do these rows.
"""

from collections.abc import Iterator

from django.db import connection

from ..models import Edition

BITS = 21  # of the id of a rubric: its number among two million
REGION, CATEGORY = 1 << BITS, 1 << 2 * BITS
LATEST = 500  # editions
SOME = 2_000  # editions of one statement

# The rows of some editions. A relabel goes on with the row of the edition that it follows, and with its rubrics.
STORE = f"""
    WITH e AS (SELECT edition_id, category_id, indexed_as FROM articles_release WHERE edition_id BETWEEN %s AND %s),
    c AS (SELECT edition_id, indexed_as, category_id AS id FROM e UNION ALL SELECT edition_id, indexed_as, 0 FROM e),
    r AS (SELECT edition_id, region_id AS id FROM articles_edition_regions WHERE edition_id BETWEEN %s AND %s
        UNION ALL SELECT edition_id, 0 FROM e),
    t AS (SELECT edition_id, topic_id AS id FROM articles_edition_topics WHERE edition_id BETWEEN %s AND %s
        UNION ALL SELECT edition_id, 0 FROM e)
    INSERT INTO articles_filing (rubrics, row)
    SELECT DISTINCT c.id * {CATEGORY} + r.id * {REGION} + t.id, c.indexed_as
    FROM c JOIN r ON r.edition_id = c.edition_id JOIN t ON t.edition_id = c.edition_id WHERE c.id + r.id + t.id > 0
    ON CONFLICT DO NOTHING
"""  # noqa: S608

UNFILED = f"""
    SELECT r.edition_id FROM articles_release r WHERE r.edition_id > %s AND NOT EXISTS (
        SELECT 1 FROM articles_filing f WHERE f.rubrics = r.category_id * {CATEGORY} AND f.row = r.indexed_as)
"""  # noqa: S608


def together(category: int = 0, region: int = 0, topic: int = 0) -> int:
    """Return the number of a combination of rubrics, given by their ids, 0 for any; 0 for none at all.

    >>> together(topic=3), together(region=1, topic=3) - together(region=1)
    (3, 3)
    """
    return category * CATEGORY + region * REGION + topic


def file_editions(first: int, last: int) -> None:
    """Store where the rows of the editions with these ids are filed, as far as that is not stored yet."""
    with connection.cursor() as cursor:
        cursor.execute(STORE, [first, last] * 3)


def file_all() -> Iterator[int]:
    """Store where all rows are filed; yield after each slice up to which edition that is done."""
    newest = _newest()
    for first in range(0, newest + 1, SOME):
        file_editions(first, first + SOME - 1)
        yield min(newest, first + SOME - 1)


def file_latest() -> int:
    """Store where the latest rows are filed, as far as that is not stored: what a version of the program published that
    knew nothing of it, while the next was installed. Return how many editions that were."""
    with connection.cursor() as cursor:
        cursor.execute(UNFILED, [_newest() - LATEST])
        missing = [edition for (edition,) in cursor.fetchall()]
    for edition in missing:
        file_editions(edition, edition)
    return len(missing)


def _newest() -> int:
    return Edition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
