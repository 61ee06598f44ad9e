"""One register in many shapes: what only changes its writing changes nothing of what is read."""

import csv
import io
import re
from collections.abc import Callable
from html import escape

import pytest

from articles.lists.read import read
from articles.lists.understand import understood

from .made import AGENTS_HEADER, agent, ods, xlsx

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
ROWS = [
    ["Реестр иностранных агентов"],
    ["по состоянию на 16.10.2026"],
    AGENTS_HEADER,
    agent(4, "Топчий Рада Фроловна «Ивушка»", "01.02.2024", born="03.04.1970"),
    agent(3, "Ветошкин-Лесной Ким Львович (Кимыч)", "24.07.2023", resources="https://t.me/tarn, ID: -1001234567;"),
    agent(
        2,
        "Фонд «Тарн» («Тарн», «тарн@», «Tarn Desk», ФТ)",
        "03.04.2020",
        until="05.06.2023",
        resources="tarn.example; WWW.FEN.EXAMPLE/ru",
        type="Юридические лица",
    ),
    agent(
        1,
        "Незарегистрированное объединение «Болотный дозор» (прежнее наименование – «Дозор»)",
        "11.12.2019",
        type="Иные",
    ),
]
Rows = list[list[str]]
# In letters that every encoding has.
PLAIN = [[cell.translate(str.maketrans("«»–", '""-')).replace("№", "N") for cell in row] for row in ROWS]
PLAIN[2][0] = "Номер"


def answers(content: bytes) -> list[object]:
    """Return of each line what would be kept, apart from its place, quotation marks as one kind."""
    found = []
    for line in understood(read(content), b"key"):
        row = line.row("file")
        names = {(re.sub('[«»"“”„]', "", one["text"]), one["kind"], one["strength"]) for one in row["names"]}
        found.append((names, row["kind"], row["since"], row["until"], row["resources"], row.get("person")))
    return found


def in_csv(delimiter: str, encoding: str) -> Callable[[Rows], bytes]:
    def write(rows: Rows) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(rows)
        return out.getvalue().encode(encoding, "replace")

    return write


def page(rows: Rows) -> bytes:
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"><title>{rows[0][0]}</title></head><table>{lines}</table></html>'.encode()


def in_cells(change: Callable[[str], str]) -> Callable[[Rows], Rows]:
    return lambda rows: [[change(cell) for cell in row] for row in rows]


def dated(pattern: str) -> Callable[[Rows], Rows]:
    def change(cell: str) -> str:
        found = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", cell)
        if not found:
            return cell
        month = MONTHS[int(found[2]) - 1]
        return pattern.format(d=found[1], m=found[2], y=found[3], month=month)

    return in_cells(change)


def quoted(opening: str, closing: str) -> Callable[[Rows], Rows]:
    return in_cells(lambda cell: cell.replace("«", opening).replace("»", closing))


def turned(rows: Rows) -> Rows:
    """The columns in another order, wherever a row has them all."""
    return [row if len(row) < len(AGENTS_HEADER) else row[3:] + row[:3] for row in rows]


@pytest.mark.parametrize(
    "write",
    [
        ods, page, in_csv(";", "utf-8"), in_csv(",", "utf-16"), in_csv("\t", "cp1251"), in_csv("|", "utf-8-sig"),
        in_csv(";", "koi8-r"),
    ],
)  # fmt: skip
def test_a_register_in_any_kind_of_file(write: Callable[[Rows], bytes]) -> None:
    assert answers(write(PLAIN)) == answers(xlsx(ROWS))


@pytest.mark.parametrize(
    "change",
    [
        turned,
        dated("{y}-{m}-{d}"), dated("«{d}» {month} {y} года"), dated("{d} {month} {y} г."), dated("{d}/{m}/{y}"),
        quoted('"', '"'), quoted("“", "”"), quoted("„", "“"),
        in_cells(lambda cell: cell.replace(" ", "\u00a0\n ")),
        lambda rows: [["Министерство"], [], *rows, ["Всего: 4"]],
        lambda rows: [*rows[:3], [str(at) for at in range(1, len(AGENTS_HEADER) + 1)], *rows[3:]],
        lambda rows: [*rows[:2], [cell.upper() for cell in rows[2]], *rows[3:]],
        lambda rows: rows[2:],
    ],
)  # fmt: skip
def test_a_register_written_otherwise(change: Callable[[Rows], Rows]) -> None:
    assert answers(xlsx(change(ROWS))) == answers(xlsx(ROWS))


def test_a_page_all_in_capitals_without_its_encoding() -> None:
    lines = "".join(f'<li>{at}. ФОНД "ТИХАЯ ТОПЬ ДЛЯ ЩУЧЬЕГО ЦЕХА {at}";</li>' for at in range(1, 9))
    whole = f'<html><body><div id="russianUL"><ol>{lines}</ol></div></body></html>'
    assert answers(whole.encode("cp1251")) == answers(whole.encode())


def test_a_table_with_english_headings() -> None:
    rows = [["Name", "Also known as", "Date of listing", "Remarks"], ["Tarn Front", "TF", "5 March 2021", ""]]
    (line,) = understood(read(xlsx([["Consolidated list"], [], *rows])), b"key")
    assert {name.text for name in line.names} == {"Tarn Front", "TF"} and str(line.raw.since) == "2021-03-05"
