"""Register files: defaults, mistakes with their place, and the schema's page."""

from pathlib import Path
from typing import Any

import pytest

from articles.footnotes.compile.derive import derive
from articles.footnotes.registers import Problem, RegisterFileError, parse_registers
from articles.footnotes.types import Name, Organization, Register
from tests.footnotes.engine import registers

SCHEMA = Path(__file__).resolve().parents[2] / "docs/reference/register-file.md"


def book(**name: Any) -> dict[str, Any]:
    """Return the smallest register file around one name."""
    return {
        "registers": [{"key": "xx-extremist", "jurisdiction": "XX"}],
        "organizations": [
            {"key": "one", "names": [{"text": "One", **name}], "designations": [{"register": "xx-extremist"}]}
        ],
    }


def problems(data: Any) -> list[Problem]:
    """Return the mistakes found in a file."""
    with pytest.raises(RegisterFileError) as caught:
        parse_registers(data)
    return caught.value.problems


def test_a_file_comes_back_as_it_was() -> None:
    """Reading what was written gives the same registers."""
    assert parse_registers(registers().to_dict()) == registers()


def test_a_file_with_plain_names_is_valid() -> None:
    """The keepers' lists have no settings."""
    parsed = parse_registers(book())
    assert parsed.registers["xx-extremist"].status == "extremist"
    assert parsed.organizations["one"].names[0].language == "en"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ({"strength": "big"}, "organizations[0].names[0].strength"),
        ({"text": " "}, "organizations[0].names[0].text"),
        ({"text": "…"}, "organizations[0].names[0].text"),
        ({"forms": "One"}, "organizations[0].names[0].forms"),
        ({"spells_word": "yes"}, "organizations[0].names[0].spells_word"),
        ({"colour": "red"}, "organizations[0].names[0].colour"),
        ({"case": "upper"}, "organizations[0].names[0].case"),
    ],
)
def test_a_mistake_in_a_name_is_named_with_its_place(name: dict[str, Any], place: str) -> None:
    """Where and which field."""
    (problem,) = problems(book(**name))
    assert f"{problem.where}.{problem.field}" == place
    assert str(problem).startswith(place + ": ")


def test_all_mistakes_are_named_at_once() -> None:
    """One reading is enough to mend a file."""
    data = book()
    data["organizations"][0]["designations"] = [{"register": "yy", "since": "soon"}, {"register": "xx-extremist"}]
    data["organizations"].append(data["organizations"][0])
    data["publisher"] = "nobody"
    data["registers"][0]["notes"] = {"en": {"one": {"text": {"f": "x"}}}}
    found = {f"{one.where}.{one.field}" for one in problems(data)}
    assert {
        ".publisher",
        "registers[0].notes.en.one.text",
        "registers[0].notes.en.many",
        "organizations[0].designations[0].register",
        "organizations[0].designations[0].since",
        "organizations[1].key",
    } <= found


@pytest.mark.parametrize("data", [[], "x", None, {"registers": {}}, {"organizations": [3]}, {"registers": ["x"]}])
def test_anything_that_is_no_register_file_is_refused(data: Any) -> None:
    """Never another error than ours."""
    assert problems(data)


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("Lantern", ("ask", "proper", "capitals", "indeclinable")),
        ("LNTR", ("strong", "abbreviation", "as_written", "indeclinable")),
        ("LN", ("weak", "abbreviation", "as_written", "indeclinable")),
        ("Lantern Society", ("strong", "proper", "capitals", "indeclinable")),
        ("Фонарь", ("ask", "proper", "capitals", "head")),
        ("Фонарлэнд", ("strong", "proper", "capitals", "head")),
        ("ФНРЛ", ("strong", "abbreviation", "as_written", "abbreviation")),
        ("Движение «Старый фонарь»", ("strong", "proper", "first_free", "head")),
        ("фонарики на окнах", ("strong", "proper", "any", "head")),
    ],
)
def test_what_a_file_leaves_out_is_derived(text: str, settings: tuple[str, ...]) -> None:
    """Strength, kind, case, inflection; an imported dictionary word is a question."""
    name = parse_registers(book(text=text)).organizations["one"].names[0]
    found = derive(name)
    assert (found.strength, found.kind, found.case, found.inflection) == settings


def test_the_page_on_the_schema_names_every_key() -> None:
    """The curators' page is the truth about the file."""
    page = SCHEMA.read_text(encoding="utf-8")
    keys = {*Name.__dataclass_fields__, *Organization.__dataclass_fields__, *Register.__dataclass_fields__}
    assert [key for key in sorted(keys - {"archive", "lifted"}) if f"`{key}`" not in page] == []
