"""HTML written anew before a parser sees it: one pass over whatever is sent, never deeper than it may be."""

import random
import re
import time
from functools import partial

import nh3
import pytest

from articles.editions import clean_html, dead_links, excess
from articles.editions.plain_html import DEPTH, KEPT, LONGEST, UNCOUNTED, links, plain
from tests.steps import steps

HOSTILE = {
    "nested blocks": "<div>",
    "nested lists": "<ul><li>",
    "nested tables": "<table><tr><td>",
    "words between cells": "<table>x<p>",
    "rows without a table": "<tr><td>x",
    "open paragraphs": "<p>x",
    "open formatting": "<b><i>",
    "formatting with a language each": "<b lang=%d><p>x",
    "fonts": "<font size=%d>x",
    "mis-nested formatting": "<b><i>x</b></i>",
    "formatting over blocks": "<b><div>x</b></div>",
    "ends without a beginning": "</b></p></div>",
    "headings in headings": "<h2><h3>x</h2>",
    "raised blocks": "<sup><ul>x</sup>",
    "links in links": "<a href='https://example.org/'>x",
    "open tags": "<a ",
    "open attributes": "<a href='x\" ",
    "attributes": "<a x%d=1 y%d='2'>",
    "one tag of many attributes": " x%d=1",
    "signs": "&<>",
    "entities": "&amp;&lt;",
    "entities of no character": "&#99999999999;",
    "comments": "<!-- x -->",
    "open comments": "<!--",
    "programs": "<script>x</script><svg>",
    "empty paragraphs": "<p> &nbsp;<br></p>",
    "paragraph of spaces": " \n",
    "raised": "<sup>1</sup><sub>",
    "selects": "<select><option>x",
    "templates": "<template><div>",
    "paragraphs": "<p>x</p>",
    "formatted": "<p>one <b>two</b> <a href='/a b'>three</a> <i>four</i></p>",
    "formatting around blocks": "<b><i><u><s><code><sup><p>x</p></sup></code></s></u></i></b>",
    "cells that stretch": "<table><tr><td colspan=1000 rowspan=60000>x</table>",
    "rows beside cells that stretch": "<td rowspan=60000>x<td>y<tr>",
    "lists beside items": "<ul><li>x<ul>x</ul><ul></ul></ul>",
    "interrupted headings": "<h2>a<li>b<hr></h2>",
    "blocks that go": '<div dir="rtl">x<div lang="ru">y</div></div>',
    "words in lists": "<ul>x<p>y</p><b>z</b></ul>",
}


