"""Mails are rows: sent once, tried again when the server refuses, listed when it goes on refusing."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from articles.baking.watch import Watch
from articles.models import Outbox
from articles.models.work import LEASE
from articles.notices import send_mail, unsent

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def post(to: str, subject: str, body: str, at: datetime) -> Outbox:
    return Outbox.objects.create(to=to, subject=subject, body=body, made_at=at)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Addresses that the mail server refuses, as the test fills them in."""
    addresses: set[str] = set()
    send = EmailBackend.send_messages

    def send_some(self: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        if addresses & {address for message in messages for address in message.to}:
            raise SMTPException("mailbox unavailable: gone@news.example")
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_some)
    return addresses


def test_a_mail_is_sent_once() -> None:
    post("desk@news.example", "Closed", "The day is closed.", NOW)

    assert send_mail(NOW) == 1
    assert send_mail(NOW) == 0
    assert [(message.to, message.subject) for message in mail.outbox] == [(["desk@news.example"], "Closed")]
    assert Outbox.objects.get().sent_at == NOW


def test_a_refused_mail_delays_no_other_and_is_tried_again(refused: set[str]) -> None:
    refused.add("gone@news.example")
    post("gone@news.example", "First", "", NOW)
    post("desk@news.example", "Second", "", NOW)

    assert send_mail(NOW) == 1
    [failing] = unsent()
    assert (failing.attempts, failing.last_error) == (1, "SMTPException: mailbox unavailable: gone@news.example")
    assert send_mail(NOW + timedelta(seconds=29)) == 0

    refused.clear()
    assert send_mail(NOW + timedelta(seconds=30)) == 1
    assert not unsent().exists()


def test_it_is_tried_ever_more_rarely_then_given_up(refused: set[str]) -> None:
    refused.add("gone@news.example")
    post("gone@news.example", "Subject", "", NOW)
    at, delays = NOW, []
    for _ in range(Outbox.MOST_ATTEMPTS):
        send_mail(at)
        failing = unsent().get()
        assert failing.not_before is not None
        delays.append(failing.not_before - at)
        at = failing.not_before

    assert delays == sorted(delays)
    assert timedelta(days=1) < at - NOW < timedelta(days=3)
    send_mail(at)
    assert unsent().get().attempts == Outbox.MOST_ATTEMPTS


def test_the_mail_of_a_killed_worker_is_taken_over() -> None:
    post("desk@news.example", "Closed", "", NOW)
    Outbox.objects.update(claimed_until=NOW + LEASE)

    assert send_mail(NOW) == 0
    assert send_mail(NOW + LEASE) == 1


def test_each_attempt_bears_the_same_message_id() -> None:
    row = post("desk@news.example", "Closed", "", NOW)
    send_mail(NOW)
    Outbox.objects.filter(pk=row.pk).update(sent_at=None)  # as if killed before it was written down
    send_mail(NOW)

    first, second = (message.message()["Message-ID"] for message in mail.outbox)
    assert first == second
    assert first.startswith("<newsroom-")


def test_a_subject_cannot_smuggle_in_a_header() -> None:
    post("desk@news.example", "Closed\nBcc: all@news.example", "", NOW)

    assert send_mail(NOW) == 0
    assert unsent().get().last_error.startswith("BadHeaderError")


def test_a_server_that_hangs_holds_one_mail_and_only_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others can be sent by another worker meanwhile; the call ends after its time."""
    for name in ("a", "b", "c"):
        post(f"{name}@news.example", "Closed", "", NOW)
    held: list[int] = []

    def hang(self: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        held.append(Outbox.objects.filter(claimed_until__gt=NOW).count())
        raise TimeoutError("timed out")

    monkeypatch.setattr(EmailBackend, "send_messages", hang)
    assert send_mail(NOW) == 0
    assert held == [1, 1, 1]

    class Later(Watch):
        seconds = 60.0

    monkeypatch.setattr("articles.notices.outbox.Watch", Later)
    assert send_mail(NOW + timedelta(days=1)) == 0
    assert len(held) == 3


def test_where_no_mail_is_sent_none_is_said_to_be(settings: Any) -> None:
    """It waits with the reason, and goes out once there is a server."""
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "newsroom.mail.NoMail"
    row = post("desk@news.example", "Closed", "", NOW)
    for hours in range(40):
        assert send_mail(NOW + timedelta(hours=hours)) == 0
    row.refresh_from_db()
    assert (row.sent_at, row.attempts) == (None, 0)
    assert "EMAIL_URL" in row.last_error and list(unsent()) == [row]
    with pytest.raises(OSError, match="EMAIL_URL"):
        mail.send_mail("Another", "", None, ["desk@news.example"])

    settings.EMAIL_BACKEND = backend
    assert send_mail(NOW + timedelta(hours=40)) == 1
    row.refresh_from_db()
    assert row.sent_at and not row.last_error


def test_a_mail_that_is_taken_for_nobody_was_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EmailBackend, "send_messages", lambda self, messages: 0)
    post("desk@news.example", "Closed", "", NOW)
    assert send_mail(NOW) == 0
    assert unsent().get().last_error.startswith("NotTaken: ")


def test_the_log_names_no_addressee(refused: set[str], caplog: pytest.LogCaptureFixture) -> None:
    refused.add("gone@news.example")
    post("gone@news.example", "First", "", NOW)
    send_mail(NOW)
    assert "was not sent" in caplog.text and "gone@" not in caplog.text
