"""Sanitize HTML on every way in: what an editor pastes becomes the small set of tags that articles use."""

import re
from html import unescape

import nh3

from ..footnotes.html import LINE_TAG
from ..models.fields import printable

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "strong", "b", "em", "i", "s", "u", "sub", "sup", "a",
    "ul", "ol", "li", "blockquote", "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "lang"},  # no `title`: a name in it could bear no mark
    "*": {"lang"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
VALUES = {tag: {"dir": {"ltr", "rtl", "auto"}} for tag in TAGS}
SCHEMES = {"http", "https", "mailto", "tel"}
CONTENT_DROPPED = {
    "script",
    "style",
    "title",
    "textarea",
    "noscript",
    "iframe",
    "object",
    "template",
    "svg",
    "math",
}
HEADING = re.compile(r"(</?)h([156])\b", re.IGNORECASE)
WORDLESS = {"col", "colgroup", "tfoot"}  # words stand in the cells only
LINE = re.compile(LINE_TAG, re.IGNORECASE)
# As the cleaning leaves them: a link holds no other, and its attributes stand in double quotation marks.
LINK = re.compile(r'<a((?: [a-z]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
ADDRESS = re.compile(r' href="\s*[^"\s]')
WHOLE = re.compile(rf' href="\s*(?:(?:{"|".join(sorted(SCHEMES))}):|[/#?])', re.IGNORECASE)
EMPTY = re.compile(r"<(p|h2|h3|h4|li|blockquote)>(?:\s|&nbsp;|\xa0|<br>)*</\1>")


def clean_html(html: str) -> str:
    """Return the fragment with only the tags of an article; broken HTML is mended, never refused.

    A block whose tags go, such as `div`, leaves a space, so that no two words become one. Of a link without an
    address the words stay.
    """
    html = HEADING.sub(lambda tag: f"{tag[1]}{'h2' if tag[2] == '1' else 'h4'}", printable(html))
    html = LINE.sub(spaced, html)
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values=VALUES,
        url_schemes=SCHEMES,
        clean_content_tags=CONTENT_DROPPED,
        link_rel="noopener",
    )
    cleaned = LINK.sub(lambda link: link[0] if ADDRESS.search(link[1]) else link[2], cleaned)
    return EMPTY.sub("", printable(cleaned)).strip()  # a reference such as &#1; is a sign by now


def dead_links(html: str) -> list[str]:
    """Return the words of the links whose address is empty or begins neither with a scheme nor with a slash.

    >>> dead_links('<p><a href="example.org">the report</a></p>')
    ['the report']
    """
    links = nh3.clean(html, tags={"a"}, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
    return [unescape(link[2]) for link in LINK.finditer(links) if "href=" in link[1] and not WHOLE.search(link[1])]


def spaced(tag: re.Match[str]) -> str:
    """Return the beginning of a block's tag, behind a space if articles do not hold such a block."""
    return tag[0] if tag[0].strip("</").lower() in TAGS | WORDLESS else f" {tag[0]}"
