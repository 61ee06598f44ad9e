"""The small file that says what the columns of a CSV file hold."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .refused import Fault, Unreadable

ENCODINGS = ("utf-8", "utf-8-sig", "cp1251")
DELIMITERS = (",", ";", "\t", "|")
PARTS = ("family", "given", "patronymic", "gender")  # of a person; a row without a family name is an organization
HOLDS = ("key", "name", "name_en", "name_ru", *PARTS, "since", "until", "source")
NAMES = ("name", "name_en", "name_ru")


@dataclass(frozen=True)
class Mapping:
    """`columns`: what a column holds → the headers of such columns, as written in the file's first line."""

    columns: dict[str, tuple[str, ...]]
    encoding: str = "utf-8"
    delimiter: str = ","
    dates: str = "%Y-%m-%d"
    key_prefix: str = ""
    names_separator: str = ""
    ignore: tuple[str, ...] = ()
    partial: bool = False
    data: dict[str, Any] = field(default_factory=dict, compare=False)

    @classmethod
    def parse(cls, data: Any) -> "Mapping":
        """Return the mapping of its dict. Raises Unreadable, each fault with its field."""
        if not isinstance(data, dict):
            raise Unreadable(Fault(0, _("mapping"), _("An object is expected.")))
        faults = [Fault(0, f"mapping.{key}", _("This is not known.")) for key in data if key not in KNOWN]
        columns = columns_of(data.get("columns"), faults)
        for key, kind in KNOWN.items():
            if key in data and not isinstance(data[key], kind):
                faults.append(Fault(0, f"mapping.{key}", _("This is not of the kind that is expected.")))
        for key, allowed in (("encoding", ENCODINGS), ("delimiter", DELIMITERS)):
            if key in data and data[key] not in allowed:
                expected = _("One of these is expected: %s") % ", ".join(map(repr, allowed))
                faults.append(Fault(0, f"mapping.{key}", expected))
        if faults:
            raise Unreadable(*faults)
        own = {key: value for key, value in data.items() if key not in ("columns", "ignore")}
        return cls(columns, ignore=tuple(map(str, data.get("ignore", ()))), data=data, **own)

    @classmethod
    def read(cls, content: bytes) -> "Mapping":
        """Return the mapping of a JSON file's bytes. Raises Unreadable."""
        try:
            return cls.parse(json.loads(content[:100_000].decode("utf-8-sig")))
        except Unreadable:
            raise
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 0)
            raise Unreadable(Fault(line, _("mapping"), _("This is no JSON in UTF-8."))) from error


KNOWN: dict[str, type] = {
    "columns": dict,
    "encoding": str,
    "delimiter": str,
    "dates": str,
    "key_prefix": str,
    "names_separator": str,
    "ignore": list,
    "partial": bool,
}


def columns_of(data: Any, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
    """Return the columns, with a fault for each that cannot be."""
    columns: dict[str, tuple[str, ...]] = {}
    for holds, headers in (data if isinstance(data, dict) else {}).items():
        several = [headers] if isinstance(headers, str) else headers
        if holds not in HOLDS:
            expected = _("A column holds one of these: %s") % ", ".join(HOLDS)
            faults.append(Fault(0, f"mapping.columns.{holds}", expected))
        elif not isinstance(several, list) or not all(isinstance(one, str) and one.strip() for one in several):
            expected = _("The header of a column, or a list of them, is expected.")
            faults.append(Fault(0, f"mapping.columns.{holds}", expected))
        elif len(several) != 1 and holds not in NAMES:
            faults.append(Fault(0, f"mapping.columns.{holds}", _("Only one column can hold this.")))
        else:
            columns[holds] = tuple(one.strip() for one in several)
    if "key" not in columns or not any(name in columns for name in (*NAMES, "family")):
        faults.append(Fault(0, "mapping.columns", _("A column for “key” and one for a name are needed.")))
    return columns
