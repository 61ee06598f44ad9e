"""The automaton: both libraries find the same, and stored bytes are checked."""

import pytest

from articles.footnotes.annotate import CompiledFormError, load_compiled
from articles.footnotes.automaton import scanner
from articles.footnotes.compile import compile_registers
from articles.footnotes.fold import fold
from tests.footnotes.engine import compiled, registers
from tests.footnotes.test_golden import CASES

DATA = compile_registers(registers())


def test_the_fallback_finds_the_same() -> None:
    """Every span of every form in all golden texts, and in all of them on end."""
    forms = compiled().forms()
    fallback = scanner.load_fallback(forms)
    texts = [fold(text).scan for case in CASES for text in case.before]
    for text in [*texts, " ".join(texts), " ".join(forms)]:
        assert sorted(compiled().scan(text)) == sorted(fallback(text))


def test_the_fallback_is_taken_when_nothing_is_stored() -> None:
    """A version compiled where daachorse was missing is scanned by the other library."""
    scan = scanner.load(b"", lambda: ["ab", "b"])
    assert sorted(scan("ab")) == [(0, 2, 0), (1, 2, 1)]
    assert scanner.load(b"", list)("ab") == []


def test_stored_bytes_are_read_back() -> None:
    """The same forms, registers and organizations."""
    loaded = load_compiled(DATA)
    assert 150 < loaded.form_count < len(loaded.forms())
    assert loaded.registers.to_dict() == registers().to_dict()
    assert loaded.key("river-foundation") == "river-fund"
    assert loaded.knows("river-foundation") and not loaded.knows("nobody")


def test_compiling_is_repeatable() -> None:
    """The digest of a register version does not depend on the run."""
    assert compile_registers(registers()) == DATA


@pytest.mark.parametrize("data", [b"", b"something", DATA[:-1], DATA[:20], DATA + b"x"])
def test_other_bytes_are_refused(data: bytes) -> None:
    """A cut or foreign file raises one clear error."""
    with pytest.raises(CompiledFormError):
        load_compiled(data)
