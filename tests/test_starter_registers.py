"""Facts about the starter register file: complete, reviewed, sourced, and its own examples come out as written."""

import re
from datetime import date
from typing import Any

import pytest

from articles.footnotes.inflect import is_dictionary_word
from articles.footnotes.registers import parse_registers
from tests.starter import AS_OF, ROOT, marked, starter

ORGANIZATIONS: list[dict[str, Any]] = starter()["organizations"]
NAMES = [(one, name) for one in ORGANIZATIONS for name in one["names"]]
WORD = re.compile(r"[\w+@]+(?:[-.’'`/][\w+@]+)*")


def single(text: str) -> bool:
    """Say whether a name is one word, hyphens, points and strokes inside it included."""
    return len(WORD.findall(text)) == 1


def in_force_on(organization: dict[str, Any]) -> date:
    """Return the day of the sentences when the organization is on a list then, else the first day of its listing."""
    day = AS_OF.isoformat()
    for one in organization["designations"]:
        if (one["since"] or day) <= day and (one["until"] is None or day < one["until"]):
            return AS_OF
    return date.fromisoformat(organization["designations"][0]["since"])


def test_the_file_is_valid() -> None:
    registers = parse_registers(starter())
    assert set(registers.registers) == {"ru-terrorist", "ru-extremist", "ru-undesirable", "ru-foreign-agents"}
    assert len(registers.organizations) + len(registers.aliases) == 764


def test_every_name_says_how_it_is_treated_and_how_that_was_decided() -> None:
    for organization, name in NAMES:
        missing = {"text", "language", "strength", "kind", "inflection", "review"} - set(name)
        assert not missing, (organization["key"], name["text"], missing)


def test_every_organization_has_a_descriptor_with_its_russian_gender() -> None:
    for organization in ORGANIZATIONS:
        russian = organization["descriptor"]["ru"]
        assert russian["word"] and russian["gender"] in ("f", "m", "n"), organization["key"]
        assert organization["descriptor"]["en"]["word"], organization["key"]


def test_single_words_and_abbreviations_were_reviewed_by_hand() -> None:
    alone = [(one["key"], name) for one, name in NAMES if single(name["text"]) or name["kind"] == "abbreviation"]
    assert len(alone) > 300
    assert [(key, name["text"]) for key, name in alone if name["review"] != "hand"] == []


def test_no_single_russian_dictionary_word_is_strong() -> None:
    for organization, name in NAMES:
        text = name["text"]
        ordinary = name["language"] == "ru" and name["kind"] != "abbreviation" and single(text)
        if ordinary and name["strength"] == "strong":
            assert not is_dictionary_word(text), (organization["key"], text)


def test_abbreviations_that_spell_a_frequent_word_are_not_strong() -> None:
    strengths = {name["text"]: name["strength"] for _, name in NAMES}
    assert {strengths[text] for text in ("ИДУ", "АКИМ", "КИН", "ФАС", "РДК", "МКУ")} == {"weak"}


def test_weak_names_have_something_to_make_them_sure() -> None:
    for organization, name in NAMES:
        if name["strength"] == "weak":
            others = [one for one in organization["names"] if one["strength"] == "strong"]
            assert others or name.get("cues") or name.get("descriptor"), (organization["key"], name["text"])


def test_a_name_stands_once_in_its_organization() -> None:
    for organization in ORGANIZATIONS:
        texts = [name["text"] for name in organization["names"]]
        assert len(texts) == len(set(texts)), organization["key"]


def test_names_are_not_lines_of_a_list() -> None:
    for organization, name in NAMES:
        assert not re.search(r"регистрационный номер|дата регистрации|https?://", name["text"]) or (
            name["kind"] == "official"
        ), (organization["key"], name["text"])


def test_what_was_left_out_says_why() -> None:
    left_out = [one for organization in ORGANIZATIONS for one in organization.get("_left_out", [])]
    assert len(left_out) > 20
    assert all(one["text"] and len(one["why"]) > 8 for one in left_out)


def test_every_wording_has_its_source() -> None:
    for register in starter()["registers"]:
        for language in ("en", "ru"):
            for form, wording in register["notes"][language].items():
                assert wording["source"].strip(), (register["key"], language, form)
    assert all(notice["source"].strip() for notice in starter()["own_notice"].values())


def test_the_docs_list_every_merged_entry() -> None:
    docs = (ROOT / "docs" / "registers.md").read_text(encoding="utf-8")
    for organization in ORGANIZATIONS:
        for key in organization.get("also_keys", []):
            assert f"`{key}`" in docs, key


def test_reviewed_names_carry_examples() -> None:
    reviewed = [name for _, name in NAMES if name["review"] == "hand" and name["strength"] != "ask"]
    without = [name["text"] for name in reviewed if not name.get("examples")]
    assert len(without) <= 5, without


@pytest.mark.parametrize("strength", ["strong", "quoted", "weak", "ask"])
def test_the_examples_come_out_as_written(strength: str) -> None:
    wrong = []
    for organization, name in NAMES:
        for example in name.get("examples", []) if name["strength"] == strength else ():
            language = "ru" if re.search("[а-яё]", example.lower()) else "en"
            found = marked(example.replace("*", ""), language, in_force_on(organization))
            if found != example:
                wrong.append((organization["key"], example, found))
    assert wrong == []
