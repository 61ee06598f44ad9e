"""A register file to the bytes that workers load: inflection and automaton, once per register version."""

from typing import Any

from articles.footnotes.automaton import CUE, OTHER_MEANING, pack
from articles.footnotes.compile.context import phrases, plural_heads, word_table
from articles.footnotes.compile.derive import GENERAL_DESCRIPTORS, Derived, derive
from articles.footnotes.compile.persons import person_rows
from articles.footnotes.compile.surfaces import Surface, surfaces
from articles.footnotes.fold import fold_form
from articles.footnotes.registers import Registers
from articles.footnotes.types import Name, Organization
from articles.footnotes.wording import FORMULA_ROOTS

_STRENGTH_ORDER = {"strong": 0, "quoted": 1, "weak": 2, "ask": 3, "person": 4}


def compile_registers(registers: Registers) -> bytes:
    """Return the compiled form of the registers, for `load_compiled`.

    Loads the Russian dictionary (a second, 30 MB) when a name has to be inflected.
    """
    rows: list[dict[str, Any]] = []
    targets: dict[str, dict[int, Surface]] = {}
    words: set[str] = set()
    for organization in registers.organizations.values():
        for row, forms in person_rows(organization):
            for form, stored in forms.items():
                targets.setdefault(form, {}).setdefault(len(rows), Surface(form, stored))
            rows.append(row)
        for name in organization.names if organization.person is None else ():
            derived = derive(name)
            row = _row(organization, name, derived)
            words.update(row["d"])
            for surface in surfaces(name, derived):
                targets.setdefault(surface.folded, {}).setdefault(len(rows), surface)
            for sign, texts in ((CUE, name.cues), (OTHER_MEANING, name.other_meanings)):
                for phrase in phrases(texts):
                    targets.setdefault(phrase, {}).setdefault(len(rows), Surface(phrase, sign))
            rows.append(row)
    file = registers.to_dict()
    head: dict[str, Any] = {
        "file": {**file, "organizations": []},
        "words": word_table(words),
        "aliases": dict(registers.aliases),
        "formulas": _formulas(registers),
        "keys": [one["key"] for one in file["organizations"]],
        "heads": plural_heads(),
    }
    lines = [{key: value for key, value in one.items() if key != "resources"} for one in file["organizations"]]
    stored_forms = [(form, _targets(by_name, rows)) for form, by_name in sorted(targets.items())]
    return pack(head, lines, rows, stored_forms, _roots(_formulas(registers)), list(head["heads"]))


def _row(organization: Organization, name: Name, derived: Derived) -> dict[str, Any]:
    """Return what the rules need of a name, without what is empty."""
    own = [word for word, _ in organization.descriptor.values()]
    described = [*name.descriptor, *own, *GENERAL_DESCRIPTORS[name.language]]
    row: dict[str, Any] = {
        "o": organization.key,
        "t": name.text,
        "l": name.language,
        "s": derived.strength,
        "d": list(dict.fromkeys(fold_form(word) for word in described)),
        "case": derived.case,
    }
    optional = {
        "in": list(name.strong_in),
        "abbr": derived.kind == "abbreviation",
        "word": derived.spells_word,
        "other": bool(name.other_meanings),
        "not_after": phrases(name.not_after),
        "not_before": phrases(name.not_before),
    }
    return row | {key: value for key, value in optional.items() if value}


def _formulas(registers: Registers) -> list[str]:
    """Return the folded wordings of all notes that have no field to fill in."""
    texts = [
        text
        for register in registers.registers.values()
        for forms in register.notes.values()
        for wording in forms.values()
        for text in wording.texts.values()
    ]
    return list(dict.fromkeys(fold_form(text).rstrip(" .") for text in texts if "{" not in text))


def _roots(formulas: list[str]) -> list[str]:
    """Return the words that betray a status formula, and the registers' wordings that have none of them."""
    return [*FORMULA_ROOTS, *(text for text in formulas if not any(root in text for root in FORMULA_ROOTS))]


def _targets(by_name: dict[int, Surface], rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Return the names of a form, the strongest first."""
    order = sorted(by_name, key=lambda number: (_STRENGTH_ORDER[rows[number]["s"]], number))
    return [(number, by_name[number].written) for number in order]
