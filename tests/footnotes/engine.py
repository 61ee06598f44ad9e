"""The invented registers, compiled once for all tests of the engine."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from articles.footnotes.annotate import Compiled, annotate, load_compiled, strip
from articles.footnotes.compile import compile_registers
from articles.footnotes.registers import Registers, parse_registers
from articles.footnotes.types import Annotation, Field, Style

HERE = Path(__file__).parent
DAY = date(2025, 1, 1)


@cache
def registers() -> Registers:
    """Return the invented register file, parsed."""
    return parse_registers(json.loads((HERE / "registers.json").read_text(encoding="utf-8")))


@cache
def compiled() -> Compiled:
    """Return the invented registers as a worker loads them."""
    return load_compiled(compile_registers(registers()))


def found(text: str, language: str = "en", text_format: str = "text", style: Style | None = None) -> Annotation:
    """Annotate one text on the tests' day, with explanations."""
    field = Field("body", text, text_format)
    return annotate([field], compiled(), language=language, as_of=DAY, style=style or Style(), explain=True)


def marked(text: str, language: str = "en", text_format: str = "text") -> str:
    """Return the text with one asterisk at each mark, whatever the register."""
    for mention in sorted(found(text, language, text_format).mentions, key=lambda one: -one.mark_at):
        text = f"{text[: mention.mark_at]}*{text[mention.mark_at :]}"
    return text


def stripped(text: str, language: str = "en", text_format: str = "text") -> str:
    """Return the text without typed-in marks."""
    return strip([Field("body", text, text_format)], compiled(), language=language)[0].text
