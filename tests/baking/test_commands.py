"""The commands of the jobs say what they did, and fail when something is wrong."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import pagestore
from articles.models import JobRun, Outbox, Page, Site
from articles.pagemap import every_page, touch
from articles.reader.built import Built

from .conftest import Written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def whole(site: Written) -> Written:
    site.pages |= dict.fromkeys(every_page(timezone.now()), "page")
    return site


def test_bake_stores_what_is_dirty(whole: Written) -> None:
    touch(["/en/"], timezone.now())

    assert said("bake") == "Pages: 1 stored."
    assert said("bake") == "Pages: nothing to do."


def test_bake_stores_the_pages_named(whole: Written) -> None:
    assert said("bake", "/en/", "/ru/") == "Pages: 2 stored."


def test_bake_all_stores_everything(whole: Written) -> None:
    assert said("bake", "--all", "--jobs=1") == f"Pages: {len(whole.pages)} stored."
    assert said("verify_pages") == "Every stored page is what it should be."
    runs = JobRun.objects.order_by("pk").values_list("job", "state")
    assert list(runs) == [("bake_all", "done"), ("verify_pages", "done")]


def test_a_bake_that_another_process_has_taken_over_says_so(whole: Written) -> None:
    def take_over(at: datetime) -> Built:
        JobRun.objects.update(claimed_until=at + timedelta(minutes=1))
        return Built(200, b"page")

    whole.pages["/en/"] = take_over
    with pytest.raises(CommandError, match="Another process has taken it over"):
        said("bake", "--all", "--jobs=1")
    assert JobRun.objects.get().state == "running"


@pytest.mark.parametrize("words", [["/en/search/"], ["../etc"], ["--all", "/en/"], ["--jobs=0"]])
def test_bake_refuses_what_is_no_page(words: list[str]) -> None:
    with pytest.raises(CommandError):
        said("bake", *words)
    assert not Page.objects.exists()


def test_bake_fails_when_a_page_does(whole: Written) -> None:
    whole.pages["/en/"] = RuntimeError("broken")

    with pytest.raises(CommandError, match="tried again"):
        said("bake", "/en/")


def test_verify_names_each_difference(whole: Written) -> None:
    said("bake", "--all", "--jobs=1")
    pagestore.drop("/en/")
    out = StringIO()

    with pytest.raises(CommandError, match="1 stored pages"):
        call_command("verify_pages", stdout=out)
    assert out.getvalue() == "missing: /en/\n"


def test_tick_says_what_it_did(whole: Written) -> None:
    told = said("tick")

    assert told == f"Announced: 0. Pages: {len(whole.pages)} stored. Still dirty: 0. Overdue: 0."


def test_periods_are_closed(whole: Written) -> None:
    assert "close_day" in said("close_periods")
    assert said("close_periods") == "Every period that has ended is closed."
    assert said("close_periods", "--month", "2024-03").startswith("close_month 2024-03: 0 articles")


@pytest.mark.parametrize("word", ["--day=2024-02-30", "--month=March", "--year=24x"])
def test_a_period_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(CommandError, match="expected such as 2024"):
        said("close_periods", word)


@pytest.mark.parametrize(("period", "form"), [("day", "%Y-%m-%d"), ("month", "%Y-%m"), ("year", "%Y")])
def test_a_period_that_has_not_ended_is_left_to_its_night(whole: Written, period: str, form: str) -> None:
    today = timezone.now().astimezone(Site.current().zone)
    with pytest.raises(CommandError, match="has not ended yet"):
        said("close_periods", f"--{period}", f"{today:{form}}")
    assert not JobRun.objects.exists()


def test_mails_are_sent_and_unsent_ones_listed() -> None:
    now = timezone.now()
    Outbox.objects.create(to="a@news.example", subject="Sent", made_at=now)
    Outbox.objects.create(to="b@news.example", subject="Not\nsent", made_at=now)

    assert said("send_mail").splitlines()[0] == "Sent: 1."
    assert "BadHeaderError" in said("send_mail", "--list")
