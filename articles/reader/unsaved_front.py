"""The front page as it would be with what somebody has chosen and not stored: for the desk alone.

It is built as readers' pages are; with what is stored it is their page, byte for byte.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from ..editions import Line
from ..models import Release, Spot
from ..pagemap.addresses import front_path, read_address
from .arranged import Arranged
from .built import Built
from .front import Breaking, unsaved_front
from .lines import line_of_release
from .pages import run
from .visit import Visit


class UnsavedFront(NamedTuple):
    """The page, what stands in which place of it, and the lines that people have placed, by article (its id)."""

    built: Built
    stands: Arranged
    placed: dict[int, Line]


def unsaved_front_page(
    language: str, articles: Mapping[Spot, int], breaking: Breaking | None, at: datetime
) -> UnsavedFront:
    """Build the page with these articles (ids) in places, as readers would get it at that moment. An article that they
    do not see then, or that is filed elsewhere, stands nowhere."""
    live = Release.objects.live(at).filter(article__in=articles.values(), language=language).for_reading()
    lines = {one.article: one for one in map(line_of_release, live)}
    placed = {
        place: lines[article]
        for place, article in articles.items()
        if article in lines and place.category in (0, lines[article].category)
    }
    found: list[Arranged] = []

    def build(visit: Visit) -> Built:
        built, stands = unsaved_front(visit, placed, breaking)
        found.append(stands)
        return built

    path = front_path(language)
    target = read_address(path)
    assert target is not None
    return UnsavedFront(run(build, path, target, at, language), found[-1], lines)
