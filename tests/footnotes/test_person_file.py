"""Persons in a register file: what is read, what is refused with its place, what is passed over."""

import json
from typing import Any

import pytest

from articles.footnotes.registers import RegisterFileError, parse_registers, parse_usable
from articles.footnotes.registers.problems import is_private
from articles.footnotes.types import Person

PARTS = {"family": "Рябоконев", "given": "Тихон", "patronymic": "Саввич", "gender": "m"}


def entry(key: str = "ryabokonev", **values: Any) -> dict[str, Any]:
    """Return an invented person's entry; `person` is laid over the parts."""
    parts = PARTS | values.pop("person", {})
    return {
        "key": key,
        "kind": "person",
        "person": {part: value for part, value in parts.items() if value != "left out"},
        "names": [{"text": "Рябоконев Тихон Саввич"}],
        "designations": [{"register": "xx-foreign-agents", "since": "2024-03-01"}],
    } | values


def book(*entries: dict[str, Any]) -> dict[str, Any]:
    body = {"key": "veter", "names": [{"text": "Движение «Ветер»"}], "designations": []}
    registers = [{"key": "xx-foreign-agents"}, {"key": "xx-extremist"}]
    return {"_about": "invented", "registers": registers, "organizations": [*entries, body]}


def places(data: dict[str, Any]) -> list[str]:
    """Return where the mistakes of a file are, and hold that the rest of it is read."""
    registers, problems = parse_usable(data)
    assert "veter" in registers.organizations
    return [problem.place for problem in problems]


def test_a_person_is_read_and_written() -> None:
    """All that a file says of a person comes back; notes of ours beginning with _ are passed over."""
    pseudonym = {"text": "Старый Лоцман", "type": "pseudonym"}
    names = [{"text": "Рябоконев Тихон Саввич"}, pseudonym]
    data = book(entry(names=names, surname="ask", not_beside=["хирург"], _class="-ев"))
    parsed = parse_registers(data)
    person = parsed.organizations["ryabokonev"]
    assert person.person == Person("Рябоконев", "Тихон", "Саввич", "m")
    assert (person.kind, person.surname, person.not_beside) == ("person", "ask", ("хирург",))
    assert person.names[1].kind == "pseudonym"
    written = json.loads(json.dumps(parsed.to_dict(), ensure_ascii=False))
    assert parse_registers(written) == parsed
    assert "kind" not in written["organizations"][1]


def test_a_person_may_have_no_patronymic() -> None:
    """Null and nothing are the same."""
    for missing in (None, "left out"):
        parsed = parse_registers(book(entry(person={"patronymic": missing})))
        assert parsed.organizations["ryabokonev"].person == Person("Рябоконев", "Тихон", "", "m")


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"person": {"family": "left out"}}, "person.family"),
        ({"person": {"family": " "}}, "person.family"),
        ({"person": {"gender": "x"}}, "person.gender"),
        ({"person": {"gender": "n"}}, "person.gender"),
        ({"person": {"gender": "left out"}}, "person.gender"),
        ({"person": {"gender": "f"}}, "person.gender"),
        ({"person": {"given": "Тихон Саввич", "patronymic": None}}, "person.given"),
        ({"person": {"given": "Саввич", "patronymic": "Тихон"}}, "person.given"),
        ({"person": {"family": "Рябоконев Саввич", "patronymic": None}}, "person.family"),
        ({"person": {"family": "Саввична", "patronymic": "Рябоконева", "gender": "f"}}, "person.family"),
        ({"person": {"family": "Саввич", "patronymic": "Рябоконев"}}, "person.family"),
        ({"person": {"given": "Эльшад Тофик оглы", "patronymic": None}}, "person.given"),
        ({"person": {"family": "Рябоконев 12.03.1970"}}, "person.family"),
        ({"names": [{"text": "Т", "type": "pseudonym"}]}, "names[0].text"),
        ({"names": [{"text": "«Т.»", "type": "pseudonym"}]}, "names[0].text"),
        ({"names": [{"text": "Рябоконев Тихон Саввич, 12.03.1970 г.р."}]}, "names[0].text"),
        ({"names": [{"text": "Рябоконев Тихон, ИНН 771234567890"}]}, "names[0].text"),
        ({"names": [{"text": "One", "type": "nickname"}]}, "names[0].type"),
        ({"surname": "always"}, "surname"),
        ({"not_beside": "хирург"}, "not_beside"),
        ({"kind": "ship"}, "kind"),
        ({"kind": "organization"}, "person"),
    ],
)
def test_a_mistake_in_a_person_is_named_and_the_rest_is_read(values: dict[str, Any], place: str) -> None:
    """Where and which field; the entry is left out, nothing else."""
    data = book(entry(**values))
    assert f"organizations[0].{place}" in places(data)
    registers, _problems = parse_usable(data)
    assert list(registers.organizations) == ["veter"]
    with pytest.raises(RegisterFileError):
        parse_registers(data)


