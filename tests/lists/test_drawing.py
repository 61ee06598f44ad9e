"""A layout drawn up by pointing: the preview, what is wrong with it, and that later files are known by it."""

import re
from datetime import date

import pytest

from articles.lists.drawing import Unfit, header_at, heading_of, pointed, roles_by_headings, tried
from articles.lists.grid import Grid, GridRow
from articles.lists.layouts import layout_of, named
from articles.lists.preview import MOST_LETTERS, MOST_ROWS, preview
from articles.lists.read import read
from articles.lists.refused import NoList
from tests.lists.made import agent, agents, xlsx

FIELDS = {
    "name": "odd", "register": "odd", "title": {"en": "Odd", "ru": "Odd"}, "jurisdiction": "XX", "status": "terrorist",
    "kind": "organization", "since_from": "since", "aliases_as": "",
}  # fmt: skip
ODD = "List of the Isles\n\nOrganisme;Entered on;Née le;Kept\nCercle des pélicans;05.03.2021;01.02.1970;x\n"


def grid_of(*rows: list[str]) -> Grid:
    return Grid([GridRow(at, list(row)) for at, row in enumerate(rows, 1)])


def test_preview_holds_the_first_rows_and_cuts_long_cells() -> None:
    rows = [[f"Circle {number}", "x" * 1000] for number in range(200)]
    found = preview(xlsx([["Name", "Remark"], *rows]))
    assert len(found.rows) == MOST_ROWS
    assert found.rows[0].cells == ["Name", "Remark"]
    assert len(found.rows[1].cells[1]) == MOST_LETTERS


def test_preview_takes_the_largest_table_of_a_page() -> None:
    page = """<html><table><tr><td>Menu</td><td>Home</td></tr></table>
    <table><tr><th>Name</th><th>Day</th></tr><tr><td>A</td><td>1.2.2020</td></tr><tr><td>B</td><td>2.2.2020</td></tr></table>"""
    assert [row.cells for row in preview(page.encode()).rows] == [["Name", "Day"], ["A", "1.2.2020"], ["B", "2.2.2020"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "PDF"),
        (b'{"a": 1}', "nothing to point at"),
        (b"<html><p>1. A body</p></html>", "nothing to point at"),
        (b"PK\x03\x04broken", "damaged"),
    ],
)
def test_what_has_no_table_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(NoList, match=said):
        preview(content)


def test_heading_row_is_the_first_full_one() -> None:
    assert header_at(preview(agents(agent(1, "Круг", "01.02.2020")))) == 2


def test_columns_of_a_known_keeper_are_proposed_and_private_ones_are_private() -> None:
    grid = preview(agents(agent(1, "Круг", "01.02.2020")))
    roles = roles_by_headings(grid.rows[2].cells)
    named_so = {str(grid.rows[2].cells[at]): role for at, role in roles.items()}
    assert named_so["Регистрационный номер"] == "registration"
    assert named_so["СНИЛС"] == named_so["Дата рождения"] == named_so["Адрес (место нахождения)"] == "private"
    assert list(roles.values()).count("name") == 1


def test_heading_is_known_whole_and_nowhere_else() -> None:
    data = pointed(["Other name", "Name", "Since (day)"], {1: "name", 2: "since"}, **FIELDS)
    layout = layout_of(data)
    assert layout.roles_of(["Since  (day)", "other name", "NAME"]) == {"since": [0], "name": [2]}
    assert layout.roles_of(["Name of it", "Since (day)"]) == {}
    assert [heading_of(one) for one in layout.columns["since"]] == ["since (day)"]


@pytest.mark.parametrize(
    ("cells", "roles", "said"),
    [
        (["Name", "Day"], {1: "since"}, "no column holds the name"),
        (["Name", ""], {0: "name", 1: "since"}, "column 2 has no heading"),
        (["Name", "Name"], {0: "name", 1: "aliases"}, "cannot be told apart"),
        (["Name", "Day", "Other day"], {0: "name", 1: "since", 2: "since"}, "said to hold the same"),
        (["Name"], {0: "name", 7: "since"}, "column 8 has no heading"),
        (["Name", "Day"], {0: "name", 1: "nonsense"}, "not known what the column holds"),
    ],
)
def test_what_cannot_be_a_layout_is_said_at_its_column(cells: list[str], roles: dict[int, str], said: str) -> None:
    with pytest.raises(Unfit, match=re.escape(said)):
        pointed(cells, roles, **FIELDS)


def test_first_lines_are_tried_and_a_day_that_is_none_is_named() -> None:
    grid = grid_of(["Body", "Day"], ["Circle of Pelicans", "05.03.2021"], ["Tern Society", "soon"], ["", "1.1.2020"])
    layout = layout_of(pointed(["Body", "Day"], {0: "name", 1: "since"}, **FIELDS))
    found = tried(grid, layout, b"key")
    assert [(line.line, line.raw.since) for line in found.lines] == [
        ("Circle of Pelicans", date(2021, 3, 5)),
        ("Tern Society", None),
    ]
    assert [str(one) for one in found.faults] == [
        "row 3, column “Day”: “soon” is no day",
        "row 4, column “Body”: there is no name",
    ]


def test_later_file_is_known_by_its_headings_and_nothing_private_is_kept() -> None:
    data = pointed(["Organisme", "Entered on", "Née le"], {0: "name", 1: "since", 2: "private"}, **FIELDS)
    found = read(ODD.encode(), more=[layout_of(data)])
    assert found.layout.name == "odd"
    assert [(line.name, line.since) for line in found.lines] == [("Cercle des pélicans", date(2021, 3, 5))]
    assert "1970" not in found.lines[0].name
    moved = "Kept;Née le;Entered on;Organisme\nx;01.02.1970;05.03.2021;Cercle des pélicans\n"
    assert read(moved.encode(), more=[layout_of(data)]).lines[0].name == "Cercle des pélicans"
    with pytest.raises(NoList):
        read(ODD.replace("Organisme", "Person").encode(), more=[layout_of(data)])


def test_layout_drawn_for_a_table_goes_before_one_that_fits_it_too() -> None:
    content = agents(agent(1, "Круг", "01.02.2020"))
    cells = preview(content).rows[2].cells
    data = pointed(cells, roles_by_headings(cells), **FIELDS)
    assert read(content, more=[layout_of(data)]).layout.name == "odd"
    assert read(content, layout_of(data)).layout.name == "odd"
    assert read(content).layout.name == "ru-foreign-agents"
    assert not named("ru-foreign-agents").is_exact
