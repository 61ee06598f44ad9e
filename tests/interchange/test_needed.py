"""What is kept of a file while it waits: nothing that is not read, and every line where it stood."""

import doctest
import json
from datetime import timedelta
from typing import Any

import pytest

from articles.baking.jobs import each_minute
from articles.footnotes.registers import private
from articles.interchange import Mapping, import_register, needed, plan_of
from articles.models import Register, RegisterImport
from articles.registers import export_registers
from tests.builders import NOW, registers_data
from tests.interchange.conftest import entry
from tests.persons import PARTS, person

KEY = "test-agents"
SECRETS = ("1970", "771234567890", "123-456-789 01", "Озёрная", "555-12-34")
MAPPING = Mapping.parse(
    {
        "columns": {
            "key": "No",
            "name": "Name",
            "family": "F",
            "given": "I",
            "patronymic": "O",
            "gender": "G",
            "since": "Since",
            "source": "Source",
        },
        "delimiter": ";",
        "dates": "%d.%m.%Y",
        "ignore": ["Born", "INN", "Address"],
    }
)
ROWS = (
    "No;Name;F;I;O;G;Born;INN;Address;Since;Source",
    '1;;Рябоконев;Тихон;Саввич;;12.03.1970;771234567890;"Озёрная, 1\nкв. 2";15.01.2026;Order 12 of 03.02.2026',
    "",
    '2;"Зеленоборская Инга 12.03.1970";Зеленоборская;Инга;;f;1970;;"+7 555-12-34";15.01.2026;Order 13',
    "3;;Туманко;Эмма;;x 12.03.1970;;;;15.01.2026;Order 14",
    "4;;Туманко;Павел;;м;;;;15.01.2026;Order 15, СНИЛС 123-456-789 01",
    "5;;Туманко;Яков 1970;;м;;;;15.01.2026;Order 16",
    "6;Комитет 12.06.2017;;;;;1970;;;15.01.2026;Order 17, ИНН 7710123456",
)


