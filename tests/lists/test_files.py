"""A file of each kind, invented here: what it is is told by its content; dates, resources and places of its lines."""

import json
from collections.abc import Callable

import pytest

from articles.lists.read import read
from articles.lists.understand import understood

from .made import AGENTS_HEADER, agent, agents, banned, ods, undesirable

FTM = [
    {"id": "s1", "schema": "Sanction", "properties": {"entity": ["e1"], "listingDate": ["2019-03-04"]}},
    {
        "id": "e1",
        "schema": "Organization",
        "target": True,
        "properties": {
            "name": ["Tarn Watch"],
            "alias": ["Дозор тарна", "Watch; Tarn"],
            "weakAlias": ["TW", "Tarn"],
            "previousName": ["Old Tarn"],
        },
    },
    {
        "id": "e2",
        "schema": "Person",
        "target": True,
        "properties": {"name": ["Orsolya Vandermaat"], "birthDate": ["1971-02-03"], "idNumber": ["ZZ998877"]},
    },
    {"id": "s2", "schema": "Sanction", "properties": {"entity": ["e2"], "startDate": ["2020-01-01"],
    "endDate": ["2022-01-01"]}},
    {"id": "a1", "schema": "Address", "properties": {"full": ["Harbour 1"]}},
]  # fmt: skip
UN = b"""<?xml version="1.0" encoding="utf-8"?><CONSOLIDATED_LIST dateGenerated="2026-10-16T00:00:00Z"><INDIVIDUALS>
<INDIVIDUAL><FIRST_NAME>ILVA</FIRST_NAME><SECOND_NAME>AL-TARN</SECOND_NAME><THIRD_NAME/><REFERENCE_NUMBER>XXi.1</REFERENCE_NUMBER>
<LISTED_ON>2011-05-06</LISTED_ON><TITLE><VALUE>Ms</VALUE></TITLE><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>
<ALIAS_NAME>Umm Tarn
</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Ilva</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH><DATE>1966-04-05</DATE>
</INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><FIRST_NAME>TARN FRONT</FIRST_NAME>
<REFERENCE_NUMBER>
XXe.1</REFERENCE_NUMBER><LISTED_ON>2012-05-06</LISTED_ON></ENTITY></ENTITIES></CONSOLIDATED_LIST>"""
TABLE = (
    "Перечень причастных лиц\n\nНаименование / ФИО;Иное наименование;Дата включения;Примечание\n"
    '"Канал ""Тростник"" (@trostnik_canal)";;3/4/21;\n"Союз ""Ивняк; лоза""";ИЛ;05.06.2019;исключён 07.08.2022\n'
    "Ветошкин (Лычкин) Ким Львович;Кимыч Речной;9 мая 2020 года;\nВсего: 3;;;\n"
)
PAGE = """<html><head><meta charset="%s"><title>Список</title></head><body><table><tr><td>меню</td><td><h2>Единый список
организаций, признанных террористическими</h2><table><tr><th>№</th><th>Наименование</th><th>Суд, решение</th>
<th>Дата вступления в законную силу</th></tr><tr><td>1.</td><td>«Сизая мгла» («Мгла», СМ)</td><td>суд, решение от 1
мая 2010
года № 5</td><td>вступило в силу 2 июня 2010 года</td></tr><tr><td>2.</td><td>«Топь»</td><td>суд, решение от
02.02.2012</td>
<td>не указана</td></tr></table></td></tr></table></body></html>"""
PARAGRAPHS = """<html><head><meta charset="utf-8"><title>Перечень общественных объединений, ликвидированных судом
</title></head>
<body><p>Перечень ведётся с 2008 года.</p><p>1. Группа «Омут» (решение суда от 01.02.2009, вступило в законную силу
03.04.2009);</p><p>2.&nbsp;Союз «Тина» – «Ряска»</p><p>(заочное решение суда от 05.06.2010)<sup>*</sup>.</p><p>* –
уточнено.</p>
</body></html>"""
BLOCKS = """<html><body><h1>Перечень</h1><div id="russianUL"><ol><li>1. ФОНД "ТИХАЯ ТОПЬ"*, ИНН: 0012345678, ОГРН:
1000000000001;</li></ol></div><div id="russianFL"><ol><li>1. ИННОКЕНТЬЕВ ФРОЛ ИННОКЕНТЬЕВИЧ* (ИВНЯК), 01.02.1960 г.р.,
Г. ТОПЬ;
</li><li>2. ТОПЧАЯ РАДА ФРОЛОВНА, ИНН: 001234567890, 03.04.1961 г.р.;</li></ol></div><div id="foreignUL"><ol><li>1.
TARN TRUST
(TT) (ТАРН ТРАСТ), СИРИЯ;</li></ol></div><div id="foreignFL"><ol><li>1. AL-TARN YUN* (АЛЬ-ТАРН ЮН) , 05.06.1970 г.р.,
ТУРЦИЯ;
</li></ol></div></body></html>"""


