"""Which line stands in which place of a front page: what people have placed there, and by rule the rest."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from ..editions import Line
from ..models import PLACE_KINDS, Spot
from ..models.front import places, places_of

# The places at the head of the page that the rule fills.
LEADING = [place for place in places(()) if PLACE_KINDS[place.kind].is_ruled]
LEADS = len(LEADING)
IN_CATEGORY = len(list(places_of(1)))


class FrontLines(NamedTuple):
    """What a front page can print. `placed`: what people have placed; `free`: the newest that are not among these, and
    by category (its id) `filed`, each at least as many as there are places to fill."""

    placed: Mapping[Spot, Line]
    free: Sequence[Line]
    filed: Mapping[int, Sequence[Line]]


class Arranged(NamedTuple):
    """`lines`: by place, without those that stay empty; `again`: the lines of categories (ids) all of whose stories
    stand at the head of the page, so that none vanishes."""

    lines: dict[Spot, Line]
    again: dict[int, list[Line]]

    def at_head(self) -> list[Line]:
        """Return the lead and the second leads."""
        return [self.lines[place] for place in LEADING if place in self.lines]

    def of_category(self, category: int) -> list[tuple[str, Line]]:
        """Return the kind of place and the line of each story in a category's block; of those of `again` "again"."""
        stand = [(place.kind, self.lines[place]) for place in places_of(category) if place in self.lines]
        return stand or [("again", line) for line in self.again.get(category, [])]


def arrange(found: FrontLines, categories: Sequence[int]) -> Arranged:
    """Fill the places: each article stands in one of them, what is retracted behind the rest of what the rule leads
    with."""
    lines = dict(found.placed)
    vacant = [place for place in LEADING if place not in lines]
    leads = sorted(found.free[: len(vacant)], key=lambda line: line.retracted)
    lines |= zip(vacant, leads, strict=False)
    led = {line.article for line in leads}
    head = [line for place, line in lines.items() if not place.category]
    again = {}
    for category in categories:
        left = (line for line in found.filed.get(category, ()) if line.article not in led)
        lines |= ruled(category, lines, left)
        if not any(place in lines for place in places_of(category)):
            same = [line for line in head if line.category == category]
            again[category] = sorted(same, key=lambda line: (line.published_at, line.article), reverse=True)
    return Arranged(lines, again)


def ruled(category: int, lines: Mapping[Spot, Line], left: Iterator[Line]) -> dict[Spot, Line]:
    """Return what the rule puts in the places of a category that are free."""
    vacant = [place for place in places_of(category) if place not in lines]
    return dict(zip(vacant, islice(left, len(vacant)), strict=False))
