"""What the cleaning leaves is valid HTML: each element where it may stand, each value one that there is."""

import random

import nh3
import pytest

from articles.editions import clean_html
from articles.editions.plain_html import plain, shown
from tests.editions.pieces import fragment, table

MENDED = {
    # What surrounds blocks and goes leaves them its direction and language.
    '<div dir="rtl"><p>x</p></div>': '<p dir="rtl">x</p>',
    '<section lang="ar" dir=RTL><h2>x</h2><div lang="he"><p>y</p><p dir="ltr">z</p></div></section><p>q</p>': (
        '<h2 lang="ar" dir="rtl">x</h2> <p lang="he" dir="rtl">y</p><p lang="he" dir="ltr">z</p>  <p>q</p>'
    ),
    '<article dir="rtl"><ul><li>x</li></ul></article>': '<ul dir="rtl"><li>x</li></ul>',
    '<div dir="rtl">one <b>two</b><p>three</p>four</div>five': (
        '<p dir="rtl">one <b>two</b></p><p dir="rtl">three</p><p dir="rtl">four</p>five'
    ),
    '<ul><li><div dir="rtl">x</div>y</li></ul>': '<ul><li> <p dir="rtl">x</p>y</li></ul>',
    '<html lang="ar"><head><title>t</title></head><body dir="rtl"><p>x</p></body></html>': (
        '<p lang="ar" dir="rtl">x</p>'
    ),
    # Lists and their items.
    "<ul>text</ul>": "<ul><li>text</li></ul>",
    "<ul>a <b>b</b><li>c</li> d</ul>": "<ul><li>a <b>b</b></li><li>c</li><li> d</li></ul>",
    "<li>one</li> <li>two</li><p>x</p>": "<ul><li>one</li> <li>two</li></ul><p>x</p>",
    "<blockquote>a<li>b</blockquote>": "<blockquote>a<ul><li>b</li></ul></blockquote>",
    "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>": "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
    "<ol><p>a</p><p>b</p></ol>": "<ol><li><p>a</p><p>b</p></li></ol>",
    "<ul></ul><p>x</p><blockquote><p> </p></blockquote>": "<p>x</p>",
    # Formatting around blocks.
    '<b style="font-weight:normal;" id="docs-internal-guid-1"><p>x <b>y</b></p><ul><li>z</li></ul></b>': (
        "<p>x <b>y</b></p><ul><li>z</li></ul>"
    ),
    "<b><p>x</p>y</b>": "<p><b>x</b></p><b>y</b>",
    '<a href="/a"><h2>x</h2><p>y</p></a>': (
        '<h2><a href="/a" rel="noopener">x</a></h2><p><a href="/a" rel="noopener">y</a></p>'
    ),
    "<i><ul><li>x</li></ul></i>": "<ul><li><i>x</i></li></ul>",
    # Blocks in blocks of words.
    "<h2>a<ul><li>b</li></ul>c</h2>": "<h2>a</h2><ul><li>b</li></ul><h2>c</h2>",
    "<h2><p>a</p></h2>": "<h2> a</h2>",
    "<pre>a<hr></pre>": "<pre>a</pre><hr>",
    "<table><tr><th><h2>a</h2></th></tr></table>": "<table><tbody><tr><th><p>a</p></th></tr></tbody></table>",
    # Values.
    '<p lang="bad_tag!!">x</p><p lang="ru_RU">y</p><p dir="RTL" lang="en-UK">z</p>': (
        '<p>x</p><p lang="ru-RU">y</p><p dir="rtl">z</p>'
    ),
    '<p><a href="https://example.org/a b[1]?c=50%#d#e">x</a></p>': (
        '<p><a href="https://example.org/a%20b%5B1%5D?c=50%25#d%23e" rel="noopener">x</a></p>'
    ),
    '<table><tr><td colspan="0">a<td colspan="x" rowspan="7">b</table>': (
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    ),
    '<table><tr><td colspan="3">a<tr><td>b<td>c</table>': (
        '<table><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>'
    ),
    '<table><tr><td>a<td rowspan="2">b<tr><td colspan="2">c</table>': (
        '<table><tbody><tr><td>a</td><td rowspan="2">b</td></tr><tr><td>c</td></tr></tbody></table>'
    ),
    '<table><tr><td rowspan="2">a<td>b</tr><tr></tr><tr><td>c<td>d</tr></table>': (
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
    ),
}


@pytest.mark.parametrize("html", MENDED)
def test_what_may_not_stand_there_is_mended(html: str) -> None:
    assert clean_html(html) == MENDED[html]
    assert clean_html(MENDED[html]) == MENDED[html]


@pytest.mark.parametrize("seed", range(20))
def test_what_was_cleaned_stays(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        sent = fragment(chance, chance.randint(2, 25)) if chance.random() < 0.8 else table(chance)
        cleaned = clean_html(sent)
        assert clean_html(cleaned) == cleaned, sent
        assert words(cleaned) == words(shown(plain(sent)[0])), sent


def words(html: str) -> str:
    """Return the letters of a fragment, without its markup and spaces."""
    return "".join(nh3.clean(html, tags=set()).replace("&nbsp;", " ").split())
