"""The small file that says what the columns of a CSV file hold."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ..models.fields import CONTROL
from .refused import Fault, Unreadable
from .shape import texts

ENCODINGS = ("utf-8", "utf-8-sig", "cp1251")
DELIMITERS = (",", ";", "\t", "|")
PARTS = ("family", "given", "patronymic", "gender")  # of a person; a row without a family name is an organization
NAMES = ("name", "name_en", "name_ru", "pseudonym")
HOLDS = ("key", *NAMES, *PARTS, "since", "until", "source")
A_DAY = date(2024, 3, 25)


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
        if any(CONTROL.search(text) for text in texts(data)):
            faults.append(Fault(0, _("mapping"), _("There is a character that no text holds.")))
        elif isinstance(data.get("dates", ""), str) and not is_form(data.get("dates", cls.dates)):
            faults.append(Fault(0, "mapping.dates", _("No date can be written like this.")))
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


def is_form(dates: str) -> bool:
    """Say whether a day that is written in a form of strftime can be read again.

    >>> [is_form(form) for form in ("%d.%m.%Y", "%Y", "%d.%d.%Y", "%", "")]
    [True, False, False, False, False]
    """
    try:
        return datetime.strptime(A_DAY.strftime(dates), dates).date() == A_DAY  # noqa: DTZ007
    except (ValueError, re.error):  # the latter where a part stands twice
        return False


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
    if "key" not in columns or not any(name in columns for name in (*NAMES[:3], "family")):
        faults.append(Fault(0, "mapping.columns", _("A column for “key” and one for a name are needed.")))
    return columns
