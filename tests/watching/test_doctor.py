"""`manage.py doctor`, and the desk, say what is wrong and what to do, in both languages."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client

from articles.management.commands.doctor import language_of
from articles.models import Outbox, Page, Slot, Trouble
from articles.watching import growth
from articles.watching.checks import database
from articles.watching.growing import ROWS
from tests.builders import NOW, make_user

House = Callable[[], None]


@pytest.fixture(autouse=True)
def _at_now(house: House) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def said(*words: str) -> tuple[str, int]:
    """Return what the doctor says, and with which status it ends."""
    out = StringIO()
    try:
        call_command("doctor", *words, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


@pytest.fixture
def trouble() -> None:
    Page.objects.create(path="/en/", kind="front", last_error="broken")


def test_a_well_house_is_said_to_be_well() -> None:
    assert said() == ("The house is well.\n", 0)


@pytest.mark.usefixtures("trouble")
def test_what_is_wrong_is_said_with_what_to_do() -> None:
    text, status = said("--language", "en")
    assert status == 1
    assert "1. Pages that cannot be stored: 1.\n   Open Stored pages" in text and text.endswith("1 trouble.\n")
    assert not Outbox.objects.exists() and not Trouble.objects.exists()


def test_a_database_that_is_away_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> Any:
        raise OperationalError("no server") from OSError()

    monkeypatch.setattr(database, "_write", away)
    monkeypatch.setattr("articles.notices.alarm.transaction.atomic", away)
    for words in ((), ("--tell",)):
        text, status = said(*words)
        assert status == 1 and text.startswith("1. The database does not answer.")


@pytest.mark.usefixtures("trouble")
def test_it_sends_the_alarms_where_the_worker_cannot(settings: Any) -> None:
    settings.ALARM_MAIL = ["oncall@news.example"]
    said("--tell")
    assert Outbox.objects.get().sent_at is not None
    assert Trouble.objects.get().kind == "failing_pages"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "en_GB"}, "en"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_it_speaks_the_language_of_the_terminal(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_what_grows_is_counted_with_what_bounds_it() -> None:
    user = make_user("Editor")
    for number in range(3):
        Slot.objects.create(user=user, client=str(number), sequence=1, saved_at=NOW)
    found = {one.key: one for one in growth()}
    assert list(found) == [key for key, *_rest in ROWS]
    assert (found["slots"].number, found["slots"].is_more) == (3, False)
    assert all(one.label and one.policy for one in found.values())
    assert "Typed and not saved" in said("--growth")[0]


def test_more_than_can_be_counted_is_said_to_be_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.watching.growing.MOST", 2)
    user = make_user("Editor")
    for number in range(5):
        Slot.objects.create(user=user, client=str(number), sequence=1, saved_at=NOW)
    slots = next(one for one in growth() if one.key == "slots")
    assert (slots.number, slots.is_more, slots.shown) == (3, True, 2)


STATE = "/admin/articles/trouble/"


@pytest.mark.usefixtures("trouble")
@pytest.mark.parametrize(("role", "sees"), [("Administrator", True), ("Editor", True), ("Reporter", False)])
def test_the_desk_says_the_same_to_those_who_look_after_it(client: Client, role: str, sees: bool) -> None:
    client.force_login(make_user(role))
    first, state = client.get("/admin/").content.decode(), client.get(STATE)
    assert ("Pages that cannot be stored: 1." in first) == sees
    assert (STATE in first) == sees
    assert state.status_code == (200 if sees else 403)
    if sees:
        page = state.content.decode()
        assert "Pages that cannot be stored: 1." in page and "Saved versions" in page


@pytest.mark.usefixtures("trouble")
def test_what_stops_the_work_is_said_to_everybody(client: Client, settings: Any) -> None:
    settings.DISK_FREE_MB = 2**30
    client.force_login(make_user("Reporter"))
    first = client.get("/admin/").content.decode()
    assert "A disk is nearly full" in first and "cannot be stored" not in first


def test_the_troubles_there_were_are_listed_with_what_the_webhook_said(client: Client) -> None:
    Trouble.objects.create(kind="late", figures={"number": 7}, began_at=NOW, seen_at=NOW, last_error="HTTP 500")
    Trouble.objects.create(kind="of_an_older_program", figures={}, began_at=NOW, seen_at=NOW, ended_at=NOW)
    client.force_login(make_user("Administrator"))
    page = client.get(STATE).content.decode()
    assert "Pages that have waited for more than a minute: 7." in page and "not taken: HTTP 500" in page
    assert "of_an_older_program" in page
