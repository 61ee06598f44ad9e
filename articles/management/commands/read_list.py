"""`manage.py read_list`: a keeper's list, as it is, to lines with proposed names and a difference. No database.

The forms of input and output are described in docs/reference/read-list.md.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.lists.accept import register_file
from articles.lists.difference import check_against, difference
from articles.lists.read import MOST_BYTES, Read, read
from articles.lists.refused import NoList
from articles.lists.understand import understood

FORMATS = ("jsonl", "text")
STARTER = Path(__file__).resolve().parents[2] / "fixtures" / "registers.json"


class Command(BaseCommand):
    """Read a keeper's file; print its lines, and what is new against an older file."""

    help = "Read a keeper's list as it is: proposed names, dates, resources, and the difference to an older file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments; values are checked in `handle`, so that every mistake exits with 1."""
        parser.add_argument("file", help="the keeper's file: XLSX, ODS, HTML, XML, CSV or JSON lines")
        parser.add_argument("--layout", default="", metavar="NAME", help="a shipped layout, or a JSON file with one")
        parser.add_argument("--against", metavar="OLDER", help="an older file of the same list")
        parser.add_argument("--accept", metavar="OUT.json", help="write the register file that all proposals give")
        parser.add_argument("--format", default="jsonl", help="jsonl or text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare, print. Raises CommandError, which exits with 1."""
        form = options["format"]
        if form not in FORMATS:
            raise CommandError(f"unknown format {form!r}, one of {', '.join(FORMATS)} is expected")
        name = options["file"]
        key = settings.SECRET_KEY.encode()
        newer = _read(name, options["layout"])
        lines = understood(newer, key)
        for line in lines:
            row = line.row(Path(name).name)
            self.stdout.write(_text(row) if form == "text" else json.dumps(row, ensure_ascii=False))
        if options["against"]:
            older = _read(options["against"], options["layout"] or newer.layout.name)
            try:
                check_against(older, newer)
            except NoList as refused:
                raise CommandError(f"{name}: {refused}") from refused
            row = difference(understood(older, key), lines).row(Path(name).name)
            self.stdout.write(json.dumps(row, ensure_ascii=False))
        if options["accept"]:
            _write(options["accept"], register_file(newer.layout, lines, _wordings()))
        for fault in newer.faults:
            self.stderr.write(f"{name}: {fault}")
        if newer.faults:
            raise CommandError(f"{name}: {len(newer.faults)} not read, all else was")


def _read(name: str, layout: str) -> Read:
    try:
        if Path(name).stat().st_size > MOST_BYTES:
            raise CommandError(f"{name}: the file is larger than {MOST_BYTES // 2**20} megabytes")
        return read(Path(name).read_bytes(), layout)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error
    except NoList as refused:
        raise CommandError(f"{name}: {refused}") from refused


def _wordings() -> dict[str, Any]:
    """Return the registers of the starter file, for their notes."""
    data = json.loads(STARTER.read_text(encoding="utf-8"))
    return {register["key"]: register for register in data["registers"]}


def _write(name: str, data: dict[str, Any]) -> None:
    try:
        Path(name).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error


def _text(row: dict[str, Any]) -> str:
    """Return a line for reading at a terminal: the official line, then a name in each line beneath."""
    dates = f"{row['since'] or '?'} – {row['until'] or ''}"
    names = "".join(f"\n    {one['kind']}, {one['strength']}: {one['text']}" for one in row["names"])
    asked = "".join(f"\n    ? {one}" for one in row.get("questions", []))
    return f"{row['line']} [{row['kind']}, {dates}]{names}{asked}"
