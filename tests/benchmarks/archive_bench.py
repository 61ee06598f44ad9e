"""What the pages of the archive cost that the application renders for readers, in archives of 20,000 and of 200,000
articles, on SQLite and on PostgreSQL where both are there: `python -m tests.benchmarks.archive_bench [SIZE …]`.

Three hundred drawn addresses: years, months, days, rubrics and their months, all news under every combination of
filters, each at its first, its last or any page: of each the median of five rounds through all of them, in milliseconds
of processor time, ours and the database's for it; beside them how much the deepest pages cost more than the first of
the same lists. Nothing is stored and nothing asserted.
"""

import itertools
import json
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import cache

from tests.benchmarks.archive import point_django_at

DRAWN = 300
TIMES = 5
DEEPEST = 1.5
SIZES = (20_000, 200_000)
NUMBERS = {"category": 6, "region": 12, "topic": 40}
SOME = [some for number in range(4) for some in itertools.combinations(NUMBERS, number)]
Draw = Callable[[random.Random], str]


def limit(size: int, database: str) -> int:
    """Return the milliseconds at p95 that are allowed."""
    return 100 if database == "SQLite" and size > SIZES[0] else 50


@cache
def pages_of(rubric: str) -> int:
    """Return the number of the newest closed page of a rubric's list, by the counts."""
    from django.db.models import Sum

    from articles.models import Count
    from articles.pagemap.lists import closed_pages

    counted = Count.objects.filter(language="en", rubric=rubric).aggregate(all=Sum("number"))
    return closed_pages(counted["all"] or 0)


def day(chance: random.Random) -> str:
    from tests.benchmarks.published import DAYS, FIRST

    return f"{FIRST + timedelta(days=chance.randrange(DAYS)):%Y/%m/%d}"


def slug(kind: str, chance: random.Random) -> str:
    return f"{kind}-{chance.randrange(NUMBERS[kind])}"


def month_of_rubric(chance: random.Random) -> str:
    kind = chance.choice([*NUMBERS])
    return f"/en/{kind}/{slug(kind, chance)}/{day(chance)[:7]}/"


def rubric(chance: random.Random) -> str:
    kind = chance.choice([*NUMBERS])
    name = slug(kind, chance)
    number = chance.randint(1, max(1, pages_of(f"{kind}:{name}")))
    return f"/en/{kind}/{name}/" + (f"{number}/" if number > 1 else "")


def filtered(chance: random.Random) -> str:
    one = day(chance).replace("/", "-")
    chosen = [f"{kind}={slug(kind, chance)}" for kind in chance.choice(SOME)]
    return "/en/news/?" + "&".join([*chosen, chance.choice(("", "page=last", f"until={one}", f"since={one}"))])


KINDS: tuple[Draw, ...] = (
    lambda chance: f"/en/archive/{day(chance)[:4]}/",
    lambda chance: f"/en/archive/{day(chance)[:7]}/",
    lambda chance: f"/en/archive/{day(chance)}/",
    month_of_rubric,
    rubric,
    filtered,
    filtered,
    filtered,
)


def drawn() -> Iterator[str]:
    """Yield the drawn addresses, the same for the same archive."""
    chance = random.Random(17)
    for number in range(DRAWN):
        yield KINDS[number % len(KINDS)](chance)


def deep() -> dict[str, tuple[str, str]]:
    """Return addresses of the first and of the deepest page of lists, by what they list."""
    found = {}
    for some in SOME:
        chosen = "&".join(f"{kind}={kind}-3" for kind in some)
        found[f"all news{' of ' if some else ''}{' and '.join(some)}"] = (
            f"/en/news/?{chosen or 'since=2000-01-01'}",
            f"/en/news/?{chosen}&page=last",
        )
    for kind in NUMBERS:
        found[f"a {kind}"] = (f"/en/{kind}/{kind}-3/", f"/en/{kind}/{kind}-3/2/")
    return found


def measure() -> dict[str, float]:
    """Return the figures of this process's database."""
    from django.conf import settings
    from django.test import Client

    from tests.benchmarks.search_bench import BARE
    from tests.benchmarks.taking import bare_view, milliseconds

    settings.SERVE_STORED_PAGES = False
    client = Client(headers={"host": "127.0.0.1"})

    def cost(path: str) -> float:
        def get() -> None:
            response = client.get(path)
            if response.status_code not in (200, 404):  # a day or a month without articles of a rubric
                raise SystemExit(f"{path} answers {response.status_code}")

        return milliseconds(get, 1)

    paths = [*drawn()]
    for path in paths[: len(KINDS) * 2]:
        cost(path)  # what is loaded once
    found = {BARE: bare_view()}
    rounds = [[cost(path) for path in paths] for _ in range(TIMES)]
    taken = sorted(zip(map(statistics.median, zip(*rounds, strict=True)), paths, strict=True))
    print(*(f"{figure:.0f} {path}" for figure, path in taken[-8:]), sep="\n", file=sys.stderr)
    found[f"p95 of {DRAWN} drawn"] = statistics.quantiles([figure for figure, _path in taken], n=20)[-1]
    found["p95 of the first round"] = statistics.quantiles(rounds[0], n=20)[-1]
    for what, (first, last) in deep().items():
        figures = [[cost(path) for path in (first, last)] for _ in range(TIMES + 1)][1:]
        one, other = (statistics.median(column) for column in zip(*figures, strict=True))
        found[f"{what}, its first page"], found[f"{what}, its last page, times its first"] = one, other / one
    return found


def main(sizes: tuple[int, ...]) -> None:
    from tests.benchmarks import search_bench

    search_bench.SIZES = sizes
    print("| archive | database | page | ms of processor time | limit |\n|---|---|---|---:|---:|")
    with ExitStack() as stack:
        for size, database, url in search_bench.archives(stack):
            for what, figure in search_bench.child("measure", url, size, "archive_bench").items():
                most = "" if what == search_bench.BARE else DEEPEST if "times" in what else limit(size, database)
                print(
                    f"| {size:,} | {database} | {what} | {figure:,.{2 if 'times' in what else 1}f} | {most} |",
                    flush=True,
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        point_django_at(int(sys.argv[2]))
        print(json.dumps(measure()))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