def made_of(unit: str, length: int) -> str:
    """Return about so many characters of the unit, its %d counted up."""
    begin = "<a" if unit.startswith(" x") else "<table><tr>" if unit.startswith("<td") else ""
    if "%d" not in unit:
        return begin + unit * (length // len(unit))
    return begin + "".join(unit.replace("%d", str(i)) for i in range(length // (len(unit) + 4)))


def read(html: str) -> None:
    clean_html.__wrapped__(html)
    dead_links(html)


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_input_at_most_twice_the_steps(name: str) -> None:
    once, twice = (steps(partial(read, made_of(HOSTILE[name], length))) for length in (10_000, 20_000))
    assert twice <= 2.2 * once + 100


@pytest.mark.parametrize("name", HOSTILE)
def test_the_longest_text_is_cleaned_at_once(name: str) -> None:
    """It took minutes. What a parser in another language does has no steps to count, so its time is bounded."""
    html = made_of(HOSTILE[name], LONGEST)
    begun = time.process_time()
    cleaned = clean_html.__wrapped__(html)
    dead_links(html)
    assert time.process_time() - begun < 10
    assert depths(cleaned)[0] <= 5 * DEPTH
    assert len(cleaned) < 12 * LONGEST


@pytest.mark.parametrize("begin", ["<p>%sx", "%s", "<ul><li>%s", "<b>%s<i>"])
def test_a_long_address_is_written_once(begin: str) -> None:
    """A parser writes a link that nobody ends into each block behind it: 250,000 characters into 60,000 paragraphs."""
    link = f'<a href="/{"a" * 250_000}">'
    cleaned = clean_html.__wrapped__(begin % link + "x" + "<p>x" * 60_000)
    assert cleaned.count("a" * 250_000) == 1
    assert len(cleaned) < 4 * LONGEST


def depths(html: str) -> tuple[int, int]:
    """Return how deep well-formed markup stands in itself, in all and counting only what is counted."""
    open_now: list[str] = []
    deepest = counted = 0
    for end, name in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", html):
        if name in ("br", "hr", "col"):
            continue
        if end:
            open_now.pop()
            continue
        open_now.append(name)
        if len(open_now) > deepest:
            deepest = len(open_now)
        counted = max(counted, sum(one not in UNCOUNTED for one in open_now[: 6 * DEPTH]))
    return deepest, counted


@pytest.mark.parametrize("seed", range(40))
def test_a_parser_never_holds_more_open_than_was_counted(seed: int) -> None:
    """Tags in any order: what the counting takes for closed is closed. The margin is that of clones of formatting."""
    chance = random.Random(seed)
    for _ in range(5):
        names = chance.sample(sorted(KEPT), chance.randint(1, 6))
        unit = ""
        for _ in range(chance.randint(1, 12)):
            name = chance.choice(names)
            unit += f"</{name}>" if chance.random() < 0.45 else f"<{name}{' lang=%d' * (chance.random() < 0.3)}>"
            unit += "x" * (chance.random() < 0.3)
        sent = "".join(unit.replace("%d", str(i)) for i in range(150))
        parsed = nh3.clean(plain(sent)[0], tags=set(KEPT), attributes={"*": {"lang"}}, link_rel=None)
        assert depths(parsed)[1] <= DEPTH + 10, unit


def test_what_writers_paste_is_neither_too_long_nor_too_deep() -> None:
    table = (
        "<table><thead><tr><th>a</th></tr></thead><tbody>" + "<tr><td><p>x <b>y</b></p></td></tr>" * 900 + "</table>"
    )
    lists = "<ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li></ul>" * 300
    old = "<p>one<p>two<br>" * 800 + "<dl><dt>a<dd>b</dl>" * 300 + "<div><section><p>x</p></section></div>" * 500
    assert [excess(html) for html in (table, lists, old)] == ["", "", ""]
    assert excess("x" * (LONGEST + 1)) == "long"
    assert excess("<div>" * (DEPTH + 1)) == "deep"
    assert excess("<div>" * DEPTH) == ""


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<!--><p>a</p><!-- > --><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>1 < 2 & 3 > 2 &copy; &#x41;&#99999999;</p>", "<p>1 &lt; 2 &amp; 3 &gt; 2 © A\ufffd</p>"),
        ("<p a=1 lang='ru' lang=en>x</p>", '<p lang="ru">x</p>'),
        (
            '<a = href=https://example.org/?a=1&b="2">x</a>',
            '<a href="https://example.org/?a=1&amp;b=%222%22" rel="noopener">x</a>',
        ),
        ('<a title="</p><script>alert(1)</script>" href="/">x</a>', None),
        ("<p>x</p><script>1</script >y<STYLE>z</style>", "<p>x</p>y"),
        ("<svg><style><img src=x onerror=alert(1)></style></svg>x", "x"),
        (
            "<table>a<tr><td>b</td></tr>c</table>",
            "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr></tbody></table>",
        ),
        ("<p>a\ufdd0b\ufdd1script\ufdd0gt;</p>", "<p>abscriptgt;</p>"),
        ("<p>a <b", "<p>a </p>"),
        ("<textarea><p>x</textarea><p>y", "<p>y</p>"),
    ],
)  # fmt: skip
def test_broken_html_is_read_as_a_browser_reads_it(html: str, clean: str | None) -> None:
    cleaned = clean_html(html)
    assert "<script" not in cleaned and clean_html(cleaned) == cleaned
    assert clean is None or cleaned == clean


def test_what_stands_too_deep_keeps_its_words() -> None:
    cleaned = clean_html("".join(f"<ul><li>w{i}" for i in range(300)))
    assert all(f"w{i}" in cleaned for i in range(300))
    assert depths(cleaned)[1] <= DEPTH


def test_links_are_found_as_a_browser_finds_them() -> None:
    html = "<a href='a'>one <b>two</b><a href=b>3 &lt; 4</a> <a name=c>no</a> <A HREF=\"java\nscript:x\">five"
    assert list(links(html)) == [("a", "one two"), ("b", "3 < 4"), ("java\nscript:x", "five")]
