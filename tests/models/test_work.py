"""Every kind of row that a job works on is held, taken over and put off by one rule; what a kind has of its own is how
long it is put off, and for how many attempts."""

import doctest
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.conf import settings
from django.core.mail.backends.locmem import EmailBackend

from articles.baking import bake_dirty, make_renditions, work_next
from articles.baking.claim import claim
from articles.baking.jobs import JOBS
from articles.baking.runs import claim_run, plan
from articles.baking.watch import Watch
from articles.models import Batch, JobRun, KeptPost, Outbox, Page, Release, Rendition, Trouble, work
from articles.models.work import LEASE, Work, WorkQuerySet
from articles.notices import outbox, webhook
from articles.pagemap import touch
from articles.publishing import announce, announce_due, posts
from articles.publishing.relabel import batch, relabel_all
from tests.builders import NOW, make_newsroom
from tests.pagemap.released import released

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
ARTICLES = Path(work.__file__).parent.parent
Patch = pytest.MonkeyPatch


class Kind(NamedTuple):
    """`make`: a row to be worked on from NOW. `take`: what a worker claims, before it is killed. `fail`: what a worker
    does from a moment on, after `poison`. `delays`: in seconds, until it is tried again, after each attempt; None where
    it is given up."""

    model: type[Work]
    make: Callable[[], object]
    take: Callable[[datetime], object]
    poison: Callable[[Patch], None]
    fail: Callable[[datetime], object]
    delays: list[float | None]


def doubled(first: float, longest: float, number: int) -> list[float | None]:
    return [min(first * 2**step, longest) for step in range(number)]


def raising(*args: object, **options: object) -> Any:
    raise RuntimeError("poison")


def refuse_hooks(patch: Patch) -> None:
    patch.setattr(settings, "ALARM_WEBHOOK", "https://chat.example/")
    patch.setattr(webhook, "_send", raising)


KINDS = [
    Kind(
        Release,
        make=lambda: released("storm", NOW, announced_at=None),
        take=announce.claim,
        poison=lambda patch: patch.setattr(announce, "announce", raising),
        fail=announce_due,
        delays=doubled(2, 3600, 16),
    ),
    Kind(
        Page,
        make=lambda: touch(["/en/"], NOW),
        take=lambda at: claim(at, 60),
        poison=lambda patch: patch.setattr("articles.baking.store.render", raising),
        fail=bake_dirty,
        delays=doubled(2, 300, 12),
    ),
    Kind(
        Batch,
        make=lambda: make_newsroom() and relabel_all(by=None, at=NOW),
        take=batch.claim,
        poison=lambda patch: patch.setattr(batch, "next_articles", raising),
        fail=lambda at: batch.work_batches(lambda: at),
        delays=[LEASE.total_seconds()] * 3,  # a turn that fails: for as long as one whose worker was killed
    ),
    Kind(
        JobRun,
        make=lambda: plan("verify_pages", "", NOW),
        take=lambda at: claim_run(at, ["verify_pages"]),
        poison=lambda patch: patch.setitem(JOBS, "verify_pages", raising),
        fail=work_next,
        delays=[*doubled(300, 4800, 4), None],
    ),
    Kind(
        Outbox,
        make=lambda: Outbox.objects.create(to="desk@outlet.invalid", subject="Closed", body="", made_at=NOW),
        take=lambda at: outbox.claim(at, at),
        poison=lambda patch: patch.setattr(EmailBackend, "send_messages", raising),
        fail=outbox.send_mail,
        delays=[*doubled(30, 6 * 3600, 15), None],
    ),
    Kind(
        Rendition,
        make=lambda: Rendition.objects.create(web="a.jpg", wanted="1 9x9 0.5 0.5 -"),
        take=lambda at: Rendition.objects.due(at).claim_first(at),
        poison=lambda patch: patch.setattr("articles.baking.pictures.making.make", raising),
        fail=make_renditions,
        delays=doubled(60, 6 * 3600, 16),
    ),
    Kind(
        Trouble,
        make=lambda: Trouble.objects.create(kind="late", figures={"number": 7}, began_at=NOW, seen_at=NOW),
        take=lambda at: Trouble.objects.due(at).claim_first(at),
        poison=refuse_hooks,
        fail=webhook.send_hooks,
        delays=[*doubled(30, 3600, 23), None],
    ),
    Kind(
        KeptPost,
        make=lambda: KeptPost.objects.create(
            kind="vimeo", number="1", link="https://vimeo.com/123456", fetch="asked", kept_at=NOW
        ),
        take=lambda at: KeptPost.objects.due(at).claim_first(at),
        poison=lambda patch: patch.setattr(posts, "_asked", raising),
        fail=posts.fetch_posts,
        delays=[*doubled(60, 1800, 2), None],
    ),
]


@pytest.fixture(params=KINDS, ids=lambda kind: kind.model.__name__)
def kind(request: pytest.FixtureRequest, monkeypatch: Patch) -> Kind:
    """A kind with one row, at a moment that stands still."""
    monkeypatch.setattr(Watch, "seconds", 0.0)
    kind: Kind = request.param
    kind.make()
    return kind


