"""Who gets which glyph on a page, and the notes of each block.

One glyph per register combination, handed out by first appearance; later blocks of the page go on with it and print
their own notes, singular or plural by the organizations of the block.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from articles.footnotes.registers import Registers
from articles.footnotes.types import Style
from articles.footnotes.wording import bearers, note_text

# What a screen reader says for the link from a note back to the text.
_BACK_LABELS = {"en": "Back to the text", "ru": "Назад к тексту"}
_DAGGERS = "†‡"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Marked(Protocol):
    """What renders: a Mention or a Mark."""

    @property
    def field(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def mark_at(self) -> int: ...
    @property
    def organization(self) -> str: ...
    @property
    def registers(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Note:
    """A note as data: `glyph + text` is the printed line; `id` its anchor, `back_id` that of its first mark,
    "" when no mark of the block is an anchor (a list, a feed)."""

    glyph: str
    text: str
    registers: tuple[str, ...]
    id: str
    back_id: str
    back_label: str = ""

    def __str__(self) -> str:
        return self.glyph + self.text


def glyph(number: int, style: str) -> str:
    """Return the glyph of the first, second, … combination: `glyph(2, "asterisks") == "**"`; numbers count from 1."""
    if style == "numerals":
        return str(number).translate(_SUPERSCRIPTS)
    if style == "daggers":
        times, which = divmod(number - 1, len(_DAGGERS))
        return _DAGGERS[which] * (times + 1)
    return "*" * number


class Ledger:
    """The glyphs of one page."""

    def __init__(self, registers: Registers, style: Style, language: str) -> None:
        self.registers, self.style, self.language = registers, style, language
        self._glyphs: dict[tuple[str, ...], str] = {}

    def glyph(self, registers: tuple[str, ...]) -> str:
        """Return the glyph of a register combination, a new one at its first appearance."""
        return self._glyphs.setdefault(registers, glyph(len(self._glyphs) + 1, self.style.glyphs))

    @property
    def combinations(self) -> tuple[tuple[str, ...], ...]:
        """The register combinations in the order of their glyphs."""
        return tuple(self._glyphs)

    def block(self, anchor: str) -> "Block":
        """Return a block of the page; `anchor` is the beginning of its ids and unique on the page."""
        return Block(self, anchor)


class Block:
    """One block of a page with its notes directly beneath it."""

    def __init__(self, ledger: Ledger, anchor: str) -> None:
        self.ledger, self.anchor = ledger, anchor
        self._organizations: dict[tuple[str, ...], dict[str, None]] = {}
        self._anchored: set[tuple[str, ...]] = set()

    def glyph_for(self, mark: Marked) -> str:
        """Return the glyph of a mark and count its organization for the block's notes."""
        self._organizations.setdefault(mark.registers, {})[mark.organization] = None
        return self.ledger.glyph(mark.registers)

    def anchors(self, registers: tuple[str, ...]) -> bool:
        """Claim the anchor of a combination's first mark; False when an earlier mark of the block has it."""
        if registers in self._anchored:
            return False
        self._anchored.add(registers)
        return True

    def note_id(self, registers: tuple[str, ...]) -> str:
        """Return the anchor of a combination's note."""
        return f"{self.anchor}-note-{self._number(registers)}"

    def back_id(self, registers: tuple[str, ...]) -> str:
        """Return the anchor of a combination's first mark in the block."""
        return f"{self.anchor}-mark-{self._number(registers)}"

    def _number(self, registers: tuple[str, ...]) -> int:
        self.ledger.glyph(registers)
        return list(self.ledger._glyphs).index(registers) + 1

    def notes(self) -> list[Note]:
        """Return the notes of all marks rendered through the block so far, in the order of their glyphs."""
        order: Mapping[tuple[str, ...], str] = self.ledger._glyphs
        return [self._note(registers, order[registers]) for registers in order if registers in self._organizations]

    def _note(self, registers: tuple[str, ...], sign: str) -> Note:
        organizations = list(self._organizations[registers])
        language, book = self.ledger.language, self.ledger.registers
        texts = [note_text(book, key, language, bearers(book, registers, key, organizations)) for key in registers]
        text = " ".join(text for text in texts if text)
        back = self.back_id(registers) if registers in self._anchored else ""
        label = _BACK_LABELS.get(language, _BACK_LABELS["en"])
        return Note(sign, text, registers, self.note_id(registers), back, label)
