"""What cannot be folded character by character: runs of space, entities, invisible characters, accents, typed marks."""

import html
import re
import unicodedata

from articles.footnotes.fold.folded import Edit

GLYPH_CHARS = "*✱†‡²³¹⁰⁴⁵⁶⁷⁸⁹∗＊⁎"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f"
_ACCENTS = "\u0300-\u036f"
_CANDIDATE = re.compile(rf"[\n\u2028\u2029&{_INVISIBLE}{_ACCENTS}{GLYPH_CHARS}]")
_SPACE_RUN = re.compile(r"[\s\u2028\u2029]+")
_SPACES_BEFORE = re.compile(r"[ \t\r\u00a0]+\Z")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_INVISIBLE_RUN = re.compile(rf"[{_INVISIBLE}]+")
_ACCENT_RUN = re.compile(rf"[{_ACCENTS}]+")
_GLYPH_RUN = re.compile(rf"[{GLYPH_CHARS}][{GLYPH_CHARS}\ufe0e\ufe0f]*")
_WIDE_SPACE = re.compile(r"[^\S\n]{2,}")
_STRESS = "\u0301\u0300"
_LOOK_BACK = 20
_CLOSING = "»”“\"'’›)]"


def irregular_edits(text: str, tags: list[Edit]) -> list[Edit]:
    """Return the edits of a text, with those of its markup (`tags`, in order) merged in."""
    edits: list[Edit] = []
    done = 0
    for tag in tags:
        if tag.start > done:
            _edit_run(text, done, tag.start, edits, tags=True)
        edits.append(tag)
        done = tag.end
    if done < len(text):
        _edit_run(text, done, len(text), edits, tags=bool(tags))
    return edits


def _edit_run(text: str, start: int, end: int, edits: list[Edit], *, tags: bool) -> None:
    """Add the edits of text[start:end], a run without markup; `tags`: line breaks mean nothing."""
    wide = text.find("  ", start, end) >= 0 or text.find("\u00a0 ", start, end) >= 0
    found = [] if not wide else [(m.start(), m) for m in _WIDE_SPACE.finditer(text, start, end)]
    done = start
    for at, match in _positions(text, start, end, found):
        if at < done:
            continue
        edit = _edit_at(text, at, start, end, edits, markup=tags) if match is None else _space(match)
        if edit is None:
            continue
        if edits and edits[-1].end > edit.start:
            edits.pop()
        edits.append(edit)
        done = edit.end


def _positions(
    text: str, start: int, end: int, wide: list[tuple[int, re.Match[str]]]
) -> list[tuple[int, re.Match[str] | None]]:
    narrow: list[tuple[int, re.Match[str] | None]] = [(m.start(), None) for m in _CANDIDATE.finditer(text, start, end)]
    return sorted([*narrow, *wide], key=lambda pair: pair[0]) if wide else narrow


def _space(match: re.Match[str]) -> Edit:
    return Edit(match.start(), match.end(), " ")


def _edit_at(text: str, at: int, start: int, end: int, edits: list[Edit], *, markup: bool) -> Edit | None:
    """Return the edit for the irregular character at an offset, None when it stays."""
    char = text[at]
    if char in "\n\u2028\u2029":
        return _line_break(text, at, start, end, markup=markup)
    if char == "&":
        entity = _ENTITY.match(text, at, end)
        plain = html.unescape(entity.group()) if entity else ""
        if entity is None or plain == entity.group() or len(plain) != 1:
            return None
        return Edit(at, entity.end(), "" if plain in _INVISIBLE else plain)
    if char in GLYPH_CHARS:
        return _typed_mark(text, at, end, edits)
    if char in _INVISIBLE:
        run = _INVISIBLE_RUN.match(text, at, end)
        return Edit(at, run.end(), "") if run else None
    return _accent(text, at, start, end)


def _line_break(text: str, at: int, start: int, end: int, *, markup: bool) -> Edit | None:
    run = _SPACE_RUN.match(text, at, end)
    stop = run.end() if run else at + 1
    begin = at
    before = _SPACES_BEFORE.search(text, max(start, at - 200), at) if text[at - 1 : at].isspace() else None
    if before:
        begin = before.start()
    paragraph = not markup and text.count("\n", begin, stop) + text.count("\u2029", begin, stop) > 1
    return Edit(begin, stop, "\n" if paragraph else " ")


def _typed_mark(text: str, at: int, end: int, edits: list[Edit]) -> Edit | None:
    """A sign directly after a word, a quotation mark or a bracket may be a mark; `5*3` and a bullet are not."""
    run = _GLYPH_RUN.match(text, at, end)
    if run is None:
        return None
    before = _visible_before(text, at, edits)
    after = text[run.end() : run.end() + 1]
    if before.isalpha() and not after.isalnum():
        return Edit(at, run.end(), "", True)
    return Edit(at, run.end(), "", True) if before and before in _CLOSING else None


def _visible_before(text: str, at: int, edits: list[Edit]) -> str:
    """Return the visible character before an offset, looking through a few tags and invisible characters."""
    for edit in edits[: -_LOOK_BACK - 1 : -1]:
        if edit.end != at:
            break
        if edit.text:
            return edit.text
        at = edit.start
    return text[at - 1 : at]


def _accent(text: str, at: int, start: int, end: int) -> Edit | None:
    """A letter with its accents becomes one letter; a stress mark is dropped."""
    run = _ACCENT_RUN.match(text, at, end)
    if run is None or at == start:
        return None
    base = text[at - 1]
    marks = "".join(mark for mark in run.group() if mark not in _STRESS or not "а" <= base.lower() <= "я")
    whole = unicodedata.normalize("NFC", base + marks)
    return Edit(at - 1, run.end(), whole if len(whole) == 1 else base)
