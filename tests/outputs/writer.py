"""Makes the demo newsroom at a fixed moment and writes down everything that readers and files get of it.

Run as a script inside the checkout whose outputs are wanted, which may be older or newer than this file: it asks by
commands and addresses, not by the names of modules that move. Whatever is drawn at random is counted instead.
"""

import gzip
import html
import json
import logging
import os
import re
import secrets
import sys
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

HOST = "http://testserver"
WIRE = 105  # more articles of one day and rubric in each language: a list's closed pages begin at 100
MOST = 20_000  # addresses; more would be a link that leads on for ever
TYPED = {"Content-Type", "Cache-Control", "Content-Language", "Location", "Vary", "X-Robots-Tag", "Referrer-Policy",
         "Content-Security-Policy", "Content-Disposition", "Link", "Allow", "Retry-After"}  # fmt: skip
LINK = re.compile(r"""(?:href|src|action)="([^"]*)"|content="(https?:[^"]*)"|<(?:loc|link)>([^<]*)<""")
NOT_OURS = re.compile(r"/(?:admin|i18n|static)/")
LATER = timedelta(days=4)  # what was scheduled has begun

_drawn: Counter[object] = Counter()


def _count(what: object) -> int:
    _drawn[what] += 1
    return _drawn[what]


def draw_nothing() -> None:
    """Exchange the sources of chance by counters, one for each kind; before the newsroom is imported."""

    def hexadecimal(size: int = 32) -> str:
        number = f"{size}:{_count(('hex', size))}"
        return sha256(number.encode()).hexdigest()[: 2 * size].ljust(2 * size, "0")

    def words(size: int = 32) -> str:
        return sha256(f"words:{size}:{_count(('words', size))}".encode()).hexdigest()[:43]

    secrets.token_hex = hexadecimal  # type: ignore[assignment]
    secrets.token_urlsafe = words  # type: ignore[assignment]
    uuid.uuid4 = lambda: uuid.UUID(int=_count("uuid"), version=4)


@dataclass
class Folder:
    """What was written: one file for each body, and the index of all answers."""

    root: Path
    index: dict[str, dict[str, Any]] = field(default_factory=dict)
    forms: dict[str, bytes] = field(default_factory=dict)  # key → the bytes of a reading form

    def keep(self, key: str, body: bytes, content_type: str, **said: Any) -> None:
        """Write a body down under its key ("answer /en/"); name the reading forms that stand in it as they are."""
        readable = re.sub(r"[^\w.-]+", "_", key, flags=re.ASCII).strip("_")[:100]
        name = f"{readable}-{sha256(key.encode()).hexdigest()[:8]}"
        (self.root / name).write_bytes(body)
        inside = sorted(form for form, text in self.forms.items() if text in body)
        self.index[key] = {"type": content_type, "file": name, **({"forms": inside} if inside else {}), **said}

    def close(self) -> None:
        text = json.dumps(self.index, ensure_ascii=False, indent=1, sort_keys=True)
        (self.root / "index.json").write_text(f"{text}\n", encoding="utf-8")


