"""Files that must not be taken: refused with line and field, and nothing is changed."""

import copy
import doctest
import json
import random
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from articles.footnotes.registers import problems
from articles.interchange import MOST_BYTES, Mapping, Unreadable, import_register, plan_of, read_register, worded
from articles.registers import export_registers
from tests.builders import NOW, registers_data
from tests.interchange.conftest import HEADER, MAPPING, entry, file_of

KEY = "test-agents"
SOURCES = ("parse.py", "person.py", "problems.py")


def refused(content: bytes, mapping: Mapping | None = None) -> str:
    before = export_registers()
    with pytest.raises(Unreadable) as found:
        import_register(content, KEY, mapping, by=None, at=NOW, partial=True)
    assert export_registers() == before
    return str(found.value)


def csv(rows: str, **changes: Any) -> str:
    return refused((HEADER + rows).encode(), Mapping.parse(MAPPING | changes))


GOOD = file_of(entry("pelicans", "Pelican Circle"), entry("terns", "Tern Circle")).decode()


def test_good_file_is_good(legal: User) -> None:
    assert len(plan_of(GOOD.encode(), KEY, None, partial=True, at=NOW).added) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b" \n", "The file is empty."),
        (b"<html></html>", "This is no JSON."),
        (b"%PDF-1.7", "This is no JSON."),
        (b"[1, 2]", "line 1, organizations: This is no register file"),
        (b"{}", "line 1, organizations: This is no register file"),
        (b'{"organizations": {}}', "This is no register file"),
        (GOOD[:200].encode(), "or only a part of a file"),
        (b'{"organizations": [' + b"[" * 100_000, "nested too deeply"),
        (b'{"organizations": ' + b"[" * 30 + b"]" * 30 + b"}", "nested too deeply"),
        (b'{"_x": 1' + b"0" * 5000 + b', "organizations": []}', "a number that cannot be"),
        (b'{"_x": NaN, "organizations": []}', "a number that cannot be"),
        (GOOD.replace("Pelican Circle", "Pel\x00ican").encode(), "a character that no text holds (U+0000)"),
        (GOOD.replace("Pelican Circle", "Pelican \ufffd\ufffd").encode(), "U+FFFD"),
        (GOOD.replace("Pelican Circle", "Pel\\u0000ican").encode(), "line 3, organizations[0]: There is a character"),
        (GOOD.replace("Pelican Circle", "Pel\\ud800ican").encode(), "line 3, organizations[0]: There is a character"),
        (GOOD.replace("Pelican Circle", "Pel\x85ican").encode(), "a character that no text holds (U+0085)"),
        (GOOD.replace("Pelican Circle", "Pel\\u009fican").encode(), "line 3, organizations[0]: There is a character"),
        (GOOD.replace("Pelican Circle", "Pel\\ufdd0ican").encode(), "line 3, organizations[0]: There is a character"),
        (GOOD.replace("Pelican Circle", "Pel\U0001fffeican").encode(), "a character that no text holds (U+1FFFE)"),
        (GOOD.encode("utf-16"), "no JSON"),
        (GOOD.replace("Pelican", "Пеликан").encode("cp1251"), "is no text in “utf-8-sig”"),
        (GOOD.replace("Tern Circle", "…?").encode(), "line 22, organizations[1].names[0].text: holds no letter"),
        (
            GOOD.replace("Tern Circle", "x" * 900).encode(),
            "line 22, organizations[1].names[0].text: The name is longer",
        ),
        (GOOD.replace('"terns"', '"../terns"').encode(), "line 19, organizations[1].key: “../terns” is no key"),
        (GOOD.replace('"terns"', '"pelicans"').encode(), "organizations[1].key: 'pelicans' stands twice"),
        (GOOD.replace('"names"', '"nams"').encode(), "organizations[0].nams: unknown"),
        (GOOD.replace('"2026-01-15"', '"15.01.2026"').encode(), "line 11, organizations[0].designations[0].since"),
        (GOOD.replace('"until": null', '"until": "2026-01-15"').encode(), "The period is empty."),
        (GOOD.replace('"until": null', '"until": "2025-01-15"').encode(), "lies before since"),
        (GOOD.replace(KEY, "somewhere").encode(), "no register has the key 'somewhere'"),
        (GOOD.replace(KEY, "test-terrorist").encode(), "No entry of the file is designated on “test-agents”"),
        (
            b'{"organizations": [{"key": 5, "names": "x", "designations": 7}]}',
            "organizations[0].names: a list is expected",
        ),
    ],
)
def test_faulty_json_is_refused_with_its_place(legal: User, content: bytes, said: str) -> None:
    assert said in refused(content)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "Below its headers the file holds nothing."),
        ("1;Круг;;15.01.2026;\n", "line 2: There are 5 cells, and 6 headers."),
        ("1;Круг;;2026-01-15;;\n", "line 2, Since: “2026-01-15” is no date written as %d.%m.%Y."),
        (";Круг;;;;\n", "line 2, No: “agents-” is no key"),
        ("1/2;Круг;;;;\n", "line 2, No: “agents-1/2” is no key"),
        ("1;Круг один;;;;\n1;Круг два;;;;\n", "line 3, No: The same key stands in line 2."),
        ("1;;;;;\n", "There is no name."),
        ('1;"Круг;;;;\n', "This is no whole CSV row"),
        ('1;=cmd|" /C calc"!A0;;;;\n', "line 2, Наименование: The cell begins like a formula"),
        ("1;Круг;@SUM(A1);;;\n", "line 2, Name: The cell begins like a formula"),
        ("1;-cmd;;;;\n", "line 2, Наименование: The cell begins like a formula"),
        ('1;"Круг\nпеликанов";;;;\n2;Круг;;x;;\n', "line 4, Since: “x”"),
    ],
)
def test_faulty_csv_is_refused_with_line_and_column(legal: User, rows: str, said: str) -> None:
    assert said in csv(rows)


