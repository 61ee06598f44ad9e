"""Write a register as a file: JSON of ours, or CSV for a person."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from articles.interchange import register_file, register_table
from articles.models import CODES, Register, Site


class Command(BaseCommand):
    help = "Write a register as JSON (a register file, which can be imported again) or as CSV for a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("register", metavar="KEY", help="the register's key")
        parser.add_argument("--format", choices=("json", "csv"), default="json")
        parser.add_argument("--language", choices=CODES, default="en", help="of the headings and titles of CSV")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write there, not to standard output")

    def handle(self, *args: Any, register: str, output: Path | None, **options: Any) -> None:
        row = Register.objects.filter(key=register).first()
        if row is None:
            known = ", ".join(Register.objects.values_list("key", flat=True))
            raise CommandError(f"There is no register “{register}”. Known: {known or 'none'}.")
        if options["format"] == "json":
            text = register_file(row)
        else:
            with translation.override(options["language"]):
                text = register_table(row, timezone.now().astimezone(Site.current().zone).date())
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_bytes(text.encode())
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}.") from error
