"""The next file of a keeper: what is new, ended, changed, gone; a running number never says who is who."""

from typing import Any

from articles.lists.difference import ListDifference, difference
from articles.lists.line import ListLine
from articles.lists.read import read
from articles.lists.understand import understood

from .made import agent, agents, banned, undesirable

BODY = {"type": "Юридические лица"}


def lines(content: bytes) -> list[ListLine]:
    return understood(read(content), b"key")


def compared(old: list[Any], new: list[Any]) -> ListDifference:
    return difference(lines(agents(*old)), lines(agents(*new)))


def told(found: ListDifference) -> dict[str, list[str]]:
    return {
        "added": [line.raw.name for line in found.added],
        "ended": [pair.new.raw.name for pair in found.ended],
        "changed": [pair.new.raw.name for pair in found.changed],
        "gone": [line.raw.name for line in found.gone],
        "stopped": [pair.new.raw.name for pair in found.stopped],
    }


NOTHING: dict[str, list[str]] = {"added": [], "ended": [], "changed": [], "gone": [], "stopped": []}
PEOPLE = [
    ("Топчий Рада Фроловна", "01.01.2020"),
    ("Ивнев Ким Львович", "02.01.2020"),
    ("Осокина Злата Ильинична", "03.01.2020"),
]
BODIES = [("Фонд «Тарн»", "04.01.2020"), ("Проект «Ряска»", "05.01.2020"), ("Союз «Омут»", "06.01.2020")]


def test_a_renumbered_list_changes_nothing() -> None:
    old = [agent(n, *one) for n, one in enumerate(PEOPLE, 1)] + [
        agent(n, *one, **BODY) for n, one in enumerate(BODIES, 4)
    ]
    new = [agent(n + 7, *one) for n, one in enumerate(PEOPLE, 1)] + [
        agent(n + 7, *one, **BODY) for n, one in enumerate(BODIES, 4)
    ]
    found = compared(old, list(reversed(new)))
    assert told(found) == NOTHING
    assert (len(found.unchanged), found.row("f")["renumbered"]) == (6, 6)


def test_a_line_less_in_the_middle_gives_no_body_its_neighbours_name() -> None:
    old = [agent(n, *one, **BODY) for n, one in enumerate(BODIES, 1)]
    new = [agent(1, *BODIES[0], **BODY), agent(2, *BODIES[2], **BODY)]
    assert told(compared(old, new)) == NOTHING | {"gone": ["Проект «Ряска»"]}


def test_spaces_and_quotation_marks_are_no_change() -> None:
    old = [agent(1, "Фонд «Тарн»", "04.01.2020", **BODY)]
    new = [agent(1, '  Фонд\u00a0"Тарн" ', "04.01.2020", **BODY)]
    assert told(compared(old, new)) == NOTHING


def test_a_day_of_exclusion_ends() -> None:
    old = [agent(1, *PEOPLE[0]), agent(2, *BODIES[0], **BODY)]
    new = [agent(1, *PEOPLE[0], until="05.06.2024"), agent(2, *BODIES[0], **BODY)]
    assert told(compared(old, new)) == NOTHING | {"ended": [PEOPLE[0][0]]}


def test_a_misprint_put_right_is_the_same_person() -> None:
    old = [agent(1, "Скворцов Афонасий Львович", "01.01.2020"), agent(2, *PEOPLE[1])]
    new = [agent(1, "Скворцов Афанасий Львович", "01.01.2020"), agent(2, *PEOPLE[1])]
    found = compared(old, new)
    assert told(found) == NOTHING | {"changed": ["Скворцов Афанасий Львович"]}
    assert found.row("f")["doubtful"]


def test_a_renamed_body_is_found_by_its_former_name_or_its_number() -> None:
    old = [
        agent(1, "Фонд «Тарн»", "04.01.2020", **BODY),
        agent(2, "Союз «Омут»", "06.01.2020", ogrn="1000000000001", **BODY),
    ]
    new = [
        agent(1, "Фонд «Новый Тарн» (прежнее наименование – Фонд «Тарн»)", "04.01.2020", **BODY),
        agent(2, "Союз «Омуток»", "06.01.2020", ogrn="1000000000001", **BODY),
    ]
    found = compared(old, new)
    assert told(found)["changed"] == [new[0][1], "Союз «Омуток»"]
    assert [pair.reason for pair in found.changed] == ["former name", "register number"]


def test_a_known_number_with_a_wholly_other_name_stops_the_line() -> None:
    old = [agent(1, "Фонд «Тарн»", "04.01.2020", ogrn="1000000000001", **BODY)]
    new = [agent(1, "Газета «Ежевика и шмель»", "04.01.2020", ogrn="1000000000001", **BODY)]
    assert told(compared(old, new)) == NOTHING | {"stopped": ["Газета «Ежевика и шмель»"]}


def test_namesakes_and_names_that_begin_alike_are_added() -> None:
    old = [agent(1, *PEOPLE[0], born="01.02.1960"), agent(2, *BODIES[0], **BODY)]
    new = [
        *old,
        agent(3, PEOPLE[0][0], "09.09.2024", born="03.04.1990"),
        agent(4, "Фонд «Тарн. Новое»", "09.09.2024", **BODY),
    ]
    assert told(compared(old, new)) == NOTHING | {"added": [PEOPLE[0][0], "Фонд «Тарн. Новое»"]}


def test_a_namesake_in_place_of_one_that_is_gone_is_no_change() -> None:
    old = [agent(1, PEOPLE[0][0], "01.02.2020", inn="001111111111")]
    new = [agent(1, PEOPLE[0][0], "09.09.2024", inn="002222222222")]
    assert told(compared(old, new)) == NOTHING | {"added": [PEOPLE[0][0]], "gone": [PEOPLE[0][0]]}


def test_one_name_out_and_in_again_stays_two_lines() -> None:
    old = [
        agent(1, "Фонд «Тарн»", "04.01.2020", until="05.01.2021", **BODY),
        agent(2, "Фонд «Тарн»", "05.01.2021", **BODY),
    ]
    assert told(compared(old, list(reversed(old)))) == NOTHING


def test_a_page_of_bodies_without_numbers() -> None:
    rows = ["Tarn Watch (Дозор Тарна), США", "Moor Fund (Фонд болот), Литва", "Fen Lab (Лаборатория топей), Польша"]
    old = undesirable(*(banned(str(n), one, f"0{n}.02.2016 № {n}-р") for n, one in enumerate(rows, 1)))
    new = undesirable(
        banned("1", rows[0], "01.02.2016 № 1-р"),
        banned(
            "2",
            "Fen Laboratory (Лаборатория топей и болот, прежнее наименование – Fen Lab), Польша",
            "03.02.2016 № 3-р",
        ),
        banned("3", "Tarn Watch Europe (Дозор Тарна – Европа), США", "01.02.2026 № 4-р"),
    )
    found = told(difference(lines(old), lines(new)))
    assert found["gone"] == [rows[1]]
    assert len(found["added"]) == len(found["changed"]) == 1
