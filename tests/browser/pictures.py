"""Take the pictures of the README and of the editor's handbook, in both languages, from a running demo newsroom.

python -m tests.browser.pictures http://127.0.0.1:8000 docs/images

The demo is to be fresh (`make demo-reset`): pictures change it. ONLY=form,list takes some of them.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.desk import EDITOR, drop, settle
from tests.conftest import CHROMIUM

SLUGS = {
    "en": {
        "sample": "kelmar-raid-evidence-points-to-btf-ovra-wing",
        "corrected": "dockers-and-port-sign-deal",
        "unclear": "who-speaks-for-the-harbour",
        "mess": "seven-things-heard-at-the-fish-market",
        "uploaded": ("orchard", "radio-mast", "ballots"),
        "gallery": "cape-calm-lighthouse-burns-again",
        "card": "court-keeps-harbour-watch-on-the-register",
        "typed": ("reporter", "who-speaks-for-the-harbour"),
        "rule": "more than",
    },
    "ru": {
        "sample": "kelmar-raid-evidence-points-to-btf-ovra-wing",
        "corrected": "dockers-and-port-sign-deal",
        "unclear": "kto-vyzval-lotsmanov-v-parlament",
        "mess": "sem-razgovorov-na-rybnom-rynke",
        "uploaded": ("courthouse", "port-dawn", "bridge-mist"),
        "gallery": "mayak-na-mysu-kalm-snova-gorit",
        "card": "sud-ostavil-portovyj-dozor-v-reestre",
        "typed": ("editor", "kto-vyzval-lotsmanov-v-parlament"),
        "rule": "свыше",
    },
}
DEMO_PHOTOS = Path(__file__).resolve().parents[2] / "articles/fixtures/demo/photos"
COLOURS = 128
COLUMN = 700  # pixels
GAP = 24
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 780}
READERS = {"width": 1280, "height": 1400}
HALF = 0.5


class Taker:
    """Takes pictures at one address, in one language, into one folder."""

    def __init__(self, browser: Browser, address: str, folder: Path, language: str) -> None:
        self.browser, self.address, self.folder, self.language = browser, address, folder, language
        self.slugs: dict[str, Any] = SLUGS[language]
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def page(self, user: str, size: dict[str, int] = WIDE, scheme: Any = "light") -> Iterator[Page]:
        """Give a page of somebody who is logged in."""
        context = self.browser.new_context(
            base_url=self.address,
            locale=self.language,
            viewport=size,  # type: ignore[arg-type]
            color_scheme=scheme,
            timezone_id="Europe/Istanbul",
        )
        context.add_cookies([{"name": "django_language", "value": self.language, "url": self.address}])
        page = context.new_page()
        page.goto("/admin/login/")
        page.fill("[name=username]", user)
        page.fill("[name=password]", f"lantern-{user}")
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        yield page
        context.close()

    @contextmanager
    def reader(self, size: dict[str, int] = WIDE, scheme: Any = "light") -> Iterator[Page]:
        """Give a page of a reader."""
        context = self.browser.new_context(
            base_url=self.address,
            locale=self.language,
            viewport=size,  # type: ignore[arg-type]
            color_scheme=scheme,
        )
        yield context.new_page()
        context.close()

    def take(self, page: Page, name: str, height: int = 900) -> None:
        """Store what the window shows."""
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})  # type: ignore[index]
        self.still(page)
        page.screenshot(path=self.folder / f"{name}.png", animations="disabled")
        self.store(Image.open(self.folder / f"{name}.png").convert("RGB"), name)

    def take_part(self, page: Page, part: Locator, name: str, room: int = 12, most: int = 900) -> None:
        """Store one part of a page, with some room around it."""
        self.still(page)
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        assert box is not None
        clip = {
            "x": max(box["x"] - room, 0),
            "y": max(box["y"] - room, 0),
            "width": box["width"] + 2 * room,
            "height": min(box["height"] + 2 * room, most),
        }
        page.screenshot(path=self.folder / f"{name}.png", clip=clip, animations="disabled")  # type: ignore[arg-type]
        self.store(Image.open(self.folder / f"{name}.png").convert("RGB"), name)

    def still(self, page: Page) -> None:
        with suppress(Exception):
            page.wait_for_load_state("networkidle", timeout=5000)
        page.wait_for_timeout(500)

    def store(self, picture: Image.Image, name: str, colours: int = COLOURS) -> None:
        """Store in few colours: a picture of a page needs no more."""
        picture.quantize(colours, dither=Image.Dither.NONE).save(self.folder / f"{name}.png", optimize=True)

    def open_article(self, page: Page, slug: str) -> None:
        """Open the form of the article with that address part."""
        page.goto(f"/admin/articles/article/?q={slug}")
        page.locator("#result_list tbody th a, #result_list tbody .field-headline a").first.click()
        page.wait_for_selector(EDITOR)
        settle(page)


def overview(taker: Taker) -> None:
    with taker.page("managing") as page:
        page.goto("/admin/")
        taker.take(page, "overview", 760)
        page.goto("/admin/articles/article/")
        taker.take(page, "articles", 760)


def form(taker: Taker) -> None:
    """The form with the column beside it; the same in the dark."""
    with taker.page("managing") as page:
        taker.open_article(page, taker.slugs["sample"])
        taker.take(page, "form", 1000)
        page.goto(page.url.replace("/change/", "/act/correct/"))
        page.select_option("[name=reason]", "correction")
        taker.take(page, "publish", 620)
    with taker.page("managing", scheme="dark") as page:
        taker.open_article(page, taker.slugs["mess"])
        taker.take(page, "dark", 760)


def typed(taker: Taker) -> None:
    user, slug = taker.slugs["typed"]
    with taker.page(user) as page:
        taker.open_article(page, slug)
        page.wait_for_selector(".offer")
        taker.take(page, "typed", 520)


def caret(taker: Taker) -> None:
    """The box at the caret, with the entry, the note, the answers."""
    with taker.page("editor") as page:
        taker.open_article(page, taker.slugs["unclear"])
        page.wait_for_selector("#live-marks[data-drawn]", state="attached")
        page.set_viewport_size({"width": WIDE["width"], "height": 560})
        name = page.locator(f"{EDITOR} .live-mark.unclear").first
        name.evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 160)")
        taker.still(page)
        name.click()
        expect(page.locator(".at-caret")).to_be_visible()
        taker.take(page, "caret", 560)
        page.keyboard.press("Escape")
        page.locator("#mentions").evaluate("card => scrollBy(0, card.getBoundingClientRect().top - 180)")
        taker.take(page, "unclear", 760)


def conflict(taker: Taker) -> None:
    """Two people change one headline; the second is asked. What is asked is not answered: the demo stays as it was."""
    headline = "[name=headline]"
    with taker.page("managing") as one, taker.page("editor") as other:
        taker.open_article(one, taker.slugs["mess"])
        taker.open_article(other, taker.slugs["mess"])
        before = other.input_value(headline)
        for page, words in ((one, "1"), (other, "2")):
            page.fill(headline, f"{before} ({words})")
        with one.expect_navigation():
            one.click("button[name=_save]")
        with other.expect_navigation():
            other.click("button[name=_save]")
        other.wait_for_selector("#conflict-form")
        taker.take(other, "conflict", 640)
        taker.open_article(one, taker.slugs["mess"])
        one.fill(headline, before)
        with one.expect_navigation():
            one.click("button[name=_save]")


def checklist(taker: Taker) -> None:
    with taker.page("editor") as page:
        taker.open_article(page, taker.slugs["mess"])
        taker.take_part(page, page.locator("#checklist, .checklist").first, "checklist")


def style(taker: Taker) -> None:
    with taker.page("editor") as page:
        page.goto(f"/admin/articles/stylerule/?q={taker.slugs['rule']}")
        page.locator("#result_list tbody th a").first.click()
        page.goto(page.url.split("?")[0] + "?try")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.locator("#trial-title").evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 380)")
        taker.take(page, "style", 820)


def history(taker: Taker) -> None:
    """The time line of an article that was corrected, and what the correction has changed."""
    with taker.page("editor") as page:
        taker.open_article(page, taker.slugs["corrected"])
        page.goto(page.url.replace("/change/", "/history/"))
        taker.take(page, "history", 820)
        page.check("[name=old][value=e1]")
        page.check("[name=new][value=e2]")
        page.locator("form .act.primary").first.click()
        page.wait_for_url("**/compare/**")
        taker.take(page, "compare", 700)


def registers(taker: Taker) -> None:
    """A register, and a keeper's list at two of its steps."""
    with taker.page("legal") as page:
        page.goto("/admin/articles/register/")
        page.locator("#result_list tbody a").first.click()
        taker.take(page, "register", 900)
        page.goto("/admin/articles/listfile/")
        page.locator("#result_list tbody th a").first.click()
        page.wait_for_selector(".file-head")
        address = page.url.split("?")[0]
        expect(page.locator("#counting, #counted")).to_have_count(0)
        page.goto(address + "?show=all")
        taker.take(page, "list", 900)
        page.goto(address.replace("/change/", "/names/"))
        taker.take(page, "names", 820)


