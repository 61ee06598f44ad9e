"""Paging by key."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from articles.models import Release
from articles.publishing import publish
from articles.reader.keyset import BadCursor, Cursor, cut, parse_cursor
from tests.builders import NOW, make_article


def ordered(count: int, managing: User) -> list[Release]:
    """Publish so many articles, pairs of them with the same moment; return them newest first."""
    for number in range(count):
        article = make_article(f"story-{number}", dated_at=NOW - timedelta(days=number // 2), authors=[])
        publish(article, by=managing, at=NOW)
    return list(Release.objects.order_by("-published_at", "-id"))


def test_pages_by_key_neither_skip_nor_repeat(managing: User) -> None:
    everything = ordered(9, managing)
    releases = Release.objects.live(NOW)
    seen, page = [], cut(releases, size=2)
    assert page.newer == ""
    seen += page.releases
    while page.older:
        page = cut(releases, size=2, before=page.older)
        seen += page.releases
    assert seen == everything
    back = list(page.releases)
    while page.newer:
        page = cut(releases, size=2, after=page.newer)
        back = page.releases + back
    assert back == everything


def test_beyond_the_ends_there_is_nothing(managing: User) -> None:
    ordered(1, managing)
    releases = Release.objects.live(NOW)
    long_ago, far_ahead = Cursor(datetime(1, 1, 1, tzinfo=UTC), 1), Cursor(datetime(9999, 12, 31, tzinfo=UTC), 1)
    assert cut(releases, size=2, before=str(long_ago)).releases == []
    assert cut(releases, size=2, after=str(far_ahead)).releases == []
    assert len(cut(releases, size=2, before=str(far_ahead)).releases) == 1


def test_a_cursor_is_read_back_exactly() -> None:
    cursor = Cursor(datetime(2024, 3, 25, 18, 48, 0, 123456, tzinfo=UTC), 7)
    assert parse_cursor(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "1", "a.b", "1.2.3", "9" * 18 + ".1", "1." + "9" * 19, " 1.1", "1.1\n", "١.١"])
def test_other_texts_are_no_cursors(text: str) -> None:
    with pytest.raises(BadCursor):
        parse_cursor(text)