def row(kind: Kind) -> Work:
    found: Work = kind.model._default_manager.get()
    return found


def is_due(kind: Kind, at: datetime) -> bool:
    return bool(kind.model._default_manager.all().due(at).exists())  # type: ignore[attr-defined]


def test_one_worker_has_it_and_another_takes_it_over_when_the_lease_has_run_out(kind: Kind) -> None:
    assert is_due(kind, NOW)
    assert kind.take(NOW)
    assert row(kind).claimed_until == NOW + LEASE
    assert not kind.take(NOW)
    assert not kind.take(NOW + LEASE - SECOND)
    assert kind.take(NOW + LEASE)
    assert row(kind).claimed_until == NOW + 2 * LEASE


def test_a_renewed_lease_is_as_long_as_a_new_one(kind: Kind) -> None:
    kind.take(NOW)
    rows = kind.model._default_manager.all()
    before = row(kind).attempts
    assert rows.renew(NOW + 20 * SECOND) == 1  # type: ignore[attr-defined]
    assert row(kind).attempts == before
    assert not kind.take(NOW + LEASE)
    assert kind.take(NOW + LEASE + 20 * SECOND)


def test_what_is_let_go_or_done_is_held_by_nobody(kind: Kind) -> None:
    rows = kind.model._default_manager.all()
    kind.take(NOW)
    assert rows.let_go() == 1  # type: ignore[attr-defined]
    assert kind.take(NOW)
    rows.failed("It fails.", NOW)  # type: ignore[attr-defined]
    assert rows.done() == 1  # type: ignore[attr-defined]
    assert (row(kind).claimed_until, row(kind).not_before, row(kind).last_error) == (None, None, "")


def test_what_fails_is_put_off_longer_each_time(kind: Kind, monkeypatch: Patch) -> None:
    kind.poison(monkeypatch)
    at = NOW
    for attempt, delay in enumerate(kind.delays, 1):
        kind.fail(at)
        assert row(kind).attempts == attempt
        if delay is None:
            assert not is_due(kind, at + timedelta(days=900))
            break
        assert not is_due(kind, at + timedelta(seconds=delay) - SECOND / 10)
        at += timedelta(seconds=delay)
        assert is_due(kind, at)


def test_a_failure_noted_says_why_and_counts_once(kind: Kind) -> None:
    rows = kind.model._default_manager.all()
    for attempt in (1, 2, 3):
        kind.model._default_manager.update(not_before=None)
        rows.claim(NOW)  # type: ignore[attr-defined]
        assert rows.failed("x" * 3000, NOW) == 1  # type: ignore[attr-defined]
        found = row(kind)
        assert (found.attempts, found.claimed_until, found.last_error) == (attempt, None, "x" * 2000)
        assert found.not_before == NOW + kind.model.BACK_OFF.after(attempt)


def test_nothing_is_put_off_so_long_that_it_would_be_taken_for_the_work_of_a_wrong_clock() -> None:
    assert 2 * max(kind.model.BACK_OFF.longest for kind in KINDS) == work.FARTHEST


def test_every_row_that_has_a_lease_goes_by_this_rule() -> None:
    leased = {model for model in apps.get_models() if "claimed_until" in {field.name for field in model._meta.fields}}
    assert leased == {kind.model for kind in KINDS}
    for model in leased:
        assert issubclass(model, Work)
        queryset = type(model._default_manager.all())
        assert issubclass(queryset, WorkQuerySet) and queryset.due is not WorkQuerySet.due


def test_nobody_else_writes_a_lease() -> None:
    """Statements in SQL clear it; a run's holder writes its row only as long as the lease is still its own."""
    named = {
        path.relative_to(ARTICLES).as_posix()
        for path in ARTICLES.rglob("*.py")
        if "migrations" not in path.parts and re.search(r"claimed_until|\bLEASE\b", path.read_text())
    }
    shown = {"admin/works/page.py"}
    cleared = {"baking/store.py", "pagemap/touch.py"}
    how_long = {"baking/bake.py"}  # a bake renews in good time
    assert named - shown == {"models/work.py", "models/job.py", "baking/runs.py"} | cleared | how_long


def test_the_architecture_says_how_long_each_kind_is_put_off() -> None:
    rows = [line.split(" | ") for line in (ARTICLES.parent / "docs/architecture.md").read_text().splitlines()]
    told = {cells[0]: cells[2] for cells in rows if len(cells) == 5 and " to " in cells[2]}
    assert told == {
        f"| `{kind.model.__name__}`": f"{worded(kind.model.BACK_OFF.first)} to {worded(kind.model.BACK_OFF.longest)}"
        for kind in KINDS
        if kind.model is not Batch
    }


def worded(delay: timedelta) -> str:
    """Return a delay as the table says it, such as 80 min."""
    seconds = int(delay.total_seconds())
    return next(
        f"{seconds // size} {unit}" for size, unit in ((3600, "h"), (60, "min"), (1, "s")) if not seconds % size
    )


def test_examples() -> None:
    assert doctest.testmod(work) == (0, 1)
