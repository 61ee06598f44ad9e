"""The rows of editions held against the hash that each was issued with: a text changed behind the model's back is
found, though the reading form that readers get is the recorded one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from ...editions import is_as_issued
from ...models import Edition, PublicationRecord
from ...models.printed import COLUMNS

SOME = 200
READ = ("article_id", "number", "language", "slug", "category_id", "marks", "content_hash", *COLUMNS)


def row_problems() -> Iterator[str]:
    """Find editions whose row is not what was issued, and is not recorded as erased."""
    gone, other = erased_editions(), dict[int, str]()
    rows = Edition.objects.order_by("pk").only(*READ).iterator(chunk_size=SOME)
    while some := list(islice(rows, SOME)):
        regions = filed(Edition.regions.through, "region_id", some)
        topics = filed(Edition.topics.through, "topic_id", some)
        for one in some:
            if one.pk in gone:
                if any(getattr(one, column) for column in COLUMNS):
                    yield f"{named(one)} was erased, and holds text again."
            elif not is_as_issued(one, regions[one.pk], topics[one.pk]):
                other[one.pk] = named(one)
    # Asked again: an article may have been erased since then.
    gone = erased_editions() if other else gone
    for pk, name in other.items():
        if pk not in gone:
            yield f"{name} does not hold what was issued."


def named(edition: Edition) -> str:
    return f"Edition {edition.number} of article {edition.article_id}"


def filed(through: Any, column: str, editions: Sequence[Edition]) -> dict[int, list[int]]:
    """Return the ids of rubrics of a kind under which editions are filed, by the editions' ids."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = through.objects.filter(edition__in=[one.pk for one in editions]).values_list("edition_id", column)
    for edition, rubric in rows:
        found[edition].append(rubric)
    return found


def erased_editions() -> set[int]:
    return set(PublicationRecord.objects.filter(act="erase").values_list("release__edition_id", flat=True))
