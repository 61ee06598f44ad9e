"""A relabel takes the moment at which it holds the articles, not that at which it has read them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles.baking.counts import reconcile
from articles.models import Batch, Name, Organization, Release
from articles.models.work import LEASE
from articles.publishing import announce_due, publish, schedule
from articles.publishing.record import verify
from articles.publishing.relabel import apply_version, resume, stop
from articles.publishing.relabel import batch as module
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_user

SECOND = timedelta(seconds=1)
LIVE_AT = NOW + 10 * SECOND


def test_what_begins_while_a_relabel_reads_stays_on_record_as_public(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article(summary="", body="<p>The Pelican Circle met.</p>")
    first = schedule(article, by=editor, at=NOW, live_at=LIVE_AT)
    one = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=one, text="Pelican Circle", language="en", strength="strong", position=9)
    apply_version(compile_version(NOW), by=make_user("Legal"), at=NOW)
    time, real = [LIVE_AT - SECOND], module.store

    def later(*args: object) -> int:
        """The article's time comes, and a tick announces it, between reading and storing."""
        time[0] = LIVE_AT + SECOND
        assert announce_due(LIVE_AT) == 1
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "store", later)
    while module.work_batches(lambda: time[0]):
        pass

    first.refresh_from_db()
    heir = Release.objects.live(LIVE_AT + SECOND).get()
    assert (first.ended_at, first.ending) == (LIVE_AT + SECOND, "superseded")
    assert (heir.edition.reason, heir.live_at, heir.announced_at) == ("relabel", first.ended_at, first.ended_at)
    assert reconcile(LIVE_AT + SECOND) == []
    assert verify() == []


def test_each_commit_renews_the_lease(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _name, batch = list_name(editor)
    time, real = [LIVE_AT], module.store

    def slow(*args: object) -> int:
        """Much time has passed since the batch was claimed."""
        time[0] = LIVE_AT + LEASE
        changed = real(*args)  # type: ignore[arg-type]
        batch.refresh_from_db()
        assert batch.claimed_until == LIVE_AT + 2 * LEASE
        return changed

    monkeypatch.setattr(module, "store", slow)
    assert module.work_batches(lambda: time[0]) == 1
    batch.refresh_from_db()
    assert (batch.changed, batch.failed) == (1, [])


def list_name(editor: User) -> tuple[Name, Batch]:
    """A public article holds a name that is listed from NOW on; its relabel has not begun."""
    publish(make_article(summary="", body="<p>The Pelican Circle met.</p>"), by=editor, at=NOW)
    one = Organization.objects.get(key="northern-lamp")
    name = Name.objects.create(organization=one, text="Pelican Circle", language="en", strength="strong", position=9)
    return name, apply_version(compile_version(NOW + SECOND), by=make_user("Legal"), at=NOW + SECOND)


def lift(name: Name) -> None:
    name.delete()
    apply_version(compile_version(LIVE_AT), by=make_user("Legal"), at=LIVE_AT)


def marked() -> bool:
    return Release.objects.live(LIVE_AT).get().edition.mentions.filter(surface="Pelican Circle").exists()


def work() -> None:
    """Two turns at least: one that finds itself overtaken examines nothing."""
    while module.work_batches(lambda: LIVE_AT) + module.work_batches(lambda: LIVE_AT):
        pass
    assert not Batch.objects.filter(finished_at=None, stopped_at=None).exists()


def test_a_relabel_that_is_resumed_after_a_later_change_brings_no_old_marks_back(editor: User) -> None:
    name, older = list_name(editor)
    stop(older, by=make_user("Legal"), at=NOW + SECOND)
    lift(name)
    work()
    resume(older, by=make_user("Legal"), at=LIVE_AT)
    work()
    assert not marked()


def test_a_relabel_that_is_overtaken_stores_nothing_by_the_old_registers(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, _older = list_name(editor)
    real = module.store

    def overtaken(*args: object) -> int:
        monkeypatch.setattr(module, "store", real)
        lift(name)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "store", overtaken)
    work()
    assert not marked()
    assert not Release.objects.filter(edition__reason="relabel").exists()
