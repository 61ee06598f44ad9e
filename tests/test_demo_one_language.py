"""The demo newsroom of an outlet that publishes in one language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from articles.models import CODES, Article, Author, Category, Photo, Release, Site
from articles.models.languages import ALL
from articles.publishing import statuses

pytestmark = pytest.mark.django_db
COLUMNS = ((Site, "name"), (Category, "name"), (Author, "name"))


@pytest.fixture(scope="module", params=CODES)
def language(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The language of a demo newsroom, made once for all tests."""
    folder: Path = tmp_path_factory.mktemp("demo")
    places = override_settings(DEMO=True, MEDIA_ROOT=folder / "media", PAGES_DIR=folder / "pages")
    with places, django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        call_command("demo", "--language", request.param)
        yield request.param
        transaction.set_rollback(True)


def test_it_holds_articles_and_texts_in_one_language(language: str) -> None:
    assert Site.current().used == (language,)
    assert set(Article.objects.values_list("language", flat=True)) == {language}
    assert not Article.objects.filter(origin_article__isnull=False).exists()
    assert Release.objects.live(timezone.now()).count() >= 12
    assert {"live", "approved"} <= set(statuses(list(Article.objects.all()), timezone.now()).values())
    for model, name in COLUMNS:
        for row in model.objects.all():
            assert getattr(row, f"{name}_{language}") == row.name(language) == row.name_en == row.name_ru
    other = next(code for code in CODES if code != language)
    assert not Photo.objects.exclude(**{f"alt_{other}": "", f"caption_{other}": ""}).exists()
    assert not Photo.objects.filter(**{f"alt_{language}": ""}).exists()


def test_a_second_start_leaves_it_as_it_is(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    number = Article.objects.count()
    call_command("demo")
    call_command("demo", "--language", language)
    assert Article.objects.count() == number
    assert "lantern-editor" in capsys.readouterr().out


def test_another_language_needs_a_reset(language: str) -> None:
    with pytest.raises(CommandError, match="--reset"):
        call_command("demo", "--language", next(code for code in CODES if code != language))
    assert Site.current().used == (language,)
    Site.objects.update(languages=ALL)
    with pytest.raises(CommandError, match="--reset"):
        call_command("demo", "--language", language)
    assert User.objects.exists()
