"""`manage.py annotate`: mark texts outside the newsroom, and see why. With --registers it touches no database.

The forms of input and output are described in docs/reference/annotate.md.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils import timezone

from articles.footnotes.annotate import LANGUAGES, Compiled, load_compiled
from articles.management.annotation import (
    BadInput,
    Job,
    Marked,
    annotate_lines,
    annotate_object,
    dumped,
    explanation,
    mark,
    printable,
)
from articles.management.faults import located

FORMATS = ("text", "html", "json", "jsonl")
NOTES_TEMPLATE = "articles/_legal_footnotes.html"


class Command(BaseCommand):
    """Read a text, an HTML fragment or JSON lines; write them with marks and notes."""

    help = "Mark the mentions of designated organizations and persons in a text, an HTML fragment or JSON lines."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments; values are checked in `handle`, so that every mistake exits with 1."""
        parser.add_argument("file", nargs="?", default="-", help="a file, or - for standard input")
        parser.add_argument("--language", default="en", help="en or ru; a JSON line may name its own")
        parser.add_argument("--format", default="text", help="text, html, json or jsonl")
        parser.add_argument("--registers", metavar="FILE", help="a register file instead of the database")
        parser.add_argument("--publisher", metavar="KEY", help="the outlet's own organization, never marked")
        parser.add_argument("--as-of", metavar="DATE", help="YYYY-MM-DD, today by default")
        parser.add_argument("--explain", action="store_true", help="say why, and list what was rejected")
        parser.add_argument("--explain-in", default="", metavar="LANGUAGE", help="en or ru: the language of --explain")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one job over the input. Raises CommandError, which exits with 1."""
        language, form = options["language"], options["format"]
        if language not in LANGUAGES:
            raise CommandError(f"unknown language {language!r}, one of {', '.join(LANGUAGES)} is expected")
        if form not in FORMATS:
            raise CommandError(f"unknown format {form!r}, one of {', '.join(FORMATS)} is expected")
        if options["explain_in"] and options["explain_in"] not in LANGUAGES:
            raise CommandError(f"unknown language {options['explain_in']!r}, one of {', '.join(LANGUAGES)} is expected")
        explain = options["explain"] or bool(options["explain_in"])
        as_of = _day(options["as_of"])
        compiled, faults = _from_file(options["registers"]) if options["registers"] else (_from_database(), [])
        for fault in faults:
            self.stderr.write(fault)
        if options["publisher"] and not compiled.knows(options["publisher"]):
            raise CommandError(f"no entry has the key {options['publisher']!r}")
        job = Job(compiled, language, options["publisher"], as_of, explain, options["explain_in"])
        with closing(_opened(options["file"])) as source:
            if form == "jsonl":
                self._lines(job, source)
            else:
                self._whole(job, form, source.read())
        if faults:
            raise CommandError(f"{options['registers']}: all else was read")

    def _lines(self, job: Job, source: Iterable[bytes]) -> None:
        bad = 0
        for number, line, problem in annotate_lines(job, source):
            if problem:
                bad += 1
                self.stderr.write(f"line {number}: {problem}")
            else:
                self.stdout.write(line)
        if bad:
            raise CommandError(f"{bad} {'line' if bad == 1 else 'lines'} could not be processed")

    def _whole(self, job: Job, form: str, data: bytes) -> None:
        text = data.decode("utf-8-sig", "replace")
        if form == "json":
            try:
                self.stdout.write(dumped(annotate_object(job, _object(text))))
            except BadInput as error:
                raise CommandError(str(error)) from error
            return
        html = form == "html"
        marked = mark(job, text, form, job.language, links=html)
        if html:
            self.stdout.write(printable(_page(marked)))
        else:
            self.stdout.write(printable("\n".join([marked.marked.rstrip("\n"), "", *map(str, marked.notes)])))
        for line in explanation(marked.annotation) if job.explain else ():
            self.stderr.write(printable(line))


def _page(marked: Marked) -> str:
    notes = render_to_string(NOTES_TEMPLATE, {"notes": marked.notes})
    return f"{marked.marked}\n{notes}".rstrip("\n")


def _object(text: str) -> Any:
    """A JSON object with a text, or the text itself."""
    try:
        item = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return {"text": text}
    return item if isinstance(item, dict) else {"text": text}


def _day(text: str | None) -> date:
    if text is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--as-of: {text!r} is no date of the form YYYY-MM-DD") from error


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return open(sys.stdin.fileno(), "rb", closefd=False)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error


def _from_file(name: str) -> tuple[Compiled, list[str]]:
    """Compile a register file here without its faulty entries; return what is wrong with these, too.

    The dictionary is loaded only for this.
    """
    from articles.footnotes.compile import compile_registers
    from articles.footnotes.registers import RegisterFileError, parse_usable

    try:
        text = Path(name).read_text(encoding="utf-8-sig")
        registers, problems = parse_usable(json.loads(text))
        return load_compiled(compile_registers(registers)), located(name, text, problems) if problems else []
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}: no UTF-8 at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise CommandError(f"{name}, line {error.lineno}: no JSON: {error.msg}") from error
    except RegisterFileError as error:
        raise CommandError("\n".join(located(name, text, error.problems))) from error


def _from_database() -> Compiled:
    from articles.registers import current_compiled

    return current_compiled()
