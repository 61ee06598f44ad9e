"""A freeze: nothing is published while it holds, what was scheduled is held and goes on, two people lift it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from articles.baking.tick import announce_and_beat
from articles.models import Article, Batch, Event, Freeze, HeldRelease, Outbox, Release
from articles.publishing import (
    Refused,
    approve,
    cancel,
    empty_bin,
    live_release,
    make_link,
    override_gate,
    publish,
    put_in_bin,
    retract,
    return_to_draft,
    schedule,
    withdraw,
)
from articles.publishing.force import hold_version
from articles.publishing.freezing import agree_to_lift, freeze, lift_on_server
from articles.publishing.frozen import Frozen
from articles.publishing.record import verify
from articles.publishing.relabel import apply_version, relabel_all, work_batches
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def legal(editor: User) -> User:
    return old("Legal")


@pytest.fixture
def chief(editor: User) -> User:
    return old("Managing editor")


def old(role: str) -> User:
    """Return a user who was there before the freeze."""
    user = make_user(role)
    User.objects.filter(pk=user.pk).update(date_joined=NOW - HOUR, email=f"{user.pk}@outlet.invalid")
    return User.objects.get(pk=user.pk)


def kinds() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def frozen(by: User | None = None, scope: str = "publishing", at: Any = NOW) -> Freeze:
    return freeze(scope, by=by, at=at, reason="A phone was lost.")


def test_every_act_that_readers_would_see_is_refused(editor: User, chief: User) -> None:
    live, draft = make_article(), make_article("draft", body="<p>The Harbour spoke.</p>")
    publish(live, by=editor, at=NOW)
    frozen(chief)
    later = NOW + MINUTE
    acts = [
        lambda: publish(draft, by=editor, at=later),
        lambda: publish(live, by=editor, at=later, reason="update"),
        lambda: schedule(draft, by=editor, at=later, live_at=later + HOUR),
        lambda: retract(live, by=editor, at=later, note="It was wrong."),
        lambda: withdraw(live, by=chief, at=later, note="A court order."),
        lambda: override_gate(draft, by=chief, at=later, reason="So be it.", live_at=later),
        lambda: make_link(draft, by=editor, at=later),
        lambda: relabel_all(by=None, at=later) and apply_version(compile_version(later), by=chief, at=later),
        hold_version,
    ]
    before = list(Release.objects.values_list("pk", "ended_at"))
    for number, one in enumerate(acts):
        with pytest.raises(Frozen, match="A phone was lost"):
            one()
        assert list(Release.objects.values_list("pk", "ended_at")) == before, number
    approve(draft, by=editor, at=later)  # texts go on


def test_what_is_scheduled_is_held_and_goes_on_after(editor: User, legal: User, chief: User) -> None:
    soon, far, live = make_article("soon"), make_article("far"), make_article("live")
    publish(live, by=editor, at=NOW - HOUR)
    schedule(live, by=editor, at=NOW - MINUTE, live_at=NOW + HOUR, reason="correction", note="It was Monday.")
    schedule(soon, by=editor, at=NOW - MINUTE, live_at=NOW + 2 * MINUTE)
    schedule(far, by=editor, at=NOW - MINUTE, live_at=NOW + 9 * HOUR)
    held = frozen(chief)
    assert HeldRelease.objects.count() == 3 and not Release.objects.scheduled(NOW).exists()
    announce_and_beat(NOW + 2 * HOUR)
    assert [one.article for one in Release.objects.live(NOW + 2 * HOUR)] == [live]
    assert live_release(live, NOW + 2 * HOUR).edition.number == 1  # type: ignore[union-attr]
    assert not verify()
    for person in (chief, legal):
        agree_to_lift(held, by=person, at=NOW + 3 * HOUR)
    now = NOW + 3 * HOUR + MINUTE
    announce_and_beat(now)
    assert {one.article for one in Release.objects.live(now)} == {live, soon}
    shown = live_release(live, now)
    assert shown is not None and shown.edition.corrections and live.corrections.get().edition == shown.edition
    first = live_release(soon, now)
    assert first is not None and first.published_at == first.live_at, "dated to the moment that readers saw it"
    assert [one.live_at for one in Release.objects.scheduled(now)] == [NOW + 9 * HOUR]
    assert not HeldRelease.objects.exists() and not verify()
    assert kinds().count("held by freeze") == kinds().count("held goes on") == 3


def test_what_is_given_back_as_a_draft_stays_called_off(editor: User, chief: User) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW - MINUTE, live_at=NOW + HOUR)
    held = frozen(chief)
    return_to_draft(article, by=editor, at=NOW + MINUTE)
    lift_on_server(held, at=NOW + 2 * MINUTE, reason="The phone was found.")
    announce_and_beat(NOW + 2 * HOUR)
    assert not Release.objects.live(NOW + 2 * HOUR).exists() and kinds()[-1] == "held stays"
    assert not article.addresses.exists() and not verify()


def test_what_was_scheduled_while_the_freeze_came_is_held_by_the_tick(editor: User, chief: User) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW - MINUTE, live_at=NOW + HOUR)
    Freeze.objects.create(scope="everything", reason="By a hand at the database.", begun_at=NOW)
    announce_and_beat(NOW)
    assert HeldRelease.objects.get().release.article == article
    with pytest.raises(Frozen):
        cancel(article, by=editor, at=NOW)


def test_a_relabel_holds_still_and_goes_on(editor: User, legal: User, chief: User) -> None:
    publish(make_article(), by=editor, at=NOW - HOUR)
    batch = relabel_all(by=legal, at=NOW - MINUTE)
    held = frozen(chief)
    assert not work_batches(lambda: NOW + MINUTE)
    lift_on_server(held, at=NOW + MINUTE, reason="It was nothing.")
    assert work_batches(lambda: NOW + MINUTE) == 1
    assert Batch.objects.get(pk=batch.pk).finished_at is not None


def test_the_bin_is_not_emptied_meanwhile(editor: User, chief: User) -> None:
    put_in_bin(make_article(), by=editor, at=NOW)
    held = frozen(chief)
    assert empty_bin(NOW + timedelta(days=99)) == 0
    lift_on_server(held, at=NOW, reason="It was nothing.")
    assert empty_bin(NOW + timedelta(days=99)) == 1


def test_two_people_lift_it_who_were_there_before(editor: User, legal: User, chief: User) -> None:
    held = frozen(chief)
    assert Outbox.objects.count() == 2, "those who may lift it are told"
    with pytest.raises(PermissionDenied):
        agree_to_lift(held, by=editor, at=NOW)
    young = User.objects.create_user("young", is_staff=True)
    young.groups.set(legal.groups.all())
    young = User.objects.get(pk=young.pk)
    with pytest.raises(PermissionDenied, match="younger"):
        agree_to_lift(held, by=young, at=NOW)
    assert not agree_to_lift(held, by=chief, at=NOW)
    with pytest.raises(Refused, match="second person"):
        agree_to_lift(held, by=chief, at=NOW)
    with pytest.raises(Frozen):
        publish(make_article(), by=editor, at=NOW)
    assert agree_to_lift(held, by=legal, at=NOW)
    publish(make_article("free"), by=editor, at=NOW)
    assert [one for one in kinds() if "freeze" in one or "lift" in one] == [
        "freeze begun",
        "lift agreed",
        "lift agreed",
        "freeze lifted",
    ]


def test_who_may_not_or_says_not_why_freezes_nothing(editor: User, chief: User) -> None:
    with pytest.raises(PermissionDenied):
        frozen(editor)
    for scope, reason in (("publishing", " "), ("all", "Why not.")):
        with pytest.raises(Refused):
            freeze(scope, by=chief, at=NOW, reason=reason)
    frozen(chief)
    with pytest.raises(Refused, match="already"):
        frozen(chief)
    frozen(chief, scope="everything")  # the wider one may follow


def test_everything_but_reading_leaves_nothing_to_change(editor: User, chief: User) -> None:
    article = make_article()
    frozen(chief, scope="everything")
    with pytest.raises(Frozen):
        approve(article, by=editor, at=NOW)
    assert Article.objects.get(pk=article.pk).state == "draft"


def test_the_server_s_owner_freezes_and_lifts(editor: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("freeze", "A server was searched.", "--scope", "everything")
    assert "A server was searched." in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("freeze", "Again.", "--scope", "everything")
    call_command("lift", "It is over.")
    assert not Freeze.objects.filter(ended_at=None).exists()
    assert Event.objects.get(kind="freeze lifted").detail["reason"] == "It is over."
    with pytest.raises(CommandError):
        call_command("lift", "It is over.")
