"""Persons whose family name, given name and patronymic stand in columns of their own."""

import pytest

from articles.lists.drawing import Unfit, pointed, roles_by_headings
from articles.lists.layouts import layout_of
from articles.lists.preview import preview
from articles.lists.read import read
from articles.lists.refused import NoList
from articles.lists.understand import understood

RUSSIAN = """№;Фамилия;Имя;Отчество;Пол;Дата рождения;Псевдоним;Дата включения
1;Тарнова;Ильва;Сергеевна;жен.;01.02.1970;Чайка;05.03.2021
2;ОГЛЫ-ЗАДЕ;РАШИД;КЕРИМ ОГЛЫ;М;;;06.03.2021
3;Ким;Женя;;;;;07.03.2021
4;;Женя;;;;;07.03.2021
Всего;;;;;;;
"""
ENGLISH = """Surname,First name,Date of birth,Also known as,Date of listing
van der Tern,Ilva Maria,1970-02-01,,2021-03-05
Name,First name,,,
"""


def test_parts_are_taken_as_they_stand_and_the_whole_is_the_name() -> None:
    found = understood(read(RUSSIAN.encode()), b"key")
    assert [(one.line, one.kind, one.person) for one in found] == [
        (
            "Тарнова Ильва Сергеевна / Чайка",
            "person",
            {"family": "Тарнова", "given": "Ильва", "patronymic": "Сергеевна", "gender": "f"},
        ),
        (
            "ОГЛЫ-ЗАДЕ РАШИД КЕРИМ ОГЛЫ",
            "person",
            {"family": "Оглы-Заде", "given": "Рашид", "patronymic": "Керим оглы", "gender": "m"},
        ),
        ("Ким Женя", "person", {"family": "Ким", "given": "Женя", "patronymic": None, "gender": "f"}),
        ("Женя", "person", None),
    ]
    assert [one.text for one in found[0].names] == ["Тарнова Ильва Сергеевна", "Чайка"]
    assert [str(one.raw.since) for one in found] == ["2021-03-05", "2021-03-06", "2021-03-07", "2021-03-07"]
    assert "the gender is guessed from the given name" in map(str, found[2].questions)
    assert "1970" not in str([one.row("") for one in found])


def test_a_family_name_of_several_words_stays_whole() -> None:
    line = understood(read(ENGLISH.encode()), b"key")[0]
    assert line.raw.parts == ("van der Tern", "Ilva Maria", "")
    assert line.person == {"family": "van der Tern", "given": "Ilva Maria", "patronymic": None, "gender": "f"}


def test_bodies_stand_in_the_same_table_under_a_column_of_their_own() -> None:
    heads = ["Body", "Фамилия", "Имя", "Entered"]
    data = pointed(
        heads, {0: "name", 1: "family", 2: "given", 3: "since"},
        name="odd", register="odd", title={}, kind="", since_from="since", aliases_as="",
    )  # fmt: skip
    text = "Body;Фамилия;Имя;Entered\nФонд «Чайка»;;;1.2.2020\n;Тарнова;Ильва;1.2.2020\n;;;1.2.2020\n"
    found = read(text.encode(), layout_of(data))
    lines = understood(found, b"key")
    assert [(one.line, one.kind) for one in lines] == [("Фонд «Чайка»", "organization"), ("Тарнова Ильва", "person")]
    assert [str(one) for one in found.faults] == ["row 4, column “Body”: there is no name"]


def test_parts_are_proposed_by_their_headings() -> None:
    grid = preview(RUSSIAN.encode())
    roles = roles_by_headings(grid.rows[0].cells)
    assert [roles[at] for at in range(8)] == [
        "number", "family", "given", "patronymic", "gender", "private", "aliases", "since",
    ]  # fmt: skip


def test_a_family_name_alone_is_no_name() -> None:
    with pytest.raises(Unfit, match="family and given name"):
        pointed(["Family", "Day"], {0: "family", 1: "since"})
    with pytest.raises(NoList):
        read("Фамилия;Дата включения\nТарнова;05.03.2021\n".encode())
