"""Marks by day: what a register that keeps to the day of publication means for the pages that are of today."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from articles.editions import clean, reading_form
from articles.footnotes.annotate import marking
from articles.models import Batch, Designation, Edition, Page, Register, Release, Site, UnclearMention
from articles.pagemap import touch
from articles.publishing import live_release, open_questions, publish, queue
from articles.publishing.record import verify
from articles.publishing.relabel import apply_version, follow_dates, relabel_all, work_batches
from articles.reader.pages import build
from articles.registers import compile_version, refresh_version
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
LISTS = ("/en/", "/en/news/", "/en/category/politics/")
OWN = "/en/2026/03/10/dunes/"
MARKED = 'GDL<sup class="mark">*</sup> cells'


@pytest.fixture(autouse=True)
def keeping(newsroom: None) -> None:
    """The league comes onto a register that keeps to the day of publication, two days after the article's."""
    Register.objects.filter(key="test-terrorist").update(archive_policy="publication_day")
    league = Designation.objects.filter(organization__key="grey-wolves-league")
    league.update(designated_from=date(2026, 3, 12))
    refresh_version(NOW)


def work(at: datetime) -> None:
    while work_batches(lambda: at):
        pass


def stored_clean(*paths: str) -> None:
    touch(paths, NOW)
    Page.objects.update(dirty_since=None)


def test_lists_are_of_today_and_the_article_s_page_of_its_day(editor: User) -> None:
    release = publish(make_article(), by=editor, at=NOW)
    assert release.edition.marks == []
    assert [(one["since"], len(one["marks"])) for one in release.edition.dated_marks] == [("", 0), ("2026-03-12", 4)]
    later = NOW + timedelta(days=2)
    for path in LISTS:
        assert MARKED not in build(path, NOW + timedelta(days=1)).body.decode(), path
        assert MARKED in build(path, later).body.decode(), path
    assert "<sup" not in build(OWN, later).body.decode()
    assert "GDL* cells" not in build("/en/feed.xml", later).body.decode(), "an item is the article's page"


def test_the_day_that_changes_them_touches_the_lists_and_issues_nothing(editor: User) -> None:
    publish(make_article(), by=editor, at=NOW)
    stored_clean(*LISTS, OWN)
    midnight = datetime(2026, 3, 11, 21, 0, tzinfo=UTC)
    assert follow_dates(date(2026, 3, 11), date(2026, 3, 12), midnight) is not None
    work(midnight)
    assert Edition.objects.count() == 1
    assert set(Page.objects.filter(dirty_since=midnight).values_list("path", flat=True)) >= set(LISTS)


def test_a_change_of_the_register_changes_them_with_the_same_form(editor: User) -> None:
    first = publish(make_article(), by=editor, at=NOW)
    stored_clean(*LISTS, OWN)
    Designation.objects.filter(organization__key="grey-wolves-league").update(designated_from=date(2026, 3, 11))
    at = NOW + HOUR
    apply_version(compile_version(at), by=None, at=at)
    work(at)
    second = live_release(first.article, at)
    assert second is not None and second.pk != first.pk
    assert second.form_id == first.form_id
    assert [one["since"] for one in second.edition.dated_marks] == ["", "2026-03-11"]
    assert set(Page.objects.filter(dirty_since=at).values_list("path", flat=True)) >= set(LISTS)
    relabel_all(by=None, at=at + HOUR)
    work(at + HOUR)
    assert Edition.objects.count() == 2, "all is as it should be"
    assert verify() == []


# What an update brings to a newsroom that is there


def updated() -> Batch | None:
    """Do what the migration does for the rows that it finds."""
    import_module("articles.migrations.0018_dated_marks").print_anew(apps, None)
    return Batch.objects.order_by("-pk").first()


def test_an_update_prints_links_with_titles_anew_and_leaves_the_record(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Register.objects.update(archive_policy="today")
    Designation.objects.update(designated_from=None)
    refresh_version(NOW + HOUR)
    with monkeypatch.context() as before:
        before.setitem(clean.ATTRIBUTES, "a", {"href", "lang", "title"})
        titled = make_article(body='<p><a href="/en/" title="GDL">GDL</a> met.</p>')
        old = publish(titled, by=editor, at=NOW + HOUR)
    clean.clean_html.cache_clear()
    publish(make_article("quiet", body='<p><a href="/en/">GDL</a> met.</p>'), by=editor, at=NOW + HOUR)
    assert 'title="GDL"' in reading_form(old)
    batch = updated()
    assert batch is not None and (batch.kind, batch.articles) == ("house", [old.article_id])
    work(NOW + 2 * HOUR)
    new = live_release(old.article, NOW + 3 * HOUR)
    assert new is not None and "title=" not in reading_form(new) + new.edition.body
    assert 'title="GDL"' in reading_form(Release.objects.get(pk=old.pk))
    assert verify() == []


@pytest.mark.parametrize("needs", ["first mentions", "a day", "nothing"])
def test_an_update_fills_in_what_an_edition_held_not_before(editor: User, needs: str) -> None:
    if needs == "first mentions":
        Site.objects.update(mentions="first_per_article")
    if needs != "a day":
        Register.objects.update(archive_policy="today")
        refresh_version(NOW)
    publish(make_article(), by=make_user("Editor"), at=NOW + HOUR)
    batch = updated()
    assert (batch is None) == (needs == "nothing")
    assert batch is None or batch.articles is None


def test_gate_and_queue_ask_of_a_change_by_the_day_that_its_edition_bears(editor: User) -> None:
    """Of a name that came onto the register since, no edition of the article will ever ask."""
    Register.objects.filter(key="test-agents").update(archive_policy="publication_day")
    harbour = Designation.objects.filter(organization__key="harbour")
    harbour.update(designated_from=date(2026, 3, 12))
    refresh_version(NOW)
    article = make_article(body="<p>Lawyers of Harbour issued a statement.</p>")
    publish(article, by=editor, at=NOW)
    later = NOW + timedelta(days=3)
    assert open_questions(article, later) == []
    assert publish(article, by=editor, at=later).edition.published_at == NOW
    queue.refresh(article, later)
    assert not UnclearMention.objects.exists()
    other = make_article("other", body="<p>Lawyers of Harbour issued a statement.</p>")
    assert [one.text for one in open_questions(other, later)] == ["Harbour"]


def test_the_engine_is_asked_once_for_each_span_of_days(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    own = marking.find_names
    monkeypatch.setattr(marking, "find_names", lambda *a, **how: (asked.append(a), own(*a, **how)))
    publish(make_article(headline="Quiet day", summary="", body="<p>Quiet.</p>"), by=editor, at=NOW)
    assert len(asked) == 1
    publish(make_article("two"), by=editor, at=NOW)
    assert len(asked) == 1 + 2, "before the league came onto the register, and since"
