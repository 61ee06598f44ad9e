"""Rule: what is part of an address (URL, e-mail, domain, @handle, #tag) is no name."""

import re

from articles.footnotes.rules.hit import Passage, within

_REST = re.compile(r"[^\s<>\"«»“”]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.]{0,15}\Z")
_MAILBOX = re.compile(r"[\w.+-]{1,64}\Z")
_TAG = re.compile(r"[\w]+(?:[.-]\w+)*")
_DOMAIN = re.compile(r"(?:[\w-]{1,60}\.){1,4}[a-z]{2,10}\Z")
_TOP_LEVEL = re.compile(r"\.(?:[a-z]{2,6}|рф)(?![\wА-я])|\.[a-z0-9-]{1,60}\.[a-z]{2,6}(?!\w)")
_BEFORE = 80
_SIGNS = ("://", "www.", "@", "#", "/")
_SIGNS_WITHOUT_SLASH = ("www.", "@", "#")
_APART = frozenset(' \n\u00a0"«»“”')  # no address reaches beyond one of these
_GOES_ON = frozenset("@.+-:/")  # what follows the first word of an address
_LONGEST = 300  # no sign betrays an address that begins further before it


def address_spans(text: str, scan: str) -> list[tuple[int, int]]:
    """Return the spans of addresses in a text, in order, each found from the sign that betrays it, in linear time.

    `scan`: its folded form, which is quicker to ask.
    """
    spans: list[tuple[int, int]] = []
    for sign in _SIGNS if "/" in scan else _SIGNS_WITHOUT_SLASH:
        if sign[0] not in scan or sign not in scan:
            continue
        at, done = text.find(sign), 0
        while at >= 0:
            if at >= done:
                span = _span(text, sign, at)
                if span:
                    spans.append(span)
                    done = span[1]
            at = text.find(sign, at + len(sign))
    return _merged(sorted(spans)) if spans else spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    whole = [spans[0]]
    for start, end in spans[1:]:
        if start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def _span(text: str, sign: str, at: int) -> tuple[int, int] | None:
    before = text[max(0, at - _BEFORE) : at]
    if sign == "://":
        scheme = _SCHEME.search(before)
        return (at - len(scheme.group()), _end(_REST, text, at)) if scheme else None
    if sign == "www.":
        return at, _end(_REST, text, at)
    if sign == "@":
        box = _MAILBOX.search(before)
        return at - len(box.group()) if box else at, _end(_TAG, text, at + 1)
    if sign == "#":
        return (at, _end(_TAG, text, at + 1)) if not before[-1:].isalnum() else None
    host = _DOMAIN.search(before)
    return (at - len(host.group()), _end(_REST, text, at)) if host else None


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _begins_one(text: str, end: int) -> bool:
    """Say quickly whether the word that ends at an offset may begin an address: a sign of one follows in its line."""
    stop = text.find(" ", end, end + _LONGEST)
    rest = text[end : stop if stop >= 0 else end + _LONGEST]
    return "@" in rest or "/" in rest


def in_address(passage: Passage, start: int, end: int) -> bool:
    """Say whether [start, end) of a passage lies inside an address or is the name of a domain."""
    text = passage.text
    before = text[start - 1] if start else " "
    if before == "(" and start > 1:  # which may stand inside an address, not at its beginning
        before = text[start - 2]
    apart = before in _APART
    if apart and (end == len(text) or text[end] not in _GOES_ON):
        return False
    if not apart or _begins_one(text, end):
        if passage.addresses is None:
            passage.addresses = address_spans(text, passage.scan)
        if passage.addresses and within(passage.addresses, start):
            return True
    if text.startswith(".", end) and _TOP_LEVEL.match(text, end):
        return True
    if start < 2 or text[start - 1] != ".":
        return False
    return text[start - 2].isalnum() and text[start].islower() and text[start].isascii()
