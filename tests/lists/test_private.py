"""What keepers print of a person inside the name's own cell: none of it is proposed, shown or kept."""

import json

import pytest

from articles.lists.read import read
from articles.lists.understand import understood

from .made import agent, agents

WHO = "Сосновец Герман Ильич"
BEHIND = [
    ", 01.02.1990 г.р.",
    ", 01.02.1990г.р., г. Топь",
    ", 01.02.90 г.р.",
    " 1 февраля 1990 года рождения",
    "\n01.02.1990 г. рожд.",
    " (род. 01.02.1990, г. Топь)",
    ", родился 01.02.1990 в г. Топь",
    ", дата рождения: 1990-02-01",
    ", д.р. 01.02.1990",
    " 01.02.1990",
    " (01.02.1990)",
    ", 1990",
    " (1990 г.р.)",
    ", ИНН: 001234567890, СНИЛС: 000-123-456 78",
    " (ИНН 001234567890)",
    ", паспорт 00 11 222333, проживающий: г. Топь, ул. Речная, 5",
    ", р/с 40817810000547913574",
    ", тел. +7 900 000-00-00",
    ", e-mail sosna@mail.example",
]


@pytest.mark.parametrize("behind", BEHIND)
def test_nothing_of_a_person_but_the_name(behind: str) -> None:
    row = agent(1, WHO + behind, "01.02.2024")
    (line,) = understood(read(agents(row)), b"key")
    kept = line.row("file")
    assert (kept["line"], [one["text"] for one in kept["names"]]) == (WHO, [WHO])
    assert kept["resources"] == []


def test_the_day_of_another_name_stays_and_members_are_names_only() -> None:
    person = agent(1, "Сосновец Инна Ильинична (до 01.02.2019 – Мохова Инна Ильинична)", "01.02.2024")
    body = agent(
        2,
        "Движение «Мох» (прежнее название до 01.02.2019 – «Торф»)",
        "01.02.2024",
        type="Иные",
        members=f"[{WHO}, 02.03.1980 г.р., Мохов Ким Львович, 03.04.1981]",
    )
    first, second = [line.row("file") for line in understood(read(agents(person, body)), b"key")]
    assert first["line"].endswith("(до 01.02.2019 – Мохова Инна Ильинична)")
    assert [one["text"] for one in first["names"]] == ["Сосновец Инна Ильинична", "Мохова Инна Ильинична"]
    assert second["members"] == [WHO, "Мохов Ким Львович"]
    assert "198" not in json.dumps(second, ensure_ascii=False).replace(second["digest"], "")
