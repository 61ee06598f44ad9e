"""The starter register file as the tests read it: its data, and its compiled form, made once."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from articles.footnotes.annotate import Compiled, annotate, load_compiled
from articles.footnotes.compile import compile_registers
from articles.footnotes.registers import parse_registers
from articles.footnotes.types import Annotation, Field

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "articles" / "fixtures" / "registers.json"
SHARED = ROOT.parent / "shared" / "registers"
SENTENCES = Path(__file__).with_name("sentences.txt")
AS_OF = date(2025, 1, 1)


@cache
def starter() -> dict[str, Any]:
    """Return the file's data."""
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return data


@cache
def compiled() -> Compiled:
    """Return the file compiled."""
    return load_compiled(compile_registers(parse_registers(starter())))


def annotation(text: str, language: str, as_of: date = AS_OF) -> Annotation:
    """Return what the engine finds in a text of one field."""
    return annotate([Field("body", text)], compiled(), language=language, as_of=as_of)


def marked(text: str, language: str, as_of: date = AS_OF) -> str:
    """Return a text with an asterisk at each mark."""
    for at in sorted({mention.mark_at for mention in annotation(text, language, as_of).mentions}, reverse=True):
        text = text[:at] + "*" + text[at:]
    return text
