"""A tick that began before an editor's act goes on after it: what the act has ended is not counted again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles.baking.counts import reconcile
from articles.models import Article, Release
from articles.publishing import announce_due, publish, schedule, withdraw
from tests.builders import NOW, make_article, make_user

SECOND = timedelta(seconds=1)
LIVE_AT, TICK, ACT = NOW + 10 * SECOND, NOW + 11 * SECOND, NOW + 12 * SECOND


def by_hand(article: Article) -> None:
    publish(article, by=make_user("Managing editor"), at=ACT)


def withdrawn(article: Article) -> None:
    withdraw(article, by=make_user("Managing editor"), at=ACT, note="By law.")


@pytest.mark.parametrize("act", [by_hand, withdrawn])
def test_what_an_act_has_ended_since_the_tick_began_is_not_counted(
    editor: User, act: Callable[[Article], None]
) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW, live_at=LIVE_AT)
    act(article)

    assert announce_due(TICK) == 1

    assert reconcile(ACT) == []
    assert not Release.objects.filter(announced_at=None).exists()


def test_what_a_schedule_will_end_is_counted_until_then(editor: User) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW, live_at=LIVE_AT)
    schedule(article, by=editor, at=LIVE_AT + SECOND / 2, live_at=ACT)

    assert announce_due(TICK) == 1
    assert reconcile(TICK) == []
    assert announce_due(ACT) == 1
    assert reconcile(ACT) == []
