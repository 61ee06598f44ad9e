"""`manage.py read_list`: lines, difference and the register file; nothing is kept that must not be; no database."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.footnotes.registers import parse_registers

from .made import agent, agents, banned, undesirable

SECRETS = {"born": "14.01.1963", "inn": "005922824956", "snils": "000-980-234 19", "address": "г. Топь, Речная, 5"}


def run(*arguments: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("read_list", *arguments, stdout=out, stderr=StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    old = [
        agent(3, "Топчий Рада Фроловна «Ивушка»", "01.02.2024", **SECRETS),
        agent(2, "Фонд «Тарн» (ТАРН)", "03.04.2020", type="Юридические лица", members="[Ивнев Ким Львович]"),
        agent(1, "Проект «Ряска»", "03.04.2019", type="Иные объединения лиц"),
    ]
    new = [agent(4, "Союз «Омут»", "05.06.2026", type="Иные объединения лиц"), *old[:2]]
    names = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    names[0].write_bytes(agents(*old))
    names[1].write_bytes(agents(*new))
    return str(names[0]), str(names[1])


def test_lines_and_difference(files: tuple[str, str]) -> None:
    *lines, found = run(files[1], "--against", files[0], "--format", "jsonl")
    assert [line["where"] for line in lines] == [
        {"row": 4, "number": "4"},
        {"row": 5, "number": "3"},
        {"row": 6, "number": "2"},
    ]
    assert {line["file"] for line in lines} == {"new.xlsx"}
    assert (found["diff"], found["added"], found["gone"]) == (
        "new.xlsx",
        [{"row": 4, "number": "4"}],
        [{"row": 6, "number": "1"}],
    )
    assert lines[2]["members"] == ["Ивнев Ким Львович"]
    assert "Ивнев Ким Львович" not in {name["text"] for name in lines[2]["names"]}


def test_nothing_is_printed_that_must_not_be_kept(files: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "accepted.json"
    printed = json.dumps(run(files[0], "--accept", str(out)), ensure_ascii=False) + out.read_text()
    assert not [value for value in SECRETS.values() if value in printed]


def test_digests_are_keyed_and_hold_no_digit(files: tuple[str, str], settings: Any) -> None:
    before = [line["digest"] for line in run(files[0])]
    settings.SECRET_KEY = "another key"
    after = [line["digest"] for line in run(files[0])]
    assert not set(before) & set(after)
    assert all(re.fullmatch("[a-p]{64}", one) for one in before + after)


def test_what_was_accepted_is_a_register_file(files: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "accepted.json"
    run(files[0], "--accept", str(out))
    registers = parse_registers(json.loads(out.read_text()))
    person, fund, project = registers.organizations.values()
    assert (person.kind, person.person.family) == ("person", "Топчий")  # type: ignore[union-attr]
    assert [(name.text, name.kind) for name in person.names][1] == ("Ивушка", "pseudonym")
    assert {name.text: name.strength for name in project.names}["Ряска"] == "weak"
    assert fund.designations[0].since.isoformat() == "2020-04-03"  # type: ignore[union-attr]
    assert registers.registers["ru-foreign-agents"].notes["ru"]


def test_two_lines_of_one_person_are_one_entry(tmp_path: Path) -> None:
    name, out = tmp_path / "list.xlsx", tmp_path / "accepted.json"
    rows = [
        agent(2, "Топчий Рада Фроловна", "01.02.2024"),
        agent(1, "Топчий Рада Фроловна", "01.02.2020", until="01.02.2022"),
    ]
    name.write_bytes(agents(*rows))
    run(str(name), "--accept", str(out))
    (person,) = parse_registers(json.loads(out.read_text())).organizations.values()
    assert len(person.designations) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--layout", "no-such"], "there is no layout"),
        (["--layout", "ru-terrorist"], "another keeper's file"),
        (["--format", "xml"], "unknown format"),
        (["--against", "/no/such/file"], "No such file"),
        (["--accept", "/no/such/folder/file"], "No such file"),
    ],
)
def test_mistakes_end_with_a_message(files: tuple[str, str], arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(files[0], *arguments)


def test_a_partial_file_writes_nothing(files: tuple[str, str], tmp_path: Path) -> None:
    part, out = tmp_path / "part.xlsx", tmp_path / "accepted.json"
    part.write_bytes(agents(agent(3, "Топчий Рада Фроловна «Ивушка»", "01.02.2024")))
    with pytest.raises(CommandError, match="partial file"):
        run(str(part), "--against", files[0], "--accept", str(out))
    assert not out.exists()


def test_a_layout_of_ones_own(tmp_path: Path) -> None:
    layout, table = tmp_path / "mine.json", tmp_path / "list.csv"
    layout.write_text(
        json.dumps(
            {
                "name": "mine", "form": "table", "register": "mine", "title": {"en": "Mine"}, "must": ["name", "since"],
                "columns": {"name": ["кто"], "since": ["когда"], "private": ["где живёт"]},
            }
        )
    )  # fmt: skip
    table.write_text("Кто;Когда;Где живёт\nФонд «Тарн»;1 мая 2020;Топь, 5\n")
    with pytest.raises(CommandError, match="It fits no layout"):
        run(str(table))
    (line,) = run(str(table), "--layout", str(layout))
    assert (line["since"], "Топь" in json.dumps(line, ensure_ascii=False)) == ("2020-05-01", False)


def test_a_page_for_reading(tmp_path: Path) -> None:
    page, out = tmp_path / "list.html", StringIO()
    page.write_bytes(undesirable(banned("1", "Tarn Watch (Дозор Тарна), США")))
    call_command("read_list", str(page), "--format", "text", stdout=out)
    assert "    translation, strong: Дозор Тарна" in out.getvalue()