@pytest.mark.parametrize(
    "parts",
    [
        {"family": "Крысаревич", "patronymic": "Наумович"},
        {"family": "Крысаревич", "patronymic": None},
        {"family": "Аспанбай уулу", "given": "Эрмек", "patronymic": None},
        {"family": "Мамедканова", "given": "Севиндж", "patronymic": "Рауф кызы", "gender": "f"},
        {"family": "аль-Кайруби", "given": "Юнус", "patronymic": "ибн Ахмад"},
        {"family": "Мондрегон", "given": "Луис Альберто", "patronymic": None},
        {"family": "Костринич", "patronymic": "Ильич"},
        {"family": "Кузьмич", "patronymic": "Лукич"},
        {"family": "van der Brook", "given": "Joost", "patronymic": None},
        {"patronymic": "Фомич"},
        {"given": "Вера", "family": "Рябоконева", "patronymic": "Никитична", "gender": "f"},
    ],
)
def test_rare_names_are_no_mistakes(parts: dict[str, Any]) -> None:
    """A family name may have the form of a patronymic, and a patronymic any other."""
    assert places(book(entry(person=parts))) == []


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"person": PARTS}, "organizations[0].person"),
        ({"surname": "ask"}, "organizations[0].surname"),
        ({"names": [{"text": "Ветер", "type": "pseudonym"}]}, "organizations[0].names[0].kind"),
    ],
)
def test_an_organization_has_nothing_of_a_person(values: dict[str, Any], place: str) -> None:
    """The kind decides what an entry may have."""
    body = {"key": "luch", "names": [{"text": "Союз «Луч»"}], "designations": []} | values
    assert places(book(body)) == [place]


def test_two_entries_of_one_person_are_named() -> None:
    """The later one is left out: ё and capitals do not tell persons apart."""
    other = entry("ryabokonyov", person={"family": "рябоконёв"})
    other["designations"] = [{"register": "xx-extremist"}]
    registers, problems = parse_usable(book(entry(), other))
    assert [problem.place for problem in problems] == ["organizations[1].person"]
    assert list(registers.organizations) == ["ryabokonev", "veter"]


def test_namesakes_that_a_register_lists_since_different_days_are_two() -> None:
    """So are those of another patronymic, and of the other gender."""
    later = entry("ryabokonev-2", designations=[{"register": "xx-foreign-agents", "since": "2025-01-17"}])
    another = entry("ryabokonev-3", person={"patronymic": "Ильич"})
    assert places(book(entry(), later, another)) == []


@pytest.mark.parametrize("where", ["entry", "person"])
def test_what_is_kept_of_nobody_is_passed_over_and_told(where: str) -> None:
    """A birth date or number stays out, and the person is read."""
    values: dict[str, Any] = {"birth_date": "1970-03-12", "ИНН": "771234567890", "address": "Озёрная, 1"}
    data = book(entry(**values) if where == "entry" else entry(person=values))
    registers, problems = parse_usable(data)
    assert "ryabokonev" in registers.organizations
    assert {problem.field for problem in problems} == set(values)
    written = json.dumps(registers.to_dict(), ensure_ascii=False)
    assert not any(value in written for value in values.values())


def test_which_keys_are_private() -> None:
    """Whole words, in either language and any spelling."""
    private = ["birthDate", "date_of_birth", "born", "snils", "tax_id", "Дата рождения", "адрес", "home-address", "inn"]
    assert [key for key in private if not is_private(key)] == []
    assert [key for key in ("inner", "date", "names", "key", "title", "addressee_note") if is_private(key)] == [
        "addressee_note"
    ]


def test_a_file_that_is_wrong_beyond_its_entries_is_refused() -> None:
    """A register's mistake cannot be left out."""
    data = book(entry(person={"gender": "x"}))
    data["registers"].append({"key": "nothing"})
    with pytest.raises(RegisterFileError) as caught:
        parse_usable(data)
    assert {one.place for one in caught.value.problems} == {"organizations[0].person.gender", "registers[2].status"}


def test_nobody_is_left_out_for_being_the_same_as_one_that_is() -> None:
    """Of two entries of one person, or of one key, of which the first cannot be read, the other is read."""
    pseudonym = {"names": [{"text": "Т", "type": "pseudonym"}]}
    for key in ("ryabokonev-2", "ryabokonev"):
        registers, problems = parse_usable(book(entry(**pseudonym), entry(key)))
        assert [problem.place for problem in problems] == ["organizations[0].names[0].text"]
        assert list(registers.organizations) == [key, "veter"]


def test_of_one_key_and_of_one_person_the_first_is_read() -> None:
    """A second entry of the key does not hide that a third is the first one's person."""
    other, third = entry(person={"given": "Пётр"}), entry("ryabokonev-3")
    registers, problems = parse_usable(book(entry(), other, third))
    assert [problem.place for problem in problems] == ["organizations[1].key", "organizations[2].person"]
    assert list(registers.organizations) == ["ryabokonev", "veter"]
    assert (
        registers.organizations["ryabokonev"].person
        == parse_usable(book(entry()))[0].organizations["ryabokonev"].person
    )


@pytest.mark.parametrize(
    "family",
    [
        "Рябоконев<b>",
        "Рябоконев\u202e",
        "Рябо\u00adконев",
        "Рябоконев (Пальт)",
        "Рябоконев 1970",
        "Рябоконев, Т",
        "علوي",
        "რიაბოკონი",
    ],
)
def test_a_sign_that_no_name_holds_is_named(family: str) -> None:
    assert places(book(entry(person={"family": family}))) == ["organizations[0].person.family"]


@pytest.mark.parametrize(
    "family",
    ["О'Рябокони", "О’Рябокони", "Рябоконев-Туманко", "Рябоконёв", "Рябоконев мл.", "Ryabokoněv", "Рябоконе\u0301в"],
)
def test_signs_of_names_are_names(family: str) -> None:
    assert places(book(entry(person={"family": family}))) == []
