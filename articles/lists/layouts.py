"""Layouts: data that say which column of a keeper's file is what. Those of known keepers are shipped."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from .refused import NoList, say
from .refused import gettext_noop as _
from .text import plain

SHIPPED = Path(__file__).parent / "layouts"
FORMS = ("table", "paragraphs", "blocks", "ftm", "un")
ROLES = (
    "number id schema name family given patronymic gender aliases since until decided published order court remark type"
    " registration ogrn inn resources members private"
).split()


@dataclass(frozen=True)
class Layout:
    """How one keeper's file is read. `columns`: role → patterns of a heading, looked for in the order given."""

    name: str
    form: str
    register: str
    title: dict[str, str]
    jurisdiction: str = "XX"
    status: str = "terrorist"
    kind: str = ""
    recognize: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    columns: dict[str, list[str]] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    since_from: str = "since"
    decision: str = ""
    in_force: str = ""
    aliases_as: str = ""
    machine: bool = False
    mixed: bool = False

    def roles_of(self, cells: list[Any]) -> dict[str, list[int]]:
        """Return which columns hold what, by the headings; {} where one that must be there is missing."""
        found: dict[str, list[int]] = {}
        taken: set[int] = set()
        headings = [plain(str(cell)) for cell in cells]
        for role, patterns in self.columns.items():
            for at, heading in enumerate(headings):
                if at in taken or not any(re.match(rf".*?(?<!\w){one}", heading) for one in patterns):
                    continue
                if role in found and role not in ("private", "name"):
                    continue
                if role == "name" and role in found:
                    continue
                found.setdefault(role, []).append(at)
                taken.add(at)
        return found if all(role in found for role in self.must) else {}

    @property
    def is_exact(self) -> bool:
        """Say whether it was drawn up by pointing: each heading stands in it whole, no other keeper's table fits."""
        patterns = [one for role in self.must for one in self.columns.get(role, [])]
        return bool(patterns) and all(one.startswith("^") and one.endswith("$") for one in patterns)

    def speaks_of(self, text: str) -> bool:
        """Say whether the page's or the sheet's title is this keeper's."""
        return any(re.search(one, plain(text)) for one in self.recognize)


@cache
def shipped() -> tuple[Layout, ...]:
    """Return the layouts of known keepers, the most particular first."""
    found = [layout_of(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(SHIPPED.glob("*.json"))]
    return tuple(sorted(found, key=lambda one: (not one.recognize, -len(one.must), one.name)))


def named(name: str) -> Layout:
    """Return a shipped layout by its name, or the one in a JSON file. Raises NoList."""
    for one in shipped():
        if one.name == name:
            return one
    path = Path(name)
    if path.suffix == ".json" and path.is_file():
        try:
            return layout_of(json.loads(path.read_text(encoding="utf-8-sig")))
        except (ValueError, TypeError) as error:
            raise NoList(say(_("%(name)s is no layout: %(error)s"), name=name, error=error)) from error
    known = ", ".join(one.name for one in shipped())
    raise NoList(
        say(
            _("there is no layout “%(name)s”; there are: %(known)s; or name a JSON file that holds one"),
            name=name,
            known=known,
        )
    )


def layout_of(data: dict[str, Any]) -> Layout:
    """Return the layout that the data describe. Raises TypeError or ValueError."""
    data = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    layout = Layout(**data)
    if layout.form not in FORMS:
        raise ValueError(f"“{layout.form}” is no form, one of {', '.join(FORMS)} is expected")
    unknown = [role for role in (*layout.columns, *layout.must) if role not in ROLES]
    if unknown:
        raise ValueError(f"“{unknown[0]}” is nothing a column holds, one of {', '.join(ROLES)} is expected")
    return layout
