"""Typography by language: quotation marks, dashes, no-break spaces, the ellipsis; pure Python without Django.

What is written right already stays, letters stay ("ё" and "е" as they were written), and so does what is no running
text: code, addresses of pages and mail, file names. Done twice it is as done once.

Every edit puts characters in the place of one or more others, none stands between two: an editor with formatting keeps
it, and an offset of a name keeps its word. The engine reads both spellings of each sign as one.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import NamedTuple

LANGUAGES = ("en", "ru")
LONGEST = 500_000  # characters of one text
NBSP = "\u00a0"
QUOTES = {"ru": ("«", "»", "„", "“"), "en": ("“", "”", "‘", "’")}  # outer, inner

# No running text: nothing in them is touched, nor is the space after them.
KEPT = re.compile(
    r"(?:https?://|www\.|ftp://)\S+|(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]++|(?<!\S)--?[a-z][\w-]*+(?:=\S+)?|(?<![\w-])[\w-]++\.(?:com|org|net|ru|info)/\S*"
    r"|`[^`\n]*`",
    re.IGNORECASE,
)
# One or two letters do not end a line; nor do these words.
SHORT = {
    "ru": "в|во|к|ко|с|со|у|о|об|обо|от|до|за|из|на|по|под|над|при|про|для|без|и|а|но|не|ни",
    "en": "a|an|the|in|on|at|to|of|by|I",
}
UNITS = {
    "ru": "%|‰|°C|км|м|см|мм|кг|г|мг|т|л|га|ч|мин|сек|лет|года?|году|годов|годах|руб\\.?|"
    "рублей|рубля|рубль|коп\\.?|тыс\\.?|млн|млрд|трлн|тысяч[аи]?|миллион(?:а|ов)?|миллиард(?:а|ов)?|человек|евро|доллар(?:а|ов)?|января|февраля|марта|"
    "апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
    "en": "%|°C|km|m|cm|mm|kg|g|mg|t|l|ha|h|min|million|billion|trillion|a\\.m\\.|p\\.m\\.|am|pm|percent|January|"
    "February|March|April|May|June|July|August|September|October|November|December",
}
_OPENS_AFTER = re.compile(r"[\s(<[{\-–—/«„“‘\ufffc\"']|\Z")
_LETTER = r"[^\W\d_]"


class Edit(NamedTuple):
    """Put `text` in the place of `start:end`; offsets in code points of the text before all edits."""

    start: int
    end: int
    text: str


def typeset(text: str, language: str) -> str:
    """Return the text with the signs of the language; a language that is not known changes nothing.

    >>> typeset('Он сказал: "Да - и точка..."', "ru").replace(NBSP, "_")
    'Он сказал: «Да_— и_точка…»'
    """
    return applied(text, edits(text, language))


def applied(text: str, found: Iterable[Edit]) -> str:
    """Return the text with the edits, which are in order and do not overlap."""
    out, at = [], 0
    for one in found:
        out += [text[at : one.start], one.text]
        at = one.end
    return "".join([*out, text[at:]])


def edits(text: str, language: str, kept: Iterable[tuple[int, int]] = ()) -> list[Edit]:
    """Return what is to be written otherwise in one paragraph, in order.

    `kept`: stretches that stay as they are, such as code. Takes time as the text is long.
    """
    if language not in LANGUAGES or len(text) > LONGEST:
        return []
    line = Signs(text, kept)
    read = None
    while read != line.text:  # a sign that was written may let the next be read: seldom more than twice
        read = line.text
        for step in (_dots, _dashes, _quotes, _apostrophes, _spaces):
            for start, end, sign in step(line.text, language, line.stays):
                line.write(start, end, sign)
            line.settle()
    return [
        Edit(start, end, sign)
        for sign, start, end in zip(line.text, line.starts, line.starts[1:], strict=False)
        if text[start:end] != sign
    ]


class Signs:
    """A paragraph on its way: `text` as it stands after the steps so far, and where each sign of it stood at first,
    with the end behind them. `stays`: for each sign whether it stays as it is."""

    def __init__(self, text: str, kept: Iterable[tuple[int, int]]) -> None:
        self.text = text
        self.starts = list(range(len(text) + 1))
        self.stays = bytearray(len(text))
        self._signs = list(text)
        for start, end in [*kept, *(found.span() for found in KEPT.finditer(text))]:
            start, end = min(max(0, start), len(text)), min(max(0, end), len(text))
            self.stays[start:end] = b"\1" * max(0, end - start)

    def write(self, start: int, end: int, sign: str) -> None:
        """Put one sign in the place of these, unless one of them stays."""
        if not any(self.stays[start:end]):
            self._signs[start:end] = [sign, *[""] * (end - start - 1)]

    def settle(self) -> None:
        """Let the next step read what was written."""
        left = [at for at, sign in enumerate(self._signs) if sign]
        self.text = "".join(self._signs)
        self.starts = [*(self.starts[at] for at in left), self.starts[-1]]
        self.stays = bytearray(self.stays[at] for at in left)
        self._signs = list(self.text)


Step = Iterator[tuple[int, int, str]]


def _dots(text: str, language: str, stays: bytearray) -> Step:
    for found in re.finditer(r"(?<!\.)\.{3}(?!\.)", text):
        yield *found.span(), "…"


# A hyphen between spaces is a dash, and so are two of them; between numbers that stand as a range, the short one.
_DASH = re.compile(r"(?<=\s)(?:-{1,3}|–|—)(?=\s)|(?<=[^\s\-])---?(?=[^\s\->])")
_SPEECH = re.compile(r"(?:\A|(?<=\n))(?:-{1,2}|–)(?= )")
# Hyphens that are written as a dash in the same step are read as the dash: done twice it is as done once.
_RANGE = re.compile(
    r"(?:(?<![\w.,\-–/:+])|(?<=[^\s\-]--)|(?<=[^\s\-]---))"
    r"(\d{1,4})-(\d{1,4})(?![\w–/:]|-(?!--?[^\s\->])|[.,]\d)"
)


def _dashes(text: str, language: str, stays: bytearray) -> Step:
    for found in _DASH.finditer(text):
        if language == "ru" or found[0] not in ("–", "—"):  # English has both ways: what is a dash stays
            spaced = text[found.start() - 1].isspace()
            yield *found.span(), "—" if language == "ru" or not spaced else "–"
    for found in _SPEECH.finditer(text) if language == "ru" else ():
        yield *found.span(), "—"
    for found in _RANGE.finditer(text):
        if int(found[1]) < int(found[2]) and len(found[1]) <= len(found[2]):
            yield found.end(1), found.start(2), "–"


def _quotes(text: str, language: str, stays: bytearray) -> Step:
    """Write straight double quotation marks as those of the language, by pairs; one without its other stays.

    In Russian also those of English pairs, where none of its own stands in the text.
    """
    signs = {'"'} if language == "en" or re.search("[«»„]", text) else {'"', "“", "”"}
    opened: list[tuple[int, int]] = []  # where, and within how many others
    pairs: list[tuple[int, int, int]] = []
    own = 0  # quotations open in the language's own signs
    for at, char in enumerate(text):
        if char == "\n":
            opened, own = [], 0
        elif char not in signs:
            own = max(0, own + (char == QUOTES[language][0]) - (char == QUOTES[language][1]))
        elif stays[at] or (not opened and text[max(0, at - 1) : at].isdigit()):  # 15" is a length
            continue
        elif char != "”" and _opens(text, at, bool(opened)):
            opened.append((at, len(opened) + own))
        elif opened:
            start, level = opened.pop()
            pairs.append((start, at, level))
    for start, end, level in pairs:
        inner = 2 if level % 2 else 0
        yield start, start + 1, QUOTES[language][inner]
        yield end, end + 1, QUOTES[language][inner + 1]


def _opens(text: str, at: int, is_within: bool) -> bool:
    """Say whether a sign opens a quotation: a space or an opening sign before it, a word behind it."""
    before = text[at - 1] if at else " "
    behind = text[at + 1] if at + 1 < len(text) else " "
    return bool(_OPENS_AFTER.match(before)) and not behind.isspace() and not (is_within and behind in ".,;:!?)")


_APOSTROPHE = re.compile(rf"(?<={_LETTER})'(?={_LETTER})")


def _apostrophes(text: str, language: str, stays: bytearray) -> Step:
    """In a word only; a sign at its edge may be a quotation mark."""
    for found in _APOSTROPHE.finditer(text):
        yield *found.span(), "’"


_INITIALS = re.compile(r"(?<![\w.])([A-ZА-ЯЁ]\.)( )?([A-ZА-ЯЁ]\.)?( )(?=[A-ZА-ЯЁ][\w])")
_UNIT = {language: re.compile(rf"(?<=\d)( )(?=(?:{units})(?![\w]))") for language, units in UNITS.items()}
_WORD = {
    language: re.compile(rf"(?<![\w\-–'’.])(?:{words})( )(?=[\w«„“\"‘(])", re.IGNORECASE)
    for language, words in SHORT.items()
}
_BEFORE_DASH = re.compile(r"(?<=[^\s])( )(?=—(?:\s|\Z))")
_NUMBER_SIGN = re.compile(r"[№§]( )(?=\d)")
_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")


def _spaces(text: str, language: str, stays: bytearray) -> Step:
    """Write the spaces at which no line ends; where two stand, or another one, it stays."""
    found = [one.span(1) for one in _UNIT[language].finditer(text)]
    found += [one.span(1) for one in _WORD[language].finditer(text)]
    found += [one.span(1) for one in _NUMBER_SIGN.finditer(text)]
    if language == "ru":
        found += [one.span(1) for one in _BEFORE_DASH.finditer(text)]
    for one in _INITIALS.finditer(text):
        found += [one.span(group) for group in (2, 4) if one[group]]
    for one in _GROUPS.finditer(text):
        found += [(one.start() + at, one.start() + at + 1) for at, char in enumerate(one[0]) if char == " "]
    for start, end in found:
        yield start, end, NBSP


# Clean HTML

_PIECE = re.compile(r"<(/?)([a-z0-9]+)[^>]*>|[^<]+|<")
_WITHIN = frozenset("a b code em i s strong sub sup u".split())
_CODE = frozenset({"code", "pre"})


def typeset_html(html: str, language: str) -> str:
    """Return clean HTML (`editions.clean_html`) with the signs of the language in its texts, block by block; neither
    a tag nor what stands in `code` and `pre` changes."""
    return "".join(
        _written(block, language) if len(block) > 1 or not block[0][0].startswith("<") else block[0][0]
        for block in _blocks(html)
        if block
    )


def _blocks(html: str) -> Iterator[list[tuple[str, bool]]]:
    """Return the pieces of each block: tag or text, and whether it stands in code."""
    block: list[tuple[str, bool]] = []
    code = 0
    for found in _PIECE.finditer(html):
        name = found[2]
        if name in _CODE:
            code = max(0, code + (-1 if found[1] else 1))
        if name and name not in _WITHIN and name != "br":
            yield block
            yield [(found[0], False)]
            block = []
        else:
            block.append((found[0], bool(code)))
    yield block


def _written(block: list[tuple[str, bool]], language: str) -> str:
    """Return a block with the edits of its text, each written where it begins."""
    texts = ["\n" if one == "<br>" else "" if one.startswith("<") and one != "<" else unescape(one) for one, _ in block]
    whole = "".join(texts)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text))
    kept = [(starts[at], starts[at + 1]) for at, (_one, code) in enumerate(block) if code]
    signs = list(whole)
    for edit in edits(whole, language, kept):
        signs[edit.start : edit.end] = [edit.text, *[""] * (edit.end - edit.start - 1)]
    out = []
    for at, (one, _code) in enumerate(block):
        written = "".join(signs[starts[at] : starts[at + 1]])
        out.append(one if one.startswith("<") or written == texts[at] else _escaped(written))
    return "".join(out)


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace(NBSP, "&nbsp;")
