"""A clock that was a day ahead and is put right: what was published under it is replaced, called off and withdrawn at
once, with its stored pages; nothing that was withdrawn comes back."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import pagestore
from articles.baking import announce_and_beat, bake_dirty, plan_ended, pulse
from articles.baking.counts import reconcile
from articles.baking.runs import claim_run, plan
from articles.models import (
    Article,
    Batch,
    Count,
    Heartbeat,
    JobRun,
    Name,
    Organization,
    Outbox,
    Page,
    Photo,
    Register,
    Release,
    Trouble,
)
from articles.models.work import LEASE
from articles.notices import raise_alarm, send_mail
from articles.pagemap import article_path, media_path, touch
from articles.publishing import announce_due, cancel, live_release, publish, schedule, status, withdraw
from articles.publishing.record import erase, shown, verify
from articles.publishing.relabel import apply_version, relabel_all, work_batches
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_user
from tests.publishing.erasing import make_photo

HOUR = timedelta(hours=1)
AHEAD = NOW + timedelta(days=1)  # by the clock that is wrong
LATER = NOW + HOUR

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def photo(transactional_db: None, store: Path, editor: User) -> Photo:
    return make_photo(alt_en="A ferry.")


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    settings.PAGES_DIR = tmp_path / "pages"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "pages"


@pytest.fixture
def ahead(photo: Photo, editor: User) -> Article:
    """An article published, announced, counted and stored under the clock that was ahead, and by no other."""
    article = make_article(lead_photo=photo)
    publish(article, by=editor, at=AHEAD)
    bake_dirty(AHEAD)
    assert path_of(article) in stands("cells found in the harbour") and pagestore.get(media_path(photo.web))
    return article


@pytest.fixture
def changed(photo: Photo, editor: User) -> Article:
    """An article published at noon, and printed anew under the clock that was ahead."""
    article = make_article(lead_photo=photo)
    publish(article, by=editor, at=NOW)
    article.headline = "GDL cells, counted ahead"
    article.save()
    publish(article, by=editor, at=AHEAD, reason="update", note="Counted again.")
    bake_dirty(AHEAD)
    return article


def path_of(article: Article) -> str:
    release = article.releases.latest("pk")
    return article_path("en", release.published_date, release.edition.slug)


def stands(text: str) -> list[str]:
    """Return the stored pages that hold a text."""
    found = ((path, pagestore.get(path)) for path in pagestore.stored_paths())
    return [path for path, body in found if body and text.encode() in body]


def is_whole(at: Any) -> None:
    assert verify() == []
    before = sorted(Count.objects.exclude(number=0).values_list("language", "date", "rubric", "number"))
    assert reconcile(at) == [], "the counts are right"
    assert before == sorted(Count.objects.exclude(number=0).values_list("language", "date", "rubric", "number"))


def test_replaced(ahead: Article, editor: User, photo: Photo) -> None:
    old = path_of(ahead)
    ahead.slug, ahead.headline, ahead.lead_photo = "harbour", "Cells in the harbour", None
    ahead.save()
    release = publish(ahead, by=editor, at=LATER)
    assert pagestore.get(old) is None, "before the click returns"
    assert pagestore.get(media_path(photo.web)) is None
    assert stands("cells found in the harbour") == [], "nor in a list, be every worker dead"
    bake_dirty(LATER)
    assert stands("cells found in the harbour") == []
    assert path_of(ahead) in stands("Cells in the harbour")
    assert live_release(ahead, LATER) == release
    is_whole(LATER)


def test_replaced_by_a_schedule(ahead: Article, editor: User) -> None:
    schedule(ahead, by=editor, at=LATER, live_at=LATER + HOUR)
    assert stands("cells found in the harbour") == []
    bake_dirty(LATER)
    assert stands("cells found in the harbour") == []
    is_whole(LATER)


def test_called_off(ahead: Article, editor: User, photo: Photo) -> None:
    path = path_of(ahead)
    cancel(ahead, by=editor, at=LATER)
    assert pagestore.get(path) is None
    assert pagestore.get(media_path(photo.web)) is None
    assert stands("cells found in the harbour") == []
    bake_dirty(LATER)
    assert stands("cells found in the harbour") == []
    is_whole(LATER)


def test_called_off_what_was_before_goes_on(changed: Article, editor: User) -> None:
    cancel(changed, by=editor, at=LATER)
    assert stands("counted ahead") == []
    bake_dirty(LATER)
    assert stands("counted ahead") == []
    assert path_of(changed) in stands("cells found in the harbour")
    is_whole(LATER)


def test_withdrawn(ahead: Article, photo: Photo) -> None:
    path, legal = path_of(ahead), make_user("Legal")
    withdraw(ahead, by=legal, at=LATER, note="By order.")
    assert pagestore.get(path) is None
    assert pagestore.get(media_path(photo.web)) is None
    bake_dirty(LATER)
    assert stands("cells found in the harbour") == []
    assert live_release(ahead, AHEAD + HOUR) is None
    is_whole(LATER)
    assert status(ahead, LATER) == status(ahead, AHEAD + HOUR) == "withdrawn"
    with pytest.raises(PermissionDenied):
        publish(ahead, by=make_user("Editor"), at=LATER + HOUR)
    erase(ahead, by=legal, at=LATER + HOUR, reason="By order.")
    assert verify() == []


def test_withdrawn_after_a_change(changed: Article) -> None:
    withdraw(changed, by=make_user("Legal"), at=LATER, note="By order.")
    bake_dirty(LATER)
    assert stands(" cells") == []
    assert live_release(changed, LATER) is None and live_release(changed, AHEAD) is None
    assert status(changed, LATER) == "withdrawn"
    is_whole(LATER)


def test_withdrawn_under_the_wrong_clock_and_once_more_under_the_right_one(changed: Article) -> None:
    legal = make_user("Legal")
    withdraw(changed, by=legal, at=AHEAD + HOUR, note="By order.")
    assert live_release(changed, LATER) is not None, "to the right clock the withdrawal is yet to come"
    withdraw(changed, by=legal, at=LATER, note="By order.")
    for at in (LATER, AHEAD, AHEAD + 2 * HOUR):
        assert live_release(changed, at) is None
        assert status(changed, at) == "withdrawn"
    assert shown(changed, NOW, now=LATER).form
    bake_dirty(LATER)
    assert stands(" cells") == []
    is_whole(LATER)


def test_published_again_after_it_was_withdrawn_under_the_wrong_clock(changed: Article) -> None:
    legal = make_user("Managing editor")
    withdraw(changed, by=legal, at=AHEAD + HOUR, note="By order.")
    release = publish(changed, by=legal, at=LATER)
    for at in (LATER, AHEAD, AHEAD + 2 * HOUR):
        assert live_release(changed, at) == release
    bake_dirty(LATER)
    is_whole(LATER)


def test_replaced_by_a_relabel(ahead: Article, editor: User) -> None:
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Officers", language="en", strength="strong", position=9)
    apply_version(compile_version(LATER), by=None, at=LATER, reason="A list.")
    while work_batches(lambda: LATER):
        pass
    assert Release.objects.count() == 2
    assert pagestore.get(path_of(ahead)) is None
    bake_dirty(LATER)
    assert path_of(ahead) not in stands("cells found in the harbour")
    assert verify() == []


# What the first tick of the right clock does by itself


def tick_at(at: Any) -> None:
    announce_and_beat(at)
    bake_dirty(at)


def test_tick_takes_back_what_was_announced_too_early_and_announces_it_in_its_time(
    ahead: Article, photo: Photo
) -> None:
    announce_and_beat(AHEAD)
    assert pulse(LATER).ahead == 1 and not pulse(LATER).is_well
    assert not pulse(LATER).silent
    tick_at(LATER)
    assert pulse(LATER).ahead == 0
    assert stands("cells found in the harbour") == []
    assert pagestore.get(media_path(photo.web)) is None
    assert status(ahead, LATER) == "scheduled"
    is_whole(LATER)
    tick_at(AHEAD + HOUR)
    assert path_of(ahead) in stands("cells found in the harbour")
    assert pagestore.get(media_path(photo.web)) is not None
    is_whole(AHEAD + HOUR)


def test_tick_brings_back_what_was_before(changed: Article) -> None:
    announce_and_beat(AHEAD)
    tick_at(LATER)
    assert stands("counted ahead") == []
    assert "/en/" in stands("cells found in the harbour")
    assert pagestore.get(path_of(changed)) is None, "what another release is to follow is not stored"
    is_whole(LATER)
    tick_at(AHEAD + HOUR)
    assert path_of(changed) in stands("counted ahead")
    is_whole(AHEAD + HOUR)


def test_tick_withdraws_at_once_what_was_withdrawn(changed: Article) -> None:
    withdraw(changed, by=make_user("Legal"), at=AHEAD + HOUR, note="By order.")
    tick_at(AHEAD + HOUR)
    tick_at(LATER)
    for at in (LATER, AHEAD, AHEAD + 2 * HOUR):
        assert live_release(changed, at) is None
    assert status(changed, LATER) == "withdrawn"
    assert stands(" cells") == []
    is_whole(LATER)


def test_tick_leaves_what_was_published_again(changed: Article) -> None:
    legal = make_user("Managing editor")
    withdraw(changed, by=legal, at=AHEAD + HOUR, note="By order.")
    publish(changed, by=legal, at=AHEAD + 2 * HOUR)
    tick_at(AHEAD + 2 * HOUR)
    tick_at(LATER)
    assert status(changed, LATER) == "live"
    is_whole(LATER)


def test_a_tick_of_a_clock_that_is_right_touches_nothing(ahead: Article) -> None:
    tick_at(AHEAD)
    kept = dict(Page.objects.values_list("path", "generation"))
    tick_at(AHEAD + HOUR)
    tick_at(AHEAD + HOUR - timedelta(seconds=5))
    assert {path: kept[path] for path in kept} == dict(Page.objects.values_list("path", "generation"))


def test_page_stored_meanwhile_is_stored_anew(ahead: Article) -> None:
    tick_at(AHEAD)
    announce_and_beat(LATER)
    assert not Page.objects.filter(stored_at__gt=LATER, dirty_since=None).exists()


# Rows that such a clock has written


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["claimed_until", "not_before"])
def test_leases_and_delays_from_the_future_hold_nobody_up(editor: User, column: str) -> None:
    far = {column: NOW + timedelta(days=30)}
    schedule(make_article(), by=editor, at=NOW, live_at=LATER)
    Release.objects.update(**far)
    Page.objects.update(**far)
    Outbox.objects.create(to="desk@outlet.invalid", subject="s", body="b", made_at=NOW, **far)
    run = plan("follow_dates", "2026-03-10", NOW)
    JobRun.objects.update(**far, state="running" if column == "claimed_until" else "failed", attempts=1)
    batch = relabel_all(by=None, at=NOW)
    Batch.objects.update(**far)
    assert announce_due(LATER) == 1
    assert Page.objects.due(LATER).exists()
    assert send_mail(LATER) >= 1
    assert claim_run(LATER, ["follow_dates"]) == run
    work_batches(lambda: LATER)
    batch.refresh_from_db()
    assert batch.finished_at is not None


@pytest.mark.django_db
def test_leases_of_now_hold(editor: User) -> None:
    touch(["/en/"], NOW)
    Page.objects.update(claimed_until=NOW + LEASE)
    assert not Page.objects.due(NOW).exists()
    Page.objects.update(claimed_until=None, not_before=NOW + timedelta(hours=1))
    assert not Page.objects.due(NOW).exists()


@pytest.mark.django_db
def test_days_are_followed_and_closed_though_runs_of_the_future_are_there(editor: User) -> None:
    plan_ended(NOW + timedelta(days=400))
    plan_ended(NOW)
    ours = JobRun.objects.filter(started_at=NOW).values_list("job", "key")
    today = {(job, "2026-03-10") for job in ("follow_dates", "verify_pages", "clear_out")}
    assert set(ours) == today | {("close_day", "2026-03-09")}
    assert plan_ended(NOW) == []
    again = {run.job for run in plan_ended(NOW + timedelta(days=400) - HOUR)}
    assert "follow_dates" in again, "the day itself is followed once more, in its time"


@pytest.mark.django_db
def test_pulse_from_the_future_is_named_by_health_alarm_and_desk(editor: User, client: Client) -> None:
    Heartbeat.objects.update_or_create(job="tick", defaults={"beat_at": timezone.now() + timedelta(days=1)})
    assert client.get("/healthz").json()["jobs"]["tick"]["ahead"] is True
    says = [one.says for one in raise_alarm(timezone.now())]
    assert "Jobs whose pulse lies in the future: 1. The clock was ahead, or is." in says
    client.force_login(make_user("Administrator"))
    assert "Jobs whose pulse lies in the future: 1." in client.get(reverse("admin:index")).content.decode()
    Heartbeat.objects.filter(job="tick").update(beat_at=timezone.now())
    assert client.get("/healthz").json()["jobs"]["tick"]["ahead"] is False


@pytest.mark.django_db
def test_alarm_told_in_the_future_lasts_from_now_on(editor: User) -> None:
    User.objects.filter(pk=make_user("Administrator").pk).update(email="admin@outlet.invalid")
    Heartbeat.objects.update_or_create(job="tick", defaults={"beat_at": NOW + timedelta(days=9)})
    raise_alarm(NOW + timedelta(days=2))
    assert Outbox.objects.count() == 1
    raise_alarm(NOW)
    assert Trouble.objects.get(kind="ahead", ended_at=None).began_at == NOW


@pytest.mark.django_db
def test_pages_that_wait_since_the_future_are_late() -> None:
    touch(["/en/"], NOW + timedelta(days=1))
    assert pulse(NOW).late == 1


@pytest.mark.django_db
def test_list_checked_in_the_future_may_be_out_of_date(editor: User) -> None:
    register = Register(checked_at=NOW + timedelta(days=30))
    assert register.is_stale(NOW)


@pytest.mark.parametrize("moment", [NOW, None], ids=["at once", "scheduled"])
def test_all_editions_of_a_clock_that_was_ahead_make_room(
    transactional_db: None, store: Path, editor: User, moment: datetime | None
) -> None:
    """Behind the last one that is called off stands another one that has not begun either."""
    article = make_article()
    for number in range(3):
        article.headline = f"Published ahead {number}"
        article.save()
        publish(article, by=editor, at=AHEAD + number * HOUR)
    article.headline = "Published by the right clock"
    article.save()
    if moment:
        publish(article, by=editor, at=NOW)
    else:
        schedule(article, by=editor, at=NOW, live_at=LATER)
    live = live_release(article, LATER)
    assert live is not None and live.edition.headline == "Published by the right clock"
    assert [one.ending for one in article.releases.order_by("pk")] == ["cancelled"] * 3 + [""]
    assert verify() == []