def rows(content: bytes) -> list[dict[str, object]]:
    return [line.row("file") for line in understood(read(content), b"key")]


def names(row: dict[str, object]) -> dict[str, tuple[str, str]]:
    return {one["text"]: (one["kind"], one["strength"]) for one in row["names"]}  # type: ignore[attr-defined]


def open_agents(*given: list[str]) -> bytes:
    return ods([["Реестр иностранных агентов"], AGENTS_HEADER, *given])


@pytest.mark.parametrize("write", [agents, open_agents])
def test_the_register_of_agents_as_a_spreadsheet(write: Callable[..., bytes]) -> None:
    sites = (
        "HTTPS://WWW.TARN.EXAMPLE/ru/; https://t.me/tarn, ID: -1001234567; https://facebook.com/profile.php?id= 61001"
    )
    content = write(
        agent(2, "\u00a0Топчий  Рада\nФроловна «Ивушка»", "01.02.2024\u00a0", born="03.04.1970", inn="001234567890"),
        agent(
            1,
            "Фонд «Тарн»",
            "03.04.2020",
            until="05.06.2023",
            resources=sites,
            type="Юридические лица",
            ogrn="1000000000001",
        ),
    )
    person, body = rows(content)
    assert read(content).layout.name == "ru-foreign-agents"
    assert (person["kind"], person["line"], person["since"], person["until"]) == (
        "person", "Топчий Рада Фроловна «Ивушка»", "2024-02-01", None,
    )  # fmt: skip
    assert (body["kind"], body["until"], body["ogrn"]) == ("organization", "2023-06-05", "1000000000001")
    assert body["resources"] == [
        {"kind": "host", "value": "tarn.example"},
        {"kind": "account", "value": "tarn", "service": "t.me", "number": "-1001234567"},
        {"kind": "account", "value": "61001", "service": "facebook.com"},
    ]
    assert "1970" not in json.dumps(person) and "001234567890" not in json.dumps(person)


def test_a_page_with_spans_years_and_footnotes() -> None:
    content = undesirable(
        banned("1.&nbsp;", "Tarn Insti<span>tute</span><br>(Институт &laquo;Тарн&raquo;), США<sup>1</sup>"),
        '<tr><td colspan="4">2017 год</td></tr>',
        '<tr><td>2</td><td rowspan="2">01.01.2017</td><td rowspan="2">от&nbsp;02.02.2017 № 5-р</td>'
        "<td>Moor Watch, Литва</td></tr>",
        "<tr><td>3.</td><td>Fen Watch (Дозор), Польша</td></tr>",
    )
    first, second, third = rows(content)
    assert first["where"] == {"number": "1"}
    assert names(first)["Tarn Institute"] == ("official", "strong")
    assert (first["since"], first["decided"], first["order"]) == ("2016-02-05", "2016-02-01", "11-р")
    assert any("02.03.2020" in one for one in first["questions"])  # type: ignore[attr-defined]
    assert first["until"] is None
    assert [second["since"], third["since"], third["where"]] == ["2017-02-02", "2017-02-02", {"number": "3"}]


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "koi8-r"])
def test_a_page_in_any_encoding(encoding: str) -> None:
    first, second = rows((PAGE % encoding).encode(encoding, "xmlcharrefreplace"))
    assert names(first) == {
        "Сизая мгла": ("official", "strong"), "Мгла": ("short", "weak"), "СМ": ("abbreviation", "weak"),
    }  # fmt: skip
    assert (first["since"], second["since"], second["decided"]) == ("2010-06-02", None, "2012-02-02")


