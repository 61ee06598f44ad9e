"""Small invented files of keepers, made as bytes: a spreadsheet is an archive of a few parts."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"

AGENTS_HEADER = [
    "№ п/п",
    "Полное наименование / ФИО «Псевдоним» (при наличии)",
    "Основания для включения",
    "Дата принятия Минюстом России решения о включении в реестр",
    "Дата принятия Минюстом России решения об исключении из реестра (при наличии)",
    "Доменное имя информационного ресурса (при наличии)",
    "Тип иностранного агента",
    "Регистрационный номер",
    "ИНН",
    "ОГРН",
    "СНИЛС",
    "Дата рождения",
    "Полное наименование или ФИО участников",
    "Адрес (место нахождения)",
]


def agent(number: int, name: str, since: str, **more: str) -> list[str]:
    """Return a row of the register; `more`: until, resources, type, reg, inn, ogrn, snils, born, members, address."""
    said = {key: more.get(key, "") for key in ("until", "resources", "type", "reg", "inn", "ogrn", "snils", "born")}
    kind = said["type"] or "Физические лица"
    return [
        str(number), name, "Статья 7", since, said["until"], said["resources"], kind, said["reg"], said["inn"],
        said["ogrn"], said["snils"], said["born"], more.get("members", ""), more.get("address", ""),
    ]  # fmt: skip


def agents(*rows: Sequence[Any]) -> bytes:
    """Return the register as a spreadsheet, with its title and its header."""
    return xlsx([["Реестр иностранных агентов"], ["по состоянию на 16.10.2026"], AGENTS_HEADER, *rows])


def letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def archive(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in parts.items():
            opened.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)  # of one day: the same bytes each time
    return out.getvalue()


def xlsx(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), dimension: str = "A1", cells: str = "") -> bytes:
    """Return a workbook of one sheet with its texts in the cells; the dimension lies, as keepers' exports do."""
    body = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{letters(c)}{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(cell))}</t></is></c>'
            for c, cell in enumerate(row)
            if cell != ""
        )
        + "</row>"
        for at, row in enumerate(rows, 1)
    )
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    merges = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        '"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    )
    relation = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/%s" Target="%s"/>'
        "</Relationships>"
    )
    return archive(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relation % ("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="Лист 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relation % ("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/>'
            f"<sheetData>{body}{cells}</sheetData>{merges}</worksheet>",
        }
    )


def ods(rows: Sequence[Sequence[str]], tail: str = "", manifest: str = "") -> bytes:
    """Return an OpenDocument spreadsheet of one table."""
    cell = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
    body = "".join(
        "<table:table-row>"
        + "".join(cell % escape(text) if text else "<table:table-cell/>" for text in row)
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text"))
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest or "<manifest/>",
            "content.xml": f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="Лист1">{body}{tail}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        }
    )


def undesirable(*rows: str, title: str = "Перечень организаций, деятельность которых признана нежелательной") -> bytes:
    """Return the page of undesirable organizations; each row is the markup of one."""
    head = (
        "<tr><td>№ п/п</td><td>Дата принятия решения</td><td>Дата и номер распоряжения</td>"
        "<td>Наименование организации</td></tr>"
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><nav><ul><li>1. Меню'
        f"</li></ul></nav><h1>{title}</h1><p>По состоянию на 16.10.2026</p><table>{head}{''.join(rows)}</table>"
        "<p><sup>1</sup> Решение отменено 02.03.2020.</p></body></html>"
    ).encode()


def banned(number: str, name: str, day: str = "05.02.2016 № 11-р") -> str:
    return f"<tr><td>{number}</td><td>01.02.2016</td><td>{day}</td><td>{name}</td></tr>"
