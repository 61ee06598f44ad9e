"""The archive follows the registers: impact, apply, batch, reverse, dates."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from articles.editions import reading_form
from articles.models import Batch, Count, Designation, Edition, Name, Organization, Page, Site
from articles.publishing import Refused, live_release, publish, schedule, withdraw
from articles.publishing.record import verify
from articles.publishing.relabel import (
    apply_version,
    follow_dates,
    follow_house,
    impact_of,
    relabel_all,
    resume,
    reverse,
    stop,
)
from articles.registers import compile_version, current_version
from articles.search import key_of, search
from tests.builders import NOW, make_article, make_user, registers_data
from tests.publishing.relabelling import HOUR, LATER, add_name, change, surfaces, work


def test_new_name_marks_the_articles_that_hold_it_and_no_others(editor: User, legal: User) -> None:
    named = make_article("named", headline="Quiet day", summary="", body="<p>The Pelican Circle met.</p>")
    other = make_article("other", headline="Other day", summary="", body="<p>The circle of pelicans met.</p>")
    before = [publish(article, by=editor, at=NOW) for article in (named, other)]
    add_name("northern-lamp", "Pelican Circle")
    impact = impact_of(compile_version(LATER), LATER)
    assert (impact.examined, impact.changed) == (1, {"en": 1})
    assert impact.samples[0].added == ["Pelican Circle"]
    assert not Edition.objects.filter(reason="relabel").exists()

    batch = change(legal)

    assert (batch.total, batch.examined, batch.changed, batch.failed) == (1, 1, 1, [])
    assert batch.finished_at is not None
    release = live_release(named, LATER)
    assert release is not None
    assert surfaces(release) == ["Pelican Circle"]
    assert release.edition.reason == "relabel"
    assert (release.published_at, release.edition.modified_at) == (NOW, None)
    assert "listed as foreign agents" in reading_form(release)
    assert live_release(named, NOW) == before[0]
    assert live_release(other, LATER) == before[1]
    assert Count.objects.get(rubric="", language="en").number == 2
    assert verify() == []


def test_relabelled_article_is_found_by_readers_and_by_the_next_relabel(editor: User, legal: User) -> None:
    article = make_article(headline="Quiet day", summary="", body="<p>The Pelican Circle met the Heron Club.</p>")
    first = publish(article, by=editor, at=NOW)
    add_name("northern-lamp", "Pelican Circle")
    change(legal)
    second = live_release(article, LATER)
    assert second is not None
    assert second.indexed_as == first.indexed_as == key_of(first.edition) != key_of(second.edition)
    assert list(search("en", "pelican heron", LATER)) == [second]
    assert list(search("en", "pelican heron", NOW)) == [first]

    add_name("northern-lamp", "Heron Club")
    assert change(legal, LATER + HOUR).changed == 1
    assert surfaces(live_release(article, LATER + HOUR)) == ["Pelican Circle", "Heron Club"]


def test_body_change_touches_the_article_and_feeds_only(editor: User, legal: User) -> None:
    publish(make_article(summary="", body="<p>The Pelican Circle met.</p>"), by=editor, at=NOW)
    Page.objects.all().update(dirty_since=None)
    add_name("northern-lamp", "Pelican Circle")
    change(legal)
    touched = set(Page.objects.dirty(LATER).values_list("path", flat=True))
    assert "/en/2026/03/10/dunes/" in touched
    assert "/en/feed.xml" in touched
    assert "/en/" not in touched
    assert "/en/archive/2026/03/" not in touched


def test_headline_change_touches_the_lists(editor: User, legal: User) -> None:
    publish(make_article(headline="Pelican Circle meets", summary=""), by=editor, at=NOW)
    Page.objects.all().update(dirty_since=None)
    add_name("northern-lamp", "Pelican Circle")
    change(legal)
    assert {"/en/", "/en/news/", "/en/archive/2026/03/10/"} <= set(
        Page.objects.dirty(LATER).values_list("path", flat=True)
    )


def test_lifted_designation_loses_its_marks_or_keeps_them_in_the_past_tense(editor: User, legal: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    Designation.objects.filter(organization__key="grey-wolves-league").update(designated_until=date(2026, 1, 1))
    change(legal)
    assert surfaces(live_release(article, LATER)) == []
    league = Organization.objects.get(key="grey-wolves-league").designations.get().register
    league.lifted_policy = "past_tense"
    league.save()
    change(legal, LATER + HOUR)
    release = live_release(article, LATER + HOUR)
    assert release is not None
    assert surfaces(release)
    assert "was listed as terrorist until" in reading_form(release)
    assert verify() == []


def test_changed_wording_reaches_every_article_that_prints_it(editor: User, legal: User) -> None:
    article = make_article()
    untouched = make_article("lamp", headline="Northern Lamp Fund opens", summary="", body="<p>It opened.</p>")
    publish(article, by=editor, at=NOW)
    kept = publish(untouched, by=editor, at=NOW)
    register = Organization.objects.get(key="grey-wolves-league").designations.get().register
    register.notes["en"]["one"]["text"] = "This organization stands on the list."
    register.save()
    change(legal)
    release = live_release(article, LATER)
    assert release is not None
    assert "This organization stands on the list." in reading_form(release)
    assert live_release(untouched, LATER) == kept


def test_scheduled_edition_is_relabelled_with_the_live_one(editor: User, legal: User) -> None:
    article = make_article(summary="", body="<p>The Pelican Circle met.</p>")
    publish(article, by=editor, at=NOW)
    article.headline = "GDL cells, counted again"
    article.save()
    schedule(article, by=editor, at=NOW, live_at=NOW + 3 * HOUR, reason="minor")
    add_name("northern-lamp", "Pelican Circle")
    change(legal)
    for at in (LATER, NOW + 3 * HOUR):
        assert "Pelican Circle" in surfaces(live_release(article, at))
    live, later = live_release(article, LATER), live_release(article, NOW + 3 * HOUR)
    assert live is not None and later is not None
    assert live.edition.headline != later.edition.headline
    assert later.edition.headline == "GDL cells, counted again"
    assert verify() == []


def test_answers_of_editors_hold_in_a_relabel(editor: User, legal: User) -> None:
    from articles.editions import check
    from articles.footnotes.annotate import decision_key
    from articles.publishing import answer_mention

    article = make_article(headline="Quiet day", summary="", body="<p>Lawyers of Harbour and GDL met.</p>")
    key = decision_key(check(article, NOW).found.unclear[0])
    answer_mention(article, key, "mark", by=editor, at=NOW)
    publish(article, by=editor, at=NOW)
    add_name("northern-lamp", "Lawyers of Harbour and")
    relabel_all(by=legal, at=LATER)
    work()
    assert surfaces(live_release(article, LATER)) == ["Harbour", "GDL"]


def test_full_relabel_issues_nothing_when_nothing_changed(editor: User, legal: User) -> None:
    for number in range(3):
        publish(make_article(f"story-{number}"), by=editor, at=NOW)
    relabel_all(by=legal, at=LATER)
    work()
    batch = Batch.objects.get()
    assert (batch.examined, batch.changed) == (3, 0)
    assert Edition.objects.count() == 3


def test_full_relabel_counts_what_it_examines(editor: User, legal: User) -> None:
    articles, managing = [make_article(f"story-{number}") for number in range(4)], make_user("Managing editor")
    for article in articles[1:]:
        publish(article, by=editor, at=NOW)
    withdraw(articles[1], by=managing, at=NOW + timedelta(minutes=1), note="By law.")
    batch = relabel_all(by=legal, at=LATER)
    assert batch.total == 2

    withdraw(articles[2], by=managing, at=LATER, note="By law.")
    work(LATER + timedelta(minutes=1))
    batch.refresh_from_db()
    assert (batch.examined, batch.total) == (1, 1)


def test_batch_can_be_stopped_resumed_and_taken_back(editor: User, legal: User) -> None:
    article = make_article(summary="", body="<p>The Pelican Circle met.</p>")
    publish(article, by=editor, at=NOW)
    add_name("northern-lamp", "Pelican Circle")
    batch = apply_version(compile_version(LATER), by=legal, at=LATER)
    stop(batch, by=legal, at=LATER)
    work()
    assert "Pelican Circle" not in surfaces(live_release(article, LATER))
    with pytest.raises(Refused):
        stop(batch, by=legal, at=LATER)
    resume(batch, by=legal, at=LATER)
    work()
    assert "Pelican Circle" in surfaces(live_release(article, LATER))
    reverse(batch, by=legal, at=LATER + HOUR, reason="Entered by mistake.")
    work(LATER + HOUR)
    assert "Pelican Circle" not in surfaces(live_release(article, LATER + HOUR))
    assert not Name.objects.filter(text="Pelican Circle").exists()
    assert verify() == []


def test_article_that_an_editor_changes_meanwhile_is_looked_at_again(
    editor: User, legal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.publishing.relabel import batch as module

    article = make_article(summary="", body="<p>The Pelican Circle met.</p>")
    publish(article, by=editor, at=NOW)
    add_name("northern-lamp", "Pelican Circle")
    apply_version(compile_version(NOW), by=legal, at=NOW)
    real = module.store

    def edit_first(*args: Any) -> int:
        article.headline = "Another headline"
        article.save()
        publish(article, by=editor, at=LATER - timedelta(minutes=1))
        return real(*args)

    monkeypatch.setattr(module, "store", edit_first)
    work()
    release = live_release(article, LATER)
    assert release is not None
    assert release.edition.headline == "Another headline"
    assert "Pelican Circle" in surfaces(release)
    assert verify() == []


def test_only_those_who_keep_registers_may_apply(editor: User) -> None:
    add_name("northern-lamp", "Pelican Circle")
    version = compile_version(LATER)
    with pytest.raises(PermissionDenied):
        apply_version(version, by=editor, at=LATER)
    assert current_version() != version


@pytest.mark.parametrize("policy", ["today", "publication_day"])
def test_designation_that_begins_on_a_day_marks_from_that_day_in_the_newsrooms_zone(
    editor: User, legal: User, policy: str
) -> None:
    league = Organization.objects.get(key="grey-wolves-league")
    league.designations.update(designated_from=date(2026, 3, 12))
    register = league.designations.get().register
    register.archive_policy = policy
    register.save()
    change(legal, NOW)
    old, new = make_article("old"), make_article("new")
    publish(old, by=editor, at=NOW)
    scheduled_at = datetime(2026, 3, 11, 21, 30, tzinfo=UTC)
    schedule(new, by=editor, at=NOW, live_at=scheduled_at)
    assert follow_dates(date(2026, 3, 10), date(2026, 3, 11), NOW) is None
    midnight = datetime(2026, 3, 11, 21, 0, tzinfo=UTC)
    batch = follow_dates(date(2026, 3, 11), date(2026, 3, 12), midnight)
    assert batch is not None
    work(midnight)
    assert bool(surfaces(live_release(old, midnight))) == (policy == "today")
    assert surfaces(live_release(new, scheduled_at)), "00:30 in Moscow is the day it begins"
    assert verify() == []


def test_changed_house_style_reaches_the_whole_archive(editor: User, legal: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    Site.objects.update(glyphs="daggers")
    batch = follow_house(by=None, at=LATER)
    assert batch is not None
    work()
    release = live_release(article, LATER)
    assert release is not None
    assert "†" in reading_form(release)
    assert Batch.objects.get(pk=batch.pk).changed == 1
    assert verify() == []


def test_notice_of_the_outlet_follows_its_designation(editor: User, legal: User) -> None:
    Site.objects.update(publisher=Organization.objects.get(key="own-outlet"))
    article = make_article()
    publish(article, by=editor, at=NOW)
    Designation.objects.filter(organization__key="own-outlet").update(designated_until=date(2026, 3, 1))
    assert change(legal).kind == "house"
    release = live_release(article, LATER)
    assert release is not None
    assert "own-notice" not in reading_form(release)


def test_edited_notice_of_the_outlet_is_printed_once_it_is_applied(editor: User, legal: User) -> None:
    Site.objects.update(publisher=Organization.objects.get(key="own-outlet"))
    register = Organization.objects.get(key="own-outlet").designations.get().register
    register.own_notice["ru"]["text"] = "ЭТО НАПИСАЛ {name}."
    register.save()
    Name.objects.filter(organization__key="own-outlet", language="ru").update(text="Вестник чайки")
    article = make_article()
    assert "СОЗДАН Вестник крачки." in reading_form(publish(article, by=editor, at=NOW))
    assert change(legal).kind == "house"
    release = live_release(article, LATER)
    assert release is not None
    assert "ЭТО НАПИСАЛ Вестник чайки." in reading_form(release)


def test_loading_a_register_file_brings_the_archive_along(editor: User, tmp_path: Path) -> None:
    article = make_article(summary="", body="<p>The Pelican Circle met.</p>")
    publish(article, by=editor, at=NOW)
    data = registers_data()
    data["organizations"][1]["names"].append({"text": "Pelican Circle", "language": "en", "strength": "strong"})
    file = tmp_path / "registers.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    call_command("load_registers", str(file))
    now = timezone.now()
    work(now)
    assert "Pelican Circle" in surfaces(live_release(article, now))
