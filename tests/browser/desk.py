"""What an editor does at the desk, step by step, in a real browser."""

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING

from playwright.sync_api import FrameLocator, Page, expect

if TYPE_CHECKING:  # the pictures are taken without Django
    from django.contrib.auth.models import User

EDITOR = ".ProseMirror[contenteditable=true]"
PASTE = """html => {
  const editor = document.querySelector('.ProseMirror[contenteditable=true]');
  editor.focus();
  const board = new DataTransfer();
  board.setData('text/html', html);
  editor.dispatchEvent(new ClipboardEvent('paste', {clipboardData: board, bubbles: true, cancelable: true}));
}"""

# Let files fall: what a browser hands a page when somebody lets go of them over it.
DROP = """([selector, files]) => {
  const board = new DataTransfer();
  for (const [name, type, data] of files) {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    board.items.add(new File([bytes], name, { type }));
  }
  const target = document.querySelector(selector);
  for (const kind of ["dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { dataTransfer: board, bubbles: true, cancelable: true }));
}"""


def until(page: Page, script: str, arg: object = None) -> None:
    """Wait until a script is true on a reader's page: its policy refuses `wait_for_function`'s second look."""
    for _ in range(300):
        if page.evaluate(script, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"Not true after 30 s: {script}")


def settle(page: Page) -> None:
    """Wait until the scripts of a page of the admin have named what they name, and the text editor stands."""
    page.wait_for_selector("body[data-named]")
    if page.locator("[data-django-prose-editor-configurable]").count():
        page.wait_for_selector(".prose-menubar [aria-label]")


def log_in(page: Page, user: "User", password: str = "correct horse battery") -> None:
    """Give the browser the session that the form of the login begins, without its page and the overview behind it."""
    from django.test import Client  # the pictures are taken without Django

    client = Client()
    client.post("/admin/login/", {"username": user.get_username(), "password": password})
    session = {name: morsel.value for name, morsel in client.cookies.items()}
    page.context.add_cookies(
        [{"name": name, "value": value, "domain": "localhost", "path": "/"} for name, value in session.items()]
    )


def log_in_by_form(page: Page, user: "User", password: str = "correct horse battery") -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", user.get_username())
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    expect(page.locator("h1")).to_contain_text("Overview")


def begin_article(page: Page, *, category: str, body: str, fields: Mapping[str, str]) -> None:
    """Open the form of a new article, paste the text, fill in the other fields by their names."""
    page.goto("/admin/articles/article/add/")
    page.wait_for_selector(EDITOR)
    page.select_option("[name=category]", label=category)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.evaluate(PASTE, body)


def save(page: Page) -> None:
    """Save the form; the message of an earlier save does not count."""
    with page.expect_navigation():
        page.click("button[name=_save]")
    expect(page.get_by_text("The article is saved.")).to_be_visible()


def open_preview(page: Page) -> FrameLocator:
    """Open the preview beside the form; return the page in it."""
    page.get_by_role("button", name="Preview the page").first.click()
    expect(page.locator("#live-preview")).to_be_visible()
    return page.frame_locator("#live-preview iframe")


def press(page: Page, act: str) -> None:
    """Press a button of the column beside the form."""
    page.locator(".beside-column .acts").get_by_role("button", name=act, exact=True).click()


def confirm(page: Page, act: str) -> None:
    """Confirm an act on its own page and wait until the desk says that it is done."""
    page.locator(".asking").get_by_role("button", name=act, exact=True).click()
    page.wait_for_url("**/change/")


def drop(page: Page, selector: str, *given: tuple[str, bytes]) -> None:
    """Drop files, each with its name, on an element."""
    files = [[name, "image/jpeg", base64.b64encode(data).decode()] for name, data in given]
    page.evaluate(DROP, [selector, files])
