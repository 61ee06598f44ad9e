"""Sanitize HTML on every way in: what an editor pastes becomes the small set of tags that articles use."""

import re
from functools import lru_cache
from html import escape

import nh3

from .plain import ATTRIBUTES, LONGEST, links, plain, shown

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "strong", "b", "em", "i", "s", "u", "sub", "sup", "a",
    "ul", "ol", "li", "blockquote", "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
VALUES = {tag: {"dir": {"ltr", "rtl", "auto"}} for tag in TAGS}
SCHEMES = {"http", "https", "mailto", "tel"}
# As the cleaning leaves them: a link holds no other, and its attributes stand in double quotation marks.
LINK = re.compile(r'<a((?: [a-z]+="[^"]*+")*+)>(.*?)</a>', re.DOTALL)
ADDRESS = re.compile(r' href="\s*+[^"\s]')
EMPTY = re.compile(r"<(p|h2|h3|h4|li|blockquote)>(?:\s|&nbsp;|\xa0|<br>)*+</\1>")
WHOLE = re.compile(rf"(?:(?:{'|'.join(sorted(SCHEMES))}):|[/#?])", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+-]*+:", re.IGNORECASE)
# A browser passes over these before an address, and over line breaks and tabs within it.
UNSEEN = "".join(map(chr, range(33)))
BREAKS = re.compile(r"[\t\n\r]+")


@lru_cache(maxsize=4)  # an act asks for the same text twice: whether there is one, and to print it
def clean_html(html: str) -> str:
    """Return the fragment with only the tags of an article; broken HTML is mended, never refused.

    A block whose tags go, such as `div`, leaves a space, so that no two words become one. Of a link without an
    address the words stay. Of what stands too deep (`excess`) the words stay, too. Takes time as the text is long.
    """
    cleaned = nh3.clean(
        plain(html)[0],
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values=VALUES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    cleaned = LINK.sub(lambda link: link[0] if ADDRESS.search(link[1]) else link[2], cleaned)
    return shown(EMPTY.sub("", cleaned).strip())


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
    for address, words in links(html):
        seen = BREAKS.sub("", address.strip(UNSEEN))
        if not WHOLE.match(seen):
            scheme = SCHEME.match(seen)
            dead.append((words, scheme[0][:-1].lower() if scheme else ""))
        elif not is_taken(seen):
            dead.append((words, ""))
    return dead


def is_taken(address: str) -> bool:
    """Say whether the cleaning leaves a link its address."""
    link = f'<a href="{escape(address)}">x</a>'
    return bool(ADDRESS.search(nh3.clean(link, tags={"a"}, attributes={"a": {"href"}}, url_schemes=SCHEMES)))
