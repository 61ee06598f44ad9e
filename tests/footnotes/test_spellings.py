"""Ways to spell a name of which a list prints one, and which of them the compiled registers find."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.footnotes.annotate import annotate, load_compiled
from articles.footnotes.compile import compile_registers
from articles.footnotes.compile.spellings import english_ways, russian_ways
from articles.footnotes.registers import parse_registers
from articles.footnotes.types import Field
from tests.footnotes.engine import DAY

Found = Callable[[str, str], list[str]]
NAMES = [
    {"text": "Amber Defence Centre"},
    {"text": "Gröning Stiftung"},
    {"text": "Guild of Salt, Tar and Rope"},
    {"text": "Loaders' Guild"},
    {"text": "Vetreny Uzel"},
    {"text": "Tidewell"},
    {"text": "Купольный Интернешнл-Берег в изгнании"},
    {"text": "Фонд имени Северной пристани"},
]
REGISTERS: dict[str, Any] = {
    "registers": [{"key": "xx-extremist", "jurisdiction": "XX", "status": "extremist"}],
    "organizations": [
        {
            "key": f"body-{number}",
            "descriptor": {"en": {"word": "foundation"}, "ru": {"word": "фонд", "gender": "m"}},
            "names": [{"strength": "strong", **name}],
            "designations": [{"register": "xx-extremist", "since": None, "until": None, "source": ""}],
        }
        for number, name in enumerate(NAMES)
    ],
}


@pytest.fixture(scope="module")
def found() -> Found:
    """Return a function from a text to the surfaces marked in it."""
    compiled = load_compiled(compile_registers(parse_registers(REGISTERS)))

    def surfaces(text: str, language: str) -> list[str]:
        annotation = annotate([Field("body", text)], compiled, language=language, as_of=DAY)
        return [one.surface for one in annotation.mentions]

    return surfaces


@pytest.mark.parametrize(
    "surface",
    [
        "Amber Defence Centre", "Amber Defense Center", "Amber Defense Centre", "Amber Defence Center",
        "Groning Stiftung", "Groening Stiftung", "Guild of Salt, Tar, and Rope", "Guild of Salt, Tar & Rope",
        "Loaders Guild", "Vetreny uzel", "Tidewell Foundation", "Tidewell foundation",
    ],
)  # fmt: skip
def test_a_name_is_found_however_outlets_spell_it(found: Found, surface: str) -> None:
    assert found(f"They met at {surface} in May.", "en") == [surface]


@pytest.mark.parametrize(
    "text",
    [
        "They met at Amber defence in May.", "They met at a guild of salt and tar and rope in May.",
        "They met at the loaders guild in May.", "They met at vetreny uzel in May.", "They met at tidewell in May.",
        "They met at Gruning Stiftung in May.",
    ],
)  # fmt: skip
def test_what_is_spelled_as_ordinary_words_is_not(found: Found, text: str) -> None:
    assert found(text, "en") == []


@pytest.mark.parametrize(
    "surface",
    [
        "Купольный Интернешнл — Берег в изгнании", "Купольный Интернэшнл-Берег в изгнании",
        "Фонд им. Северной пристани", "Фонда имени Северной пристани",
    ],
)  # fmt: skip
def test_a_russian_name_is_found_however_outlets_spell_it(found: Found, surface: str) -> None:
    assert found(f"Вот {surface}, где ждут.", "ru") == [surface]


@pytest.mark.parametrize("text", ["Купольный интернат — берег в изгнании.", "Фонд имен Северной пристани открыт."])
def test_other_russian_words_are_not(found: Found, text: str) -> None:
    assert found(text, "ru") == []


def test_the_listed_spelling_comes_first_and_there_are_not_too_many() -> None:
    ways = english_ways("Centre for Defence, Labour, Programme, Theatre, Licence and Harbour of the Organisation")
    assert ways[0].startswith("Centre for Defence, Labour")
    assert len(ways) == len(set(ways)) <= 64
    assert russian_ways("Берег") == ["Берег"]
    assert english_ways("Tidewell") == ["Tidewell"]
