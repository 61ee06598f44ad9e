"""The demo's front pages: an editor has placed some articles and written a breaking line; the rule fills the rest."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User

from ..models import Address, Article, Category, Spot
from ..pagemap.addresses import article_path
from ..publishing import arrange
from ..publishing.front import BreakingText, Placed, Sheet

MADE_AGO = timedelta(minutes=15)


def add_front_pages(
    entries: Mapping[str, dict[str, Any]], users: dict[str, User], used: Sequence[str], now: datetime
) -> None:
    """Make the front pages that newsroom.json has in these languages, by the act that the desk does."""
    for language in used:
        if language in entries:
            entry = entries[language]
            sheet = Sheet(places_of_entry(entry, language, now), line_of_entry(entry["line"], language, now))
            arrange(language, Sheet(), sheet, by=users["editor"], at=now - MADE_AGO)


def places_of_entry(entry: dict[str, Any], language: str, now: datetime) -> dict[Spot, Placed]:
    """Return which article stands where: "box.0 culture" is the first box of a category."""
    placed = {}
    for where, slug in entry["places"].items():
        name, _space, rubric = where.partition(" ")
        kind, _dot, position = name.partition(".")
        category = Category.objects.get(slug=rubric).pk if rubric else 0
        hours = entry["until_hours"].get(where)
        until = (now + timedelta(hours=hours)).replace(second=0, microsecond=0) if hours else None
        article = Article.objects.get(language=language, slug=slug)
        placed[Spot(kind, category, int(position))] = Placed(article.pk, until)
    return placed


def line_of_entry(line: dict[str, Any], language: str, now: datetime) -> BreakingText:
    address = Address.objects.get(language=language, slug=line["slug"], current=True)
    until = (now + timedelta(hours=line["hours"])).replace(second=0, microsecond=0)
    return BreakingText(line["text"], article_path(language, address.date, address.slug), until)
