"""What earlier versions have issued stands as it was printed, until the archive is printed anew."""

import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from articles.editions import Content, Prepared, make_form, reading_form
from articles.editions.form import Form
from articles.models import Article, Batch, Edition, Release
from articles.publishing import live_release, publish
from articles.publishing.record import shown, verify
from articles.publishing.relabel import follow_house, relabel_all, work_batches
from tests.builders import NOW, make_article

HOUR = timedelta(hours=1)
OLD = '<p>Officers met the GDL.</p><ul><p>One</p></ul><p lang="bad_tag!!">Two</p>'


def issued_then(body: str, by: User, monkeypatch: pytest.MonkeyPatch) -> Release:
    """Return a release as versions before this one have issued it: its times to the microsecond, its HTML as it is."""

    def printed(content: Content, *more: Any, **options: Any) -> Form:
        form = make_form(content, *more, **options)
        assert 'datetime="2026-03-10T15:00:00+03:00"' in form.html
        return Form(form.html.replace("T15:00:00+03:00", "T15:00:00.123456+03:00"), form.ledger)

    def uncleaned(content: Content) -> Content:
        return replace(content, printed={**content.printed, "body": body})

    module = sys.modules[Prepared.__module__]
    with monkeypatch.context() as then:
        then.setattr(module, "make_form", printed)
        then.setattr(module, "cleaned", uncleaned)
        return publish(make_article(), by=by, at=NOW)


def work(at: Any) -> None:
    while work_batches(lambda: at):
        pass


def test_whole_archive_is_printed_anew_once(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    old = issued_then(f'{OLD}<p><a href="https://a.example/" title="GDL">GDL</a></p>', editor, monkeypatch)
    before = reading_form(old)
    assert ".123456" in before and 'title="GDL"' in before and "bad_tag" in before and verify() == []
    call_command("print_anew")
    Batch.objects.update(made_at=NOW + HOUR)
    work(NOW + HOUR)
    release = live_release(old.article, NOW + HOUR)
    assert release is not None and release.edition.reason == "relabel"
    after = reading_form(release)
    assert ".123456" not in after and "title=" not in after and "bad_tag" not in after
    assert "<ul><p>" not in after.replace("\n", "")
    assert (release.published_at, release.edition.modified_at) == (old.published_at, None)
    assert "GDL" in {mention.surface for mention in release.edition.mentions.all()}
    assert shown(old.article, NOW, now=NOW + HOUR).form.decode() == before, "the record is as it was"
    assert verify() == []
    follow_house(by=None, at=NOW + 2 * HOUR)
    work(NOW + 2 * HOUR)
    assert Edition.objects.count() == 2 and Batch.objects.latest("pk").changed == 0


def test_other_relabels_leave_it(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """They look at marks and notes only, and cost no more than that."""
    old = issued_then(OLD, editor, monkeypatch)
    relabel_all(by=None, at=NOW + HOUR)
    work(NOW + HOUR)
    assert live_release(Article.objects.get(), NOW + HOUR) == old
