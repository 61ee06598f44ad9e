"""The handbook at the desk: the same chapters in both languages, its pictures there, Help at the chapter of a page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import resolve, reverse

from articles.admin.site.handbook import ACTS, CHAPTERS, FOLDER, HANDBOOK, SHOWN, chapter_of, handbook, slugs
from articles.models import Article
from articles.models.languages import CODES

IMAGES = Path(FOLDER).parent / "images"
MOST = 4_500_000  # bytes of all pictures
READ_ME = FOLDER.parents[1] / "README.md"


def text_of(language: str) -> str:
    name = HANDBOOK if language == "en" else f"{HANDBOOK}.{language}"
    return (FOLDER / f"{name}.md").read_text("utf-8")


def shape(language: str) -> list[str]:
    """Return levels of headings, pictures and things to try, in their order."""
    found = re.findall(r"^(#+) |\(\.\./images/(?:ru/)?([\w-]+\.png)\)|^(> )", text_of(language), re.MULTILINE)
    return ["".join(one) for one in found]


@pytest.fixture
def reporter(client_as: Callable[[str], Client]) -> Client:
    return client_as("Reporter")


@pytest.mark.parametrize("language", CODES)
def test_the_handbook_has_the_same_chapters_and_pictures_in_each_language(language: str) -> None:
    assert shape(language) == shape("en")
    for link in re.findall(r"\]\(#([^)]+)\)", text_of(language)):
        assert link in slugs(text_of(language)), link


def test_each_chapter_that_a_page_leads_to_is_there() -> None:
    assert {*CHAPTERS.values(), *ACTS.values()} <= set(slugs(text_of("en")))


def test_each_chapter_has_something_to_try() -> None:
    chapters = re.split(r"^## ", text_of("en"), flags=re.MULTILINE)[1:]
    assert [one.partition("\n")[0] for one in chapters if "> In the demo: " not in one] == []


def test_pictures_are_there_used_and_small() -> None:
    told = "".join(text_of(language) for language in CODES) + READ_ME.read_text("utf-8")
    named = set(re.findall(r"images/((?:ru/)?[\w-]+\.png)", told))
    kept = {str(one.relative_to(IMAGES)) for one in IMAGES.rglob("*.png")}
    assert named - kept == set()
    assert {one for one in kept - named if not one.endswith("articles.png")} == set()
    assert sum(one.stat().st_size for one in IMAGES.rglob("*.png")) < MOST


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("language", CODES)
def test_every_link_of_a_page_leads_somewhere(name: str, language: str) -> None:
    html = handbook(name, language).html
    names = set(re.findall(r'id="([^"]+)"', html))
    for link in re.findall(r'href="([^"]+)"', html):
        page, _hash, chapter = link.partition("#")
        if page.startswith("/"):
            target = resolve(page).kwargs.get("name", HANDBOOK)
            assert not chapter or f'id="{chapter}"' in handbook(target, language).html, link
        elif not page:
            assert chapter in names, link


def test_each_record_of_the_desk_has_a_chapter() -> None:
    for model in admin.site._registry:
        match = resolve(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        assert chapter_of(match), model


@pytest.mark.parametrize("language", CODES)
def test_help_leads_from_a_page_to_its_chapter(reporter: Client, language: str) -> None:
    reporter.cookies["django_language"] = language
    page = reporter.get(reverse("admin:articles_article_add")).content.decode()
    (address,) = re.findall(r'class="help" href="([^"]+)"', page)
    path, _hash, chapter = address.partition("#")
    shown = reporter.get(path).content.decode()
    assert f'<h2 id="{chapter}">' in shown
    assert {"en": "Write an article", "ru": "Написать материал"}[language] in shown
    assert not Article.objects.exists()


def test_what_is_no_page_of_the_handbook_is_not_found(reporter: Client) -> None:
    assert reporter.get(reverse("admin:articles_handbook_page", args=["grow"])).status_code == 404
    assert Client().get(reverse("admin:articles_handbook")).status_code == 302
