"""Sanitize HTML on every way in: what an editor pastes becomes the small set of tags that articles use."""

import re

import nh3

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "strong", "b", "em", "i", "s", "u", "sub", "sup", "a",
    "ul", "ol", "li", "blockquote", "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "lang"},
    "*": {"lang"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
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
TOP_HEADING = re.compile(r"(</?)h1\b", re.IGNORECASE)
EMPTY = re.compile(r"<(p|h2|h3|h4|li|blockquote)>(?:\s|&nbsp;|\xa0|<br>)*</\1>")


def clean_html(html: str) -> str:
    """Return the fragment with only the tags of an article; broken HTML is mended, never refused."""
    html = TOP_HEADING.sub(r"\1h2", html.replace("\x00", ""))
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        clean_content_tags=CONTENT_DROPPED,
        link_rel="noopener",
    )
    return EMPTY.sub("", cleaned).strip()
