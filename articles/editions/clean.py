"""Sanitize HTML on every way in: what an editor pastes becomes the small set of tags that articles use."""

import re
from functools import lru_cache
from html import escape

import nh3

from .attributes import ALIGN, BREAKS, PHOTOS, POST, UNSEEN, address
from .plain_html import ATTRIBUTES, LONGEST, PLAIN, STAND_IN, STYLED, links, plain, shown
from .valid import DIV, valid

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "strong", "b", "em", "i", "s", "u", "sub", "sup", "a",
    "ul", "ol", "li", "blockquote", "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
PARSED = {"*": {"dir", "lang"}, STAND_IN: {PHOTOS, ALIGN, POST}, **{name: {PLAIN} for name in STYLED}}
SCHEMES = {"http", "https", "mailto", "tel"}
ADDRESS = re.compile(r' href="\s*+[^"\s]')
WHOLE = re.compile(rf"(?:(?:{'|'.join(sorted(SCHEMES))}):|[/#?])", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+-]*+:", re.IGNORECASE)


@lru_cache(maxsize=4)  # an act asks for the same text twice: whether there is one, and to print it
def clean_html(html: str) -> str:
    """Return the fragment with only the tags of an article; broken HTML is mended, never refused.

    A block whose tags go, such as `div`, leaves a space, so that no two words become one, and the blocks in it its
    direction and language. Of a figure only which photos or post it shows, and where, stays. Of a link without an
    address the words stay. Of what stands too deep (`excess`) the words stay, too. What is left is valid HTML
    (`valid`). Takes time as the text is long.
    """
    parsed = nh3.clean(
        plain(html)[0], tags=TAGS | {DIV}, attributes=ATTRIBUTES | PARSED, url_schemes=SCHEMES, link_rel="noopener"
    )
    return shown(valid(parsed).strip())


def excess(html: str) -> str:
    """Say by what the fragment exceeds what an article may have: "long", "deep" or ""; reads no text that is long."""
    if len(html) > LONGEST:
        return "long"
    return "deep" if plain(html)[1] else ""


def dead_links(html: str) -> list[tuple[str, str]]:
    """Return words and scheme of the links whose address is empty, begins neither with a slash nor as it may, or is
    none that the cleaning leaves, such as `https://two words.example/`.

    The scheme is "" where the address has none, or one that it may have.

    >>> dead_links('<p><a href="example.org">the report</a>, <a href="javascript:x()">the map</a></p>')
    [('the report', ''), ('the map', 'javascript')]
    """
    dead = []
    for written, words in links(html):
        seen = BREAKS.sub("", written.strip(UNSEEN))
        if not WHOLE.match(seen):
            scheme = SCHEME.match(seen)
            dead.append((words, scheme[0][:-1].lower() if scheme else ""))
        elif not is_taken(seen):
            dead.append((words, ""))
    return dead


def is_taken(written: str) -> bool:
    """Say whether the cleaning leaves a link its address."""
    link = f'<a href="{escape(written)}">x</a>'
    parsed = nh3.clean(link, tags={"a"}, attributes={"a": {"href"}}, url_schemes=SCHEMES)
    return bool(address(written) and ADDRESS.search(parsed))
