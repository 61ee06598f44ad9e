"""Layouts in the database: those that come with the program, and those that were drawn up here."""

import json
from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...lists.layouts import Layout, layout_of, shipped
from ...models import ListLayout, Register
from ...publishing import Refused


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


def title_of(row: ListLayout) -> str:
    """Return how the layout is called in the language of the moment."""
    titles = row.data.get("title")
    language = (get_language() or "en")[:2]
    return str(titles.get(language) or row) if row.is_shipped and isinstance(titles, dict) else str(row)
