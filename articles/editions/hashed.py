"""The hash of an edition's content, which stands in its row; and whether a row still holds what was issued."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, permutations, product
from typing import Any

from ..models import Edition
from .content import Content, printed_columns

MOST_ORDERS = 50_000
ADDED = frozenset({"figures"})  # columns that earlier editions have not: an empty one is not hashed


def content_hash(content: Content, marks: list[dict[str, Any]]) -> str:
    """Return the SHA-256 of the clean fields, the rubrics in the order of their ids, and the marks."""
    regions, topics = sorted(content.region_ids), sorted(content.topic_ids)
    return _hash(replace(content, region_ids=tuple(regions), topic_ids=tuple(topics)), marks)


def is_as_issued(edition: Edition, regions: Sequence[int], topics: Sequence[int]) -> bool:
    """Say whether the row holds the content that its hash covers. `regions`, `topics`: the ids it is filed under.

    Earlier versions hashed the ids in the order that the rubrics had then, which nobody knows any more.
    """
    content = Content(
        language=edition.language,
        printed=printed_columns(edition),
        slug=edition.slug,
        category_id=edition.category_id,
    )
    orders = islice(_orders(regions, topics), MOST_ORDERS)
    return any(
        _hash(replace(content, region_ids=region_ids, topic_ids=topic_ids), edition.marks) == edition.content_hash
        for region_ids, topic_ids in orders
    )


def _orders(*several: Iterable[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
    return product(*(permutations(sorted(ids)) for ids in several))


def _hash(content: Content, marks: list[dict[str, Any]]) -> str:
    columns = {name: value for name, value in content.columns().items() if value or name not in ADDED}
    data = json.dumps([columns, marks], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode("utf-8", "replace")).hexdigest()
