"""The list before publishing at the desk: what stands against an article, each with a jump to its field; the rest
folded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from articles.editions import Checked
from articles.models import Article, Site
from articles.publishing import Outgoing, Point, points_of
from articles.publishing.gate import questions_of

JUMPS = {
    "": "mentions",
    "notes": "notes",
    "body": "id_body",
    "dated_at": "id_dated_at_0",
    "origin_published_at": "id_origin_published_at_0",
}


@dataclass(frozen=True)
class PointLine:
    """What stands against the article: a sentence, whether it must be put right, and the element to jump to."""

    text: str
    is_required: bool
    jump: str


@dataclass(frozen=True)
class Checklist:
    points: Sequence[Point]

    @cached_property
    def lines(self) -> list[PointLine]:
        return [
            PointLine(one.text, point.is_required, JUMPS.get(one.field, f"id_{one.field}"))
            for point in self.points
            for one in point.complaints
        ]

    @cached_property
    def fine(self) -> list[str]:
        return [str(point.check.fine) for point in self.points if not point.complaints]

    @property
    def is_held(self) -> bool:
        """Say whether something in it keeps the article from going out."""
        return any(line.is_required for line in self.lines)


def checklist_of(article: Article, live_at: datetime, checked: Checked | None) -> Checklist:
    """Return the list for going live at that moment. `checked`: what the engine finds then; None without registers."""
    questions = questions_of(article, checked.found.unclear) if checked else None
    return Checklist(points_of(Outgoing(article, live_at, Site.current(), questions)))
