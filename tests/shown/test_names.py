"""The rows of the reader's statements are read by name: each column bears that of its place in the record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from articles.shown.corrections import CorrectionRow
from articles.shown.facts import FactRow
from articles.shown.frame import FrameRow
from articles.shown.front import FrontPart
from articles.shown.lines import LineRow
from articles.shown.photo_ends import EndRow
from articles.shown.sitemap import SitemapRow
from articles.shown.standing import PublicRow, StandingRow

from .draws import NOW, draw
from .plain import Plain
from .questions import ASKING
from .trying import name_of

COLUMNS = {
    "lines": LineRow._fields,
    "facts": FactRow._fields,
    "front": (*LineRow._fields, *FrontPart._fields),
    "sitemap": SitemapRow._fields,
    "standing": StandingRow._fields,
    "history": PublicRow._fields,
    "corrections": (*LineRow._fields, *CorrectionRow._fields),
    "frame": FrameRow._fields,
    "photo_ends": EndRow._fields,
}


@pytest.mark.django_db
def test_columns_bear_the_names_of_their_records() -> None:
    """The rows of `beneath` are of two records; the plain rules compare all of them."""
    draw(0, articles=2)
    seen = set()

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        found, name = execute(sql, params, many, context), name_of(sql)
        if name in COLUMNS:
            assert tuple(column[0] for column in context["cursor"].description) == COLUMNS[name], sql
            seen.add(name)
        return found

    with connection.execute_wrapper(look):
        for questions in (one for some in ASKING.values() for one in some):
            for question in questions(Plain(NOW)):
                question.ask()
    assert seen == set(ASKING) - {"beneath"}
