"""A relabel that is killed or meets an article that fails: nothing is lost, nothing else waits."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Batch, Edition, Release
from articles.publishing import publish
from articles.publishing.record import verify
from articles.publishing.relabel import apply_version, work_batches
from articles.registers import compile_version
from tests.builders import NOW, make_article
from tests.publishing.relabelling import LATER, add_name, change


def test_batch_goes_on_after_the_last_article_done(editor: User, legal: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from articles.publishing.relabel import batch as module

    monkeypatch.setattr(module, "SOME", 1)
    for number in range(4):
        article = make_article(f"story-{number}", summary="", body="<p>The Pelican Circle met.</p>")
        publish(article, by=editor, at=NOW)
    add_name("northern-lamp", "Pelican Circle")
    batch = apply_version(compile_version(LATER), by=legal, at=LATER)
    assert work_batches(lambda: LATER, seconds=0.0) == 0
    real, calls = module.relabel_range, []

    def killed(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(module, "relabel_range", killed)
    with pytest.raises(KeyboardInterrupt):
        work_batches(lambda: LATER)
    monkeypatch.setattr(module, "relabel_range", real)
    assert work_batches(lambda: LATER) == 0, "the lease of the killed worker still holds"
    assert work_batches(lambda: LATER + timedelta(seconds=31)) == 2
    batch.refresh_from_db()
    assert (batch.changed, batch.examined) == (4, 4)
    assert Edition.objects.filter(reason="relabel").count() == 4
    assert verify() == []


def test_one_article_that_fails_delays_no_other(editor: User, legal: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from articles.publishing.relabel import compare as module

    articles = [make_article(f"story-{n}", summary="", body="<p>The Pelican Circle met.</p>") for n in range(3)]
    for article in articles:
        publish(article, by=editor, at=NOW)
    poison, real = articles[1].pk, module.annotate_anew

    def fail(release: Release, *args: Any, **options: Any) -> Any:
        if release.article_id == poison:
            raise RuntimeError("poison")
        return real(release, *args, **options)

    monkeypatch.setattr(module, "annotate_anew", fail)
    add_name("northern-lamp", "Pelican Circle")
    batch = change(legal)
    assert batch.changed == 2
    assert [entry["article"] for entry in batch.failed] == [poison]


def test_of_many_that_fail_the_first_are_listed_and_all_are_counted(
    editor: User, legal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.publishing.relabel import batch as turns
    from articles.publishing.relabel import compare as module

    articles = [make_article(f"story-{n}", summary="", body="<p>The Pelican Circle met.</p>") for n in range(7)]
    for article in articles:
        publish(article, by=editor, at=NOW)

    def fail(*args: Any, **options: Any) -> Any:
        raise RuntimeError("poison")

    monkeypatch.setattr(module, "annotate_anew", fail)
    monkeypatch.setattr(turns, "SOME", 2)
    monkeypatch.setattr(Batch, "MOST_FAILED", 3)
    add_name("northern-lamp", "Pelican Circle")
    batch = change(legal)
    assert [entry["article"] for entry in batch.failed] == [article.pk for article in articles[:3]]
    assert (batch.failed_count, batch.examined) == (7, 7)