def test_numbered_paragraphs() -> None:
    first, second = rows(PARAGRAPHS.encode())
    assert (first["since"], first["decided"], second["since"]) == ("2009-04-03", "2009-02-01", None)
    assert set(names(second)) == {"Союз «Тина» – «Ряска»", "Тина", "Ряска"}
    assert any("unknown" in one for one in second["questions"])  # type: ignore[attr-defined]


def test_blocks_of_persons_and_bodies() -> None:
    fund, man, woman, trust, foreigner = rows(BLOCKS.encode())
    assert fund["line"] == 'ФОНД "ТИХАЯ ТОПЬ"' and fund["ogrn"] == "1000000000001"
    assert names(man) == {"ИННОКЕНТЬЕВ ФРОЛ ИННОКЕНТЬЕВИЧ": ("official", "strong"), "ИВНЯК": ("pseudonym", "weak")}
    assert woman["person"] == {"family": "Топчая", "given": "Рада", "patronymic": "Фроловна", "gender": "f"}
    assert set(names(trust)) == {"TARN TRUST", "TARN", "TT", "ТАРН ТРАСТ"}
    assert foreigner["person"] == {"family": "Al-Tarn", "given": "Yun", "patronymic": None, "gender": "m"}
    for private in ("1960", "1961", "1970", "001234567890", "0012345678", "ТУРЦИЯ", "Г. ТОПЬ"):
        assert private not in json.dumps([fund, man, woman, trust, foreigner], ensure_ascii=False)


def test_entities_of_opensanctions() -> None:
    body, person = rows("\n".join(map(json.dumps, FTM)).encode())
    assert names(body) == {
        "Tarn Watch": ("official", "strong"), "Дозор тарна": ("translation", "strong"), "Watch; Tarn": ("short",
        "strong"),
        "TW": ("abbreviation", "weak"), "Tarn": ("short", "weak"), "Old Tarn": ("former", "strong"),
    }  # fmt: skip
    assert (body["since"], person["since"], person["until"]) == ("2019-03-04", "2020-01-01", "2022-01-01")
    assert "1971" not in json.dumps(person) and "ZZ998877" not in json.dumps(person)


def test_the_flat_table_of_opensanctions() -> None:
    table = (
        '"id","schema","name","aliases","birth_date","first_seen"\n'
        '"x1","Person","Ilva Tarn","""Tarn; Ilva"";Илва Тарн","1977-01-01","2020-01-01"\n'
    )
    (person,) = rows(table.encode())
    assert (person["where"], person["kind"], person["since"]) == ({"id": "x1"}, "person", None)
    assert set(names(person)) == {"Ilva Tarn", "Tarn; Ilva", "Илва Тарн"}
    assert "1977" not in json.dumps(person)


def test_the_list_of_the_united_nations() -> None:
    person, body = rows(UN)
    assert names(person) == {
        "ILVA AL-TARN": ("official", "strong"), "Umm Tarn": ("pseudonym", "strong"), "Ilva": ("pseudonym", "weak"),
    }  # fmt: skip
    assert person["person"] == {"family": "Al-Tarn", "given": "Ilva", "patronymic": None, "gender": "f"}
    assert (person["since"], body["where"]) == ("2011-05-06", {"reference": "XXe.1"})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866", "mac-cyrillic"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_table_in_any_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    table = TABLE.replace(";", delimiter).replace(f"Ивняк{delimiter} лоза", "Ивняк; лоза")
    canal, union, person = rows(table.encode(encoding))
    assert canal["where"] == {"row": 4}
    assert canal["resources"] == [{"kind": "account", "value": "trostnik_canal", "service": "t.me"}]
    assert set(names(canal)) == {'Канал "Тростник"', "Тростник"}
    assert (canal["since"], union["until"], person["since"]) == ("2021-04-03", "2022-08-07", "2020-05-09")
    assert set(names(person)) == {"Ветошкин Ким Львович", "Лычкин Ким Львович", "Кимыч Речной"}
