"""What a scheduled change will say of itself, in a box and in the log: when another act replaces it, and a relabel."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Correction, Name, Organization, Release
from articles.publishing import cancel, publish, retract, schedule
from articles.publishing.relabel import apply_version, work_batches
from articles.reader.pages import build
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
NOTE = "It was five cells of the Pelican Circle."


@pytest.fixture
def article(editor: User) -> Article:
    """A public article, with a correction scheduled."""
    made = make_article()
    publish(made, by=editor, at=NOW)
    schedule(made, by=editor, at=NOW, live_at=NOW + 2 * HOUR, reason="correction", note=NOTE)
    return made


def relabel() -> Release:
    """List a name that the correction holds; return the release that takes the place of the scheduled one."""
    one = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=one, text="Pelican Circle", language="en", strength="strong", position=9)
    apply_version(compile_version(NOW + HOUR), by=make_user("Legal"), at=NOW + HOUR)
    while work_batches(lambda: NOW + HOUR):
        pass
    return Release.objects.scheduled(NOW + HOUR).get(edition__reason="relabel")


def test_a_change_scheduled_anew_tells_of_it_once(editor: User, article: Article) -> None:
    again = schedule(article, by=editor, at=NOW, live_at=NOW + 3 * HOUR, reason="correction", note=NOTE)
    assert [one["made_at"] for one in again.edition.corrections] == [again.live_at.isoformat()]
    assert Correction.objects.get().edition == again.edition


def test_what_is_published_before_it_tells_of_nothing_that_is_to_come(editor: User, article: Article) -> None:
    assert publish(article, by=editor, at=NOW + HOUR, reason="minor").edition.corrections == []
    assert not Correction.objects.exists()


def test_a_retraction_leaves_nothing_of_it(editor: User, article: Article) -> None:
    retract(article, by=editor, at=NOW + HOUR, note="A source misled us.")
    assert Correction.objects.get().kind == "retraction"


def test_the_log_tells_of_it_also_after_a_relabel(article: Article) -> None:
    begun = relabel()
    assert "five cells" not in build("/en/corrections/", NOW + HOUR).body.decode()
    assert "five cells" in build("/en/corrections/", begun.live_at).body.decode()


def test_a_schedule_cancelled_after_a_relabel_leaves_nothing_of_it(editor: User, article: Article) -> None:
    relabel()
    cancel(article, by=editor, at=NOW + HOUR)
    assert not Correction.objects.exists()
