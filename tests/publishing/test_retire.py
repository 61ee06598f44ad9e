"""Retract and withdraw."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.editions import reading_form
from articles.models import Count, Release
from articles.publishing import Refused, live_release, publish, retract, schedule, status, withdraw
from articles.publishing.record import verify
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)


def test_retracted_article_stays_with_the_reason_on_top(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    article.headline = "Half-written change"
    article.save()
    release = retract(article, by=editor, at=NOW + HOUR, note="A source misled us about the GDL.")
    form = reading_form(release)
    assert "Half-written" not in form
    assert form.index("A source misled us") < form.index("Officers spoke")
    assert "Retracted:" in form
    assert release.published_at == NOW
    assert verify() == []


def test_retraction_needs_a_reason_and_a_public_article(editor: User) -> None:
    article = make_article()
    with pytest.raises(Refused):
        retract(article, by=editor, at=NOW, note="Wrong.")
    publish(article, by=editor, at=NOW)
    with pytest.raises(Refused):
        retract(article, by=editor, at=NOW, note=" ")


def test_edit_after_a_retraction_stays_retracted(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    retract(article, by=editor, at=NOW + HOUR, note="A source misled us.")
    release = publish(article, by=editor, at=NOW + 2 * HOUR, reason="minor")
    assert "Retracted:" in reading_form(release)


def test_withdrawn_article_is_gone_for_readers_and_kept_in_the_record(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    with pytest.raises(PermissionDenied):
        withdraw(article, by=editor, at=NOW + HOUR, note="Order of a court.")
    withdraw(article, by=make_user("Legal"), at=NOW + HOUR, note="Order of a court.")
    assert live_release(article, NOW + HOUR) is None
    assert status(article, NOW + HOUR) == "withdrawn"
    assert not Count.objects.filter(number__gt=0).exists()
    assert verify() == []


def test_withdrawal_takes_a_scheduled_change_with_it(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    schedule(article, by=editor, at=NOW, live_at=NOW + 2 * HOUR, reason="minor")
    withdraw(article, by=make_user("Managing editor"), at=NOW + HOUR, note="Order of a court.")
    assert not Release.objects.live(NOW + 3 * HOUR).exists()
    assert verify() == []


def test_scheduled_article_is_cancelled_not_withdrawn(editor: User) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    with pytest.raises(Refused):
        withdraw(article, by=make_user("Legal"), at=NOW, note="Order of a court.")


def test_article_is_retracted_once(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    retract(article, by=editor, at=NOW + HOUR, note="A source misled us.")
    publish(article, by=editor, at=NOW + 2 * HOUR, reason="minor")
    with pytest.raises(Refused, match="already"):
        retract(article, by=editor, at=NOW + 3 * HOUR, note="A source misled us.")


def test_withdrawn_article_can_be_published_again_by_who_may_withdraw(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    withdraw(article, by=make_user("Legal"), at=NOW + HOUR, note="Order of a court.")
    with pytest.raises(PermissionDenied):
        publish(article, by=editor, at=NOW + 2 * HOUR)
    release = publish(article, by=make_user("Managing editor"), at=NOW + 2 * HOUR)
    assert live_release(article, NOW + 2 * HOUR) == release
    assert Count.objects.get(rubric="", language="en").number == 1
    assert verify() == []
