"""The demo newsroom: it loads whole, once, and shows every state an article can be in."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from PIL import Image

from articles.editions import check, reading_form
from articles.editions.house_style import remarks
from articles.interchange import waiting
from articles.management.demo_content import FOLDER, read_stories, read_story
from articles.management.demo_loader import DEMO_LOGINS, load_demo
from articles.management.demo_reset import is_demo
from articles.models import (
    CODES,
    Article,
    ArticleVersion,
    Correction,
    Count,
    Designation,
    ListFile,
    Mention,
    Organization,
    Photo,
    Register,
    Release,
    Site,
    Slot,
    StyleRule,
    Topic,
)
from articles.pagemap.addresses import article_path, rubric_path
from articles.publishing import Refused, publish, statuses
from articles.publishing.own_links import broken_own_links
from articles.publishing.passages import FoldedText, plain_text
from articles.publishing.record import verify
from articles.publishing.relabel import lacking
from articles.reader.pages import build
from articles.registers import current_compiled
from articles.typography import typeset, typeset_html
from tests import migrated

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def newsroom(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[datetime]:
    """The demo newsroom as loaded at NOW, for all tests of this module."""
    folder = tmp_path_factory.mktemp("demo")
    places = override_settings(DEMO=True, MEDIA_ROOT=folder / "media", PAGES_DIR=folder / "pages")
    with places, django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_demo(NOW)
        yield NOW
        transaction.set_rollback(True)
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def _undo(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take back what a test did to the shared newsroom."""
    if "newsroom" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("newsroom")
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def states() -> dict[str, set[str]]:
    """Return the slugs of the articles by their status at NOW."""
    articles = list(Article.objects.all())
    found: dict[str, set[str]] = {}
    for pk, status in statuses(articles, NOW).items():
        found.setdefault(status, set()).add(next(one.slug for one in articles if one.pk == pk))
    return found


def test_every_state_is_there(newsroom: datetime) -> None:
    found = states()
    assert set(found) == {"draft", "bin", "in_review", "approved", "scheduled", "live", "withdrawn"}
    assert len(found["live"]) >= 24
    assert found["scheduled"] == {"kelmar-terminal-reopens-to-passengers"}
    assert Article.objects.count() == len(read_stories()) == 41


def test_published_articles_reach_back_over_months_and_share_days(newsroom: datetime) -> None:
    days = list(Release.objects.live(NOW).values_list("published_date", flat=True))
    assert NOW.date() in days
    assert max(days) - min(days) > timedelta(days=180)
    assert len({(day.year, day.month) for day in days}) >= 6
    assert max(days.count(day) for day in days) >= 4


def test_nothing_is_dated_after_the_load_except_what_is_scheduled(newsroom: datetime) -> None:
    assert not Release.objects.filter(issued_at__gt=NOW).exists()
    assert [release.live_at > NOW for release in Release.objects.scheduled(NOW)] == [True]


@pytest.mark.parametrize("hour", [0, 5, 12, 21, 23])
def test_it_loads_at_any_hour(newsroom: datetime, hour: int) -> None:
    """No act of the past may fall after the load, whatever the hour."""
    from articles.management.demo_content import moment

    now = NOW.replace(hour=hour)
    zone = Site.current().zone
    for story in read_stories():
        if story.published:
            live_at = moment(story.published, now, zone)
            assert all(live_at + timedelta(hours=act.hours_later) < now for act in story.acts), story.slug
            assert live_at < now
        for ahead in (story.schedule, story.embargo):
            assert ahead is None or moment(ahead, now, zone) > now


def test_an_embargo_lies_ahead_and_holds(newsroom: datetime) -> None:
    article = Article.objects.get(embargo_until__gt=NOW)
    with pytest.raises(Refused):
        publish(article, by=User.objects.get(username="editor"), at=NOW)


def test_corrected_updated_and_retracted_articles_say_so(newsroom: datetime) -> None:
    kinds = list(Correction.objects.values_list("kind", flat=True))
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"correction": 2, "update": 3, "retraction": 2}
    corrected = Release.objects.live(NOW).get(edition__slug="dockers-and-port-sign-deal")
    assert "1,140 dockers" in corrected.edition.body
    assert "1,410" in corrected.edition.corrections[0]["text"]
    assert Release.objects.live(NOW).filter(edition__reason="retraction").count() == 2


def test_translations_link_to_their_originals(newsroom: datetime) -> None:
    pairs = Article.objects.exclude(origin_article=None).select_related("origin_article")
    assert len(pairs) == 13
    for article in pairs:
        original = article.origin_article
        assert original is not None
        assert {article.language, original.language} == {"en", "ru"}
        assert article.origin_published_at == original.releases.earliest("live_at").published_at
        assert article.origin_url.endswith(f"/{original.slug}/")
        assert article.releases.earliest("live_at").live_at > article.origin_published_at


