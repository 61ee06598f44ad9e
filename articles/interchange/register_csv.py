"""A CSV file, its columns named by a mapping, to the shape of the register file."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ..footnotes.registers.person import patronymic_gender
from .mapping import NAMES, PARTS, Mapping
from .refused import Fault, Unreadable
from .shape import KEY, Located

# What a spreadsheet takes for a formula. A dash alone means "nothing here".
FORMULA = re.compile(r"[=+@\t\r]|-(?=[^\s\d–—-])")
GENDERS = {
    "m": "m",
    "f": "f",
    "м": "m",
    "муж": "m",
    "мужской": "m",
    "male": "m",
    "ж": "f",
    "жен": "f",
    "женский": "f",
    "female": "f",
}
NOTHING = {"", "-", "–", "—", "н/д", "n/a"}
Row = dict[str, str]


def read_csv(text: str, register: str, mapping: Mapping) -> Located:
    """Return the file's organizations, each designated by `register`. Raises Unreadable, with line and column."""
    faults: list[Fault] = []
    organizations: list[dict[str, Any]] = []
    lines: list[int] = []
    seen: dict[str, int] = {}
    for line, row in rows(text, mapping, faults):
        organization = organization_of(line, row, register, mapping, faults)
        first = seen.setdefault(organization["key"], line)
        if first != line and "person" not in organization:  # a person is left out alone
            faults.append(Fault(line, mapping.columns["key"][0], _("The same key stands in line %d.") % first))
        organizations.append(organization)
        lines.append(line)
    if faults:
        raise Unreadable(*faults)
    if not organizations:
        raise Unreadable(Fault(1, "", _("Below its headers the file holds nothing.")))
    return Located({"organizations": organizations}, lambda where: lines[index_in(where)])


def index_in(where: str) -> int:
    found = re.match(r"organizations\[(\d+)\]", where)
    return int(found[1]) if found else 0


def rows(text: str, mapping: Mapping, faults: list[Fault]) -> Iterator[tuple[int, Row]]:
    """Yield the file's rows with their lines; a fault for each that has too many cells, too few, or a formula."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mapping.delimiter, strict=True)
    headers: list[str] = []
    line = 1
    try:
        for cells in reader:
            line, begun = reader.line_num + 1, line
            if not headers:
                headers = [cell.strip() for cell in cells]
                check_headers(headers, mapping)
            elif any(cell.strip() for cell in cells):
                if len(cells) != len(headers):
                    counts = {"found": len(cells), "expected": len(headers)}
                    message = _("There are %(found)d cells, and %(expected)d headers.") % counts
                    raise Unreadable(*faults, Fault(begun, "", message))
                faults += formulas(begun, headers, cells, mapping)
                yield begun, dict(zip(headers, cells, strict=True))
    except csv.Error as error:
        message = _("This is no whole CSV row (%s).") % error
        raise Unreadable(*faults, Fault(line, "", message)) from error


def check_headers(headers: list[str], mapping: Mapping) -> None:
    """Refuse a file of another shape: a column is missing, unknown, or there twice."""
    wanted = {header for several in mapping.columns.values() for header in several}
    known = wanted | set(mapping.ignore)
    faults = [Fault(1, header, _("This column is missing.")) for header in sorted(wanted - set(headers))]
    for header in dict.fromkeys(headers):
        if header not in known:
            message = _("This column is not known to the mapping; it may stand under “ignore”.")
            faults.append(Fault(1, header, message))
        elif headers.count(header) > 1:
            faults.append(Fault(1, header, _("This column is there twice.")))
    if faults:
        raise Unreadable(*faults)


def formulas(line: int, headers: list[str], cells: list[str], mapping: Mapping) -> list[Fault]:
    """Return a fault for each formula; in a column that is not read a `+` may begin a telephone number."""
    message = _("The cell begins like a formula of a spreadsheet (%r); no list holds formulas.")
    return [
        Fault(line, header, message % cell[:20])
        for header, cell in zip(headers, cells, strict=True)
        if FORMULA.match(cell) and any(header in several for several in mapping.columns.values())
    ]


def organization_of(line: int, row: Row, register: str, mapping: Mapping, faults: list[Fault]) -> dict[str, Any]:
    """Return one row as an organization of the register file."""

    def cell(holds: str) -> str:
        header = mapping.columns.get(holds, ("",))[0]
        text = " ".join(row.get(header, "").split())
        return "" if text.lower() in NOTHING else text

    def day(holds: str) -> str | None:
        typed = cell(holds)
        if not typed:
            return None
        try:
            return datetime.strptime(typed, mapping.dates).date().isoformat()  # noqa: DTZ007
        except ValueError:
            message = _("“%(typed)s” is no date written as %(form)s.") % {"typed": typed, "form": mapping.dates}
            faults.append(Fault(line, mapping.columns[holds][0], message))
            return None

    key = mapping.key_prefix + cell("key").rstrip(".")
    if not cell("key") or not KEY.fullmatch(key):
        message = _("“%s” is no key: letters a–z, digits, “-” and “_” are expected, at most 120.") % key[:130]
        faults.append(Fault(line, mapping.columns["key"][0], message))
    parts = {part: cell(part) or None for part in PARTS if part in mapping.columns}
    is_person = any(parts.values())
    names = names_of(row, mapping)
    if is_person and all("kind" in name for name in names):  # none but pseudonyms
        names = [{"text": full_name(parts)}, *names]
    if not names:
        faults.append(Fault(line, ", ".join(name_headers(mapping)), _("There is no name.")))
    period = {"register": register, "since": day("since"), "until": day("until"), "source": cell("source")}
    person = {"kind": "person", "person": with_gender(parts)} if is_person else {}
    return {"key": key, **person, "names": names, "designations": [period]}


def full_name(parts: dict[str, str | None]) -> str:
    return " ".join(filter(None, (parts.get("family"), parts.get("given"), parts.get("patronymic"))))


def with_gender(parts: dict[str, str | None]) -> dict[str, str | None]:
    """Return the parts with the gender in the file's letters, else with the one that the patronymic tells."""
    said = GENDERS.get((parts.get("gender") or "").lower(), parts.get("gender"))
    return parts | {"gender": said or patronymic_gender(parts.get("patronymic") or "") or None}


def name_headers(mapping: Mapping) -> list[str]:
    return [header for holds in (*NAMES, "family") for header in mapping.columns.get(holds, ())]


def names_of(row: Row, mapping: Mapping) -> list[dict[str, str]]:
    """Return the names of a row, each once, in the order of the columns."""
    names: dict[tuple[str, str], dict[str, str]] = {}
    for holds in NAMES:
        language = holds.partition("_")[2]
        more = {"language": language} if language else {"kind": holds} if holds == "pseudonym" else {}
        for header in mapping.columns.get(holds, ()):
            parts = row[header].split(mapping.names_separator) if mapping.names_separator else [row[header]]
            for text in (" ".join(part.split()) for part in parts):
                if text.lower() not in NOTHING:
                    names.setdefault((language, text), {"text": text} | more)
    return list(names.values())
