"""What a search costs, in archives of 20,000 and of 200,000 articles, on SQLite and on PostgreSQL where both are there:
`python -m tests.benchmarks.search_bench`. Nothing is stored and nothing asserted.

Each page is asked for through the application, in milliseconds of processor time, ours and the database's for it, the
median of seven after a first; one
line is the page of a common word cut from all its hits, as SQLite had to before its rows were in the order of
publication. Then 500 drawn questions, a fifth of them with few hits or none, beside the limits; and the invented
archive of `tests/search/invented` with all its queries. Beneath stands what an article costs to index, what the
dictionary does, and what a web process takes.
"""

import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote_plus
from urllib.request import Request, urlopen

from tests.benchmarks.archive import FOLDER, WORDS, point_django_at
from tests.benchmarks.taking import bare_view, milliseconds, timed

SIZES = (20_000, 200_000)
TIMES = 7
DRAWN = 500
ROUNDS = 5
LIMITS = {"newest first": 50, "by relevance": 100}  # ms at p95; SQLite at 200,000 newest first 100
BARE = "a bare view of the front page, for comparison"
LEAST = {"recall": "1", "queries that find what they must not": "0", "first hit right": "≥ 0.9"}
MIDDLE = "1609308000000000.0"  # a cursor in the middle of the archive: 30 December 2020
QUERIES = {
    "a word that nearly every article has": "harbour",
    "two such words": "harbour council",
    "a phrase of them": '"harbour council"',
    "one or the other": "harbour OR council",
    "a word without another": "harbour -pelican",
    "a phrase that 500 articles have": '"pelican lighthouse circle"',
    "a rare word": "pelican",
    "two common words and a rare one": "harbour council pelican",
    "a word that no article has": "zebra",
    "a Russian word, read in all English articles": "остров",
    "as many phrases as fit": " OR ".join(['"harbour council engineer zebra"'] * 6),
}


def pages() -> dict[str, str]:
    """Return the addresses that are asked for, by what they are."""
    found = {what: f"/en/search/?q={quote_plus(query)}" for what, query in QUERIES.items()}
    deep = f"/en/search/?q=harbour&before={MIDDLE}"
    return found | {"a word that nearly every article has, from the middle": deep}


def ask() -> dict[str, float]:
    """Return the milliseconds of each page in this process's database."""
    from django.conf import settings
    from django.test import Client

    settings.SERVE_STORED_PAGES = False
    client = Client(headers={"host": "127.0.0.1"})

    def get(path: str) -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answers {response.status_code}")

    medians = {what: median(lambda path=path: get(path)) for what, path in pages().items()}  # type: ignore[misc]
    return medians | {"a word that nearly every article has, all its hits found first": median(all_first)}


def drawn_queries() -> list[str]:
    """Return invented questions, the same each time: words that many articles have, and a fifth that few or none do."""
    chance, rare = random.Random(17), ["pelican", '"pelican lighthouse circle"', "zebra", "harbuor", "остров"]
    found = []
    for number in range(DRAWN):
        one, other = chance.sample(WORDS, 2)
        common = (one, f"{one} {other}", f'"{one} {other}"', f"{one} OR {other}", f"{one} -{other}")
        found.append(f"{chance.choice(rare)} {chance.choice(('', one))}" if number % 5 == 0 else chance.choice(common))
    return found


