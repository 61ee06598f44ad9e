"""Names that share one noun: `the Green Coast and Amber Foundations`, «фонды Науки и Мира».

Where such a noun stands in the plural is found in the same scan as the names (`Passage.heads`).
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from articles.footnotes.fold import fold_form
from articles.footnotes.rules.hit import Hit, Passage

_REACH = 120
_ITEM = r"(?:[A-Z][\w’'.-]{0,30}(?: (?:of |de |von )?[A-Z][\w’'.-]{0,30}){0,3})"
_BEFORE = re.compile(rf"(?P<items>{_ITEM}(?:, {_ITEM}){{0,5}}),? (?:and|&) (?:the )?(?P<last>{_ITEM}) \Z")
_WORD_RU = r"(?:[«“\"„][^»”\"“\n]{1,60}[»”\"“]|[А-ЯЁ][\w-]{0,30}(?: [А-ЯЁ][\w-]{0,30}){0,3})"
_AFTER = re.compile(rf"\w+ (?P<items>{_WORD_RU}(?:, {_WORD_RU}){{0,5}}) и (?P<last>{_WORD_RU})")
_EACH = re.compile(_ITEM)
_EACH_RU = re.compile(_WORD_RU)
_WORD = re.compile(r"\w+")


def add_elliptic(passage: Passage, compiled: Any) -> None:
    """Add a hit for each name of a list that shares the noun of its plural."""
    added: list[Hit] = []
    for at in sorted(passage.heads):
        word = _WORD.match(passage.scan, at)
        singular = compiled.heads.get(word[0]) if word else None
        if word is None or singular is None or passage.scan[at - 1 : at].isalnum():
            continue
        spans = _behind(passage.text, at) if singular > "а" else _before(passage.text, at)
        for i, (start, end) in enumerate(spans):
            item = fold_form(passage.text[start:end])
            russian = singular > "а"
            name = f"{singular} {item}" if russian else f"{item} {singular}"
            targets = _targets(compiled, name)
            if russian:
                begin, stop = (at if i == 0 else start), end
            else:
                begin, stop = start, (word.end() if i == len(spans) - 1 else end)
            if targets and _is_free(passage.hits, begin, stop) and (not added or added[-1].end <= begin):
                added.append(Hit(passage, begin, stop, targets))
    if added:
        passage.hits = sorted([*passage.hits, *added], key=lambda hit: hit.start)


def _before(text: str, at: int) -> list[tuple[int, int]]:
    low = max(0, at - _REACH)
    last = text[text.rfind(" ", low, at - 1) + 1 : at] if at > 1 else ""
    if not last[:1].isupper() or not (" and " in (before := text[low:at]) or "& " in before):  # as before most
        return []
    match = _BEFORE.search(before)
    if match is None:
        return []
    items = [one.span() for one in _EACH.finditer(text[low:at], match.start("items"), match.end("items"))]
    items.append(match.span("last"))
    begin, _ = items[0]
    items[0] = (begin + 4 if text.startswith("The ", low + begin) else begin, items[0][1])
    return [(low + start, low + end) for start, end in items]


def _behind(text: str, at: int) -> list[tuple[int, int]]:
    match = _AFTER.match(text, at, at + 2 * _REACH)
    if match is None:
        return []
    items = [one.span() for one in _EACH_RU.finditer(text, match.start("items"), match.end("items"))]
    return [*items, match.span("last")]


def _targets(compiled: Any, name: str) -> tuple[Any, ...]:
    """Return what a whole name made of an item and the noun stands for."""
    scan: Callable[[str], list[tuple[int, int, int]]] = compiled.scan
    for start, end, form in scan(name):
        if start == 0 and end == len(name) and form < compiled.form_count:
            return tuple(one for one in compiled.entry(form)[0] if not one.written)
    return ()


def _is_free(hits: list[Hit], start: int, end: int) -> bool:
    at = bisect_left(hits, end, key=lambda hit: hit.start)
    return at == 0 or hits[at - 1].end <= start
