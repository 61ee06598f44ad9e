"""The registers that come with the program are brought up to date by a keeper's file: nobody stands there twice."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.interchange import keeper
from articles.interchange.keeper.entries import STARTER
from articles.models import Designation, ListFile, Organization, Register
from articles.registers import load_register_data
from tests.builders import NOW
from tests.keeper.conftest import accepted, changes
from tests.lists.made import agent, agents, banned, undesirable

REGISTER = "ru-foreign-agents"
FORMS = {
    "автономная некоммерческая организация": "АНО",
    "общество с ограниченной ответственностью": "ООО",
    "некоммерческое партнерство": "НП",
    "межрегиональная общественная организация": "МОО",
    "региональная общественная организация": "РОО",
}
NEW = (
    "Автономная некоммерческая организация «Камышовая заводь»",
    "Издание «Осенний причал»",
    "Фонд «Семь крачек»",
    "Общество с ограниченной ответственностью «Бакен-Медиа» (ООО «Бакен-Медиа»)",
    "Дюнная Тропа Людмила Прохоровна",
)
MISSING = 3


@pytest.fixture
def starter(outlet: None) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(STARTER.read_text(encoding="utf-8"))
    load_register_data(data)
    return data


def official(entry: dict[str, Any]) -> str:
    """Return the line as the keeper prints it, or the name that is most like one."""
    if entry.get("_listed_as"):
        return str(entry["_listed_as"][0])
    names = [one for one in entry["names"] if one["language"] == "ru"] or entry["names"]
    kinds = [one for one in names if one.get("kind") in ("official", "long")]
    return str((kinds or names)[0]["text"])


def otherwise(name: str, how: int) -> str:
    """Return the name in another writing."""
    if how == 1:
        return name.upper()
    if how == 2:
        return name.replace("«", '"').replace("»", '"')
    if how == 3:
        for long, short in FORMS.items():
            if name.lower().startswith(long):
                return short + name[len(long) :]
            if name.startswith(short + " "):
                return long.capitalize() + name[len(short) :]
        return name.replace(" ", "\u00a0", 1)
    if how == 4:
        letters = "".join(word[0] for word in name.split() if word[0].isalpha()).upper()
        return f"{name} ({letters})" if len(letters) > 2 and "(" not in name else name
    return f" {name}  "


def written(day: str | None, later: int = 0) -> str:
    return (date.fromisoformat(day) + timedelta(days=later)).strftime("%d.%m.%Y") if day else ""


def official_file(entries: list[dict[str, Any]]) -> tuple[bytes, list[str]]:
    """Return a file of these entries in other writings, and the key of each of its lines, "" for a new one."""
    rows, keys = [], []
    for number, entry in enumerate(entries):
        for period in entry["designations"]:
            if period["register"] != REGISTER:
                continue
            later = 2 if number % 7 == 3 else 0
            until = written(period["until"], later)
            rows.append(
                agent(
                    len(rows) + 1,
                    otherwise(official(entry), number % 6),
                    written(period["since"], later) or "01.02.2023",
                    until=until,
                    type="Юридические лица",
                    reg=f"АГ-{len(rows):04}",
                )
            )
            keys.append(entry["key"])
    for name in NEW:
        kind = "Физические лица" if name is NEW[-1] else "Юридические лица"
        rows.append(agent(len(rows) + 1, name, "06.03.2026", type=kind, reg=f"АГ-{len(rows):04}"))
        keys.append("")
    return agents(*rows), keys


def test_official_file_brings_the_starter_up_to_date(starter: dict[str, Any], legal: User) -> None:
    register = Register.objects.get(key=REGISTER)
    mine = [one for one in starter["organizations"] if any(p["register"] == REGISTER for p in one["designations"])]
    running = [one for one in mine if all(p["until"] is None for p in one["designations"])]
    missing = {one["key"] for one in running[40 : 40 + MISSING]}
    content, keys = official_file([one for one in mine if one["key"] not in missing])
    file = keeper.take(content, "export.xlsx", register, by=legal, at=NOW)
    check_matched(file, keys, missing)
    before = names_by_entry()
    entries, designations = Organization.objects.count(), Designation.objects.filter(register=register)
    periods = designations.count()
    accepted(file, legal)
    assert Organization.objects.count() == entries + len(NEW)
    assert designations.count() == periods + len(NEW)
    held = designations.filter(organization__key__in=missing)
    assert [one.designated_until for one in held] == [None] * MISSING
    after = names_by_entry()
    assert {key for key, names in before.items() if not names <= after[key]} == set()
    again = keeper.take(content, "export.xlsx", register, by=legal, at=NOW)
    assert changes(again) == {"unchanged": len(keys), "gone": MISSING, "open": MISSING}


def check_matched(file: ListFile, keys: list[str], missing: set[str], new: int = len(NEW)) -> None:
    """Look whether the rows were found to be the entries of these keys, nearly all without a question."""
    rows = list(file.rows.exclude(change="gone").select_related("entry").order_by("position"))
    found = [(row.line, row.entry.key if row.entry else "", key) for row, key in zip(rows, keys, strict=True)]
    assert [one for one in found if one[1] != one[2]] == []
    assert sum(bool(row.entry) and not row.asked for row in rows) >= 0.98 * (len(rows) - new)
    gone = list(file.rows.filter(change="gone").select_related("entry"))
    assert {row.entry.key for row in gone if row.entry} == missing
    assert all(row.asked for row in gone)


def names_by_entry() -> dict[str, set[tuple[Any, ...]]]:
    """Return the names of the entries as they stand, with their strengths."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    for key, *name in Organization.objects.values_list("key", "names__text", "names__strength", "names__review"):
        found.setdefault(key, set()).add(tuple(name))
    return found


def foreign(entry: dict[str, Any], number: int) -> str:
    """Return a line as the page of undesirable organizations prints it, of the names that the entry has."""
    english = [one["text"] for one in entry["names"] if one["language"] == "en" and " " in one["text"]]
    russian = [one["text"] for one in entry["names"] if one["language"] == "ru" and " " in one["text"]]
    letters = [one["text"] for one in entry["names"] if one.get("kind") == "abbreviation"]
    first = (english or russian or [entry["names"][0]["text"]])[0]
    bracket = [f"«{one}»" if number % 3 == 1 else one for one in russian[:1] if one != first]
    bracket += letters[:1] if number % 3 == 2 else []
    line = f"{first} ({', '.join(bracket)}), Норвегия" if bracket else f"{first} (Норвегия)"
    return line.upper() if number % 11 == 5 else line


def test_official_page_brings_the_starter_up_to_date(starter: dict[str, Any], legal: User) -> None:
    mine = [
        (one, period)
        for one in starter["organizations"]
        for period in one["designations"]
        if period["register"] == "ru-undesirable" and period["until"] is None
    ]
    rows = [
        banned(str(at), foreign(one, at), f"{written(period['since'], at % 9 == 4) or '05.02.2016'} № {at}-р")
        for at, (one, period) in enumerate(mine, 1)
    ]
    rows.append(banned(str(len(rows) + 1), "Reedwater Trust (Фонд «Камышовая вода»), Ирландия", "06.03.2026 № 900-р"))
    register = Register.objects.get(key="ru-undesirable")
    file = keeper.take(undesirable(*rows), "page.html", register, by=legal, at=NOW)
    check_matched(file, [one["key"] for one, _period in mine] + [""], set(), new=1)
    before = Organization.objects.count()
    accepted(file, legal)
    assert Organization.objects.count() == before + 1
