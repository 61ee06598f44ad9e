"""Take the pictures of the README and of the editor's handbook from a running demo newsroom.

python -m tests.browser.pictures http://127.0.0.1:8000 docs/images
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.conftest import CHROMIUM

SAMPLE = "kelmar-raid-evidence-points-to-btf-ovra-wing"
CORRECTED = "dockers-and-port-sign-deal"
UNCLEAR = "who-speaks-for-the-harbour"
COLOURS = 256
COLUMN = 700  # pixels
GAP = 24


@contextmanager
def browser_page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(
            base_url=address, locale="en", viewport={"width": 1360, "height": 900}, timezone_id="Europe/Istanbul"
        )
        yield context.new_page()
        browser.close()


def take(page: Page, file: Path, *, height: int = 900) -> None:
    """Store what the window shows, in few colours: a picture of a page needs no more."""
    page.set_viewport_size({"width": 1360, "height": height})
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=file)
    with Image.open(file) as picture:
        store(picture.convert("RGB"), file)


def take_whole(page: Page, file: Path) -> None:
    """Store the whole page, its upper half beside its lower half."""
    page.set_viewport_size({"width": 1000, "height": 900})
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file, full_page=True)
    with Image.open(file) as picture:
        scale = COLUMN / picture.width
        whole = picture.convert("RGB").resize((COLUMN, round(picture.height * scale)), Image.Resampling.LANCZOS)
    half = (whole.height + 1) // 2
    both = Image.new("RGB", (2 * COLUMN + GAP, half), "white")
    both.paste(whole.crop((0, 0, COLUMN, half)), (0, 0))
    both.paste(whole.crop((0, half, COLUMN, whole.height)), (COLUMN + GAP, 0))
    store(both, file)


def store(picture: Image.Image, file: Path) -> None:
    picture.quantize(COLOURS, kmeans=4).save(file, optimize=True)


def open_article(page: Page, slug: str) -> None:
    """Open the form of the article with that address part."""
    page.goto(f"/admin/articles/article/?q={slug}")
    page.locator("#result_list tbody th a, #result_list tbody .field-headline a").first.click()
    page.wait_for_selector(".ProseMirror[contenteditable=true]")


def take_history(page: Page, folder: Path) -> None:
    """Store the time line of an article that was corrected, and what the correction has changed."""
    open_article(page, CORRECTED)
    page.locator(".beside-column").get_by_role("link", name="History", exact=True).click()
    page.wait_for_url("**/history/")
    take(page, folder / "history.png", height=820)
    page.check("[name=old][value=e1]")
    page.check("[name=new][value=e2]")
    page.get_by_role("button", name="Compare").first.click()
    page.wait_for_url("**/compare/**")
    take(page, folder / "compare.png", height=700)


def main(address: str, folder: Path) -> None:
    with browser_page(address) as page:
        page.goto("/admin/login/")
        page.fill("[name=username]", "managing")
        page.fill("[name=password]", "lantern-managing")
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        take(page, folder / "overview.png", height=760)
        page.goto("/admin/articles/article/")
        take(page, folder / "articles.png", height=760)
        open_article(page, SAMPLE)
        take(page, folder / "form.png", height=1100)
        path = page.locator(".facts a").inner_text()
        page.locator(".acts").get_by_role("button", name="Publish the changes").click()
        page.wait_for_url("**/act/correct/")
        page.select_option("[name=reason]", "correction")
        take(page, folder / "publish.png", height=560)
        open_article(page, UNCLEAR)
        page.set_viewport_size({"width": 1360, "height": 820})
        page.locator("#mentions").evaluate("card => scrollBy(0, card.getBoundingClientRect().top - 320)")
        take(page, folder / "unclear.png", height=820)
        take_history(page, folder)
        page.goto("/admin/articles/register/")
        page.locator("#result_list tbody a").first.click()
        take(page, folder / "register.png", height=900)
        page.goto(path)
        take_whole(page, folder / "article.png")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
