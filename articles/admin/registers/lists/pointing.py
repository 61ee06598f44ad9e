"""The form on which a person points at the columns of a table, and what its first rows give."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from articles.lists.drawing import (
    IN_FORCE,
    POINTED,
    Tried,
    Unfit,
    header_at,
    pointed,
    roles_by_headings,
    tried,
)
from articles.lists.grid import Grid, GridRow
from articles.lists.layouts import Layout, layout_of
from articles.models import Register
from articles.models.fields import TextEntry

from . import words

SALT = "articles.lists.preview"
KEPT = 24 * 60 * 60  # seconds that a page with a preview may stay open
SHOWN = 12  # lines of the trial


def packed(grid: Grid) -> str:
    """Return the preview as a signed text that the page carries: nothing of the file is stored here."""
    rows = [[row.number, row.cells, row.merged] for row in grid.rows]
    return signing.dumps({"rows": rows, "title": grid.title, "numbered": grid.numbered}, salt=SALT, compress=True)


def unpacked(text: str) -> Grid | None:
    """Return the preview that the page has carried; None for one that is too old or none of ours."""
    try:
        data = signing.loads(text, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    rows = [GridRow(number, cells, merged=merged) for number, cells, merged in data["rows"]]
    return Grid(rows, data["title"], numbered=data["numbered"])


class PointingForm(forms.Form):
    """Beside the columns: what the layout is called, whose list it reads, what the table itself does not say."""

    title = TextEntry(
        label=gettext_lazy("Name of the layout"),
        max_length=120,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("For yourself and your colleagues: whose file this is."),
    )
    register = forms.ModelChoiceField(
        Register.objects.all(), label=gettext_lazy("Register"), widget=UnfoldAdminSelectWidget
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Who is listed"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        choices=[
            ("", gettext_lazy("as the column says, else by the shape of the name")),
            ("organization", gettext_lazy("organizations only")),
            ("person", gettext_lazy("persons only")),
        ],
    )
    since_from = forms.ChoiceField(
        label=gettext_lazy("A designation begins"),
        widget=UnfoldAdminSelectWidget,
        choices=list(words.IN_FORCE.items()),
        help_text=gettext_lazy("Where the file names no such day, the beginning is unknown and counts as in force."),
    )
    aliases_as = forms.ChoiceField(
        label=gettext_lazy("A cell of other names holds"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        choices=[
            ("", gettext_lazy("one name")),
            ("csv", gettext_lazy("several, divided by semicolons")),
        ],
    )


@dataclass
class Pointing:
    """A preview with the row that heads it and what each column is said to hold."""

    grid: Grid
    header: int
    roles: dict[int, str]

    @classmethod
    def begun(cls, grid: Grid, base: Layout | None) -> "Pointing":
        """Return the first proposal; `base` is a layout to begin with."""
        header = header_at(grid)
        cells = grid.rows[header].cells if grid.rows else []
        return cls(grid, header, roles_by_headings(cells, base))

    @classmethod
    def posted(cls, data: Any) -> "Pointing | None":
        """Return what was pointed at; None where the page's preview cannot be read any more."""
        grid = unpacked(data.get("grid", ""))
        if grid is None or not grid.rows:
            return None
        said = data.get("header", "0")
        header = min(int(said), len(grid.rows) - 1) if said.isdecimal() and len(said) < 5 else 0
        width = max(len(row.cells) for row in grid.rows)
        roles = {at: role for at in range(width) if (role := data.get(f"column-{at}", ""))}
        return cls(grid, header, roles)

    def columns(self) -> list[dict[str, Any]]:
        """Return each column with its number and what it is said to hold."""
        width = max(len(row.cells) for row in self.grid.rows)
        return [{"at": at, "number": at + 1, "role": self.roles.get(at, "")} for at in range(width)]

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the preview, filled up to one width."""
        width = max(len(row.cells) for row in self.grid.rows)
        return [
            {
                "at": at,
                "number": row.number,
                "cells": [*row.cells, *[""] * (width - len(row.cells))],
                "heads": at == self.header,
            }
            for at, row in enumerate(self.grid.rows)
        ]

    def data(self, **fields: Any) -> dict[str, Any]:
        """Return the layout's data. Raises Unfit."""
        row = self.grid.rows[self.header]
        width = max(len(one.cells) for one in self.grid.rows)
        return pointed([*row.cells, *[""] * (width - len(row.cells))], self.roles, **fields)


def began(roles: dict[int, str]) -> str:
    """Return from which column a designation likely begins."""
    return next((role for role in IN_FORCE if role in roles.values()), "since")


def choices() -> list[tuple[str, Any]]:
    """Return what a column can be said to hold, with the words for it."""
    return [("", _("not read")), *((role, words.ROLES[role]) for role in POINTED)]


def trial(pointing: Pointing, form: PointingForm) -> dict[str, Any]:
    """Return what the first rows would give, for the page: lines, faults, how many columns are kept out."""
    given = {key: form.data.get(key) or form.initial.get(key, "") for key in ("kind", "since_from", "aliases_as")}
    given["kind"] = given["kind"] if given["kind"] in words.KINDS else ""
    given["since_from"] = given["since_from"] if given["since_from"] in IN_FORCE else began(pointing.roles)
    try:
        data = pointing.data(name="trial", register="", title={}, **given)
    except Unfit as unfit:
        return {"unfit": [words.fault(one) for one in unfit.faults]}
    found: Tried = tried(below(pointing), layout_of(data), settings.SECRET_KEY.encode())
    return {
        "lines": [line_row(line.row("")) for line in found.lines[:SHOWN]],
        "found": len(found.lines),
        "rows": len(pointing.grid.rows) - pointing.header - 1,
        "faults": [words.fault(one) for one in found.faults],
        "private": sum(role == "private" for role in pointing.roles.values()),
    }


def below(pointing: Pointing) -> Grid:
    """Return the preview from the chosen heading row on: no row above it is taken for it."""
    grid = pointing.grid
    return Grid(grid.rows[pointing.header :], grid.title, numbered=grid.numbered)


def line_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a line as the templates show it, in words."""
    return row | {
        "place": words.where(row["where"]),
        "kind_name": words.KINDS.get(row["kind"], row["kind"]),
        "names": [named(one) for one in row["names"]],
        "since": day_of(row.get("since")),
        "until": day_of(row.get("until")),
        "sites": [": ".join(filter(None, (one.get("service"), one["value"]))) for one in row.get("resources", [])],
    }


def day_of(text: str | None) -> str:
    """Return a day of a line as people write it."""
    return words.day(date.fromisoformat(text)) if text else ""


def named(name: dict[str, Any]) -> dict[str, Any]:
    """Return a proposed name with its kind, strength and language in words."""
    return name | {
        "kind_name": words.NAME_KINDS.get(name["kind"], name["kind"]),
        "strength_name": words.STRENGTHS.get(name["strength"], name["strength"]),
    }
