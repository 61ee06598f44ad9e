"""What readers saw at a moment: the recorded bytes, or a plain sentence on why there are none."""

import hashlib
import io
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.editions import reading_form
from articles.models import Article, PublicationRecord, ReadingForm, Site
from articles.publishing import cancel, publish, schedule, withdraw
from articles.publishing.record import NotShown, erase, moment_of, public_periods, shown
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
MOSCOW = ZoneInfo("Europe/Moscow")
LATER = NOW + timedelta(days=30)
MICRO = timedelta(microseconds=1)


@pytest.fixture
def changed(editor: User) -> Article:
    """An article published at noon (UTC), changed an hour later, withdrawn after two more."""
    article = make_article()
    publish(article, by=editor, at=NOW)
    article.headline = "GDL cells, counted again"
    article.save()
    publish(article, by=editor, at=NOW + HOUR, reason="update", note="Counted again.")
    withdraw(article, by=make_user("Legal"), at=NOW + 3 * HOUR, note="By order.")
    return article


def seen(article: Article, at: datetime) -> bytes:
    return shown(article, at, now=LATER).form


def why_not(article: Article, at: datetime, now: datetime = LATER) -> str:
    with pytest.raises(NotShown) as caught:
        shown(article, at, now=now)
    return str(caught.value)


def test_each_moment_gives_the_bytes_that_were_recorded_for_it(changed: Article) -> None:
    first, second = changed.releases.order_by("live_at")
    assert seen(changed, NOW) == seen(changed, NOW + HOUR - MICRO) == reading_form(first).encode()
    assert seen(changed, NOW + HOUR) == seen(changed, NOW + 3 * HOUR - MICRO) == reading_form(second).encode()
    assert hashlib.sha256(seen(changed, NOW)).hexdigest() == PublicationRecord.objects.get(number=1).form_sha256
    assert [release.pk for release in public_periods(changed, LATER)] == [second.pk, first.pk]


def test_nothing_was_public_before_and_after(changed: Article) -> None:
    for at in (NOW - MICRO, NOW + 3 * HOUR):
        assert why_not(changed, at) == "Nothing of this article was public at that moment."


def test_what_lies_ahead_was_seen_by_nobody(editor: User) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    assert "lies ahead" in why_not(article, NOW + HOUR, now=NOW)
    assert "Nothing" in why_not(article, NOW, now=NOW)
    assert public_periods(article, NOW) == []


def test_cancelled_change_was_never_shown(editor: User) -> None:
    article = make_article()
    release = publish(article, by=editor, at=NOW)
    article.headline = "GDL, never shown"
    article.save()
    schedule(article, by=editor, at=NOW, live_at=NOW + 2 * HOUR, reason="minor")
    cancel(article, by=editor, at=NOW + HOUR)
    assert seen(article, NOW + 3 * HOUR) == reading_form(release).encode()


def test_erased_article_says_that_it_was_and_why(changed: Article) -> None:
    erase(changed, by=make_user("Legal"), at=NOW + 4 * HOUR, reason="Order of the court.")
    said = why_not(changed, NOW)
    assert "was public then and was erased on 2026-03-10: Order of the court." in said
    assert changed.releases.earliest("live_at").form_id in said
    assert "Nothing" in why_not(changed, NOW - HOUR)


@pytest.mark.parametrize("body", [b"", b"broken", zlib.compress(b"<p>other</p>")])
def test_form_that_is_not_the_recorded_one_is_never_given_out(changed: Article, body: bytes) -> None:
    ReadingForm.objects.update(body=body)
    assert "verify the record" in why_not(changed, NOW)


# Moments