def drawn() -> dict[str, float]:
    """Return the 95th percentile of the milliseconds of drawn questions, newest first and by relevance: of each the
    median of five rounds through all of them, and of the first round, in which each is asked for the first time."""
    from django.conf import settings
    from django.test import Client

    settings.SERVE_STORED_PAGES = False
    client = Client(headers={"host": "127.0.0.1"})

    def cost(query: str, sort: str) -> float:
        times, response = timed(lambda: client.get("/en/search/", {"q": query, "sort": sort}))
        if response.status_code != 200:
            raise SystemExit(f"{query} answers {response.status_code}")
        return 1000 * float(times["cpu"] + times["server"])

    found, queries = {BARE: bare_view()}, drawn_queries()
    for order, sort in (("newest first", "date"), ("by relevance", "")):
        for query in queries[:10]:
            cost(query, sort)  # what is loaded once
        rounds = [[cost(query, sort) for query in queries] for _ in range(ROUNDS)]
        medians = sorted(zip(map(statistics.median, zip(*rounds, strict=True)), queries, strict=True))
        print(*(f"{figure:.0f} {query}" for figure, query in medians[-25::3]), sep="\n", file=sys.stderr)
        found[f"{order}, p95 of {DRAWN} drawn"] = statistics.quantiles([one for one, _query in medians], n=20)[-1]
        found[f"{order}, median of these"] = statistics.median(one for one, _query in medians)
        found[f"{order}, p95 of the first round"] = statistics.quantiles(rounds[0], n=20)[-1]
    return found | {f"{BARE}, behind it": bare_view()}


def scored() -> dict[str, float]:
    """Return how well the page answers all queries of the invented archive, in a database of its own."""
    from django.core.management import call_command

    from tests.search.scoring import put_all, read, score

    call_command("migrate", verbosity=0)
    put_all()
    queries = read("queries")
    found = score(queries)
    print(found.missed, found.wrong, found.behind, file=sys.stderr)
    return {
        "queries": len(queries),
        "recall": found.recall,
        "queries that find what they must not": found.violations,
        "first hit right": found.first,
    }


def median(work: Callable[[], object]) -> float:
    """Return the median of the milliseconds that a piece of work takes after a first time."""
    return statistics.median([milliseconds(work, 1) for _ in range(TIMES + 1)][1:])


def all_first() -> object:
    """Cut the page of a common word from all its hits, without rendering it."""
    from django.utils import timezone

    from articles.reader.found import SIZE
    from articles.reader.keyset import cut
    from articles.search import search

    return cut(search("en", "harbour", timezone.now()).select_related("edition"), size=SIZE)


def archives(stack: ExitStack) -> Iterator[tuple[int, str, str]]:
    """Yield size, database and URL of each archive that is there."""
    from tests.benchmarks import postgres

    for size in SIZES:
        if (FOLDER / f"{size}.sqlite3").exists():
            yield size, "SQLite", f"sqlite:///{FOLDER / f'{size}.sqlite3'}"
    if postgres.binaries() is not None and postgres.FOLDER.exists():
        url = stack.enter_context(postgres.server())
        for size in SIZES:
            if f"archive_{size}" in postgres.names(url):
                yield size, "PostgreSQL", f"{url}/archive_{size}"


def indexing() -> dict[str, float]:
    """Return what it costs to load the dictionary, and to index an article of about 400 words, in ms and MB."""
    from articles.models import Edition
    from articles.search import words
    from articles.search.index import engine_words, readers_words

    text = "".join(f"<p>{one}</p>" for one in russian_paragraphs())
    edition = Edition(language="ru", headline="Паромы стоят", summary="", body=text)
    found, before = {}, resident()

    def took(what: str, work: object) -> None:
        begun = time.perf_counter()
        work()  # type: ignore[operator]
        found[what] = (time.perf_counter() - begun) * 1000

    took("loading the dictionary, ms", words.dictionary)
    found["the dictionary in memory, MB"] = resident() - before
    took("the first article, ms", lambda: readers_words(edition))
    took("the same once more, ms", lambda: readers_words(edition))
    took("its words for relabels, ms", lambda: engine_words(edition))
    found["the process, MB"] = resident()
    return found


def russian_paragraphs() -> list[str]:
    """Return Russian text that the repository has: the words of the desk, as many as an article has."""
    import articles

    texts = Path(articles.__file__).parent / "locale/ru/LC_MESSAGES/django.po"
    lines = texts.read_text(encoding="utf-8").split("\n")
    return [line[8:-1] for line in lines if line.startswith('msgstr "') and len(line) > 60][:60]


