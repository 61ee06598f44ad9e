"""An author who is on a register: nothing, the mark in the byline, or the notice at the head, as the outlet chose."""

from datetime import timedelta

import pytest

from articles.models import Byline, Designation, Register, Site
from articles.publishing import live_release, publish
from articles.publishing.relabel import follow_dates, follow_house, work_batches
from articles.registers import load_register_data, refresh_version
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.persons import HER_PARTS, PARTS, person, registers_with_persons

HER_NAME = "Инга Зеленоборская"
DAY = timedelta(days=1)


@pytest.fixture
def site(db: None) -> Site:
    """An outlet that has published one article of a listed author who writes under a pseudonym."""
    site = make_newsroom()
    him, her = person(pseudonyms=("Старый Лоцман",)), person("zelenoborskaya", HER_PARTS, since="2026-04-02")
    load_register_data(registers_with_persons(him, her))
    Register.objects.filter(key="test-agents").update(notes=registers_with_persons()["registers"][1]["notes"])
    refresh_version(NOW)
    return site


def story(byline: str, body: str = "<p>Тихий день на берегу.</p>") -> str:
    """Publish an article under the name, and return the form that readers see."""
    article = make_article(
        f"story-{Byline.objects.count()}", language="ru", headline="Тихий день", summary="", body=body
    )
    author = article.bylines.select_related("author").get().author
    author.name_ru = author.name_en = byline
    author.save()
    publish(article, by=make_user("Editor"), at=NOW)
    return shown(article)


def shown(article: object) -> str:
    from articles.editions import reading_form

    release = live_release(article, NOW + 60 * DAY)
    assert release is not None
    return reading_form(release)


def chosen(site: Site, what: str) -> None:
    site.listed_authors = what
    site.save()


@pytest.mark.parametrize("byline", ["Тихон Рябоконев", "Старый Лоцман", "Рябоконев Тихон Саввич"])
def test_by_default_nothing_is_said(site: Site, byline: str) -> None:
    form = story(byline)
    assert "*" not in form
    assert "own-notice" not in form


@pytest.mark.parametrize("byline", ["Тихон Рябоконев", "Старый Лоцман"])
def test_the_byline_bears_the_mark_and_the_note_stands_beneath(site: Site, byline: str) -> None:
    chosen(site, "mark")
    form = story(byline)
    assert f'{byline}<sup class="fn-mark">' in form.replace("</span>", "") or f"{byline}<sup" in form
    assert "Признан агентом." in form
    assert "own-notice" not in form


def test_the_notice_stands_at_the_head(site: Site) -> None:
    chosen(site, "notice")
    form = story("Старый Лоцман")
    assert "МАТЕРИАЛ СОЗДАН Рябоконев Тихон Саввич." in form
    assert "*" not in form


@pytest.mark.parametrize(
    "byline", ["Тихон Ильин", "Рябоконев", "Т. Рябоконев", "Тихон Рябоконевский", "Инга Зеленоборская"]
)
def test_nobody_else_is_taken_for_the_author(site: Site, byline: str) -> None:
    """Namesakes by half, and one who is not on the register yet."""
    chosen(site, "notice")
    assert "own-notice" not in story(byline)


def test_the_archive_follows_the_choice_and_the_dates(site: Site) -> None:
    form = story(HER_NAME)
    assert "own-notice" not in form
    article = Byline.objects.get(author__name_ru=HER_NAME).article
    chosen(site, "notice")
    assert follow_house(by=None, at=NOW) is not None
    work(NOW)
    assert "own-notice" not in shown(article)
    begins = NOW + 23 * DAY
    assert Designation.objects.filter(designated_from=begins.date()).exists()
    assert follow_dates(begins.date() - DAY, begins.date(), begins) is not None
    work(begins)
    assert "МАТЕРИАЛ СОЗДАН Зеленоборская Инга Тихоновна." in shown(article)


def work(at: object) -> None:
    while work_batches(lambda: at):  # type: ignore[arg-type, return-value]
        pass


def test_a_listed_person_in_the_text_is_marked_whatever_is_chosen(site: Site) -> None:
    for what in ("nothing", "mark", "notice"):
        chosen(site, what)
        assert "Признан агентом." in story("Тихон Ильин", "<p>Выступил Тихон Рябоконев.</p>")
    assert PARTS["family"] == "Рябоконев"
