"""A register out of the house: as a register file, which can be taken in again, and as a table for a person."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..models import Designation, Organization, Register, Resource
from ..registers import RELATED, exported_organization, exported_register

BOM = "\ufeff"  # by which a spreadsheet knows UTF-8
# What a spreadsheet would work out instead of showing it; some take the wide forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BETWEEN = "; "


def entries_of(register: Register) -> QuerySet[Organization]:
    """Return the entries that are on the register, were on it or will be."""
    entries = Organization.objects.standing().filter(designations__register=register).distinct()
    return entries.order_by("key").prefetch_related("names", *RELATED)


def register_file(register: Register) -> str:
    """Return the register file of one register: what it says of its entries, nothing of what other registers say."""
    data = {
        "status_order": [register.status],
        **({"own_notice": register.own_notice} if register.own_notice else {}),
        "registers": [exported_register(register)],
        "organizations": [of_register(exported_organization(one), register.key) for one in entries_of(register)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def of_register(entry: dict[str, Any], key: str) -> dict[str, Any]:
    """Return an entry of a register file with the designations and resources of this register, or of none."""
    resources = [one for one in entry.pop("resources", ()) if one.get("register", key) == key]
    periods = [one for one in entry["designations"] if one["register"] == key]
    return {**entry, "designations": periods, **({"resources": resources} if resources else {})}


def register_table(register: Register, today: date) -> str:
    """Return the register as CSV: a line for each designation, its headings in the language of the moment.

    It begins with a BOM; no cell begins like a formula; days are written YYYY-MM-DD; where a comma stands in numbers,
    as in Russian, cells are parted by semicolons, as spreadsheets there expect.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if get_format("DECIMAL_SEPARATOR") == "," else ",")
    writer.writerow(headings(today))
    for entry in entries_of(register):
        for period in entry.designations.all():
            if period.register_id == register.pk:
                writer.writerow([harmless(cell) for cell in cells(entry, period, today)])
    return BOM + out.getvalue()


def headings(today: date) -> list[str]:
    return [
        _("Name"),
        _("All names"),
        _("Organization or person"),
        _("Register"),
        _("Designated from"),
        _("First day it no longer holds"),
        _("In force on %s") % today.isoformat(),
        _("Source"),
        _("Resources"),
        _("Key"),
        _("Merged keys"),
    ]


def cells(entry: Organization, period: Designation, today: date) -> list[str]:
    """Return one designation of an entry as the table has it."""
    since, until = period.designated_from, period.designated_until
    holds = (since is None or since <= today) and (until is None or today < until)
    return [
        entry.shown_name(),
        joined(name.text for name in entry.names.all()),
        str(entry.get_kind_display()),
        period.register.title(get_language() or "en") or period.register.key,
        since.isoformat() if since else _("not known"),
        until.isoformat() if until else "",
        _("yes") if holds else _("no"),
        period.source,
        joined(str(one) for one in resources_of(entry, period.register_id)),
        entry.key,
        joined(entry.data.get("also_keys", ())),
    ]


def resources_of(entry: Organization, register: int) -> Iterator[Resource]:
    """Yield the resources that the register names, and those that a person has written."""
    yield from (one for one in entry.resources.all() if one.register_id in (None, register))


def joined(texts: Iterable[str]) -> str:
    return BETWEEN.join(dict.fromkeys(texts))


def harmless(cell: str) -> str:
    """Return the cell as text for a spreadsheet, which takes an apostrophe before it as the sign for that.

    >>> harmless("=1+1"), harmless("Tern"), harmless("  @tern")
    ("'=1+1", 'Tern', "'  @tern")
    """
    begin = cell.lstrip(" \u00a0")
    return f"'{cell}" if begin.startswith(FORMULA) else cell
