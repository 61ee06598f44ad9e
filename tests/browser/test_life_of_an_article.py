"""The life of an article as the five roles live it: at a desk with the keyboard alone, and on a phone with a finger.

Written, handed in, checked, published, corrected, translated, withdrawn, published again. The administrator sees it and
can do none of it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Event, Release
from articles.publishing.record import verify
from tests.browser.conftest import requests_ended, watched
from tests.browser.desk import EDITOR, settle
from tests.builders import make_newsroom, make_user

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
PASSWORD = "correct horse battery"
# What is withdrawn is gone; who has handed an article in no longer edits it.
EXPECTED = re.compile(r"\b410\b|403 .*/typed/keep/|\b403 \(Forbidden\)")
MOST = 150  # presses of the Tab key from one end of a page to the other


@dataclass
class Hand:
    """How somebody works: with keys alone, or with a finger on a phone."""

    page: Page
    has_keys: bool

    def reach(self, one: Locator) -> None:
        """Give something the focus as a person would: by Tab from where one is, or by a touch."""
        if not self.has_keys:
            one.tap()
            return
        one.wait_for()
        for _press in range(MOST):
            if one.evaluate("one => document.activeElement === one"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key reaches {one}")

    def press(self, one: Locator) -> None:
        self.reach(one)
        if self.has_keys:
            self.page.keyboard.press("Enter")

    def write(self, one: Locator, text: str) -> None:
        self.reach(one)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, one: Locator, label: str) -> None:
        """Choose in a list: by its first letters, as keys do, or in the list that a phone shows."""
        if self.has_keys:
            self.reach(one)
            self.page.keyboard.type(label)
        else:
            one.select_option(label=label)
        expect(one.locator("option:checked")).to_have_text(label)

    def act(self, name: str) -> None:
        """Press a button of the column beside the form; the page behind it is there when this returns."""
        self.page.wait_for_load_state("networkidle")
        with self.page.expect_navigation():
            # a link for those who have no form to save
            acts = self.page.locator(".beside-column .acts :is(a, button)")
            self.press(acts.filter(has_text=re.compile(rf"{name}\s*$")))

    def confirm(self, name: str) -> None:
        """Do what the act's own page asks."""
        with self.page.expect_navigation():
            self.press(self.page.locator(".asking").get_by_role("button", name=name, exact=True))
        self.page.wait_for_url("**/change/")

    def save(self) -> None:
        """Save the form as it stands."""
        self.page.wait_for_load_state("networkidle")
        with self.page.expect_navigation():
            self.press(self.page.locator("button[name=_save]"))
        expect(self.page.get_by_text("The article is saved.")).to_be_visible()

    def open(self, article: Article | None) -> None:
        self.page.goto(f"/admin/articles/article/{f'{article.pk}/change' if article else 'add'}/")
        self.page.wait_for_selector(EDITOR)
        settle(self.page)

    def field(self, name: str) -> Locator:
        return self.page.locator(f"#id_{name}")


@pytest.fixture(params=["desk", "phone"])
def room(
    request: pytest.FixtureRequest, no_words: None, chromium: Browser, live_server: LiveServer, complaints: list[str]
) -> Any:
    """Return what lets somebody of a role in: `with room("Editor") as hand`."""
    make_newsroom()
    kind = DESK if request.param == "desk" else PHONE

    @contextmanager
    def let_in(role: str) -> Iterator[Hand]:
        context = chromium.new_context(base_url=live_server.url, locale="en", timezone_id="Europe/Moscow", **kind)
        hand = Hand(watched(context.new_page(), complaints), request.param == "desk")
        user = make_user(role)
        with requests_ended():
            hand.page.goto("/admin/login/")
            hand.write(hand.field("username"), user.username)
            hand.write(hand.field("password"), PASSWORD)
            hand.page.keyboard.press("Enter")
            hand.page.wait_for_url("**/admin/")
            yield hand
            context.set_offline(True)
            context.close()

    return let_in


def answers(hand: Hand, path: str) -> int:
    answer = hand.page.goto(path)
    assert answer is not None
    return answer.status


def test_life_of_an_article(room: Any, complaints: list[str]) -> None:
    with room("Reporter") as reporter:
        article = write(reporter)
    with room("Editor") as editor:
        path = check_and_publish(editor, article)
        correct(editor, article, path)
        translation = translate(editor)
    with room("Legal") as legal:
        withdraw(legal, article, path)
    with room("Managing editor") as managing:
        publish_again(managing, article, path)
    with room("Administrator") as administrator:
        look_only(administrator, article)
    assert Release.objects.filter(article=translation).count() == 1
    assert verify() == []
    assert [one for one in complaints if not EXPECTED.search(one)] == []