def phone(taker: Taker) -> None:
    """Three windows of a phone beside one another: the list, the form, the column that stands beneath it."""
    with taker.page("editor", PHONE) as page:
        page.goto("/admin/articles/article/")
        settle(page)
        shots = [page.screenshot()]
        taker.open_article(page, taker.slugs["mess"])
        shots.append(page.screenshot())
        page.locator(".beside-column").scroll_into_view_if_needed()
        page.locator(".beside-column").evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 20)")
        page.wait_for_timeout(500)
        shots.append(page.screenshot())
    taker.store(beside(shots), "phone")


def front(taker: Taker) -> None:
    """The front page as readers see it: in the light and in the dark look, and on a phone."""
    shots = []
    for size, scheme in ((READERS, "light"), (READERS, "dark"), (READERS | {"width": PHONE["width"]}, "light")):
        with taker.reader(size, scheme) as page:
            page.goto(f"/{taker.language}/")
            taker.still(page)
            shots.append(page.screenshot())
    taker.store(beside(shots, HALF), "front", 256)


def story(taker: Taker) -> None:
    """The page of a story, with its text and its time line."""
    with taker.reader({"width": 1100, "height": 900}) as page:
        page.goto(f"/{taker.language}/topic/kelmar-raid/")
        page.locator("main").evaluate("one => scrollBy(0, one.getBoundingClientRect().top)")
        taker.take(page, "story", 900)


