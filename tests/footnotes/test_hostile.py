"""Hostile input costs twice as much when it is twice as long, counted in steps: calls made while annotating."""

import pytest

from articles.footnotes.annotate import strip
from articles.footnotes.types import Field
from tests.footnotes.engine import compiled, found
from tests.steps import steps

UNITS = {
    "quotes": "“\"«'",
    "quoted names": "“ISIS” ",
    "names on end": "ISIS ",
    "names and brackets": "Islamic State (IS) (",
    "open brackets": "ISIS (",
    "look-alikes": "МIRRоRА ",
    "typed marks": "ISIS* ",
    "note lines": "*ISIS is listed as terrorist\n",
    "hyphens": "ISIS-",
    "addresses": "http://x.example/ISIS @ISIS #ISIS ",
    "abbreviations with expansions": "Information System (IS) ",
    "accents": "ISIS\u0301 ",
    "spaces": "ISIS  \n ",
    "formulas": "ISIS, banned in Russia ",
    "apostrophes": "ISIS' '",
    "weak names": "батальон Ветер ",
    "quoted words": "«Ветер», ",
    "names and other letters": "Mirrora (XY) ",
    "given names": "Prophet's Keepers (PK) PK ",
    "lists": "Green Coast and Amber Foundations and ",
    "emphasis": "**ISIS** _ISIS_ *",
    "low lines": "_ISIS ",
    "dots": "I.S.I.S.",
    "open quotations": "«Канал Ветер ",
    "other letters": "the Watcher ",
}
MARKUP = {
    "nested tags": "<b><i>ISIS",
    "open tags": "<a ISIS",
    "open attributes": "<a b='ISIS\" ",
    "links": "<a href='x'>ISIS</a> ",
    "comments": "<!-- ISIS ",
    "code": "<code>ISIS",
    "blocks": "<p>ISIS</p>\n",
    "entities": "&quot;ISIS&quot; ",
    "raised marks": "ISIS<sup>*</sup> ",
}


def work(text: str, text_format: str) -> int:
    """Return the steps of marking and stripping a text."""

    def both() -> None:
        found(text, "en", text_format)
        strip([Field("body", text, text_format)], compiled(), language="en")

    return steps(both)


@pytest.mark.parametrize("name", [*UNITS, *MARKUP])
def test_twice_the_input_at_most_twice_the_steps(name: str) -> None:
    """2.2 leaves room for what a text costs once."""
    text_format = "html" if name in MARKUP else "text"
    unit = (UNITS | MARKUP)[name]
    found(unit, "en", text_format)
    once, twice = (work(unit * (size // len(unit)), text_format) for size in (10_000, 20_000))
    assert twice <= 2.2 * once


@pytest.mark.parametrize("unit", ["Islamic State (XY) ", "IS (XY) ", "Information System (IS) ", "ФСР (АБ) "])
def test_a_bracket_costs_no_more_than_a_few_names(unit: str) -> None:
    """A bracket behind a name is a constant factor: at most six times the name alone."""
    name = unit.partition(" (")[0] + " "
    found(unit + name)
    assert work(unit * 300, "text") <= 6 * work((name if "System" not in name else "IS ") * 300, "text")


@pytest.mark.parametrize("name", [*UNITS, *MARKUP])
def test_a_hundred_kilobytes_come_out(name: str) -> None:
    """The full size runs through; no step of it may depend on the square of the length."""
    text_format = "html" if name in MARKUP else "text"
    unit = (UNITS | MARKUP)[name]
    text = unit * (100_000 // len(unit))
    annotation = found(text, "ru" if name == "weak names" else "en", text_format)
    assert all(text[one.start : one.end] == one.surface for one in annotation.mentions)
