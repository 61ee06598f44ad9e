"""A reader comes by a search and goes on: filter, article, what followed, the story, its month, the next, a day."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.publishing import publish
from tests.builders import make_article, make_newsroom, make_user

WORDS = {
    "en": ("rowers", "Rowers met"),
    "ru": ("гребцы", "Гребцы встретились"),
}


@pytest.fixture
def stories(transactional_db: None, no_words: None, tmp_path: Path) -> Iterator[list[str]]:
    """A story of three months in each language; the months, the newest first."""
    with override_settings(MEDIA_ROOT=tmp_path / "media", PAGES_DIR=tmp_path / "pages"):
        make_newsroom()
        by, now = make_user("Managing editor"), timezone.now()
        days = [now.replace(day=15) - timedelta(days=31 * number + 31) for number in range(3)]
        for language, (word, headline) in WORDS.items():
            for number, day in enumerate(days):
                texts = {"headline": f"{headline} {number}", "body": f"<p>{word.capitalize()} {number}.</p>"}
                article = make_article(f"part-{number}", language=language, category="courts", dated_at=day, **texts)
                publish(article, by=by, at=now)
                other = make_article(f"other-{number}", language=language, dated_at=now - timedelta(days=700), **texts)
                other.topics.clear()
                publish(other, by=by, at=now)
        yield [f"{day:%Y/%m}" for day in days]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_reader_is_led_on(page: Page, stories: list[str], complaints: list[str], language: str) -> None:
    word, headline = WORDS[language]
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("", "news/?topic=elections", "topic/elections/", "category/politics/"):
        page.goto(f"/{language}/{path}")
        first = page.locator(".leads h3 a, .list h3 a").first.bounding_box()
        assert first and first["y"] < 700, f"the menus leave the first headline of {path} on the screen"
    page.goto(f"/{language}/")
    page.locator("#q-top").fill(word)
    page.locator("#q-top").press("Enter")
    expect(page.locator(".list h2")).to_have_count(6)
    page.locator(".narrow summary").click()
    page.locator(".narrow [name=category]").select_option("courts")
    page.locator(".narrow button").click()
    expect(page.locator(".list h2")).to_have_count(3)
    expect(page).to_have_url(re.compile(rf"/{language}/search/.*category=courts"))
    page.locator(".list").get_by_role("link", name=f"{headline} 2").click()
    page.locator(".follow-ups").get_by_role("link", name=f"{headline} 0").click()
    expect(page.locator("h1")).to_have_text(f"{headline} 0")
    page.locator(".ways a").first.click()
    expect(page).to_have_url(re.compile(f"/{language}/topic/elections/$"))
    expect(page.locator(".timeline .of-day")).to_have_count(3)
    page.locator(f".months a[href$='{stories[2]}/']").click()
    page.locator(".turns .after a").first.click()
    expect(page).to_have_url(re.compile(f"/{language}/topic/elections/{stories[1]}/$"))
    page.locator(".feed a").click()
    expect(page).to_have_url(re.compile(f"/{language}/archive/{stories[1]}/$"))
    page.locator(".turns .after a").first.click()
    expect(page).to_have_url(re.compile(f"/{language}/archive/{stories[0]}/$"))
    page.locator("#jump-day").fill(f"{stories[2].replace('/', '-')}-28")
    page.locator(".jump button").click()
    expect(page).to_have_url(re.compile(f"/{language}/archive/{stories[2]}/"))
    expect(page.locator(".list h2, .list h3")).to_have_count(1)
    assert complaints == []
