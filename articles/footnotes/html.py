"""The eligible runs of an HTML fragment: what tags, embeds and code become when the text is folded.

Tags are found by one pattern, because a parser costs ten times the matching; broken markup is text, as in a browser.
The pattern is possessive and each attempt stops at the next unquoted `<`, so hostile input stays linear.
"""

import re

from articles.footnotes.fold import Edit

_TAG = re.compile(
    r"<(?:!--(?:.*?(?:-->|\Z))"
    r"|(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>"
    r"|[!?][^<>]*+>)",
    re.S,
)
_TAG_BEGUN = re.compile(r"</?[a-zA-Z](?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+")
_UNTOUCHED = frozenset(
    "applet audio button canvas code embed head iframe kbd math noscript object pre samp script select style svg "
    "template textarea title var video".split()
)
_UNTOUCHED_END = {name: re.compile(rf"</{name}\s*>|\Z", re.I) for name in _UNTOUCHED}
_BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li link main menu meta nav ol optgroup option p "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_NO_TEXT = frozenset({"img", "input"})
_OBJECT = "\ufffc"
_RAISED_MARK = re.compile(
    r"<sup(?:\s[^<>]*)?>\s*(?:<a(?:\s[^<>]*)?>)?\s*(?:[0-9]{1,2}|[*✱†‡]{1,4})\s*(?:</a>)?\s*</sup>", re.I
)
_CLOSING_INLINE = re.compile(
    r"(?:</(?:a|abbr|b|bdi|big|cite|dfn|em|font|i|ins|mark|q|s|small|span|strong|sub|u)\s*>)+", re.I
)
_LINK_EDGE = re.compile(r"<(/?)a(?=[\s>])(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>", re.I)


def markup_edits(text: str) -> list[Edit]:
    """Return what each piece of markup becomes: nothing inline, a line break for a block, an object for an embed."""
    edits: list[Edit] = []
    at = 0
    while (at := text.find("<", at)) >= 0:
        tag = _TAG.match(text, at)
        edit = _edit(text, tag) if tag else _unclosed(text, at)
        if edit is None:
            at += 1
            continue
        edits.append(edit)
        at = edit.end
    return edits


def _unclosed(text: str, at: int) -> Edit | None:
    """Return the edit of a tag that never closes: a browser shows nothing of it; a lone `<` is text."""
    begun = _TAG_BEGUN.match(text, at)
    if begun is None:
        return None
    end = begun.end()
    return Edit(at, len(text) if text[end : end + 1] in ('"', "'") else end, "")


def _edit(text: str, tag: re.Match[str]) -> Edit:
    start, end = tag.span()
    name = tag["name"]
    if name is None:
        return Edit(start, end, "")
    name = name.lower()
    if name in _BLOCKS:
        return Edit(start, end, "\n")
    if name == "sup" and (raised := _RAISED_MARK.match(text, start)):
        return Edit(start, raised.end(), "", True)
    if name == "br":
        return Edit(start, end, " ")
    if name in _NO_TEXT:
        return Edit(start, end, _OBJECT)
    if name in _UNTOUCHED:
        if tag["slash"] or text[end - 2] == "/":
            return Edit(start, end, _OBJECT)
        closing = _UNTOUCHED_END[name].search(text, end)
        return Edit(start, closing.end() if closing else len(text), _OBJECT)
    return Edit(start, end, "")


def after_closing_tags(text: str, offset: int) -> int:
    """Return the offset behind inline elements that close at it, so that a mark never stands inside a link's end."""
    closing = _CLOSING_INLINE.match(text, offset) if text.startswith("</", offset) else None
    return closing.end() if closing else offset


def link_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the contents of links, in order; a link that never closes ends with the text."""
    spans: list[tuple[int, int]] = []
    opened = -1
    for edge in _LINK_EDGE.finditer(text) if "<a" in text or "<A" in text else ():
        if edge[1] and opened >= 0:
            spans.append((opened, edge.start()))
            opened = -1
        elif not edge[1] and opened < 0:
            opened = edge.end()
    return [*spans, (opened, len(text))] if opened >= 0 else spans
