"""The desk in a real browser: the editor writes, answers keep what is not saved, nothing is refused by the policy."""

import io
import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from articles.models import Article, Author, Byline, MentionDecision, Release
from articles.photos.upload import add_photo
from articles.publishing import publish
from tests.browser.desk import EDITOR, begin_article, confirm, log_in, press, save, settle
from tests.builders import make_article, make_newsroom, make_user

PAGES = (
    "index articles_article_changelist articles_article_add articles_photo_changelist articles_photo_add "
    "articles_category_changelist articles_register_changelist articles_organization_changelist "
    "articles_page_changelist articles_jobrun_changelist articles_outbox_changelist articles_correction_changelist "
    "articles_trouble_changelist"
).split()

LOOKED_AT = (
    "index",
    "articles_article_changelist",
    "articles_category_changelist",
    "articles_page_changelist",
    "articles_trouble_changelist",
)


@pytest.fixture
def managing(live_server: object) -> User:
    make_newsroom()
    return make_user("Managing editor")


def illustrated() -> Article:
    """Return an article with a wide photo and a byline, both with long names."""
    file = io.BytesIO()
    Image.new("RGB", (1600, 1000), "#357").save(file, "JPEG")
    file.seek(0)
    article = make_article(lead_photo=add_photo(file, caption_en="Sample ballots of the election commission, " * 3))
    author = Author.objects.create(slug="tern", name_en="A. Tern of the Harbour Correspondents", name_ru="А. Крачка")
    Byline.objects.create(article=article, author=author)
    return article


def test_every_page_opens_without_a_complaint_and_fits_a_phone(
    managing: User, page: Page, complaints: list[str]
) -> None:
    log_in(page, managing)
    change = reverse("admin:articles_article_change", args=[illustrated().pk])
    for address in [*(reverse(f"admin:{name}") for name in PAGES), change]:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(address)
        expect(page.locator("main")).to_have_count(1)
        page.set_viewport_size({"width": 390, "height": 844})
        settle(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, (address, wide)
    assert complaints == []


def test_lists_and_records_are_whole_on_a_phone(managing: User, page: Page) -> None:
    headline = "На выборы в городские советы возвращаются бумажные бюллетени, говорит комиссия города"
    publish(make_article(headline=headline, category="courts"), by=managing, at=timezone.now())
    log_in(page, managing)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("admin:articles_article_changelist"))
    expect(page.locator(f"#result_list [data-label]:has-text('{headline}')")).to_have_attribute(
        "data-label", "Headline"
    )
    page.goto(reverse("admin:articles_publicationrecord_changelist"))
    cells = page.locator("#result_list tbody :is(td, th)")
    expect(cells.first).to_be_visible()
    cut = cells.evaluate_all("all => all.filter(one => one.scrollHeight > one.clientHeight + 1).length")
    assert cut == 0
    page.locator("#result_list tbody th a").first.click()
    hashes = page.locator(".readonly").filter(has_text=re.compile("^[0-9a-f]{64}$"))
    expect(hashes).to_have_count(4)
    for one in hashes.all():
        assert one.evaluate("one => one.getBoundingClientRect().right") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(managing: User, page: Page, scheme: Literal["light", "dark"]) -> None:
    article = make_article(body="<p>The Harbour met the GDL.</p>")
    log_in(page, managing)
    page.emulate_media(color_scheme=scheme)
    change = reverse("admin:articles_article_change", args=[article.pk])
    act = reverse("admin:articles_article_act", args=[article.pk, "schedule"])
    for address in [*(reverse(f"admin:{name}") for name in LOOKED_AT), change, act]:
        page.goto(address)
        if page.locator(".house summary").count():
            page.locator(".house summary").press("Enter")
        settle(page)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"


def test_editor_writes_formatted_text(managing: User, page: Page, complaints: list[str]) -> None:
    log_in(page, managing)
    begin_article(page, category="Courts", body="", fields={"headline": "The port"})
    editor = page.locator(EDITOR)
    editor.click()
    page.keyboard.type("The pier is ")
    page.keyboard.press("Control+b")
    page.keyboard.type("closed")
    save(page)
    article = Article.objects.get()
    assert article.body == "<p>The pier is <strong>closed</strong></p>"
    assert article.slug == "the-port"
    assert complaints == []


def test_hostile_paste_leaves_no_script_behind(managing: User, page: Page) -> None:
    log_in(page, managing)
    hostile = (
        '<p>Text <a href="javascript:alert(1)">link</a><script>alert(1)</script></p><style>p{display:none}</style>'
    )
    begin_article(page, category="Courts", body=hostile, fields={"headline": "The port"})
    save(page)
    body = Article.objects.get().body
    assert "Text" in body
    assert not any(word in body for word in ("script", "style", "alert"))


def test_answer_keeps_what_is_not_saved(managing: User, page: Page, complaints: list[str]) -> None:
    article = make_article(headline="The port", summary="", body="<p>The Harbour spoke.</p>")
    log_in(page, managing)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.fill("[name=headline]", "The port again")
    page.locator(".mention.unclear").get_by_role("button", name="Mark", exact=True).click()
    expect(page.locator(".mention.marked")).to_have_count(1)
    expect(page.locator("[name=headline]")).to_have_value("The port again")
    assert MentionDecision.objects.get().answer == "mark"
    assert complaints == []


def test_schedule_asks_for_a_time_in_the_newsrooms_zone(managing: User, page: Page, complaints: list[str]) -> None:
    article = make_article()
    log_in(page, managing)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    press(page, "Schedule")
    expect(page.locator(".asking")).to_contain_text("Europe/Moscow")
    page.fill("[name=live_at_0]", "2031-05-04")
    page.fill("[name=live_at_1]", "09:30")
    confirm(page, "Schedule")
    expect(page.locator(".facts")).to_contain_text("4 May 2031, 09:30")
    assert Release.objects.get().live_at.isoformat() == "2031-05-04T06:30:00+00:00"
    assert complaints == []
