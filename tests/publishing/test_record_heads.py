"""The head of each day: kept when the day is over in the newsroom's zone, never moved, printed for readers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import Error, connection, transaction

from articles.baking import run_now
from articles.models import DayHead, Page, PublicationRecord, Site
from articles.models.triggers import drop_triggers
from articles.publishing import publish
from articles.publishing.record import keep_heads, verify
from articles.reader.pages import build
from tests.builders import NOW, make_article

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 3, 10, 21, 0, tzinfo=UTC)  # 0:00 of the 11th in Moscow
PAGES = ("/en/corrections/", "/ru/corrections/", "/en/corrections/feed.xml", "/ru/corrections/feed.xml")


def heads() -> list[tuple[date, int]]:
    return list(DayHead.objects.order_by("date").values_list("date", "number"))


def last_hash() -> str:
    return PublicationRecord.objects.latest("number").hash


def publish_at(editor: User, *moments: datetime) -> None:
    for moment in moments:
        publish(make_article(f"story-{moment:%m%d%H%M%S%f}"), by=editor, at=moment)


def test_day_has_no_head_before_it_is_over_in_the_newsrooms_zone(editor: User) -> None:
    publish_at(editor, NOW, NOW + timedelta(hours=1))
    assert keep_heads(MIDNIGHT - timedelta(microseconds=1)) == []
    assert [head.hash for head in keep_heads(MIDNIGHT)] == [last_hash()]
    assert heads() == [(date(2026, 3, 10), 2)]


def test_line_of_the_new_day_is_not_in_the_head_of_the_old_one(editor: User) -> None:
    publish_at(editor, MIDNIGHT - timedelta(seconds=1), MIDNIGHT)
    keep_heads(MIDNIGHT + timedelta(minutes=5))
    assert heads() == [(date(2026, 3, 10), 1)]
    keep_heads(MIDNIGHT + DAY)
    assert heads() == [(date(2026, 3, 10), 1), (date(2026, 3, 11), 2)]


def test_keeping_heads_again_changes_nothing(editor: User) -> None:
    publish_at(editor, NOW)
    keep_heads(MIDNIGHT)
    Page.objects.update(dirty_since=None)
    assert keep_heads(MIDNIGHT + timedelta(hours=1)) == []
    assert not Page.objects.dirty(MIDNIGHT).exists()


def test_days_without_lines_have_no_head_and_missed_days_are_made_up_for(editor: User) -> None:
    publish_at(editor, NOW, NOW + 3 * DAY)
    keep_heads(NOW + 9 * DAY)
    assert heads() == [(date(2026, 3, 10), 1), (date(2026, 3, 13), 2)]


def test_line_that_comes_late_belongs_to_the_next_head(editor: User) -> None:
    """A save that began before midnight and was committed after the day was closed; or a clock that was put back."""
    publish_at(editor, NOW)
    keep_heads(MIDNIGHT)
    publish_at(editor, MIDNIGHT - timedelta(seconds=1))
    assert keep_heads(MIDNIGHT + timedelta(minutes=1)) == []
    keep_heads(MIDNIGHT + DAY)
    assert heads() == [(date(2026, 3, 10), 1), (date(2026, 3, 11), 2)]
    assert verify() == []


def test_line_dated_ahead_waits_for_its_day(editor: User) -> None:
    publish_at(editor, NOW + 30 * DAY, NOW)
    keep_heads(MIDNIGHT)
    assert heads() == [(date(2026, 3, 10), 2)]
    keep_heads(MIDNIGHT + 40 * DAY)
    assert verify() == []


def test_change_of_the_newsrooms_zone_moves_no_head(editor: User) -> None:
    publish_at(editor, NOW)
    keep_heads(MIDNIGHT)
    Site.objects.update(time_zone="America/Los_Angeles")
    keep_heads(MIDNIGHT + timedelta(hours=1))
    publish_at(editor, MIDNIGHT + timedelta(hours=2))
    keep_heads(MIDNIGHT + 2 * DAY)
    assert heads()[0] == (date(2026, 3, 10), 1)
    assert heads()[-1][1] == 2
    assert verify() == []


@pytest.mark.parametrize("statement", ["UPDATE {} SET number = 7", "DELETE FROM {}"])
def test_database_refuses_to_change_a_head(editor: User, statement: str) -> None:
    publish_at(editor, NOW)
    keep_heads(MIDNIGHT)
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(DayHead._meta.db_table))


def test_closing_the_day_keeps_its_head_and_prints_it_in_both_languages(editor: User) -> None:
    publish_at(editor, NOW)
    Page.objects.update(dirty_since=None)
    run = run_now("close_day", "2026-03-10", MIDNIGHT)
    assert (run.state, run.detail["record_heads"]) == ("done", [f"2026-03-10 {last_hash()[:12]}"])
    dirty = set(Page.objects.dirty(MIDNIGHT).values_list("path", flat=True))
    for path in PAGES:
        assert path in dirty
        assert last_hash() in build(path, MIDNIGHT).body.decode(), path
        assert last_hash() not in build(path, MIDNIGHT - DAY).body.decode(), path
    assert "10 March 2026" in build("/en/corrections/", MIDNIGHT).body.decode()
    assert "10 марта 2026" in build("/ru/corrections/", MIDNIGHT).body.decode()


def test_page_goes_back_day_by_day_to_the_first_head(editor: User, client: object) -> None:
    publish_at(editor, *(NOW - number * DAY for number in range(40, 0, -1)))
    keep_heads(NOW)
    first = build("/en/corrections/", NOW).body.decode()
    assert first.count("<dt id=") == 31
    address = first.partition('href="/en/corrections/?heads=')[2].partition("#")[0]
    older = client.get("/en/corrections/", {"heads": address})  # type: ignore[attr-defined]
    shown = older.content.decode()
    assert shown.count("<dt id=") == 9
    assert PublicationRecord.objects.get(number=1).hash in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert client.get("/en/corrections/", {"heads": "yesterday"}).status_code == 404  # type: ignore[attr-defined]


def test_verify_finds_a_shortened_record_by_the_heads_that_are_kept(editor: User) -> None:
    publish_at(editor, NOW)
    keep_heads(MIDNIGHT)
    drop_triggers(connection)
    PublicationRecord.objects.all().delete()
    assert "The head of 2026-03-10, line 1, is not in the record: it was shortened." in verify()


def test_verify_finds_a_rewritten_record_by_the_heads_that_are_kept(editor: User) -> None:
    from articles.publishing.record.chain import line_hash

    publish_at(editor, NOW)
    keep_heads(MIDNIGHT)
    printed = last_hash()
    drop_triggers(connection)
    line = PublicationRecord.objects.get()
    line.staff_code = "other"
    line.hash = line_hash(line)
    line.save()
    assert verify() == ["The head of 2026-03-10 is not line 1: the record was rewritten."]
    assert f"The head {printed} is not in the record: it was shortened or rewritten." in verify(printed)