def test_csv_of_another_shape_is_refused(legal: User) -> None:
    mapping = Mapping.parse(MAPPING)
    assert "line 1, Extra: This column is not known" in refused((HEADER.strip() + ";Extra\n").encode(), mapping)
    assert "line 1, Since: This column is missing." in refused(HEADER.replace("Since", "From").encode(), mapping)
    assert "line 1, No: This column is there twice." in refused(("No;" + HEADER).encode(), mapping)


def test_csv_in_another_encoding_than_said_is_refused(legal: User) -> None:
    row = "1;Круг;;15.01.2026;;\n"
    assert "is no text in “utf-8”" in refused((HEADER + row).encode("cp1251"), Mapping.parse(MAPPING))
    in_1251 = Mapping.parse(MAPPING | {"encoding": "cp1251"})
    assert "The file is in UTF-8" in refused((HEADER + row).encode(), in_1251)
    assert "byte order mark" in refused((HEADER + row).encode("utf-8-sig"), Mapping.parse(MAPPING))


def test_enormous_file_is_refused_without_being_read() -> None:
    with pytest.raises(Unreadable, match="larger than 20 megabytes"):
        read_register(b" " * (MOST_BYTES + 1), KEY, None)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ([], "mapping: An object is expected."),
        ({}, "mapping.columns: A column for “key” and one for a name are needed."),
        (MAPPING | {"encoding": "utf-7"}, "mapping.encoding: One of these is expected"),
        (MAPPING | {"delimiter": ";;"}, "mapping.delimiter: One of these is expected"),
        (MAPPING | {"dates": "%d.%d.%Y"}, "mapping.dates: No date can be written like this."),
        (MAPPING | {"dates": "%Q"}, "mapping.dates: No date can be written like this."),
        (MAPPING | {"dates": "%Y"}, "mapping.dates: No date can be written like this."),
        (MAPPING | {"names_separator": "\x00"}, "mapping: There is a character that no text holds."),
        (MAPPING | {"ignore": ["\ud800"]}, "mapping: There is a character that no text holds."),
        (MAPPING | {"shell": "x"}, "mapping.shell: This is not known."),
        (MAPPING | {"partial": "yes"}, "mapping.partial: This is not of the kind"),
        ({"columns": {"key": "A", "name": 5}}, "mapping.columns.name: The header of a column"),
        ({"columns": {"key": ["A", "B"], "name": "C"}}, "mapping.columns.key: Only one column"),
        ({"columns": {"key": "A", "name": "C", "x": "D"}}, "mapping.columns.x: A column holds one of these"),
    ],
)
def test_faulty_mapping_is_refused(mapping: Any, said: str) -> None:
    with pytest.raises(Unreadable) as found:
        Mapping.read(json.dumps(mapping).encode())
    assert said in str(found.value)


def test_many_faults_are_counted_not_listed(legal: User) -> None:
    said = csv("".join(f"{n};Круг {n};;x;;\n" for n in range(200)))
    assert said.endswith("and 180 more")


WEIRD = (
    None,
    True,
    -1,
    1e308,
    "",
    " ",
    "x" * 5000,
    [],
    [[]],
    {},
    {"a": 1},
    [None],
    "\u202e",
    "2026-02-30",
    "😀",
    [{}],
    {"": ""},
)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Return each (container, key) of the data."""
    found = []
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        found += [(data, key), *places(data[key])]
    return found


def test_whatever_stands_anywhere_in_a_file_it_is_planned_or_refused(legal: User) -> None:
    whole = registers_data() | {"status_order": ["terrorist", "foreign_agent"], "publisher": "own-outlet"}
    whole["organizations"][1] |= {"also_keys": ["lamp"], "descriptor": {"ru": {"word": "фонд", "gender": "m"}}}
    number = len(places(whole))
    chance = random.Random(7)
    for place in range(number):
        data = copy.deepcopy(whole)
        container, key = places(data)[place]
        if chance.random() < 0.15:
            del container[key]
        else:
            container[key] = chance.choice(WEIRD)
        try:
            plan_of(json.dumps(data).encode(), KEY, None, partial=True, at=NOW)
        except Unreadable as error:
            assert error.lines()


def test_what_the_engine_finds_is_told_in_the_reader_s_language(legal: User) -> None:
    faults = {
        '"terns"': ('"pelicans"', "organizations[1].key: 'pelicans' стоит дважды"),
        '"names"': ('"nams"', "organizations[0].nams: неизвестно; здесь известны: key, also_keys"),
        '"2026-01-15"': ('"15.01.2026"', "'15.01.2026' — не дата вида ГГГГ-ММ-ДД"),
        KEY: ("somewhere", "нет реестра с ключом 'somewhere'"),
    }
    with translation.override("ru"):
        for found, (wrong, said) in faults.items():
            assert said in refused(GOOD.replace(found, wrong).encode())


def test_every_fault_of_the_engine_has_its_russian() -> None:
    """The templates are collected from the engine's source, so that a new one without a translation fails."""
    package = Path(problems.__file__).parent
    source = "".join((package / name).read_text(encoding="utf-8") for name in SOURCES)
    noted, templates = len(re.findall(r"\.(?:problem|pass_over)\(", source)), re.findall(r'\b_\("([^"]+)"\)', source)
    assert noted == len(templates) > 15
    with translation.override("ru"):
        for template in templates:
            assert re.search("[а-я]", worded(problems.Problem("", "", template))), template


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(sys.modules[Mapping.__module__]) == (0, 1)
