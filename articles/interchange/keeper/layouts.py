"""Layouts in the database: those that come with the program, and those that a person has drawn on a preview of a file."""

import json
import re
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...lists.encodings import read_csv
from ...lists.grid import Grid, text_of
from ...lists.layouts import ROLES, Layout, layout_of, shipped
from ...lists.page import read_page
from ...lists.refused import NoList, say
from ...lists.spreadsheet import OLE, read_ole, read_spreadsheet
from ...lists.text import clean, plain
from ...models import ListLayout, Register
from ...publishing import Refused
from ...publishing.roles import require, staff_id
from .refusing import unreadable

SHOWN = 40  # rows of a preview
WIDEST = 60  # columns of a preview
LONGEST = 120  # letters of a cell in a preview


def keep_layouts() -> None:
    """Bring the rows of the layouts that come with the program up to date."""
    known = {row.name: row for row in ListLayout.objects.filter(name__in=[one.name for one in shipped()])}
    for one in shipped():
        data, row = data_of(one), known.get(one.name)
        if row is None or not row.is_shipped or row.data != data:
            values = {"title": one.title.get("en", one.name)[:200], "data": data, "is_shipped": True}
            ListLayout.objects.update_or_create(name=one.name, defaults=values)


def data_of(layout: Layout) -> dict[str, Any]:
    """Return a layout as JSON holds it."""
    data: dict[str, Any] = json.loads(json.dumps(asdict(layout)))
    return data


def layout_of_row(row: ListLayout) -> Layout:
    """Return the layout of a row. Raises Refused for one that is none any more."""
    try:
        return layout_of(row.data)
    except (TypeError, ValueError) as error:
        raise Refused("layout", _("The layout “%(name)s” cannot be used: %(error)s") % vars_of(row, error)) from error


def vars_of(row: ListLayout, error: Exception) -> dict[str, str]:
    return {"name": str(row), "error": str(error)}


def row_of(layout: Layout) -> ListLayout:
    """Return the row of a layout that a file was found to be of."""
    row = ListLayout.objects.filter(name=layout.name).first()
    if row is None:
        keep_layouts()
        row = ListLayout.objects.get(name=layout.name)
    return row


def layouts_of(register: Register | None = None) -> list[ListLayout]:
    """Return the layouts that a file may be of, those drawn for the register first."""
    rows = list(ListLayout.objects.all())
    pk = register.pk if register else None
    return sorted(rows, key=lambda row: (pk is None or row.register_id != pk, row.is_shipped, row.name))


def own_layouts() -> list[Layout]:
    """Return the layouts that were drawn here, those that can be used."""
    found = []
    for row in ListLayout.objects.filter(is_shipped=False):
        try:
            found.append(layout_of(row.data))
        except (TypeError, ValueError):
            continue
    return found


def preview(content: bytes) -> dict[str, Any]:
    """Return the first rows of the file's largest table for a person to point at: rows of {number, cells}, and which
    row may be its header. Raises Unreadable; for a file without a table, too."""
    try:
        grid = table_of(content)
    except NoList as error:
        raise unreadable(error) from error
    rows = [
        {"number": row.number, "cells": [clean(text_of(cell))[:LONGEST] for cell in row.cells[:WIDEST]]}
        for row in grid.rows[:SHOWN]
    ]
    filled = [len({cell for cell in row["cells"] if cell}) for row in rows]
    header = filled.index(max(filled)) if filled else 0
    return {"title": clean(grid.title)[:200], "rows": rows, "header": header, "total": len(grid.rows)}


def table_of(content: bytes) -> Grid:
    """Return the largest table of a file. Raises NoList."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise NoList(say("the file is empty"))
    if content.startswith(OLE):
        read_ole(content)
    if content.startswith(b"PK"):
        return read_spreadsheet(content)
    if content.startswith(b"%PDF") or head.startswith((b"<?xml", b"{", b"[")):
        raise NoList(say("no table stands in this file: columns can be pointed at in a table only"))
    if head.startswith(b"<"):
        tables = [grid for grid in read_page(content).tables if len(grid.rows) > 1]
        if not tables:
            raise NoList(say("no table stands in this file: columns can be pointed at in a table only"))
        return max(tables, key=lambda grid: len(grid.rows))
    return read_csv(content)


def drawn(
    rows: list[dict[str, Any]],
    header: int,
    roles: dict[int, str],
    *,
    name: str,
    title: str,
    register: Register | None,
    kind: str = "",
) -> dict[str, Any]:
    """Return a layout's data of what was pointed at: `roles` says of columns, counted from 0, what each holds."""
    headings = [plain(cell) for cell in rows[header]["cells"]]
    columns: dict[str, list[str]] = {}
    for at, role in sorted(roles.items(), key=lambda one: -len(headings[one[0]])):
        if role not in ROLES:
            raise Refused("roles", _("“%s” is nothing that a column holds.") % role)
        if not headings[at]:
            raise Refused("roles", _("Column %d has no heading: point at the row of the headings.") % (at + 1))
        columns.setdefault(role, []).append(rf"{re.escape(headings[at])}$")
    if "name" not in columns:
        raise Refused("roles", _("Point at the column that holds the name."))
    must = [role for role in ("name", "since", "registration", "id", "type") if role in columns]
    return {
        "name": name,
        "form": "table",
        "register": register.key if register else "",
        "title": {"en": title, "ru": title},
        "jurisdiction": register.jurisdiction if register else "XX",
        "status": register.status if register else "other",
        "kind": kind,
        "must": must,
        "columns": columns,
    }


def draw(
    content: bytes,
    header: int,
    roles: dict[int, str],
    *,
    name: str,
    title: str,
    register: Register | None,
    by: User,
    at: datetime,
    kind: str = "",
) -> ListLayout:
    """Keep the layout that a person has drawn on the preview of a file. Raises Refused, Unreadable."""
    require(by, "change_register")
    if ListLayout.objects.filter(name=name).exists():
        raise Refused("name", _("There is a layout of this name already."))
    data = drawn(preview(content)["rows"], header, roles, name=name, title=title, register=register, kind=kind)
    layout_of(data)
    return ListLayout.objects.create(
        name=name, title=title, register=register, data=data, made_by=staff_id(by), made_at=at
    )


def title_of(row: ListLayout) -> str:
    """Return how the layout is called in the language of the moment."""
    titles = row.data.get("title")
    language = (get_language() or "en")[:2]
    return str(titles.get(language) or row) if row.is_shipped and isinstance(titles, dict) else str(row)
