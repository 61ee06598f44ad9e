"""How quick a page is on a phone, by Lighthouse: `python -m tests.benchmarks.lighthouse_bench` prints a table.

The demo newsroom in a folder of its own, with all pages stored and all pictures made, as the application sends them, in
a Chromium that Lighthouse slows down as a phone on a mobile network is (its own simulated settings). Each page is asked
for five times: the score is their median. Nothing is asserted: tests/lighthouse holds the other three categories.
"""

import statistics
from typing import Any

from tests.benchmarks.pictures_bench import answers, fill, web_command
from tests.benchmarks.running import enter, folder, processes, wait_for

TIMES = 5
FIGURES = (
    ("largest-contentful-paint", "largest paint, s", 0.001, 2),
    ("total-blocking-time", "blocked, ms", 1.0, 0),
    ("cumulative-layout-shift", "moved", 1.0, 3),
    ("total-byte-weight", "kB", 0.001, 0),
)


def pages() -> dict[str, str]:
    """Store every page; return one of each type, by its name."""
    from django.utils import timezone

    from articles.baking import bake_everything
    from articles.editions import release_path
    from articles.models import Release

    at = timezone.now()
    bake_everything(at)
    live = Release.objects.live(at).filter(language="en").select_related("edition")
    illustrated = next(one for one in live.order_by("-published_at") if one.edition.photo and one.edition.figures)
    day = live.latest("published_at").published_date
    return {
        "front": "/en/",
        "article": release_path(illustrated),
        "rubric": "/en/category/politics/",
        "story": "/en/topic/registers-law/",
        "month": f"/en/archive/{day:%Y/%m}/",
        "day": f"/en/archive/{day:%Y/%m/%d}/",
        "all news": "/en/news/",
        "search": "/en/search/?q=ferry",
    }


def main() -> None:
    """Print the table."""
    from tests.conftest import CHROMIUM
    from tests.lighthouse.asking import MODULES, asked, listening

    if MODULES is None or CHROMIUM is None:
        raise SystemExit("Chromium and Lighthouse (.ci/lighthouse) must be installed.")
    with folder() as place:
        environment = enter(place, DEMO="1")
        fill(None, place)
        shown = pages()
        address = f"http://127.0.0.1:{environment['PORT']}"
        with processes(place / "log", web_command()), listening(CHROMIUM) as port:
            wait_for(lambda: answers(address), "an answer")
            found = asked(port, [address + path for path in shown.values()], ["performance"], skipped={}, times=TIMES)
    print(f"| page | performance | {' | '.join(name for _id, name, _unit, _digits in FIGURES)} |")
    print(f"|---|---:|{'---:|' * len(FIGURES)}")
    for number, kind in enumerate(shown):
        print(row(kind, found[number * TIMES : (number + 1) * TIMES]))
    print(
        f"\nLighthouse {found[0]['version']} at its phone settings, medians of {TIMES}; in brackets the least and most."
    )


def row(kind: str, runs: list[dict[str, Any]]) -> str:
    """Return the row of a page."""
    scores = [run["scores"]["performance"] or 0 for run in runs]
    cells = [f"{statistics.median(scores):.2f} ({min(scores):.2f}–{max(scores):.2f})"]
    for name, _label, unit, digits in FIGURES:
        cells.append(f"{statistics.median(run['figures'].get(name) or 0 for run in runs) * unit:,.{digits}f}")
    return f"| {kind} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
