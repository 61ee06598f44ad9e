"""Links and inline elements around a mark: it stands behind what closes at the name, and is plain inside a link."""

import re

_CLOSING_INLINE = re.compile(
    r"(?:</(?:a|abbr|b|bdi|big|cite|dfn|em|font|i|ins|mark|q|s|small|span|strong|sub|u)\s*>)+", re.I
)
_LINK_EDGE = re.compile(r"<(/?)a(?=[\s>])(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>", re.I)


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