@pytest.mark.parametrize(("encoding", "line_end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("cp1251", "\r\n")])
def test_of_a_csv_file_only_the_columns_that_are_read_wait(newsroom: None, encoding: str, line_end: str) -> None:
    """Whatever a birth date or number was written into, its figures are gone; what is told of the file is the same."""
    mapping = Mapping.parse(MAPPING.data | {"encoding": encoding})
    content = line_end.join(ROWS).encode(encoding)
    kept = needed(content, mapping)
    text = kept.decode(encoding)
    assert not [secret for secret in SECRETS if secret in text]
    assert "Order 12 of 03.02.2026" in text, "the date of a document is none of a person"
    assert "ИНН 7710123456" in text, "the number of a body is public"
    before, after = (plan_of(one, KEY, mapping, partial=True, at=NOW) for one in (content, kept))
    assert after.entries == before.entries
    assert (
        places(after.left_out)
        == places(before.left_out)
        == [
            "line 5, organizations[1].names[0].text",
            "line 6, organizations[2].person.gender",
            "line 7, organizations[3].designations[0].source",
            "line 8, organizations[4].person.given",
        ]
    )
    assert needed(kept, mapping) == kept


def places(lines: list[str]) -> list[str]:
    return [line.split(":")[0] for line in lines]


FILE: list[dict[str, Any]] = [
    person() | {"birth_date": "12.03.1970", "_remark": "born 1970", "Адрес": {"street": "Озёрная"}},
    person("tumanko", PARTS | {"family": "Туманко", "inn": "771234567890"}),
    entry("pelicans", "Pelican Circle of 12 June 2017"),
    person("other", PARTS | {"given": "Яков 12.03.1970"}),
    person("another", PARTS | {"given": "Пётр"}) | {"weight": "123-456-789 01"},
    person("third", PARTS | {"given": "Клим"}) | {"not_beside": ["12.03.1970", "хирург"]},
]
FILE[0]["designations"][0]["source"] = "Order 12; born 12.03.1970, Озёрная ул., кв. 5"
FILE[1]["names"][0]["examples"] = ["тел. 555-12-34"]


def test_of_a_json_file_only_the_keys_that_are_read_wait(newsroom: None) -> None:
    """Each fault is told at its line, which the shorter file has kept."""
    content = json.dumps({"_about": "1970", "organizations": FILE}, ensure_ascii=False, indent=2).encode()
    kept = needed(content, None)
    assert not [secret for secret in SECRETS if secret != "Озёрная" and secret in kept.decode()]
    before, after = (plan_of(one, KEY, None, partial=True, at=NOW) for one in (content, kept))
    assert after.entries == before.entries
    assert places(after.left_out) == places(before.left_out)
    assert len(before.left_out) == 9
    assert needed(kept, None) == kept


def test_a_register_that_comes_with_the_file_is_kept_as_it_is(newsroom: None) -> None:
    """Its wording may name the day of a decision."""
    data = registers_data()
    data["registers"][1]["notes"]["ru"]["one"]["text"] = "Внесена решением от 12.03.2024."
    content = json.dumps(data | {"organizations": FILE}, ensure_ascii=False, indent=2).encode()
    assert json.loads(needed(content, None))["registers"] == data["registers"]


def test_nothing_of_it_is_in_the_rows_or_in_the_history(newsroom: None) -> None:
    """Source and examples are passed over, and a fault does not repeat what it has found."""
    content = json.dumps({"organizations": FILE}, ensure_ascii=False, indent=2).encode()
    plan = import_register(content, KEY, None, by=None, at=NOW, partial=True).plan
    stored = json.dumps([export_registers(), plan.report()], ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in stored]
    assert {"ryabokonev", "tumanko", "third"} <= {one["key"] for one in export_registers()["organizations"]}


def test_a_telephone_number_in_a_column_that_is_not_read_refuses_nothing(newsroom: None) -> None:
    """A formula in one that is read does."""
    row = "1;Круг;;;;;;;+7 555-12-34;15.01.2026;"
    assert plan_of("\n".join((ROWS[0], row)).encode(), KEY, MAPPING, partial=True, at=NOW).added


def test_the_examples_of_what_is_private_hold() -> None:
    assert doctest.testmod(private) == (0, 4)


@pytest.mark.parametrize(
    "text",
    [
        "Распоряжение Минюста от 12.03.2024 № 123-р",
        "https://publication.pravo.gov.ru/document/0001202401150001",
        "https://minjust.example/ru/documents/7755/?page=123456789012",
        "Адрес публикации: https://keeper.example/list/12",
        "Приказ 1970 года",
        "ОГРН 1027700132195",
        "Решение суда, дело № 3а-1234/2024",
        "Order of 12 March 2024, entry 771",
        "Фонд «Рождество 2020»",
    ],
)
def test_documents_are_not_taken_for_persons(text: str) -> None:
    assert not private.holds_private(text)


@pytest.mark.parametrize(
    "text",
    [
        "Иванов, 12.03.1970 г.р.",
        "1970 г. р.",
        "дата рождения: 12 марта 1970",
        "родился 12.03.1970 в Приозерье",
        "ИНН 771234567890",
        "ИНН: 7712 3456 7890",
        "СНИЛС 123-456-789 01",
        "123-456-789 01",
        "паспорт 45 06 123456",
        "passport no. 123456789",
        "проживает: ул. Озёрная, 1",
        "адрес: г. Приозерск, Озёрная, д. 1",
        "Озёрная, д. 1, кв. 12",
        "born on 12 March 1970",
        "тел. +7 (495) 555-12-34",
    ],
)
def test_what_is_kept_of_nobody_is_known_in_a_text(text: str) -> None:
    assert private.holds_private(text)
    assert not private.holds_private(private.masked("Order 12") + " of the keeper")


def test_a_file_that_waits_for_nobody_goes_within_a_day(newsroom: None) -> None:
    """Without another upload: by what is done each minute."""
    register = Register.objects.get(key=KEY)
    for number, hours in enumerate((25, 23)):
        made_at = NOW - timedelta(hours=hours)
        RegisterImport.objects.create(register=register, file_name=str(number), content=b"{}", made_at=made_at)
    each_minute(NOW)
    assert [(row.state, bool(row.content)) for row in RegisterImport.objects.order_by("file_name")] == [
        ("dropped", False),
        ("waiting", True),
    ]
