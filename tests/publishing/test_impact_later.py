"""What a change of the registers would do in a night to come: told before, and what the night then does."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.editions import reading_form
from articles.models import Batch, Designation, Organization, Site
from articles.publishing import live_release, publish, schedule
from articles.publishing.relabel import apply_version, follow_dates, impact_of, work_batches
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_user

LATER = NOW + timedelta(hours=1)
LEAGUE = Designation.objects.filter(organization__key="grey-wolves-league")
MOSCOW_DAY = datetime(2026, 3, 11, 21, 0, tzinfo=UTC)  # 12 March begins in the newsroom's zone


def test_designation_that_ends_later(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    LEAGUE.update(designated_until=date(2026, 3, 12))
    impact = impact_of(compile_version(LATER), LATER)
    assert impact.changed == {"en": 1}, "printed anew, as before: the designation is another one"
    (night,) = impact.nights
    assert (night.day, night.organizations, night.examined) == (date(2026, 3, 12), ["grey-wolves-league"], 1)
    assert night.changed == {"en": 1}
    assert (night.samples[0].marks_after, len(night.samples[0].removed)) == (0, night.samples[0].marks_before)
    follow(MOSCOW_DAY)
    release = live_release(article, MOSCOW_DAY)
    assert release is not None and release.edition.marks == [], "the night does what was told"


def test_designation_that_begins_later_and_one_that_ends_again(editor: User) -> None:
    LEAGUE.update(designated_from=date(2026, 4, 1))
    call_version(LATER)
    publish(make_article(), by=editor, at=LATER)
    publish(make_article("quiet", headline="A quiet day", summary="", body="<p>Nothing.</p>"), by=editor, at=LATER)
    LEAGUE.update(designated_from=date(2026, 3, 12), designated_until=date(2026, 3, 20))
    impact = impact_of(compile_version(LATER), LATER)
    assert impact.changed == {}
    assert [night.day for night in impact.nights] == [date(2026, 3, 12), date(2026, 3, 20)]
    begins, ends = impact.nights
    assert begins.changed == ends.changed == {"en": 1}
    assert begins.samples[0].added == ends.samples[0].removed != []
    assert begins.samples[0].marks_before == ends.samples[0].marks_after == 0


def test_what_ends_anyway_by_then_is_not_counted_and_a_question_only_once(editor: User) -> None:
    designation = Organization.objects.get(key="harbour").designations
    designation.update(designated_from=date(2026, 4, 1))
    call_version(NOW)
    article = make_article("harbour", headline="A quiet day", summary="", body="<p>The Harbour objected to it.</p>")
    publish(article, by=editor, at=NOW)
    schedule(article, by=editor, at=LATER, live_at=LATER + timedelta(hours=2))
    designation.update(designated_from=date(2026, 3, 12))
    (night,) = impact_of(compile_version(LATER), LATER).nights
    assert night.examined == 1, "of the two releases the scheduled one is what readers see by then"
    assert night.unclear == 1


def test_policy_of_publication_day_keeps_the_archive_as_it_is(editor: User) -> None:
    publish(make_article(), by=editor, at=NOW)
    register = LEAGUE.get().register
    register.archive_policy = "publication_day"
    register.save()
    LEAGUE.update(designated_until=date(2026, 3, 12))
    (night,) = impact_of(compile_version(LATER), LATER).nights
    assert (night.examined, night.changed) == (1, {})


def test_notice_of_the_outlet_begins_and_ends_with_its_designation(editor: User) -> None:
    Site.objects.update(publisher=Organization.objects.get(key="own-outlet"))
    article = make_article("quiet", headline="A quiet day", summary="", body="<p>Nothing.</p>")
    publish(article, by=editor, at=NOW)
    Designation.objects.filter(organization__key="own-outlet").update(designated_until=date(2026, 3, 12))
    impact = impact_of(compile_version(LATER), LATER)
    assert impact.whole and [night.whole for night in impact.nights] == [True]
    follow(MOSCOW_DAY)
    release = live_release(article, MOSCOW_DAY)
    assert release is not None
    assert "own-notice" not in reading_form(release)


def test_only_so_many_nights_are_looked_through(editor: User) -> None:
    publish(make_article(), by=editor, at=NOW)
    league = Organization.objects.get(key="grey-wolves-league")
    for number in range(14):
        since = date(2026, 5, 1) + timedelta(days=2 * number)
        register = LEAGUE.first().register  # type: ignore[union-attr]
        league.designations.create(register=register, designated_from=since)
    nights = impact_of(compile_version(LATER), LATER).nights
    assert [night.examined for night in nights] == [1] * 12 + [0] * 2


def test_command_and_desk_say_it(editor: User, client: Client) -> None:
    day = timezone.localdate() + timedelta(days=40)
    publish(make_article(), by=editor, at=timezone.now())
    LEAGUE.update(designated_until=day)
    out = StringIO()
    call_command("impact", stdout=out)
    assert f"When {day} begins: 1 looked at, marked anew: 1 en, unclear: 0\n" in out.getvalue()
    assert "-Grey Dune League" in out.getvalue()
    client.force_login(make_user("Legal"))
    page = client.get(reverse("admin:articles_pending_impact")).content.decode()
    assert f"In the night to {day.day} {day:%B} {day.year}" in page
    assert "<del>Grey Dune League*</del>" in page
    call_version(timezone.now())
    out = StringIO()
    call_command("impact", stdout=out)
    assert "Nothing waits" in out.getvalue()


def call_version(at: datetime) -> None:
    """Put the rows in force, and bring the archive along."""
    apply_version(compile_version(at), by=None, at=at, reason="The keeper's list.")
    work(lambda: at)


def follow(midnight: datetime) -> None:
    """Put the rows in force, then let the night begin."""
    call_version(LATER)
    assert follow_dates(date(2026, 3, 11), date(2026, 3, 12), midnight) is not None
    work(lambda: midnight)
    assert not Batch.objects.filter(finished_at=None).exists()


def work(clock: Callable[[], datetime]) -> None:
    while work_batches(clock):
        pass
