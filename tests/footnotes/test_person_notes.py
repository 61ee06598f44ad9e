"""Notes about persons: by gender and number, together with organizations, by several registers, in brackets."""

from datetime import date
from typing import Any

import pytest

from articles.footnotes.ledger import Ledger
from articles.footnotes.registers import Registers, parse_registers
from articles.footnotes.types import Mark, Style
from articles.footnotes.wording import inline_text, note_text

HIM = {"family": "Рябоконев", "given": "Тихон", "patronymic": "Саввич", "gender": "m"}
HER = {"family": "Зеленоборская", "given": "Инга", "patronymic": None, "gender": "f"}


def gendered(stem: str) -> dict[str, Any]:
    return {"text": {"f": f"{stem}а.", "m": f"{stem}.", "n": f"{stem}о."}, "source": "invented"}


def plain(text: str) -> dict[str, Any]:
    return {"text": text, "source": "invented"}


BOTH = {
    "ru": {
        "one": gendered("Признан"),
        "many": plain("Признаны."),
        "inline": gendered("признан"),
        "lifted": gendered("До {until} был признан"),
    },
    "en": {
        "one": plain("An agent."),
        "many": plain("Agents."),
        "inline": plain("an agent"),
        "lifted": plain("An agent until {until}."),
    },
}
BODIES = {
    "ru": {
        "one": plain("Организация запрещена."),
        "many": plain("Организации запрещены."),
        "inline": plain("запрещённая организация"),
        "lifted": plain("Была запрещена."),
        "person_one": gendered("Внесён"),
        "person_many": plain("Внесены."),
        "person_inline": gendered("внесён"),
    },
}


def book() -> Registers:
    def entry(key: str, parts: dict[str, Any] | None) -> dict[str, Any]:
        periods = [{"register": "xx-foreign-agents"}, {"register": "xx-terrorist"}]
        more = (
            {"kind": "person", "person": parts}
            if parts
            else {"descriptor": {"ru": {"word": "движение", "gender": "n"}}}
        )
        return {"key": key, "names": [{"text": key}], "designations": periods, **more}

    registers = [{"key": "xx-foreign-agents", "notes": BOTH}, {"key": "xx-terrorist", "notes": BODIES}]
    return parse_registers(
        {"registers": registers, "organizations": [entry("him", HIM), entry("her", HER), entry("body", None)]}
    )


@pytest.mark.parametrize(
    ("key", "language", "who", "text"),
    [
        ("xx-foreign-agents", "ru", ["him"], "Признан."),
        ("xx-foreign-agents", "ru", ["her"], "Признана."),
        ("xx-foreign-agents", "ru", ["body"], "Признано."),
        ("xx-foreign-agents", "ru", ["him", "her"], "Признаны."),
        ("xx-foreign-agents", "ru", ["him", "body"], "Признаны."),
        ("xx-foreign-agents", "en", ["her"], "An agent."),
        ("xx-foreign-agents", "en", ["her", "body"], "Agents."),
        ("xx-foreign-agents@2025-02-01", "ru", ["her"], "До 1 февраля 2025 года был признана."),
        ("xx-terrorist", "ru", ["her"], "Внесёна."),
        ("xx-terrorist", "ru", ["him", "her"], "Внесены."),
        ("xx-terrorist", "ru", ["body"], "Организация запрещена."),
        ("xx-terrorist", "ru", ["body", "him"], "Организация запрещена. Внесён."),
        ("xx-terrorist", "ru", ["him", "body", "her"], "Организация запрещена. Внесены."),
        ("xx-terrorist@2025-02-01", "ru", ["him"], "Была запрещена."),
    ],
)
def test_a_note_is_by_gender_number_and_kind(key: str, language: str, who: list[str], text: str) -> None:
    """One wording for both unless the register has one for persons; then each is counted by itself."""
    assert note_text(book(), key, language, who) == text


def test_the_inline_form_is_by_gender() -> None:
    """Of several registers one after another."""
    keys = ("xx-terrorist", "xx-foreign-agents")
    assert inline_text(book(), keys, "ru", "her") == "внесёна; признана"
    assert inline_text(book(), keys, "ru", "body") == "запрещённая организация; признано"


def test_persons_and_organizations_of_a_block_have_one_note() -> None:
    """One glyph for the register, and the note names all of them."""
    ledger = Ledger(book(), Style(), "ru")
    block = ledger.block("a")
    for number, who in enumerate(("her", "body", "her", "him")):
        assert block.glyph_for(Mark("body", number, number, number, who, ("xx-foreign-agents",))) == "*"
    assert block.glyph_for(Mark("body", 9, 9, 9, "him", ("xx-terrorist", "xx-foreign-agents"))) == "**"
    assert [str(note) for note in block.notes()] == ["*Признаны.", "**Внесён. Признан."]


def test_registers_outside_the_jurisdictions_mark_nobody() -> None:
    """None chosen: all mark; the file says which."""
    from articles.footnotes.annotate import annotate, load_compiled
    from articles.footnotes.compile import compile_registers
    from articles.footnotes.types import Field

    def marks(*jurisdictions: str) -> list[tuple[str, ...]]:
        names = [{"text": "Grey Dune League", "language": "en", "strength": "strong"}]
        periods = [{"register": "kz-extremist"}, {"register": "ru-extremist"}]
        data = {
            "jurisdictions": list(jurisdictions),
            "registers": [{"key": "kz-extremist", "jurisdiction": "KZ"}, {"key": "ru-extremist", "jurisdiction": "RU"}],
            "organizations": [{"key": "one", "names": names, "designations": periods}],
        }
        parsed = parse_registers(data)
        assert parse_registers(parsed.to_dict()) == parsed
        compiled = load_compiled(compile_registers(parsed))
        found = annotate([Field("body", "The Grey Dune League met.")], compiled, language="en", as_of=date(2026, 1, 1))
        return [mention.registers for mention in found.mentions]

    assert marks() == [("kz-extremist", "ru-extremist")]
    assert marks("KZ") == [("kz-extremist",)]
    assert marks("BY") == []
