"""Relabels as jobs: each leaves one run; what a day begins or ends is followed, also by a worker that was down."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from articles.baking import close_periods, pulse, work_relabels
from articles.models import Article, Batch, Designation, JobRun, Organization
from articles.models.work import LEASE
from articles.notices import raise_alarm
from articles.publishing import live_release, publish, queue, schedule
from articles.publishing.relabel import apply_version, relabel_all, stop
from articles.registers import compile_version, refresh_version
from tests.builders import NOW, make_article, make_newsroom, make_user

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
NOON = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)  # 12:00 in Moscow


@pytest.fixture(autouse=True)
def newsroom(db: None, store: Path) -> None:
    make_newsroom()


def work(at: datetime) -> None:
    while work_relabels(lambda: at):
        pass


def runs() -> list[tuple[str, str, int]]:
    found = JobRun.objects.filter(job="relabel").order_by("pk")
    return [(run.key, run.state, run.detail.get("examined", -1)) for run in found]


def test_each_relabel_leaves_one_run(store: Path) -> None:
    publish(make_article(), by=make_user("Editor"), at=NOW)
    legal = make_user("Legal")
    first = relabel_all(by=legal, at=NOW + HOUR)
    stop(first, by=legal, at=NOW + HOUR)
    second = relabel_all(by=legal, at=NOW + HOUR)
    work(NOW + HOUR)
    work(NOW + HOUR)
    assert runs() == [(str(first.pk), "running", 0), (str(second.pk), "done", 1)]
    assert JobRun.objects.get(key=str(first.pk)).detail["stopped"]
    assert JobRun.objects.get(key=str(second.pk)).finished_at == NOW + HOUR


def test_relabel_of_nothing_is_done_at_once(store: Path) -> None:
    Organization.objects.get(key="harbour").names.create(text="Pelican Circle", language="en", position=5)
    apply_version(compile_version(NOW), by=None, at=NOW)
    work(NOW)
    assert [state for _key, state, _examined in runs()] == ["done"]


@pytest.mark.parametrize("policy", ["today", "publication_day"])
def test_designation_that_begins_while_the_worker_is_down_is_followed_when_it_is_back(policy: str) -> None:
    league = Organization.objects.get(key="grey-wolves-league")
    league.designations.update(designated_from=date(2026, 3, 12))
    register = league.designations.get().register
    register.archive_policy = policy
    register.save()
    refresh_version(NOW)
    editor = make_user("Editor")
    old, new = make_article("old"), make_article("new")
    publish(old, by=editor, at=NOW)
    schedule(new, by=editor, at=NOW, live_at=datetime(2026, 3, 11, 21, 30, tzinfo=UTC))

    close_periods(NOON)
    close_periods(datetime(2026, 3, 11, 20, 59, tzinfo=UTC))
    assert not Batch.objects.exists(), "in Moscow it is still the day before"
    back = datetime(2026, 3, 14, 6, 0, tzinfo=UTC)
    close_periods(back)
    close_periods(back + HOUR)
    batch = Batch.objects.get()
    assert (batch.kind, batch.organizations) == ("dates", ["grey-wolves-league"])
    work(back)
    marked = [bool(live_release(article, back).edition.marks) for article in (old, new)]  # type: ignore[union-attr]
    assert marked == [policy == "today", True]


def test_designation_that_waits_is_not_followed_before_it_is_applied() -> None:
    publish(make_article(), by=make_user("Editor"), at=NOW)
    close_periods(NOON)
    Designation.objects.filter(organization__key="grey-wolves-league").update(designated_until=date(2026, 3, 12))
    midnight = datetime(2026, 3, 11, 21, 0, tzinfo=UTC)
    close_periods(midnight)
    assert not Batch.objects.exists()


def test_designation_in_force_ends_on_its_day_whatever_waits() -> None:
    periods = Designation.objects.filter(organization__key="grey-wolves-league")
    periods.update(designated_until=date(2026, 3, 12))
    refresh_version(NOW)
    article = make_article()
    publish(article, by=make_user("Editor"), at=NOW)
    close_periods(NOON)
    periods.update(designated_until=None)
    midnight = datetime(2026, 3, 11, 21, 0, tzinfo=UTC)
    close_periods(midnight)
    work(midnight)
    release = live_release(article, midnight)
    assert release is not None
    assert release.edition.marks == []


def test_turn_that_fails_says_why_in_its_run_at_the_desk_and_to_administrators(
    store: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    publish(make_article(), by=make_user("Editor"), at=NOW)
    broken = relabel_all(by=None, at=NOW)

    def fail(*_args: object) -> None:
        raise RuntimeError("no registers to be read")

    with monkeypatch.context() as patched:
        patched.setattr("articles.publishing.relabel.batch.House.current", fail)
        assert work_relabels(lambda: NOW) == 0
    broken.refresh_from_db()
    assert (broken.claimed_until, broken.not_before) == (None, NOW + LEASE)
    assert "no registers to be read" in broken.last_error == JobRun.objects.get(job="relabel").last_error
    assert pulse(NOW).failing_relabels == 1 and not pulse(NOW).is_well
    assert "Relabels that fail and are tried again: 1." in [one.says for one in raise_alarm(NOW)]
    client.force_login(make_user("Managing editor"))
    page = client.get(reverse("admin:articles_batch_change", args=[broken.pk])).content.decode()
    assert "no registers to be read" in page
    assert "relabel fails" in client.get(reverse("admin:index")).content.decode()
    later = relabel_all(by=None, at=NOW + SECOND)
    work(NOW + SECOND)
    later.refresh_from_db()
    assert later.finished_at, "it delays no other"
    work(NOW + LEASE)
    broken.refresh_from_db()
    assert broken.finished_at and broken.last_error == ""
    assert pulse(NOW + LEASE).failing_relabels == 0


def test_turn_that_does_something_forgets_the_failure_before_it(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(make_article(), by=make_user("Editor"), at=NOW)
    batch = relabel_all(by=None, at=NOW)
    Batch.objects.update(last_error="RuntimeError: once")
    monkeypatch.setattr("articles.publishing.relabel.batch.finish", lambda batch, at: None)
    work_relabels(lambda: NOW)
    batch.refresh_from_db()
    assert (batch.examined, batch.last_error) == (1, "")


def test_working_copy_that_cannot_be_read_keeps_no_relabel_from_its_end(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, sound = make_article("poison"), make_article("sound")
    batch, read = relabel_all(by=None, at=NOW), queue.read
    seen = []

    def poisoned(article: Article, *args: object) -> None:
        if article == poison:
            raise RuntimeError("poison")
        seen.append(article)
        read(article, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "read", poisoned)
    work(NOW)
    batch.refresh_from_db()
    assert (batch.finished_at, seen) == (NOW, [sound])
