"""What readers load of pictures: `python -m tests.benchmarks.pictures_bench [FOLDER]` prints a table, and two lines.

The demo newsroom in a folder of its own, its pages as the application sends them, in Chromium: the bytes of two
articles with five pictures each, one on top and four in the text, and of the front page, read to their end, at three
widths, with how much of the layout moved. Then what the job of renditions costs of a processor, and how many requests
a crawl of the demo makes elsewhere.

The demo's pictures are drawn, and so small. FOLDER holds photographs (JPEG) that stand in their places, again from the
first where there are fewer. One article has the five that are heaviest on a phone, the other the five in the middle.
"""

import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.running import enter, folder, processes, wait_for

# width, points to a pixel, limits in kilobytes of an article and of the front page
SCREENS = ((390, 2, 250, 300), (390, 3, 250, 300), (768, 2, None, None), (1280, 1, None, None))
SHIFTS = """
    window.moved = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
    }).observe({type: 'layout-shift', buffered: true});
"""
LINKS = "links => links.map(link => link.href)"
CRAWLED = 100  # pages
PHONE = 720  # pixels that a phone loads of a picture


def main(photographs: Path | None) -> None:
    """Print the table."""
    with folder() as place:
        environment = enter(place, DEMO="1")
        per_photo, files, size = fill(photographs, place)
        stories = [with_five(pictures, number) for number, pictures in enumerate(heaviest_and_middle())]
        address = f"http://127.0.0.1:{environment['PORT']}"
        with processes(place / "log", web_command()):
            wait_for(lambda: answers(address), "an answer")
            loaded, elsewhere, pages = look(address, [*stories, "/en/"])
    print(f"Pictures: {'those of the demo' if photographs is None else 'photographs'}\n")
    print("| screen | five heaviest | pictures alone | moved | five middling | pictures alone | moved ", end="")
    print("| front page | pictures alone | moved |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for (width, points, article, front), found in zip(SCREENS, loaded, strict=True):
        cells = []
        for (total, images, moved), limit in zip(found, (article, article, front), strict=True):
            told = f" (to reach: {limit})" if limit else ""
            cells.append(f"{total / 1000:.0f} kB{told} | {images / 1000:.0f} kB | {moved:.3f}")
        print(f"| {width} px, {points} points to a pixel | {' | '.join(cells)} |")
    print(
        f"\nRenditions: {files} files and {size / 1e6:.2f} MB a photo, in {statistics.median(per_photo):.2f} s of a ",
        end="",
    )
    print(f"processor (median of {len(per_photo)}; the longest {max(per_photo):.2f} s). ", end="")
    print(f"A crawl of {pages} pages of the demo asks other hosts {elsewhere} times.")


def fill(photographs: Path | None, place: Path) -> tuple[list[float], int, float]:
    """Make the demo and its renditions; return seconds of a processor for each photo, files and bytes of one."""
    from django.core.management import call_command
    from django.db.models import Sum
    from django.utils import timezone

    from articles.baking import make_renditions
    from articles.management import demo_loader
    from articles.models import Rendition

    call_command("migrate", interactive=False, verbosity=0)
    if photographs is not None:
        demo_loader.FOLDER = in_their_places(photographs, demo_loader.FOLDER, place / "demo")
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


def in_their_places(photographs: Path, demo: Path, place: Path) -> Path:
    """Return a folder like that of the demo, with photographs in the places of its pictures."""
    shutil.copytree(demo, place)
    given = sorted(one for one in photographs.iterdir() if one.suffix.lower() in (".jpg", ".jpeg"))
    for number, drawn in enumerate(sorted((place / "photos").iterdir())):
        shutil.copyfile(given[number % len(given)], drawn)
    return place


def heaviest_and_middle() -> tuple[list[Any], list[Any]]:
    """Return the five photos of which a phone with two points to a pixel loads most, and the five in the middle."""
    from articles.models import Photo, Rendition

    def weight(photo: Photo) -> int:
        files = Rendition.objects.get(web=photo.web).files
        return max(one["bytes"] for one in files if one["width"] <= PHONE and one["format"] == "avif")

    ordered = sorted(Photo.objects.all(), key=weight, reverse=True)
    middle = max(len(ordered) // 2 - 2, 0)
    return ordered[:5], ordered[middle : middle + 5]


def with_five(pictures: list[Any], number: int) -> str:
    """Publish an article anew with one of the photos on top and the others in its text; return its address."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from articles.editions import release_path
    from articles.models import Release
    from articles.publishing import publish

    live = Release.objects.live(timezone.now()).filter(language="en", article__lead_photo__isnull=False)
    article = live.select_related("article").order_by("pk")[number].article
    figures = [f'<figure data-photo="{one.pk}"></figure>' for one in pictures[1:]]
    parts = article.body.split("</p>")
    article.body = "".join(f"{part}</p>{figures.pop() if figures else ''}" for part in parts if part.strip())
    article.body += "".join(figures)
    article.lead_photo = pictures[0]
    article.save()
    return release_path(publish(article, by=User.objects.get(username="managing"), at=timezone.now(), reason="minor"))


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


def look(address: str, paths: list[str]) -> tuple[list[list[tuple[int, int, float]]], int, int]:
    """Return for each screen what each of the pages loaded, then requests elsewhere and pages of the crawl."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import ARGUMENTS
    from tests.conftest import CHROMIUM

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        loaded = [
            [read(chromium, f"{address}{path}", width, points) for path in paths] for width, points, *_limits in SCREENS
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
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
