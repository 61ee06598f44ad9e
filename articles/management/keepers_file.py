"""A keeper's file from an operator's own cron: read, held against the register, left for a person of the desk."""

import hashlib
from typing import Any

from django.core.management.base import OutputWrapper

from articles.interchange.keeper import faults_of
from articles.interchange.keeper.layouts import layouts_of
from articles.interchange.keeper.take import keep, prepared
from articles.lists.read import MOST_BYTES
from articles.models import ListFile, ListLayout, ListRow, Register
from articles.publishing import Refused

CHANGES = ("added", "changed", "ended", "gone", "stopped", "doubtful")


def layout_named(name: str) -> ListLayout | None:
    """Return the layout of this name; None for "". Raises Refused."""
    if not name:
        return None
    known = {one.name: one for one in layouts_of()}
    if name not in known:
        raise Refused("layout", f"There is no layout “{name}”; there are: {', '.join(sorted(known))}.")
    return known[name]


def register_named(key: str) -> Register:
    """Return the register of this key. Raises Refused."""
    register = Register.objects.filter(key=key).first()
    if register is None:
        raise Refused("register", f"There is no register “{key}”: make it in the admin.")
    return register


def waits(content: bytes, key: str) -> ListFile | None:
    """Return the same file where it waits already, as for a cron that comes by each day."""
    sha256 = hashlib.sha256(content).hexdigest()
    return ListFile.objects.filter(register__key=key, sha256=sha256, state="waiting").first()


def take_or_show(content: bytes, name: str, key: str, layout: str, out: OutputWrapper, **options: Any) -> ListFile:
    """Take the file up to the difference and print it; with `dry_run` nothing stays. Raises Unreadable, Refused."""
    dry_run, at = options.pop("dry_run"), options["at"]
    file, rows = prepared(content, name, register_named(key), layout_named(layout), by=None, **options)
    if not dry_run:
        keep(file, rows, by=None, at=at)
    tell(file, rows, out)
    return file


def tell(file: ListFile, rows: list[ListRow], out: OutputWrapper) -> None:
    """Print what the file changes, line by line, and what of it was not read."""
    found = {change: [row for row in rows if row.change == change] for change, _label in ListRow.CHANGES}
    as_of = f", as of {file.as_of}" if file.as_of else ""
    out.write(f"Read as {file.layout.name if file.layout else '?'}{as_of}.")
    for change in CHANGES:
        out.write(f"{change.capitalize()}: {len(found[change])}")
        for row in found[change]:
            out.write(f"  {line_of(row)}")
    out.write(f"Unchanged: {len(found['unchanged'])}")
    out.write(f"To be answered by a person: {file.counts.get('open', 0)}")
    if file.faults:
        out.write(f"Not read: {len(file.faults)}")
        for fault in faults_of(file):
            out.write(f"  {fault}")


def line_of(row: ListRow) -> str:
    """Return a row in a line: its place, what it reads, whose it is by what."""
    place = ", ".join(f"{key} {value}" for key, value in row.where.items())
    entry = f" [{row.entry.key}{', by the ' + row.reason if row.reason else ''}]" if row.entry else ""
    return f"{place}: {row.line}{entry}" if place else f"{row.line}{entry}"


__all__ = ["MOST_BYTES", "take_or_show", "waits"]