def frontpage(taker: Taker) -> None:
    """The desk of the front page, on a screen with room for the page itself."""
    with taker.page("editor", {"width": 1760, "height": 900}) as page:
        page.goto("/admin/articles/frontpage/")
        settle(page)
        page.wait_for_selector("#front-desk[data-printed]", state="attached")
        taker.take(page, "frontpage", 900)


def beside(shots: list[bytes], scale: float = 1) -> Image.Image:
    import io

    pictures = [Image.open(io.BytesIO(one)).convert("RGB") for one in shots]
    if scale != 1:
        pictures = [one.resize((round(one.width * scale), round(one.height * scale))) for one in pictures]
    whole = Image.new("RGB", (sum(one.width + GAP for one in pictures) - GAP, pictures[0].height), "#98a2b3")
    at = 0
    for one in pictures:
        whole.paste(one, (at, 0))
        at += one.width + GAP
    return whole


def photos(taker: Taker) -> None:
    """Photos that come in, with a file that cannot; their texts on one page; the focal point of another one."""
    with taker.page("editor") as page:
        page.goto("/admin/articles/photo/upload/")
        given = [
            (one.name, one.read_bytes()) for one in (DEMO_PHOTOS / f"{name}.jpg" for name in taker.slugs["uploaded"])
        ]
        drop(page, "main", *given, ("plan.jpg", b"<svg/>"))
        expect(page.locator(".upload-next")).to_be_visible()
        taker.take(page, "photos", 760)
        page.locator(".upload-next a").click()
        page.wait_for_selector(".photo-row")
        taker.take(page, "photo-texts", 900)
        page.goto("/admin/articles/photo/?q=lighthouse.jpg")  # by the name of its file, in each language
        page.locator("#result_list tbody th a, #result_list tbody .field-thumbnail a").first.click()
        page.wait_for_selector(".focal img.picture")
        page.locator(".focal").evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 80)")
        taker.take(page, "focal", 900)


def figures(taker: Taker) -> None:
    """A photo beside the text in the editor; the dialog of a gallery; a card of a post; the gallery for readers."""
    with taker.page("editor") as page:
        taker.open_article(page, taker.slugs["sample"])
        page.wait_for_selector(f"{EDITOR} .photo-figure .live-mark")
        page.locator(f"{EDITOR} .photo-figure").evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 200)")
        taker.take(page, "figure", 640)
        taker.open_article(page, taker.slugs["gallery"])
        figure = page.locator(f"{EDITOR} .photo-figure")
        figure.locator("img").first.click()
        page.keyboard.press("Enter")
        page.wait_for_selector("#figure-dialog[open] .found img")
        taker.take(page, "figures", 860)
        page.keyboard.press("Escape")
        taker.open_article(page, taker.slugs["card"])
        page.wait_for_selector(f"{EDITOR} .kept-post .live-mark")
        page.locator(f"{EDITOR} .kept-post").evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 200)")
        taker.take(page, "card", 560)
        taker.open_article(page, taker.slugs["gallery"])
        page.goto(page.locator(".facts a").first.inner_text())
        page.set_viewport_size({"width": 1000, "height": 900})
        taker.take_part(page, page.locator(".gallery"), "gallery", room=24)


def article(taker: Taker) -> None:
    """The whole page as readers see it, its upper half beside its lower half. For the README: in English."""
    with taker.page("managing") as page:
        taker.open_article(page, taker.slugs["sample"])
        page.goto(page.locator(".facts a").first.inner_text())
        page.set_viewport_size({"width": 1000, "height": 900})
        taker.still(page)
        file = taker.folder / "article.png"
        page.screenshot(path=file, full_page=True)
    with Image.open(file) as picture:
        scale = COLUMN / picture.width
        whole = picture.convert("RGB").resize((COLUMN, round(picture.height * scale)), Image.Resampling.LANCZOS)
    half = (whole.height + 1) // 2
    both = Image.new("RGB", (2 * COLUMN + GAP, half), "white")
    both.paste(whole.crop((0, 0, COLUMN, half)), (0, 0))
    both.paste(whole.crop((0, half, COLUMN, whole.height)), (COLUMN + GAP, 0))
    taker.store(both, "article", 256)


EACH: tuple[Callable[[Taker], None], ...] = (
    typed, overview, form, caret, checklist, style, history, registers, phone, conflict, figures, photos,
    front, story, frontpage, article,
)  # fmt: skip


def main(address: str, folder: Path) -> None:
    only = set(filter(None, os.environ.get("ONLY", "").split(",")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for language, place in (("en", folder), ("ru", folder / "ru")):
            taker = Taker(browser, address, place, language)
            for one in EACH:
                if (not only or one.__name__ in only) and (one is not article or language == "en"):
                    one(taker)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