def test_counts_match_what_readers_see(newsroom: datetime) -> None:
    seen: dict[tuple[str, object], int] = {}
    for release in Release.objects.live(NOW):
        key = (release.language, release.published_date)
        seen[key] = seen.get(key, 0) + 1
    counted = {(row.language, row.date): row.number for row in Count.objects.filter(rubric="") if row.number}
    assert counted == seen


def test_the_record_is_whole(newsroom: datetime) -> None:
    assert verify() == []


def test_organizations_of_the_demo_are_marked_and_no_others(newsroom: datetime) -> None:
    keys = set(Mention.objects.values_list("organization__key", flat=True))
    assert all(key.startswith("demo-") for key in keys)
    assert len(keys) >= 7
    assert "demo-ostrel-lantern" not in keys
    assert Register.objects.filter(key__startswith="ru-").count() == 4
    assert Mention.objects.filter(organization__key="demo-glass-ledger").first().registers == (  # type: ignore[union-attr]
        "demo-undesirable+demo-foreign-agents"
    )


def test_mentions_stand_in_every_kind_of_field(newsroom: datetime) -> None:
    fields = set(Mention.objects.filter(edition__release__in=Release.objects.live(NOW)).values_list("field", flat=True))
    assert {"headline", "summary", "photo_caption", "body"} <= fields


def test_one_article_names_organizations_of_two_registers(newsroom: datetime) -> None:
    release = Release.objects.live(NOW).get(edition__slug="court-keeps-harbour-watch-on-the-register")
    assert len(release.edition.ledger) == 3  # one register, another, and both together


def test_a_draft_holds_an_unclear_mention(newsroom: datetime) -> None:
    unclear = check(Article.objects.get(slug="who-speaks-for-the-harbour"), NOW).found.unclear
    assert [candidate.surface for candidate in unclear] == ["Breakwater", "Breakwater"]


@pytest.mark.parametrize("slug", ["who-speaks-for-the-harbour", "ostrova-sporyat-o-shode"])
def test_a_draft_has_an_open_note_with_an_answer(newsroom: datetime, slug: str) -> None:
    article = Article.objects.get(slug=slug)
    note = article.passage_notes.open().get()
    assert FoldedText.of(plain_text(article, note.field)).find(note.quotation, note.offset)
    assert article.created_at < note.made_at < note.answers.get().made_at < NOW


def test_no_published_article_has_an_unclear_mention(newsroom: datetime) -> None:
    for release in Release.objects.live(NOW).select_related("article"):
        assert not check(release.article, NOW).found.unclear, release.article


def test_the_outlet_prints_its_own_notice(newsroom: datetime) -> None:
    publisher = Site.current().publisher
    assert publisher is not None
    assert Designation.objects.in_force(NOW.date()).filter(organization=publisher).exists()


def test_each_role_has_an_account_that_can_log_in(newsroom: datetime, client: object) -> None:
    roles = {user.groups.get().name for user in User.objects.all()}
    assert roles == set(Group.objects.values_list("name", flat=True)) == {role for _, _, role in DEMO_LOGINS}
    for username, password, _role in DEMO_LOGINS:
        user = User.objects.get(username=username)
        assert user.check_password(password)
        assert user.is_staff
        assert not user.is_superuser