def make_newsroom(at: datetime) -> dict[str, list[str]]:
    """Fill the database: the demo, long lists, an article that moved, previews. Return the addresses to ask besides."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    with open(os.devnull, "w") as nowhere:
        call_command("demo", stdout=nowhere, stderr=nowhere)
    from django.contrib.auth.models import User

    from articles.models import Article

    editor = User.objects.get(username="editor")
    for language in ("en", "ru"):
        add_wire(language, editor, at)
    moved = move_one(editor, at)
    released = Article.objects.exclude(releases=None).order_by("pk")
    return {
        "moved": moved,
        "previews": list(previews(Article.objects.filter(releases=None).order_by("pk"), at)),
        "articles": sorted({path for article in released for path in paths_of(article)}),
    }


def paths_of(article: Any) -> Iterator[str]:
    """Yield every address that the article ever had, also the one that it will have."""
    for row in article.addresses.all():
        yield f"/{row.language}/{row.date:%Y/%m/%d}/{row.slug}/"
    for release in article.releases.select_related("edition"):
        yield f"/{release.language}/{release.published_date:%Y/%m/%d}/{release.edition.slug}/"


def add_wire(language: str, editor: Any, at: datetime) -> None:
    """Publish so many short articles a minute apart, two days ago, that the lists of the day go on."""
    from articles.models import Article, Category, Region, Topic
    from articles.publishing import publish

    name = {"en": "the “Black Tide Front” (BTF)", "ru": "«Фронт чёрного прилива»"}[language]
    begun = at.replace(hour=6, minute=0, second=0) - timedelta(days=2)
    for number in range(WIRE):
        article = Article.objects.create(
            language=language,
            slug=f"wire-{number}",
            headline=f"{number}: {name}",
            summary=f"{name}, {number}" if number % 2 else "",
            body=f"<p>{name}, {number}.</p><p>{name}</p>" if number % 3 else f"<p>{number}</p>",
            category=Category.objects.get(slug="politics"),
        )
        article.regions.set(Region.objects.filter(slug="kelmar"))
        article.topics.set(Topic.objects.filter(slug="ferries") if number < 12 else [])
        publish(article, by=editor, at=begun + timedelta(minutes=number))


def move_one(editor: Any, at: datetime) -> list[str]:
    """Publish a live article at another address; return those it had before."""
    from articles.models import Article
    from articles.publishing import publish

    article = Article.objects.get(language="en", slug="wire-7")
    before = list(paths_of(article))
    article.slug = "wire-seven"
    article.save()
    publish(article, by=editor, at=at - timedelta(hours=1))
    return before


def previews(articles: Iterable[Any], at: datetime) -> Iterator[str]:
    from articles.models import PreviewToken, StaffId

    for article in articles:
        token = f"preview-of-{article.language}-{article.slug}".ljust(20, "-")[:64]
        kept = {"token": token} if hasattr(PreviewToken, "token") else {"digest": sha256(token.encode()).hexdigest()}
        made = {"made_by_id": StaffId.objects.get(user__username="editor").pk, "made_at": at}
        PreviewToken.objects.create(article=article, expires_at=at + timedelta(days=1), **kept, **made)
        yield f"/preview/{token}/"


def keep_forms(folder: Folder) -> None:
    """Write down every reading form, with its hash, under its article's address part and the edition's number."""
    import zlib

    from articles.models import Release

    for release in Release.objects.select_related("edition", "form").order_by("edition_id"):
        edition = release.edition
        key = f"form {edition.language}/{edition.slug}/{release.article_id}/{edition.number}"
        body = zlib.decompress(bytes(release.form.body))
        folder.forms[key] = body
        folder.keep(key, body, "form", sha256=release.form_id)


def keep_record(folder: Folder) -> None:
    """Write down the publication record's lines and what `verify_record` says of them."""
    from io import StringIO

    from django.core.management import call_command

    from articles.models import PublicationRecord

    lines = list(PublicationRecord.objects.order_by("number").values())
    text = json.dumps(lines, default=str, ensure_ascii=False, indent=1)
    folder.keep("record lines", text.encode(), "application/json")
    out = StringIO()
    call_command("verify_record", stdout=out)
    folder.keep("record verified", out.getvalue().encode(), "text/plain")


def keep_stored(folder: Folder, pages: Path) -> list[str]:
    """Store every page; write down the files; return their addresses. A compressed copy must hold its page."""
    from django.core.management import call_command

    with open(os.devnull, "w") as nowhere:
        call_command("bake", all=True, jobs=1, verbosity=0, stdout=nowhere)
    addresses = []
    for file in sorted(pages.rglob("*")):
        name = file.relative_to(pages).as_posix()
        if not file.is_file() or name.startswith("."):
            continue
        body = file.read_bytes()
        if name.endswith(".gz"):
            folder.keep(f"stored /{name}", gzip.decompress(body), type_of(name.removesuffix(".gz")))
            continue
        folder.keep(f"stored /{name}", body, type_of(name))
        addresses.append("/" + name.removesuffix("index.html"))
    return addresses


def type_of(name: str) -> str:
    return {"html": "text/html", "xml": "application/xml", "jpg": "image/jpeg"}[name.rpartition(".")[2]]


def unstored() -> Iterator[str]:
    """Yield addresses that no page links to, or whose answers depend on what is asked."""
    yield from (
        "/ /robots.txt /favicon.ico /healthz /nowhere/ /en /ru/news /en/archive/1999/ /en/archive/2026/13/ "
        "/sitemap-1999-01.xml /sitemap-2026-11.xml /media/unknown.jpg /preview/no-such-token-at-all/ "
        "/en/2026/02/31/no/ /en/%D0%BD%D0%B5%D1%82/ /en/category/unknown/"
    ).split()
    for language in ("en", "ru"):
        for words in (
            "",
            "ferry",
            "паром",
            "Black Tide Front",
            "прилива",
            "“harbour watch”",
            '"ferry price"',
            "<b>&",
            "wire",
        ):
            yield f"/{language}/search/?q={quote(words)}"
        for query in ("q=ferry&sort=date", "q=ferry&category=politics", "q=ferry&since=2026-01-01",
                      "q=ferry&language=ru", "q=fery", "q=ferry&page=99", "q=ferry&category=unknown"):  # fmt: skip
            yield f"/{language}/search/?{query}"
        yield f"/{language}/search/feed.xml?q=ferry"
        for query in ("category=politics", "region=kelmar", "topic=ferries", "since=2026-01-01&until=2026-11-18",
                      "since=yesterday", "category=unknown", "region=kelmar&topic=ferries&category=politics",
                      "before=nonsense", "after=", "since=2030-01-01"):  # fmt: skip
            yield f"/{language}/news/?{query}"
        yield f"/{language}/corrections/?before=nonsense"
        for kind, slug in (("category", "politics"), ("region", "kelmar"), ("topic", "ferries")):
            yield from (f"/{language}/{kind}/{slug}/{page}/" for page in (1, 2, 3))


