"""The review queue in a real browser: answered by keys and by clicks, with and without a script."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import MentionDecision, Release, UnclearMention
from articles.publishing import keep_version, override_gate, publish
from tests.browser.desk import log_in
from tests.builders import make_article, make_newsroom, make_user

QUEUE = "/admin/articles/unclearmention/"
OPEN = ".question:not(.answered)"


@pytest.fixture
def legal(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Legal")


@pytest.fixture
def waiting(legal: User) -> None:
    """Leave four questions of three articles; the newest article stands first."""
    writer = make_user("Editor")
    for slug, body in (
        ("first", "<p>Lawyers of Harbour spoke.</p>"),
        ("second", "<p>Ships of Harbour sailed. Nobody saw the Harbour again.</p>"),
        ("third", "<p>A fire at Harbour was put out.</p>"),
    ):
        article = make_article(slug, headline=f"The {slug} story", summary="", body=body)
        keep_version(article, by=writer, at=timezone.now())


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.querySelector('blockquote')?.textContent || ''")


def answers() -> list[tuple[str, str, str]]:
    rows = MentionDecision.objects.order_by("pk")
    return list(rows.values_list("article__slug", "answer", "reason"))


def test_queue_is_worked_off_by_keys(waiting: None, legal: User, page: Page, complaints: list[str]) -> None:
    log_in(page, legal)
    page.goto(QUEUE)
    expect(page.locator(OPEN)).to_have_count(4)
    assert "A fire at Harbour" in focused(page)
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert "A fire at Harbour" in focused(page)
    page.keyboard.press("m")
    expect(page.locator(".question.answered")).to_have_count(1)
    expect(page.locator("#left")).to_have_text("3")
    assert "of Harbour" in focused(page) or "saw the Harbour" in focused(page)
    page.keyboard.press("r")
    page.keyboard.type("The town, says the mayor.")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator(".question.always-now")).to_have_count(1)
    page.keyboard.press("n")
    expect(page.locator(OPEN)).to_have_count(1)
    assert "Lawyers of Harbour" in focused(page)
    page.keyboard.press("Shift+M")
    expect(page.locator(".queue")).to_contain_text("Nothing is unclear.")
    assert answers() == [("third", "mark", ""), ("second", "not", "The town, says the mayor."), ("first", "mark", "")]
    assert [one.key for one in MentionDecision.objects.order_by("pk")][1:] == ["*:harbour", "*:harbour"]
    assert complaints == []


def test_keys_of_another_alphabet_answer_too(waiting: None, legal: User, page: Page) -> None:
    log_in(page, legal)
    page.goto(QUEUE)
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'т', code: 'KeyN', bubbles: true}))"
    )
    expect(page.locator(".question.answered")).to_have_count(1)
    assert answers() == [("third", "not", "")]


def test_letters_written_in_a_reason_answer_nothing_and_keys_can_be_put_off(
    waiting: None, legal: User, page: Page
) -> None:
    log_in(page, legal)
    page.goto(QUEUE)
    page.locator(f"{OPEN} .reason").first.fill("")
    page.locator(f"{OPEN} .reason").first.press_sequentially("man jkm")
    page.locator(f"{OPEN} .reason").first.press("Enter")
    assert "A fire at Harbour" in focused(page)
    page.uncheck("#keys")
    page.reload()
    page.locator(OPEN).first.focus()
    page.keyboard.press("m")
    page.wait_for_timeout(300)
    assert answers() == []


def test_answer_is_taken_back_by_a_click(waiting: None, legal: User, page: Page) -> None:
    log_in(page, legal)
    page.goto(QUEUE)
    page.locator(OPEN).first.get_by_role("button", name="Mark", exact=True).click()
    page.locator(".question.answered").get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The answer is taken back.")).to_be_visible()
    expect(page.locator(OPEN)).to_have_count(4)
    assert answers() == []


def test_buttons_work_without_the_script(waiting: None, legal: User, page: Page) -> None:
    page.route(re.compile(r"queue[^/]*\.js"), lambda route: route.abort())
    log_in(page, legal)
    page.goto(QUEUE)
    expect(page.locator(".keys")).to_be_hidden()
    question = page.locator(OPEN).first
    question.locator(".reason").fill("A port.")
    question.get_by_role("button", name="Not the one listed").click()
    expect(page.locator(OPEN)).to_have_count(3)
    expect(page.locator(".answered-list")).to_contain_text("A port.")
    assert answers() == [("third", "not", "A port.")]


def test_reader_sees_the_mark_when_the_question_is_answered(legal: User, page: Page) -> None:
    article, now = make_article(headline="Rain", summary="", body="<p>Lawyers of Harbour spoke.</p>"), timezone.now()
    override_gate(article, by=make_user("Managing editor"), at=now, reason="In a hurry.", live_at=now)
    publish(article, by=make_user("Editor"), at=now)
    log_in(page, legal)
    page.goto(QUEUE)
    page.keyboard.press("m")
    expect(page.locator(".queue")).to_contain_text("Nothing is unclear.")
    assert Release.objects.latest("pk").edition.reason == "relabel"
    page.goto(reverse("home"))
    page.get_by_role("link", name="Rain").first.click()
    expect(page.locator(".story .body sup.mark")).to_have_count(1)
    expect(page.locator(".story")).to_contain_text("The organization is listed as foreign agents.")


def test_queue_and_gate_fit_a_phone_in_light_and_dark(
    waiting: None, legal: User, page: Page, complaints: list[str]
) -> None:
    User.objects.filter(pk=legal.pk).update(is_superuser=True)
    article = UnclearMention.objects.earliest("pk").article
    log_in(page, legal)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for address in (QUEUE, reverse("admin:articles_article_act", args=[article.pk, "publish"])):
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address, wait_until="networkidle")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    expect(page.locator(".gate")).to_contain_text(re.compile("Harbour.*without an answer", re.DOTALL))
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    expect(page.locator("[name=_act][value=publish]")).not_to_have_css("color", "rgb(255, 255, 255)")
    assert complaints == []