def write(hand: Hand) -> Article:
    """From the empty form to "in review"; a reporter has no button that publishes."""
    hand.open(None)
    hand.choose(hand.field("category"), "Courts")
    hand.write(hand.field("headline"), "The pier is closed")
    hand.write(hand.field("summary"), "Nobody knows for how long.")
    hand.reach(hand.page.locator(EDITOR))
    hand.page.keyboard.type("The GDL says that it closed the pier. The Harbour says nothing.")
    expect(hand.page.locator(f"{EDITOR} .live-mark.unclear")).to_have_text("Harbour")
    hand.save()
    article = Article.objects.get()
    assert article.body == "<p>The GDL says that it closed the pier. The Harbour says nothing.</p>"
    expect(hand.page.get_by_role("button", name="Publish now")).to_have_count(0)
    hand.act("Submit for review")
    expect(hand.page.get_by_text("The article waits for review.")).to_be_visible()
    return article


def check_and_publish(hand: Hand, article: Article) -> str:
    """Answer what is unclear, approve, publish; return the address that readers have."""
    hand.open(article)
    hand.press(hand.page.locator("#mentions .mention.unclear").get_by_role("button", name="Mark", exact=True))
    expect(hand.page.locator("#mentions .mention.marked")).to_have_count(2)
    hand.act("Approve")
    expect(hand.page.get_by_text("The article is approved.")).to_be_visible()
    hand.act("Publish now")
    expect(hand.page.get_by_text("2 mentions will be marked.")).to_be_visible()
    hand.confirm("Publish now")
    expect(hand.page.get_by_text("The article is published.")).to_be_visible()
    path = hand.page.locator(".facts a").first.inner_text()
    hand.page.goto(path)
    expect(hand.page.locator("article.story sup.mark")).to_have_count(2)
    return path


def correct(hand: Hand, article: Article, path: str) -> None:
    """Put a word right and tell the readers."""
    hand.open(article)
    hand.write(hand.field("summary"), "Nobody knows until when.")
    hand.save()
    hand.act("Publish the changes")
    hand.choose(hand.field("reason"), "Correction: something was wrong")
    hand.write(hand.field("note"), "The article said for how long.")
    hand.confirm("Publish the changes")
    hand.page.goto(path)
    expect(hand.page.locator("article.story")).to_contain_text("The article said for how long.")


def translate(hand: Hand) -> Article:
    """Write it in Russian with what its origin needs, and publish."""
    hand.open(None)
    hand.choose(hand.field("language"), "Russian")
    hand.choose(hand.field("category"), "Courts")
    hand.write(hand.field("headline"), "Пирс закрыт")
    hand.reach(hand.page.locator(EDITOR))
    hand.page.keyboard.type("Лига серых дюн говорит, что закрыла пирс.")
    at = timezone.localtime() - timedelta(days=1)
    hand.write(hand.field("origin_outlet"), "Газета маяка, английская редакция")
    hand.write(hand.field("origin_published_at_0"), at.date().isoformat())
    hand.write(hand.field("origin_published_at_1"), "10:00")
    hand.page.keyboard.press("Escape")
    hand.write(hand.field("translator"), "А. Крачка")
    hand.save()
    article = Article.objects.get(language="ru")
    hand.act("Publish now")
    hand.confirm("Publish now")
    expect(hand.page.get_by_text("The article is published.")).to_be_visible()
    path = hand.page.locator(".facts a").first.inner_text()
    hand.page.goto(path)
    expect(hand.page.locator("article.story .origin")).to_contain_text("Газета маяка, английская редакция")
    expect(hand.page.locator("article.story sup.mark")).to_have_count(1)
    return article


def withdraw(hand: Hand, article: Article, path: str) -> None:
    """Take it from the readers: its address says that it is gone."""
    hand.page.goto(f"/admin/articles/article/{article.pk}/change/")
    settle(hand.page)
    expect(hand.page.get_by_role("button", name="Publish the changes")).to_have_count(0)
    hand.act("Withdraw")
    hand.write(hand.field("note"), "A court has asked for it.")
    hand.confirm("Withdraw")
    assert answers(hand, path) == 410


def publish_again(hand: Hand, article: Article, path: str) -> None:
    """What was withdrawn comes back by a managing editor alone."""
    hand.open(article)
    hand.act("Publish now")
    hand.confirm("Publish now")
    assert answers(hand, path) == 200


def look_only(hand: Hand, article: Article) -> None:
    """See who did what, and no button of an act."""
    hand.page.goto(f"/admin/articles/article/{article.pk}/change/")
    settle(hand.page)
    for name in ("Publish the changes", "Withdraw", "Retract", "Schedule"):
        expect(hand.page.get_by_role("button", name=name)).to_have_count(0)
    hand.page.goto("/admin/articles/event/")
    for name in ("reporter", "editor", "legal", "managing-editor"):
        expect(hand.page.locator("#result_list")).to_contain_text(name)
    assert Event.objects.filter(kind="withdrawal").count() == 1
