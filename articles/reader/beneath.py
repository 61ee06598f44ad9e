"""What the pages of articles show beneath them, for many pages with one statement: the news before, the neighbours of
the day, what came before and after on the same topic, rubrics, translations; and when any of it changes by itself."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ..editions import Line
from ..shown.beneath import DAY, Found, PageValues, read
from ..shown.sql import to_moment_or_none
from .frame import PrintedRubric
from .lines import line_of, newest_first
from .standing import Story

# How many editions a topic has is counted for one page, and taken for true for some more: a number grown old makes the
# statement slower, and no page wrong.
REMEMBERED = 2000
_sizes: dict[int, tuple[int, int]] = {}  # topic → its size, and for how many pages more


class Beneath(NamedTuple):
    """`translations`: language → address; `topics` in their order, `related` and `follow_ups` are of the story's first.
    The names of regions and topics are as they are written."""

    news: list[Line]
    earlier: Line | None
    later: Line | None
    related: list[Line]
    follow_ups: list[Line]
    translations: dict[str, str]
    regions: list[PrintedRubric]
    topics: list[PrintedRubric]
    next_change_at: datetime | None


def beneath(stories: Sequence[Story], at: datetime) -> list[Beneath]:
    """Return what stands beneath each of these stories at the moment: one query for all."""
    if not stories:
        return []
    counted = any(topic_size(story.topic) < 0 for story in stories)
    found = read([asked(story) for story in stories], at, counted=counted)
    for number, story in enumerate(stories if counted else ()):
        remember_size(story.topic, found.answers[number, "size"][0].number)
    return [page_of(number, found) for number in range(len(stories))]


def asked(story: Story) -> PageValues:
    """Return the values of a page in the statement."""
    moment, size = story.listed_at, _sizes.get(story.topic, (-1, 0))[0]
    return PageValues(
        language=story.language,
        moment=moment,
        own=story.article,
        day=story.listed_on,
        from_day=day_before(story.listed_on),
        from_moment=moment - DAY,
        to_moment=moment + DAY,
        topic=story.topic,
        size=size,
        root=story.root,
        edition=story.edition,
    )


def day_before(day: date) -> date:
    """Return the day before, of the first day there is that day itself."""
    return day - timedelta(days=1) if day > date.min else day


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


def page_of(number: int, found: Found) -> Beneath:
    """Return what stands beneath one page."""

    def lines(*tags: str) -> list[Line]:
        return newest_first(
            [line_of(found.lines[one]) for tag in tags for one in found.releases.get((number, tag), ())]
        )

    def filed(tag: str) -> list[PrintedRubric]:
        answers = found.answers.get((number, tag), ())
        ordered = sorted((one.number, one.slug, one) for one in answers)
        return [PrintedRubric(tag, one.rubric, slug, one.name_en, one.name_ru) for _position, slug, one in ordered]

    return Beneath(
        news=lines("news"),
        earlier=next(iter(lines("earlier")), None),
        later=next(iter(lines("later")), None),
        related=lines("related", "rare"),
        follow_ups=lines("follow-up", "rare follow-up"),
        translations={line.language: line.path for line in lines("translation")},
        regions=filed("region"),
        topics=filed("topic"),
        next_change_at=to_moment_or_none(found.answers[number, "change"][0].moment),
    )