def ask(folder: Folder, address: str, key: str = "", **headers: str) -> tuple[str, bytes]:
    """Ask the application for an address and write the answer down; return its content type and body."""
    from django.test import Client

    response = Client(headers=headers).get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    kind = response.headers.get("Content-Type", "")
    said = {name: value for name, value in response.headers.items() if name in TYPED}
    said |= {name: "(given)" for name in ("ETag", "Set-Cookie") if name in response.headers}
    folder.keep(key or f"answer {address}", body, kind, status=response.status_code, headers=said)
    return kind, body


def ask_as_others_do(folder: Folder) -> None:
    """Ask for some pages by other methods, in other languages, and for what the reader has already."""
    from django.test import Client

    for language in ("ru", "en", "de"):
        ask(folder, "/", f"answer / to a reader of {language}", **{"Accept-Language": language})
    for path in ("/en/", "/ru/feed.xml", "/sitemap.xml", "/en/search/", "/en/news/?category=politics"):
        tag = Client().get(path).headers["ETag"]
        ask(folder, path, f"answer {path} to who has it", **{"If-None-Match": tag})
        ask(folder, path, f"answer {path} to who has another", **{"If-None-Match": '"another"'})
        for method in ("head", "post"):
            response = getattr(Client(), method)(path)
            folder.keep(f"{method} {path}", response.content, "text/plain", status=response.status_code)


def links(address: str, kind: str, body: bytes) -> Iterator[str]:
    """Yield the addresses on this site that a page or a file of addresses names."""
    if not kind.startswith(("text/html", "application/rss", "application/xml")):
        return
    for found in LINK.findall(body.decode()):
        full = urlsplit(urljoin(HOST + address, html.unescape("".join(found)).strip()))
        if f"{full.scheme}://{full.netloc}" == HOST and not NOT_OURS.match(full.path):
            yield full.path + (f"?{full.query}" if full.query else "")


def crawl(folder: Folder, seeds: Iterable[str]) -> None:
    """Ask for the seeds and for whatever their answers lead to."""
    waiting = sorted(set(seeds), reverse=True)
    known = set(waiting)
    while waiting:
        address = waiting.pop()
        found = set(links(address, *ask(folder, address))) - known
        known |= found
        waiting += sorted(found, reverse=True)
        if len(known) > MOST:
            raise SystemExit(f"More than {MOST} addresses; the last is {address}.")


def settings_of(work: Path) -> Any:
    """Set Django up with the tests' settings of the checkout we stand in, a demo's, with everything in `work`."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["TEST_DATABASE_URL"] = f"sqlite:///{work}/db.sqlite3"
    import django
    from django.conf import settings

    settings.DEMO = True
    settings.MEDIA_ROOT, settings.PAGES_DIR = work / "media", work / "pages"
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=False)
    logging.disable(logging.WARNING)  # what is not there is asked for on purpose
    return settings


def write(root: Path, at: datetime) -> None:
    """Write everything into the folder `root`, as of the moment `at`."""
    import time_machine

    root.mkdir(parents=True, exist_ok=True)
    folder = Folder(root)
    draw_nothing()
    with tempfile.TemporaryDirectory(prefix="newsroom-outputs-") as name:
        settings = settings_of(Path(name))
        with time_machine.travel(at, tick=False):
            more = make_newsroom(at)
            keep_forms(folder)
            keep_record(folder)
            stored = keep_stored(folder, Path(name) / "pages")
            settings.SERVE_STORED_PAGES = False  # what the application makes, not what it stored
            crawl(folder, [*stored, *unstored(), *(path for paths in more.values() for path in paths)])
            ask_as_others_do(folder)
        with time_machine.travel(at + LATER, tick=False):
            ends = ("", "news/", "feed.xml", "archive/", "corrections/")
            for path in [*more["articles"], "/sitemap.xml", *(f"/{one}/{end}" for one in ("en", "ru") for end in ends)]:
                ask(folder, path, f"later {path}")
    folder.close()
    print(f"{len(folder.index)} outputs in {root}.")


if __name__ == "__main__":
    write(Path(sys.argv[1]).resolve(), datetime.fromisoformat(sys.argv[2]))
