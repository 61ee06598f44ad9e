"""A post from elsewhere in a real browser: kept by its link, published, read; its site hears of it by a click alone."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from articles.editions import release_path
from articles.models import Article, KeptPost
from articles.publishing import keep_version, publish
from articles.publishing.posts import change_post
from tests.browser.desk import EDITOR, log_in, save, settle, until
from tests.builders import make_article, make_newsroom, make_user
from tests.posts.conftest import picture

LINK = "https://youtu.be/abcdefghijk?si=counted"
PASTE_LINE = """link => {
  const editor = document.querySelector('.ProseMirror[contenteditable=true]');
  editor.focus();
  const board = new DataTransfer();
  board.setData('text/plain', link);
  editor.dispatchEvent(new ClipboardEvent('paste', {clipboardData: board, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def editor(live_server: LiveServer, settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT, settings.PAGES_DIR = tmp_path / "media", tmp_path / "pages"
    make_newsroom()
    return make_user("Editor")


@pytest.fixture
def article(editor: User) -> Article:
    made = make_article(headline="A film from the pier", summary="", body="<p>Somebody has filmed it.</p>")
    keep_version(made, by=editor, at=timezone.now())
    return made


def check(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def elsewhere(page: Page) -> list[str]:
    """Answer for every other site, and note what was asked of it."""
    asked: list[str] = []

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.hostname != "localhost":
            asked.append(parts.netloc)

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<!doctype html><title>x</title><p>The film itself</p>")

    page.on("request", note)
    page.route(lambda url: urlsplit(url).hostname != "localhost", answer)
    return asked


def keep(page: Page, article: Article) -> None:
    """Paste the link on a line of its own and keep the post from the dialog that opens."""
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.wait_for_selector(EDITOR)
    settle(page)
    page.locator(f"{EDITOR} p").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.evaluate(PASTE_LINE, LINK)
    dialog = page.locator("#post-dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-part=told]")).to_contain_text("YouTube")
    expect(dialog.locator("[name=author]")).to_be_focused()
    check(page)
    page.keyboard.press("Escape")
    expect(page.locator(f"{EDITOR} p").last).to_contain_text("youtu.be")  # left as the link that it is
    page.keyboard.press("Control+a")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Post from elsewhere").click()
    dialog.locator("[name=link]").fill(LINK)
    dialog.locator("[name=text]").fill("Look <b>there</b>")
    dialog.get_by_role("button", name="Keep and place").click()
    expect(dialog.locator("[data-for=text]")).to_contain_text("HTML")
    expect(dialog.locator("[name=text]")).to_be_focused()
    dialog.locator("[name=author]").fill("Northern Lamp Fund")
    dialog.locator("[name=text]").fill("The GDL was seen\non the pier.")
    dialog.locator("[name=file]").set_input_files(
        {"name": "still.png", "mimeType": "image/png", "buffer": picture().getvalue()}
    )
    dialog.locator("[name=picture_alt]").fill("A pier")
    dialog.get_by_role("button", name="Keep and place").click()
    expect(dialog).to_be_hidden()
    card = page.locator(f"{EDITOR} .kept-post")
    expect(card).to_contain_text("on the pier.")
    expect(card).to_have_attribute("aria-label", "Post from elsewhere: YouTube · Northern Lamp Fund")
    expect(card.locator(".live-mark.marked")).to_have_text(["Northern Lamp Fund", "GDL"])
    expect(card.locator("p.alt")).to_have_text("A pier")
    check(page)


def test_a_post_is_kept_published_read_and_opened(
    page: Page, editor: User, article: Article, complaints: list[str]
) -> None:
    log_in(page, editor)
    asked = elsewhere(page)
    keep(page, article)
    complaints[:] = [one for one in complaints if "422" not in one]  # the field that was put right
    save(page)
    post = KeptPost.objects.get()
    article.refresh_from_db()
    assert article.body.count(f'<figure data-post="{post.pk}"></figure>') == 1
    assert post.link == "https://www.youtube.com/watch?v=abcdefghijk" and post.picture is not None
    path = release_path(publish(article, by=editor, at=timezone.now()))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        card = page.locator(".kept-post")
        expect(card).to_contain_text("on the pier.")
        expect(card.locator("sup.mark").first).to_be_visible()
        page.mouse.wheel(0, 5000)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        until(page, "[...document.images].every(one => one.complete && one.naturalWidth > 0)")
        check(page)
        assert asked == []
    card.locator("summary").press("Enter")
    expect(page.frame_locator(".kept-post iframe").locator("p")).to_have_text("The film itself")
    assert set(asked) == {"www.youtube-nocookie.com"}
    post.is_gone = True
    change_post(post, None, by=editor, at=timezone.now())
    page.goto(path)
    expect(page.locator(".kept-post")).to_contain_text("on the pier.")
    expect(page.locator(".kept-post summary")).to_have_count(0)
    assert complaints == []
