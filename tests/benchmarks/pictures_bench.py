"""What readers load of pictures: `python -m tests.benchmarks.pictures_bench` prints two tables.

The demo newsroom in a folder of its own, its pages as the application sends them, in Chromium: the bytes of an article
with five pictures and of the front page, read to their end, at three widths, with how much of the layout moved. Then
what the job of renditions costs of a processor, and how many requests a crawl of the demo makes elsewhere. The four
pictures beside the first are put into the stored form of the article, as figures of a text stand there.
"""

import re
import statistics
import time
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.running import enter, folder, processes, wait_for

# width, points to a pixel, limits in kilobytes of the article and of the front page
SCREENS = ((390, 2, 250, 300), (768, 2, None, None), (1280, 1, None, None))
SHIFTS = """
    window.moved = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
    }).observe({type: 'layout-shift', buffered: true});
"""
LINKS = "links => links.map(link => link.href)"
CRAWLED = 100  # pages


def main() -> None:
    """Print the tables."""
    with folder() as place:
        environment = enter(place, DEMO="1")
        per_photo, files, size = fill()
        story = with_five_pictures()
        address = f"http://127.0.0.1:{environment['PORT']}"
        with processes(place / "log", web_command()):
            wait_for(lambda: answers(address), "an answer")
            loaded, elsewhere, pages = look(address, story)
    print("| screen | article with five pictures | pictures alone | moved | front page | pictures alone | moved |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for (width, points, *limits), found in zip(SCREENS, loaded, strict=True):
        cells = []
        for (total, images, moved), limit in zip(found, limits, strict=True):
            told = f" (to reach: {limit})" if limit else ""
            cells.append(f"{total / 1000:.0f} kB{told} | {images / 1000:.0f} kB | {moved:.3f}")
        print(f"| {width} px, {points} points to a pixel | {' | '.join(cells)} |")
    print(
        f"\nRenditions: {files} files and {size / 1e6:.2f} MB a photo, in {statistics.median(per_photo):.2f} s of a ",
        end="",
    )
    print(f"processor (median of {len(per_photo)}; the longest {max(per_photo):.2f} s). ", end="")
    print(f"A crawl of {pages} pages of the demo asks other hosts {elsewhere} times.")


def fill() -> tuple[list[float], int, float]:
    """Make the demo and its renditions; return seconds of a processor for each photo, files and bytes of one."""
    from django.core.management import call_command
    from django.db.models import Sum
    from django.utils import timezone

    from articles.baking import make_renditions
    from articles.models import Rendition

    call_command("migrate", interactive=False, verbosity=0)
    call_command("demo", verbosity=0)
    took = []
    while True:
        begun = time.process_time()
        if not make_renditions(timezone.now()):
            break
        took.append(time.process_time() - begun)
    rows = Rendition.objects.exclude(made="")
    total = rows.aggregate(size=Sum("size"))["size"]
    return took, round(sum(len(row.files) for row in rows) / len(rows)), total / len(rows)


def with_five_pictures() -> str:
    """Put four more pictures into the stored form of an article with a photo; return its address."""
    import zlib

    from django.utils import timezone

    from articles.editions import reading_form, release_path
    from articles.models import Photo, ReadingForm, Release

    live = Release.objects.live(timezone.now()).filter(language="en", article__lead_photo__isnull=False)
    release = live.select_related("edition", "form").order_by("pk")[0]
    others = Photo.objects.exclude(web=release.edition.photo["web"]).order_by("pk")[:4]
    figures = [
        f'<figure><img src="/media/{one.web}" width="{one.width}" height="{one.height}" alt="A view"></figure>'
        for one in others
    ]
    paragraphs = reading_form(release).split("</p>\n<p>")
    html = re.sub("</p>", lambda end: end[0] + (figures.pop() if figures else ""), "</p>\n<p>".join(paragraphs))
    ReadingForm.objects.filter(pk=release.form_id).update(body=zlib.compress(html.encode()))
    return release_path(release)


def web_command() -> list[str]:
    """Return the command of the web server of this newsroom."""
    from newsroom import run

    return run.web_command()


def answers(address: str) -> bool:
    import urllib.error
    import urllib.request

    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:  # no worker lives here
        return True
    except OSError:
        return False


def look(address: str, story: str) -> tuple[list[list[tuple[int, int, float]]], int, int]:
    """Return for each screen what each of the two pages loaded, then requests elsewhere and pages of the crawl."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import ARGUMENTS
    from tests.conftest import CHROMIUM

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        loaded = [
            [read(chromium, f"{address}{path}", width, points) for path in (story, "/en/")]
            for width, points, *_limits in SCREENS
        ]
        elsewhere, pages = crawl(chromium, address)
        chromium.close()
    return loaded, elsewhere, pages


def read(chromium: Any, address: str, width: int, points: int) -> tuple[int, int, float]:
    """Read a page to its end; return the bytes of all that was loaded and of its pictures, and how much moved."""
    context = chromium.new_context(viewport={"width": width, "height": 844}, device_scale_factor=points)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    asked: dict[str, str] = {}
    sizes: dict[str, int] = {}
    events = context.new_cdp_session(page)
    events.send("Network.enable")
    events.on("Network.responseReceived", lambda got: asked.update({got["requestId"]: got["type"]}))
    events.on("Network.loadingFinished", lambda got: sizes.update({got["requestId"]: got["encodedDataLength"]}))
    page.goto(address, wait_until="networkidle")
    for _ in range(60):
        before = page.evaluate("scrollY")
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(60)
        if page.evaluate("scrollY") == before:
            break
    page.wait_for_load_state("networkidle")
    moved = page.evaluate("window.moved")
    context.close()
    pictures = sum(size for number, size in sizes.items() if asked.get(number) == "Image")
    return sum(sizes.values()), pictures, moved


def crawl(chromium: Any, address: str) -> tuple[int, int]:
    """Follow the links of the site; return how many requests went to other hosts, and how many pages were read."""
    page = chromium.new_context().new_page()
    elsewhere: list[str] = []
    own = urlsplit(address).netloc
    page.on("request", lambda one: elsewhere.append(one.url) if urlsplit(one.url).netloc != own else None)
    waiting, seen = [f"{address}/en/", f"{address}/ru/"], set[str]()
    while waiting and len(seen) < CRAWLED:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        page.goto(path, wait_until="load")
        links = page.locator("a[href]").evaluate_all(LINKS)
        found = {urlsplit(one)._replace(fragment="").geturl() for one in links if urlsplit(one).netloc == own}
        waiting += sorted(
            one for one in found - seen if "/admin/" not in one and "/media/" not in one and ".xml" not in one
        )
    return len(elsewhere), len(seen)


if __name__ == "__main__":
    main()