def test_a_second_start_changes_nothing(newsroom: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    before = (Article.objects.count(), Release.objects.count(), Photo.objects.count())
    call_command("demo")
    assert (Article.objects.count(), Release.objects.count(), Photo.objects.count()) == before
    assert "lantern-editor" in capsys.readouterr().out


def test_a_newsroom_with_a_real_account_is_left_alone(newsroom: datetime) -> None:
    User.objects.create_user("anna", "anna@example.org", "a long password of hers")
    assert not is_demo()
    for options in ([], ["--reset"]):
        with pytest.raises(CommandError, match="not a demo"):
            call_command("demo", *options)


RESET = """
import django; django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from articles.management import demo_reset
from articles.photos.files import original_path, web_path
from articles.photos.upload import add_photo
from articles.interchange import waiting
from articles.management.demo_content import FOLDER
call_command("migrate", verbosity=0)
User.objects.create_user("editor", "editor@demo.invalid")
photo = add_photo((FOLDER / "photos" / "lighthouse.jpg").open("rb"))
demo_reset.recreate_database()
assert demo_reset.has_tables() and demo_reset.is_empty()
assert not original_path(photo).exists() and not web_path(photo).exists()
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM articles_search")
    assert cursor.fetchone() == (0,)
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'record_append_only%'")
    assert cursor.fetchone() == (2,)
"""


def test_a_reset_makes_the_tables_anew(django_db_setup: None, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    """In a process and on a database of its own: dropping tables is no matter for a transaction of the tests."""
    migrated.lend(pytestconfig, tmp_path / "db.sqlite3")
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    done = subprocess.run(
        [sys.executable, "-c", RESET], env=dict(os.environ) | own, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_without_demo_nothing_is_made() -> None:
    assert not settings.DEMO
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert not User.objects.exists()


def test_photos_are_small_and_every_one_is_used() -> None:
    photos = list((FOLDER / "photos").glob("*.jpg"))
    assert {photo.stem for photo in photos} == {story.photo for story in read_stories()}
    assert sum(photo.stat().st_size for photo in photos) < 2_000_000
    for photo in photos:
        assert Image.open(photo).size == (1600, 1000)


def test_readers_of_either_language_can_read_the_credit(newsroom: datetime) -> None:
    credit = Photo.objects.values_list("credit", flat=True).distinct().get()
    assert re.search("[A-Za-z]{3}", credit) and re.search("[А-яё]{3}", credit)


def test_a_file_without_a_head_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.en.html").write_text("<p>Nothing above.</p>")
    with pytest.raises(ValueError, match=r"broken\.en\.html"):
        read_story(tmp_path / "broken.en.html")


PERSONS = {"demo-stavrogonov", "demo-mshannikova", "demo-omutnykh", "demo-van-esseling", "demo-ozerkovskaya"}


def test_a_dozen_invented_persons_are_on_the_demo_register_and_none_on_the_others(newsroom: datetime) -> None:
    persons = Organization.objects.filter(kind="person")
    assert persons.count() == 12
    assert all(key.startswith("demo-") for key in persons.values_list("key", flat=True))
    assert set(persons.values_list("designations__register__key", flat=True)) <= {
        "demo-terrorist",
        "demo-foreign-agents",
    }


def test_persons_are_marked_in_both_languages_and_their_namesakes_are_not(newsroom: datetime) -> None:
    shown = Mention.objects.filter(edition__release__in=Release.objects.live(NOW), organization__kind="person")
    found: dict[str, set[str]] = {}
    for language, key in shown.values_list("edition__language", "organization__key"):
        found.setdefault(language, set()).add(key)
    assert found == {"ru": PERSONS, "en": PERSONS}
    headline = Release.objects.live(NOW).get(edition__slug="sud-otlozhil-zhalobu-luki-stavrogonova")
    form = reading_form(headline)
    assert "Арсений Ставрогин, приехал" in form
    assert "Внесены в реестр иностранных агентов Тальмеры." in form


def test_each_chapter_of_the_handbook_has_something_to_try(newsroom: datetime) -> None:
    bins = Article.objects.exclude(binned_at=None)
    assert set(bins.values_list("language", flat=True)) == set(CODES)
    for language, slug in (("en", "seven-things-heard-at-the-fish-market"), ("ru", "sem-razgovorov-na-rybnom-rynke")):
        draft = Article.objects.get(slug=slug)
        assert typeset_html(draft.body, language) != draft.body
        assert typeset(draft.headline, language) != draft.headline
        assert len(remarks({"body": draft.body}, StyleRule.objects.filter(language=language))["body"]) >= 2
        assert broken_own_links(draft, NOW, Site.current())
    for username in ("reporter", "editor"):
        assert Slot.objects.open().filter(user__username=username).count() == 1
    corrected = Article.objects.get(slug="dockers-and-port-sign-deal")
    assert ArticleVersion.objects.filter(article=corrected).count() == 2
    waits = ListFile.objects.get(state="waiting")
    assert waits.counts["gone"] == 1 and waits.counts["added"] == 2 and waits.counts["ended"] == 1
    assert not waits.faults


STORIES = {"kelmar-raid", "registers-law", "ferries", "ovra-flood"}


@pytest.mark.parametrize("language", CODES)
def test_stories_have_texts_with_marks_and_lead_to_what_followed(newsroom: datetime, language: str) -> None:
    told = {topic.slug: topic.about(language) for topic in Topic.objects.all()}
    assert {slug for slug, text in told.items() if "\n\n" in text or len(text) > 150} == STORIES
    pages = {slug: build(rubric_path(language, "topic", slug), NOW).body.decode() for slug in STORIES}
    assert all('<div class="about">' in page and 'class="list timeline"' in page for page in pages.values())
    assert sum("<sup" in page.partition('class="about">')[2].partition("</div>")[0] for page in pages.values()) >= 2
    following = [
        release
        for release in Release.objects.live(NOW).filter(language=language)
        if 'class="follow-ups"' in build(path_of(release), NOW).body.decode()
    ]
    assert len({release.edition.topics.order_by("position").first() for release in following}) >= 2


def path_of(release: Release) -> str:
    return article_path(release.language, release.published_date, release.edition.slug)


def test_a_namesake_is_asked_about_in_an_article_in_review(newsroom: datetime) -> None:
    found = check(Article.objects.get(slug="kto-vyzval-lotsmanov-v-parlament"), NOW).found
    assert {one.surface for one in found.mentions} == {"Виктора Кулебатова", "Седой Лоцман"}
    assert [one.surface for one in found.unclear] == ["Кулебатовых", "Кулебатов"]


def test_nothing_waits_at_the_registers_desk(newsroom: datetime) -> None:
    assert waiting().total == 0
    assert lacking(current_compiled().registers, CODES) == []
    assert set(Site.current().jurisdictions) == {"DEMO", "RU"}