def resident(process: str = "self") -> float:
    """Return the memory of a process, this one by default, in MB."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def web_process() -> dict[str, float]:
    """Return the memory of a web server's process in MB, as it goes on to be asked."""
    from newsroom.run import web_command

    paths = ["/en/", "/ru/", "/admin/login/", "/en/search/?q=harbour", "/en/search/?q=nobody"]
    words = sorted({word for text in russian_paragraphs() for word in text.split() if len(word) > 2})
    with subprocess.Popen(web_command()) as server:
        try:
            wait_for("/healthz")
            process = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()[0]
            found = {"started, MB": resident(process)}
            for what, some in (
                ("after readers' pages and English queries, MB", paths * 10),
                ("after a first Russian query, MB", ["/ru/search/?q=%D0%BF%D0%BE%D1%80%D1%82"]),
                (f"after {len(words)} Russian queries, MB", [f"/ru/search/?q={quote_plus(word)}" for word in words]),
                ("after as many pages of long hits, MB", ["/en/search/?q=council+harbour&before=" + MIDDLE] * 100),
            ):
                for path in some:
                    get_from_server(path)
                found[what] = resident(process)
            return found
        finally:
            server.terminate()


def wait_for(path: str) -> None:
    """Wait until the web server answers; raise OSError if it does not within half a minute."""
    for _ in range(150):
        try:
            return get_from_server(path)
        except (ConnectionError, URLError):
            time.sleep(0.2)
    raise OSError(f"The web server does not answer {path}.")


def get_from_server(path: str) -> None:
    with urlopen(Request(f"http://127.0.0.1:{os.environ['PORT']}{path}"), timeout=60) as response:
        response.read()


def main() -> None:
    print("| archive | database | search for | ms of processor time, median of 7 |\n|---|---|---|---:|")
    with ExitStack() as stack:
        for size, database, url in archives(stack):
            for what, figure in child("ask", url, size).items():
                print(f"| {size:,} | {database} | {what} | {figure:,.1f} |", flush=True)
            for what, figure in child("drawn", url, size).items():
                limit = next((most for order, most in LIMITS.items() if what.startswith(f"{order}, p95")), "")
                limit = 100 if limit and size > SIZES[0] and database == "SQLite" else limit
                print(f"| {size:,} | {database} | {what}{f' (limit {limit})' if limit else ''} | {figure:,.1f} |")
    print("\n| invented archive | figure | limit |\n|---|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for what, figure in child("scored", f"sqlite:///{folder}/invented.sqlite3", 0).items():
            print(f"| {what} | {figure:.3g} | {LEAST.get(what, '')} |")
    print("\n| indexing a Russian article of 400 words | figure |\n|---|---:|")
    for what, figure in child("indexing", "sqlite:///:memory:", 0).items():
        print(f"| {what} | {figure:,.1f} |")
    if (FOLDER / f"{SIZES[0]}.sqlite3").exists():
        print(f"\n| a web process, {SIZES[0]:,} articles, SQLite | figure |\n|---|---:|")
        for what, figure in child("web_process", f"sqlite:///{FOLDER / f'{SIZES[0]}.sqlite3'}", SIZES[0]).items():
            print(f"| {what} | {figure:,.1f} |")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def child(what: str, url: str, size: int, module: str = "search_bench") -> dict[str, float]:
    """Return what a process of its own measures."""
    run = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{module}", what, str(size)],
        env=os.environ | {"DATABASE_URL": url, "PORT": str(free_port()), "WEB_PROCESSES": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    measured: dict[str, float] = json.loads(run.stdout)
    return measured


if __name__ == "__main__":
    if sys.argv[1:]:
        point_django_at(int(sys.argv[2]))
        print(
            json.dumps(
                {"ask": ask, "drawn": drawn, "scored": scored, "indexing": indexing, "web_process": web_process}[
                    sys.argv[1]
                ]()
            )
        )
    else:
        main()
