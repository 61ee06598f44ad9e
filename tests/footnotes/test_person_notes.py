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


@pytest.mark.parametrize(
    ("key", "who", "text"),
    [
        (
            "xx-foreign-agents@2025-02-01",
            ["him", "her"],
            "До 1 февраля 2025 года был признан. До 1 февраля 2025 года был признана.",
        ),
        ("xx-foreign-agents@2025-02-01", ["her", "her"], "До 1 февраля 2025 года был признана."),
        ("xx-terrorist@2025-02-01", ["him", "her", "body"], "Была запрещена."),
    ],
)
def test_the_past_of_several_is_told_of_each_gender(key: str, who: list[str], text: str) -> None:
    """Its wording speaks of one: a woman is not told of as a man was."""
    assert note_text(book(), key, "ru", who) == text


HIS = {"family": "Чижиков", "given": "Павел", "patronymic": None, "gender": "m"}
HERS = {"family": "Чижикова", "given": "Анна", "patronymic": None, "gender": "f"}
COUPLE = "Павел и Анна Чижиковы уехали."


def couple(his: tuple[dict[str, Any], ...], hers: tuple[dict[str, Any], ...], **more: Any) -> tuple[Registers, Any]:
    """Return the registers with a couple, each on their own, and what the text of both gives."""
    from articles.footnotes.annotate import annotate, load_compiled
    from articles.footnotes.compile import compile_registers
    from articles.footnotes.types import Field

    def entry(key: str, parts: dict[str, Any], periods: tuple[dict[str, Any], ...]) -> dict[str, Any]:
        names = [{"text": f"{parts['family']} {parts['given']}"}]
        return {"key": key, "kind": "person", "person": parts, "names": names, "designations": list(periods)}

    registers = [
        {"key": "agents", "status": "foreign_agent", "notes": BOTH} | more,
        {"key": "terror", "status": "terrorist", "notes": BODIES},
    ]
    entries = [entry("his", HIS, his), entry("hers", HERS, hers)]
    compiled = load_compiled(compile_registers(parse_registers({"registers": registers, "organizations": entries})))
    found = annotate([Field("body", COUPLE)], compiled, language="ru", as_of=date(2026, 1, 1))
    return compiled.registers, found.mentions


AGENT, TERROR = {"register": "agents"}, {"register": "terror"}


@pytest.mark.parametrize(("his", "hers"), [((AGENT,), (TERROR,)), ((TERROR,), (AGENT,)), ((AGENT, TERROR), (AGENT,))])
def test_a_couple_of_different_statuses_has_them_in_the_order_of_statuses(his: Any, hers: Any) -> None:
    """The heavier first, as for everybody, whatever the keys of their registers."""
    _, mentions = couple(his, hers)
    assert [one.registers for one in mentions] == [("terror", "agents")] * 2


def test_no_status_of_one_of_a_couple_is_said_of_the_other() -> None:
    """One mark and one note, in which each register speaks of those who are on it."""
    registers, mentions = couple((AGENT, TERROR), (AGENT,))
    block = Ledger(registers, Style(), "ru").block("a")
    for one in mentions:
        block.glyph_for(one)
    assert [str(note) for note in block.notes()] == ["*Внесён. Признаны."]
    from articles.footnotes.render import render_inline

    printed = render_inline(COUPLE, mentions, registers, "ru")
    assert printed == "Павел и Анна Чижиковы (внесён; признан; признана) уехали."


def test_a_couple_of_whom_one_was_taken_off_the_list_says_so_of_that_one() -> None:
    """The register keeps the past tense."""
    ended = AGENT | {"since": "2024-01-01", "until": "2025-02-01"}
    registers, mentions = couple((AGENT,), (ended,), policy={"lifted": "past_tense"})
    assert {one.registers for one in mentions} == {("agents", "agents@2025-02-01")}
    block = Ledger(registers, Style(), "ru").block("a")
    for one in mentions:
        block.glyph_for(one)
    assert [str(note) for note in block.notes()] == ["*Признан. До 1 февраля 2025 года был признана."]


def test_a_combination_has_one_order_whatever_the_order_of_the_periods() -> None:
    """Two registers of one status: one set of registers is one glyph."""
    from articles.footnotes.annotate import annotate, load_compiled
    from articles.footnotes.compile import compile_registers
    from articles.footnotes.types import Field

    keys = ("kz-extremist", "ru-extremist")
    entries = [
        {
            "key": name,
            "names": [{"text": text, "strength": "strong"}],
            "designations": [{"register": one} for one in order],
        }
        for name, text, order in (("one", "Grey Dune League", keys), ("two", "Ice Guard Union", keys[::-1]))
    ]
    data = {"registers": [{"key": key} for key in keys], "organizations": entries}
    compiled = load_compiled(compile_registers(parse_registers(data)))
    text = "The Grey Dune League met the Ice Guard Union."
    found = annotate([Field("body", text)], compiled, language="en", as_of=date(2026, 1, 1))
    assert [one.registers for one in found.mentions] == [keys, keys]


@pytest.mark.parametrize(
    ("form", "key", "text"),
    [
        ("person_lifted", "agents@2025-02-01", "Была внесена."),
        ("person_many", "agents", "Организация. Была внесена."),
        ("person_inline", "agents", "Организации."),
    ],
)
def test_each_wording_for_persons_counts_by_itself(form: str, key: str, text: str) -> None:
    """The desk gives only those that are lacking: one may be there without `person_one`."""
    words = {"one": "Организация.", "many": "Организации.", "inline": "организация", "lifted": "Организация была."}
    notes = {name: plain(word) for name, word in words.items()} | {form: plain("Была внесена.")}
    entries = [
        {"key": "her", "kind": "person", "person": HER, "names": [{"text": "Инга"}]},
        {"key": "him", "kind": "person", "person": HIM, "names": [{"text": "Тихон"}]},
        {"key": "body", "names": [{"text": "Луч"}]},
    ]
    registers = [{"key": "agents", "status": "foreign_agent", "notes": {"ru": notes}}]
    made = parse_registers({"registers": registers, "organizations": entries})
    who = ["her"] if "@" in key else ["body", "her", "him"]
    assert note_text(made, key, "ru", who) == text
    assert inline_text(made, ("agents",), "ru", "her") == ("Была внесена" if form == "person_inline" else "организация")
