"""The comparison of two folders of outputs names what a reader would notice, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.outputs.compare import compare
from tests.outputs.writer import Folder

PAGE = """<!doctype html>
<html lang="en"><head><title>Dunes</title>
<script type="application/ld+json">{"headline": "Dunes", "author": ["Anna Tern"]}</script></head>
<body class="wide"><h1 id="top" class="big">Dunes &amp; more</h1>
<nav><a href="/en/">Front</a> <a href="/ru/">Русский</a></nav>
{form}
</body></html>"""
FORM = "<article>\n<p>The <b>GDL</b>* said no.</p>\n</article>"
FEED = "<rss><channel>\n<title>Herald</title>\n<item><link>/a/</link></item></channel></rss>"
KEYS = {"page": "answer /en/a/", "feed": "answer /en/feed.xml", "form": "form en/a/1/1", "photo": "stored /media/a.jpg"}
Changed = Callable[..., list[tuple[str, str]]]


def written(root: Path, form: str = FORM, **changes: str | None) -> Path:
    """Write a folder of four outputs; a change replaces a body, None leaves it out."""
    root.mkdir()
    folder = Folder(root)
    bodies = {"form": form, "page": PAGE.replace("{form}", form), "feed": FEED, "photo": "JPEG"} | changes
    types = {"form": "form", "page": "text/html; charset=utf-8", "feed": "application/rss+xml", "photo": "image/jpeg"}
    for name, body in bodies.items():
        if body is None:
            continue
        if name == "form":
            folder.forms[KEYS[name]] = body.encode()
        folder.keep(KEYS[name], body.encode(), types[name], status=200)
    folder.close()
    return root


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """Return the differences that a change makes: (key, what)."""
    old = written(tmp_path / "old")

    def differences(**changes: str | None) -> list[tuple[str, str]]:
        return [(one.key, one.what) for one in compare(old, written(tmp_path / "new", **changes))]  # type: ignore[arg-type]

    return differences


def page(before: str, after: str) -> str:
    text = PAGE.replace("{form}", FORM)
    assert before in text
    return text.replace(before, after)


def test_the_same_is_the_same(changed: Changed) -> None:
    assert changed() == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("</h1>\n<nav>", "</h1><nav>"),
        ("<title>", "\n  <title>"),
        ("</a> <a", "</a>\n\n<a"),
        ('id="top" class="big"', "class='big' id=top"),
        ("&amp;", "&#38;"),
        ('{"headline": "Dunes", "author"', '{ "headline":"Dunes",\n"author"'),
    ],
)
def test_what_no_reader_sees_may_change(changed: Changed, before: str, after: str) -> None:
    assert changed(page=page(before, after)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("more", "less"),
        ("Anna Tern", "Ann Tern"),
        ('lang="en"', 'lang="ru"'),
        ('href="/ru/"', 'href="/ru"'),
        ("</a> <a", "</a><a"),
        ("<nav>", "<nav><p></p>"),
        ("<!doctype html>", ""),
        ("Dunes &amp; more", "Dunes  more"),
    ],
)
def test_what_a_reader_sees_may_not(changed: Changed, before: str, after: str) -> None:
    assert [key for key, _what in changed(page=page(before, after))] == ["answer /en/a/"]


def test_a_missing_and_a_new_output_are_named(changed: Changed, tmp_path: Path) -> None:
    assert changed(feed=None) == [("answer /en/feed.xml", "is missing")]
    assert [one.what for one in compare(tmp_path / "new", tmp_path / "old")] == ["is new"]


def test_a_reading_form_is_the_same_bytes(changed: Changed) -> None:
    """Also inside a page, where the same blank beside it would be allowed."""
    form = FORM.replace("\n</article>", "</article>")
    assert changed(form=form) == [("form en/a/1/1", "differs at part 0")]


def test_a_page_holds_its_reading_form_as_it_is(changed: Changed) -> None:
    assert changed(page=page(FORM, FORM.replace("\n</article>", "</article>"))) == [("answer /en/a/", "another forms")]


def test_a_feed_is_compared_as_xml(changed: Changed, tmp_path: Path) -> None:
    assert changed(feed=FEED.replace("\n<item>", "<item>")) == []
    other = written(tmp_path / "other", feed=FEED.replace("/a/", "/b/"))
    broken = written(tmp_path / "broken", feed=FEED.removesuffix(">"))
    assert [one.key for one in compare(tmp_path / "old", other)] == ["answer /en/feed.xml"]
    assert [one.what[:14] for one in compare(tmp_path / "old", broken)] == ["cannot be read"]


def test_a_photo_is_compared_byte_for_byte(changed: Changed) -> None:
    assert changed(photo="jpeg") == [("stored /media/a.jpg", "differs at part 0")]


def test_status_and_headers_count(tmp_path: Path) -> None:
    sides = []
    for name, said in (("old", {"status": 301, "headers": {"Location": "/a/"}}), ("new", {"status": 302})):
        (tmp_path / name).mkdir()
        folder = Folder(tmp_path / name)
        folder.keep("answer /en/b/", b"", "text/html", **said)
        folder.close()
        sides.append(tmp_path / name)
    assert [one.what for one in compare(*sides)] == ["another Location", "another status"]
