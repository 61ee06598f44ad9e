"""What is open to whom is what `docs/reference/roles.md` says: an address without a row fails, and a row without one.

After a change that is meant: `MATRIX_WRITE=1 pytest tests/security/test_matrix.py`, then read the difference.
"""

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from articles.publishing.roles import ROLES as PERMISSIONS
from tests.security.matrix import CLOSED, NOBODY, column
from tests.security.newsroom import ROLES, furnish

pytestmark = pytest.mark.django_db
REFERENCE = Path(__file__).resolve().parent.parent.parent / "docs" / "reference" / "roles.md"
MARK = "<!-- what follows is written by tests/security/test_matrix.py -->"
COLUMNS = (NOBODY, *ROLES)
Table = dict[tuple[str, str], dict[str, str]]


def read_table() -> Table:
    """Return the rows of the reference, by page and object."""
    table: Table = {}
    for line in REFERENCE.read_text().partition(MARK)[2].splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) != len(COLUMNS) + 2 or cells[0] in ("page", "") or set(cells[0]) <= {"-"}:
            continue
        for of in cells[1].split(", "):
            table[cells[0].strip("`"), of] = dict(zip(COLUMNS, cells[2:], strict=True))
    return table


@pytest.fixture
def media(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", COLUMNS)
def test_what_is_open_to_a_role_is_what_the_reference_says(role: str, media: None) -> None:
    if os.environ.get("MATRIX_WRITE") == "1":
        write_column(role, column(furnish(role)))
    told = {row: cells[role] for row, cells in read_table().items()}
    found = column(furnish(role)) if os.environ.get("MATRIX_WRITE") != "1" else told
    missing = {row: "one's own" in row[1] for row in told.keys() - found.keys()}
    assert {row for row, own in missing.items() if not own} == set(), "rows without an address"
    assert {row: cell for row, cell in found.items() if told.get(row) != cell} == {}


def write_column(role: str, found: dict[tuple[str, str], str]) -> None:
    """Put one role's column into the reference, and the rows that it has and the reference has not."""
    table = {} if role == COLUMNS[0] else read_table()
    for row in found:
        table.setdefault(row, dict.fromkeys(COLUMNS, CLOSED))
    for row, cells in table.items():
        cells[role] = found.get(row, CLOSED)
    head = REFERENCE.read_text().partition(MARK)[0]
    REFERENCE.write_text(f"{head}{MARK}\n\n{printed(table)}")


def printed(table: Table) -> str:
    """Return the table in Markdown; objects that are alike for everybody share a row."""
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for (page, of), cells in table.items():
        alike[page, tuple(cells[one] for one in COLUMNS)].append(of)
    lines = [f"| page | of | {' | '.join(COLUMNS)} |", "|" + "---|" * (len(COLUMNS) + 2)]
    lines += [f"| `{page}` | {', '.join(of)} | {' | '.join(cells)} |" for (page, cells), of in alike.items()]
    return "\n".join(lines) + "\n"


def test_the_reference_names_the_roles_and_nothing_at_the_desk_is_open_to_nobody() -> None:
    table = read_table()
    assert set(ROLES) == set(PERMISSIONS)
    doors = {"admin/login/", "admin/logout/", "admin/inactive/", "admin/articles/article/typed/login/"}
    doors |= {"admin/password_change/"}  # leads to the login
    forgotten = {page for page, _of in table if re.match(r"admin/\^?password/reset/", page)}
    opened = {page for (page, _of), cells in table.items() if page.startswith("admin/") and cells[NOBODY] != CLOSED}
    assert opened <= doors | forgotten, opened - doors


def test_no_side_view_is_open_where_the_thing_itself_is_closed() -> None:
    table, wrong = read_table(), []
    del table["admin/auth/user/<id>/password/", "one's own"]  # leads to the page of one's own password
    del table["admin/articles/site/handbook/<slug:name>/", ""]  # of no site
    for (page, of), cells in table.items():
        found = re.match(r"(admin/\w+/\w+/)(?:[\w-]+/)*<[^>]+>/\S*", page)
        own = table.get((f"{found[1]}<path:object_id>/change/", of)) if found else None
        if own is not None and not page.endswith("/<path:object_id>/"):  # which leads on to the form
            wrong += [(page, of, role) for role in COLUMNS if "r" in cells[role] and "r" not in own[role]]
    assert wrong == []
    assert sum("<path:object_id>/history/" in page for page, _of in table) > 20
