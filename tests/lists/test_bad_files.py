"""What is no list, or not the one that was meant: refused with its row and column, in words that say what to do."""

import contextlib
import io
import zipfile
from random import Random

import pytest

from articles.lists.difference import check_against
from articles.lists.read import Read, read
from articles.lists.refused import NoList
from articles.lists.understand import understood
from tests.steps import steps

from .made import AGENTS_HEADER, agent, agents, archive, banned, ods, undesirable, xlsx


def refused(content: bytes, layout: str = "") -> str:
    with pytest.raises(NoList) as error:
        read(content, layout)
    return str(error.value)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/worksheets/sheet1.xml", b" " * (200 * 2**20))
    return out.getvalue()


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
MANY = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000"'
    ' office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
)
ENTITIES = (
    b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><CONSOLIDATED_LIST><INDIVIDUAL>&b;</INDIVIDUAL>'
    b"</CONSOLIDATED_LIST>"
)
BAD = {
    "nothing": (b"  \n", "empty"),
    "a bomb": (bomb(), "unfolds"),
    "a cell far away": (xlsx([["a"]], cells=FAR), "row 1048576, column 16384"),
    "cells repeated": (ods([["a"]], tail=MANY), "no list is so large"),
    "locked": (locked(), "password"),
    "locked, open document": (ods([["a"]], manifest="<manifest><encryption-data/></manifest>"), "password"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xlsx"),
    "half an archive": (agents(agent(1, "Топчий Рада Фроловна", "01.02.2024"))[:-300], "damaged"),
    "an archive of something else": (archive({"word/document.xml": "<a/>"}), "damaged"),
    "a portable document": (b"%PDF-1.7", "PDF"),
    "entities in XML": (ENTITIES, "entities of its own"),
    "other XML": (b"<?xml version='1.0'?><rss/>", "“rss”"),
    "broken XML": (b"<CONSOLIDATED_LIST><INDIVIDUALS>", "breaks off"),
    "other JSON": (b'{"registers": []}', "import_register"),
    "another table": (b"a;b;c\n1;2;3\n4;5;6\n", "row 1 reads: a; b; c"),
    "another page": (b"<html><title>Weather</title><body><p>Rain</p></body></html>", "“Weather”"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_list_is_refused(what: str) -> None:
    content, message = BAD[what]
    assert message in refused(content)


def test_another_keepers_file_is_refused() -> None:
    page = undesirable(banned("1", "Tarn Watch, США"))
    assert "another keeper" in refused(page, "ru-foreign-agents")
    assert "another keeper" in refused(agents(agent(1, "Топчий Рада Фроловна", "01.02.2024")), "ru-undesirable")
    assert read(page, "ru-undesirable").layout.name == "ru-undesirable"


def test_merged_cells_stop_their_lines_and_no_other() -> None:
    rows = [
        ["Реестр иностранных агентов"],
        AGENTS_HEADER,
        *(agent(n, f"Топчий Рада{n} Фроловна", "01.02.2024") for n in (3, 2, 1)),
    ]
    found = read(xlsx(rows, merged=["A1:N1", "D3:D4"]))
    assert [line.row for line in found.lines] == [5]
    assert [(fault.row, "D3:D4" in str(fault)) for fault in found.faults] == [(3, True), (4, True)]
    assert "Полное наименование" in str(found.faults[0])


def test_a_cell_that_begins_like_a_formula_is_text() -> None:
    names = ["=Тарн+1", "+Тарн", "-Тарн", "@Тарн"]
    found = read(agents(*(agent(n, name, "01.02.2024", type="Иные") for n, name in enumerate(names, 1))))
    assert [line.name for line in found.lines][:3] == names[:3]


def test_a_line_without_a_name_is_named() -> None:
    found = read(agents(agent(2, "", "01.02.2024"), agent(1, "Топчий Рада Фроловна", "01.02.2024")))
    assert [(fault.row, str(fault.message)) for fault in found.faults] == [(4, "there is no name")]


def against(older: Read, newer: Read) -> str:
    with pytest.raises(NoList) as error:
        check_against(older, newer)
    return str(error.value)


def test_a_file_that_cannot_be_the_next_is_not_compared() -> None:
    many = [agent(n, f"Топчий Рада{n} Фроловна", "01.02.2024") for n in range(10)]
    whole, half = read(agents(*many)), read(agents(*many[:5]))
    assert "holds 5 lines, the older one 10" in against(whole, half)
    assert "different lists" in against(whole, read(undesirable(banned("1", "Tarn Watch, США"))))
    later = read(xlsx([["Реестр иностранных агентов"], ["по состоянию на 17.10.2026"], AGENTS_HEADER, *many]))
    assert "older than" in against(later, whole)
    check_against(whole, later)


@pytest.mark.parametrize(
    "content", [agents(agent(1, "Фонд «Тарн»", "01.02.2024")), ods([AGENTS_HEADER]), undesirable(banned("1", "Tarn"))]
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(content: bytes) -> None:
    chance = Random(7)
    for _turn in range(150):
        damaged = bytearray(content)
        for _byte in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.choice(b"<>\"';,()&/ \x00\xff=A9\n")
        if chance.random() < 0.5:
            del damaged[chance.randrange(len(damaged)) :]
        with contextlib.suppress(NoList):
            understood(read(bytes(damaged)), b"key")


@pytest.mark.parametrize(
    "properties", ['{"name": null}', '{"name": "Tarn"}', '{"name": [null, 5], "alias": [{}]}', "[]"]
)
def test_an_entity_of_another_shape_stops_nothing(properties: str) -> None:
    odd = f'{{"id": "x", "schema": "Person", "caption": "Tarn", "properties": {properties}}}\n'
    good = '{"id": "y", "schema": "Person", "properties": {"name": ["Ilva Tarn"]}}\n'
    assert understood(read((good + odd).encode()), b"key")[0].line == "Ilva Tarn"


@pytest.mark.parametrize("text", ["«а" * 1900, "Фонд (" + "а (" * 1300, "X Ltd, " + "Inc., " * 600, '"' * 3900])
@pytest.mark.parametrize("type_", ["Юридические лица", "Физические лица"])
def test_a_name_of_signs_only_takes_few_steps(text: str, type_: str) -> None:
    """A handful for each letter: what is looked up once for all has been looked up."""
    first, content = (agents(agent(1, name, "01.02.2024", type=type_)) for name in ("Тарн, Ilva Ltd", text))
    understood(read(first), b"key")
    assert steps(lambda: understood(read(content), b"key")) < 500_000


def test_a_name_too_long_is_a_mistake_of_its_line_in_every_form() -> None:
    long = "а" * 1_000_000
    page = f'<html><div id="russianFL"><ol><li>1. {long};</li><li>2. ТОРФОВ КИМ ЛЬВОВИЧ;</li></ol></div></html>'
    entity = '{"id": "%s", "schema": "Person", "properties": {"name": ["%s"]}}\n'
    for content in (page, entity % ("a", long) + entity % ("b", "Kim Peat") + '{"schema": [], "properties": {}}\n'):
        found = read(content.encode())
        assert len(found.lines) == 1
        assert any("1000000 letters" in str(one) for one in found.faults)
