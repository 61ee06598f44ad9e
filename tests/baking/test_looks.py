"""After an upgrade that changes what pages are made with, all of them are stored again, once, by themselves."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from articles.baking import each_minute, looks
from articles.models import JobRun, Page
from tests.builders import NOW

MINUTE = timedelta(minutes=1)


DIGEST = looks.looks_digest


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """Let each test's process begin anew, and leave nothing to others."""
    begun = list(looks._begun)
    looks._begun.clear()
    DIGEST.cache_clear()
    yield
    looks._begun[:] = begun
    DIGEST.cache_clear()


def restart(monkeypatch: pytest.MonkeyPatch, digest: str, *, begun: int | None = None) -> None:
    """Be another process, of a version with this digest; `begun`: at which minute, unless it begins with its look."""
    looks._begun[:] = [] if begun is None else [NOW + begun * MINUTE]
    monkeypatch.setattr(looks, "looks_digest", lambda: digest)


def keys() -> list[str]:
    return list(JobRun.objects.filter(job="bake_all").order_by("pk").values_list("key", flat=True))


@pytest.mark.django_db
def test_an_upgrade_plans_one_run_and_a_roll_back_another(monkeypatch: pytest.MonkeyPatch) -> None:
    Page.objects.create(path="/en/", kind="front", file_hash="0" * 64)
    for minute, (digest, planned) in enumerate(
        [("old", ["old"]), ("old", ["old"]), ("new", ["old", "new"]), ("old", ["old", "new", "old"])]
    ):
        restart(monkeypatch, digest)
        each_minute(NOW + minute * MINUTE)
        each_minute(NOW + minute * MINUTE)
        assert keys() == planned


@pytest.mark.django_db
def test_two_versions_beside_each_other_do_not_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    Page.objects.create(path="/en/", kind="front", file_hash="0" * 64)
    for minute in range(6):
        restart(monkeypatch, ("old", "new")[minute % 2], begun=minute % 2)
        looks.follow_looks(NOW + (minute + 1) * MINUTE)
    assert keys() == ["old", "new"]


@pytest.mark.django_db
def test_a_newsroom_without_pages_has_nothing_to_store() -> None:
    assert looks.follow_looks(NOW) is None


@pytest.mark.django_db
def test_a_clock_that_was_ahead_does_not_keep_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    Page.objects.create(path="/en/", kind="front", file_hash="0" * 64)
    restart(monkeypatch, "old")
    looks.follow_looks(NOW + timedelta(days=900))
    restart(monkeypatch, "new")
    assert looks.follow_looks(NOW)


def test_the_digest_follows_a_template_of_the_outlet(settings: Any, tmp_path: Path) -> None:
    settings.TEMPLATES_DIR = tmp_path
    first = looks.looks_digest()
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "article.html").write_text("Another look.")
    assert looks.looks_digest() == first
    looks.looks_digest.cache_clear()
    assert looks.looks_digest() != first
