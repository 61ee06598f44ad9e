"""An article's body taken apart: its blocks, their words, and how each word looks.

Read as the cleaning of HTML leaves it; of anything else the words are read, whatever the tags are.
"""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .words import Words

Formats = tuple[str, ...]  # in the order of the alphabet, such as ('a href="/en/"', "strong")
Look = tuple[tuple[int, Formats], ...]  # of a word: place in it, and the formats from there on
Attributes = list[tuple[str, str | None]]

_SPACES = re.compile(r"[ \t\n\f\r]+")  # those that HTML shows as one
_CELLS = frozenset({"td", "th"})
_BLOCKS = _CELLS | frozenset("p h2 h3 h4 li pre ul ol blockquote table thead tbody tr div".split())
_UNNAMED = frozenset("thead tbody tr".split())  # a row is named with its first cell
_TOLD = frozenset(
    "colspan data-align data-photo data-post dir href lang rowspan".split()
)  # what readers notice, which is not how a link opens
_SAME_LOOK = {"b": "strong", "i": "em"}


@dataclass(frozen=True)
class Block:
    """`kind`: where it stands, such as "p", "ul/li" or "table/tr/td"."""

    kind: str
    words: Words
    looks: tuple[Look, ...]

    @property
    def key(self) -> Hashable:
        """All that readers see of it."""
        return self.kind, self.words.key, self.looks

    @property
    def wording(self) -> Hashable:
        """What it says, whatever it is and looks like; of a line and an empty cell what they are."""
        return self.words.key if self.words.words else self.kind


def blocks_of(html: str) -> list[Block]:
    """Return the blocks of a body that hold words themselves, its lines and empty cells, in order."""
    reading = _Reading()
    reading.feed(html)
    reading.close()
    reading.flush()
    return reading.blocks


@dataclass
class _Text:
    """The words of the block that is read now, and where another look begins."""

    parts: list[str] = field(default_factory=list)
    runs: list[tuple[int, Formats]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, formats: Formats) -> None:
        if text:
            if not self.runs or self.runs[-1][1] != formats:
                self.runs.append((self.length, formats))
            self.parts.append(text)
            self.length += len(text)

    @property
    def is_open(self) -> bool:
        """Say whether a space would be shown now."""
        return bool(self.parts) and not self.parts[-1].endswith((" ", "\n"))


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.open: list[tuple[str, str, int]] = []  # name, as told, and how many blocks stood before it
        self.formats: list[tuple[str, str]] = []
        self.text = _Text()
        self.row_begins = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "br":
            self.text.add("\n", self.looks())
        elif tag == "hr":
            self.flush()
            self.append("hr", Words.of(""), ())
        elif tag == "figure":
            self.flush()
            self.append(_told(tag, attrs), Words.of(""), ())
        elif tag in _BLOCKS:
            self.flush()
            self.row_begins |= tag == "tr"
            self.open.append((tag, _told(tag, attrs), len(self.blocks)))
        else:
            self.formats.append((tag, _told(_SAME_LOOK.get(tag, tag), attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "figure":
            return
        if tag not in _BLOCKS:
            at = next((n for n in range(len(self.formats) - 1, -1, -1) if self.formats[n][0] == tag), None)
            if at is not None:
                del self.formats[at]
            return
        self.flush()
        while any(name == tag for name, _as, _before in self.open):
            name, _as, before = self.open[-1]
            if name in _CELLS and before == len(self.blocks):
                self.append("", Words.of(""), ())
            self.open.pop()
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if not any(name == "pre" for name, _as, _before in self.open):
            data = _SPACES.sub(" ", data)
            data = data if self.text.is_open else data.removeprefix(" ")
        self.text.add(data, self.looks())

    def looks(self) -> Formats:
        return tuple(sorted({told for _name, told in self.formats}))

    def flush(self) -> None:
        """End the words that have been read, whatever comes."""
        text, self.text = self.text, _Text()
        written = "".join(text.parts).rstrip(" \t\n\f\r")
        if written:
            words = Words.of(written)
            self.append("", words, tuple(_looks(words, text.runs)))

    def append(self, inner: str, words: Words, looks: tuple[Look, ...]) -> None:
        path = [told for name, told, _before in self.open if name not in _UNNAMED or (name == "tr" and self.row_begins)]
        self.row_begins &= not any(name in _CELLS for name, _as, _before in self.open)
        kind = "/".join([*path, inner] if inner else path)
        self.blocks.append(Block(kind or "p", words, looks))


def _told(name: str, attributes: Attributes) -> str:
    return name + "".join(
        f' {key}="{value or ""}"' for key, value in sorted(attributes, key=lambda pair: pair[0]) if key in _TOLD
    )


def _looks(words: Words, runs: list[tuple[int, Formats]]) -> Iterator[Look]:
    """Yield for each word how it looks; `runs`: place in the text, and the formats from there on."""
    whole: list[Look] = [((0, formats),) for _at, formats in runs]
    at = run = 0
    for space, word in zip(words.spaces, words.words, strict=False):
        at += len(space)
        end = at + len(word)
        while run + 1 < len(runs) and runs[run + 1][0] <= at:
            run += 1
        if run + 1 == len(runs) or runs[run + 1][0] >= end:
            yield whole[run]
        else:
            first = run
            while run + 1 < len(runs) and runs[run + 1][0] < end:
                run += 1
            yield ((0, runs[first][1]), *((begin - at, formats) for begin, formats in runs[first + 1 : run + 1]))
        at = end