def test_moment_is_in_the_newsrooms_zone_unless_it_has_an_offset() -> None:
    at = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
    for text in ("2026-03-10T15:00", " 2026-03-10 15:00:00 ", "2026-03-10T12:00Z", "2026-03-10T14:00+02:00"):
        assert moment_of(text, MOSCOW) == at
    assert moment_of("2026-03-10", MOSCOW) == datetime(2026, 3, 9, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01T00:00", "10.03.2026", "0001-01-01T00:00", "\x00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a moment such as"):
        moment_of(text, MOSCOW)


def test_moments_at_which_clocks_change_are_not_guessed() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    with pytest.raises(ValueError, match="put forward"):
        moment_of("2026-03-29T02:30", berlin)
    with pytest.raises(ValueError, match="two moments"):
        moment_of("2026-10-25T02:30", berlin)
    assert moment_of("2026-10-25T02:30+01:00", berlin) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert moment_of("2026-03-29T03:00", berlin) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


# The command


def printed(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("shown", *arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def past(editor: User) -> Article:
    """An article that has been public for a while by the clock of the machine."""
    article = make_article()
    publish(article, by=editor, at=timezone.now() - timedelta(days=3))
    return article


@pytest.fixture
def two_days_ago(past: Article) -> str:
    return (timezone.now() - timedelta(days=2)).astimezone(MOSCOW).strftime("%Y-%m-%dT%H:%M")


def test_command_prints_the_bytes_and_nothing_else(past: Article, two_days_ago: str) -> None:
    release = past.releases.get()
    path = f"/en/{release.published_date:%Y/%m/%d}/dunes/"
    for name in (str(past.pk), path, path.rstrip("/"), f"http://testserver{path}?from=feed#a-1"):
        assert printed(name, at=two_days_ago) == reading_form(release)


def test_command_writes_bytes_whatever_the_terminal_can_encode(past: Article, two_days_ago: str) -> None:
    raw = io.BytesIO()
    terminal = io.TextIOWrapper(raw, encoding="ascii")
    call_command("shown", str(past.pk), at=two_days_ago, stdout=terminal, stderr=io.StringIO())
    assert raw.getvalue() == reading_form(past.releases.get()).encode()
    assert not raw.getvalue().isascii()


def test_command_puts_todays_frame_around_it_and_says_so(past: Article, two_days_ago: str) -> None:
    Site.objects.update(name_en="Tern Herald of Today")
    page = printed(str(past.pk), at=two_days_ago, page=True)
    release = past.releases.get()
    assert reading_form(release) in page
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "Tern Herald of Today" in page
    assert "The frame around them, its styles and its menu, is that of" in page
    assert release.form_id in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2020-01-01T00:00", "Nothing of this article was public"),
        ("2999-01-01", "lies ahead"),
        ("soon", "no moment|not a"),
    ],
)
def test_command_says_why_there_is_nothing(past: Article, at: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        printed(str(past.pk), at=at)


# The admin


@pytest.fixture
def client_as(editor: User) -> Callable[[str], Client]:
    def logged_in(role: str) -> Client:
        client = Client()
        client.force_login(make_user(role))
        return client

    return logged_in


def address(name: str, article: Article) -> str:
    return reverse(f"admin:articles_{name}", args=[article.pk])


def test_admin_shows_what_was_public_and_when(
    past: Article, two_days_ago: str, client_as: Callable[[str], Client]
) -> None:
    client, release = client_as("Editor"), past.releases.get()
    page = client.get(address("shown", past), {"at": two_days_ago}).content.decode()
    assert release.form_id in page
    assert f"{address('shown_page', past)}?at=" in page
    framed = client.get(address("shown_page", past), {"at": two_days_ago})
    assert reading_form(release) in framed.content.decode()
    assert "sandbox" in framed.headers["Content-Security-Policy"]
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    file = client.get(address("shown_form", past), {"at": two_days_ago})
    assert hashlib.sha256(file.content).hexdigest() == release.form_id
    assert "attachment" in file.headers["Content-Disposition"]
    assert client.get(address("shown", past)).context["seen"].release == release


@pytest.mark.parametrize("at", ["2020-01-01T00:00", "2999-01-01", "soon", "\x00", "<script>"])
def test_admin_says_why_there_is_nothing(past: Article, at: str, client_as: Callable[[str], Client]) -> None:
    client = client_as("Legal")
    page = client.get(address("shown", past), {"at": at})
    assert page.status_code == 200
    assert page.context["said"]
    assert "<script>" not in page.context["said"] or "&lt;script&gt;" in page.content.decode()
    for name in ("shown_page", "shown_form"):
        assert client.get(address(name, past), {"at": at}).status_code == 404


def test_admin_is_closed_to_those_who_may_not_read_the_record(
    past: Article, client_as: Callable[[str], Client]
) -> None:
    for role, status in (("Reporter", 403), ("Editor", 200), ("Administrator", 200)):
        for name in ("shown", "shown_page", "shown_form"):
            response = client_as(role).get(address(name, past), {"at": timezone.now().isoformat()})
            assert response.status_code == status, (role, name)
    assert Client().get(address("shown", past)).status_code == 302
    assert client_as("Editor").get(reverse("admin:articles_shown", args=[999999])).status_code == 404


def test_record_and_article_lead_there(past: Article, client_as: Callable[[str], Client]) -> None:
    client, line = client_as("Managing editor"), PublicationRecord.objects.get()
    page = client.get(reverse("admin:articles_publicationrecord_change", args=[line.pk])).content.decode()
    link = page.partition(f'href="{address("shown", past)}')[2].partition('"')[0]
    assert client.get(f"{address('shown', past)}{link}").context["seen"].release == past.releases.get()
    article = client.get(reverse("admin:articles_article_change", args=[past.pk])).content.decode()
    assert address("shown", past) in article
    reporter = client_as("Reporter").get(reverse("admin:articles_article_change", args=[past.pk])).content.decode()
    assert address("shown", past) not in reporter
