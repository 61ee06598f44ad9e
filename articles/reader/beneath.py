"""What the pages of articles show beneath them, for many pages with one statement: the news before, the neighbours of
the day, what came before on the same topic, rubrics, translations; and when any of it changes by itself."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ..editions import Line
from ..shown.sql import Row, ask, to_moment_or_none
from .beneath_statement import DAY, given, statement_about
from .frame import Rubric
from .lines import line_of, newest_first
from .standing import Story

# How many editions a topic has is counted for one page, and taken for true for some more: a number grown old makes the
# statement slower, and no page wrong.
REMEMBERED = 2000
_sizes: dict[int, tuple[int, int]] = {}  # topic → its size, and for how many pages more


class Beneath(NamedTuple):
    """`translations`: language → address; `topics` in their order; `related` are of the story's first."""

    news: list[Line]
    earlier: Line | None
    later: Line | None
    related: list[Line]
    translations: dict[str, str]
    regions: list[Rubric]
    topics: list[Rubric]
    next_change_at: datetime | None


def beneath(stories: Sequence[Story], at: datetime) -> list[Beneath]:
    """Return what stands beneath each of these stories at the moment: one query for all."""
    if not stories:
        return []
    values = [values_of(story) for story in stories]
    counted = any(topic_size(story.topic) < 0 for story in stories)
    statement = statement_about(len(stories), counted=counted)
    return assembled(stories, ask(statement, {"at": at} | given(values)), counted=counted)


def values_of(story: Story) -> tuple[Any, ...]:
    """Return the values of a page in the statement."""
    moment, size = story.listed_at, _sizes.get(story.topic, (-1, 0))[0]
    near = (moment - DAY, moment + DAY)
    return (
        story.language, moment, story.article, story.listed_on, *near, story.topic, size, story.root, story.edition,
    )  # fmt: skip


def topic_size(topic: int) -> int:
    """Return how many editions a topic has, `MANY` at most, as it was counted last; -1: it is to be counted now."""
    size, pages = _sizes.get(topic, (-1, 0))
    if pages:
        _sizes[topic] = (size, pages - 1)
    return size if pages else -1


def remember_size(topic: int, size: int) -> None:
    """Take a topic's size for true for a while, unless it has been for some time."""
    if not _sizes.get(topic, (0, 0))[1]:
        _sizes[topic] = (size, REMEMBERED)


def assembled(stories: Sequence[Story], rows: list[Row], *, counted: bool) -> list[Beneath]:
    """Sort the rows of the statement into what each page shows; `counted`: it has counted the topics' sizes."""
    lines: dict[int, Line] = {}
    asked: dict[tuple[int, str], list[Any]] = defaultdict(list)  # by number of the page and tag
    for row in rows:
        tag, key = row[0], row[1]
        if tag == "line":
            lines[key] = line_of(row[2:])
        elif tag == "change":
            asked[key, tag].append(to_moment_or_none(row[4]))
        elif tag in ("region", "topic"):
            asked[key, tag].append((row[2], row[7], Rubric(tag, *row[6:10])))
        else:
            asked[key, tag].append(row[2])
    for number, story in enumerate(stories if counted else ()):
        remember_size(story.topic, asked[number, "size"][0])
    return [page_of(number, lines, asked) for number in range(len(stories))]


def page_of(number: int, lines: Mapping[int, Line], asked: Mapping[tuple[int, str], list[Any]]) -> Beneath:
    """Return what stands beneath one page."""

    def found(*tags: str) -> list[Line]:
        return newest_first([lines[one] for tag in tags for one in asked.get((number, tag), ())])

    def filed(tag: str) -> list[Rubric]:
        return [rubric for _position, _slug, rubric in sorted(asked.get((number, tag), ()))]

    return Beneath(
        news=found("news"),
        earlier=next(iter(found("earlier")), None),
        later=next(iter(found("later")), None),
        related=found("related", "rare"),
        translations={line.language: line.path for line in found("translation")},
        regions=filed("region"),
        topics=filed("topic"),
        next_change_at=asked[number, "change"][0],
    )
