"""Load a register file into the database and compile the new version."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.footnotes.registers import RegisterFileError
from articles.management.faults import located
from articles.models import RegisterVersion
from articles.publishing import Refused
from articles.publishing.relabel import apply_version
from articles.registers import NoRegisters, compile_version, current_version, load_register_data, refresh_version

STARTER = Path(__file__).resolve().parents[2] / "fixtures" / "registers.json"


class Command(BaseCommand):
    help = "Load a register file (by default the starter registers); entries that the file does not name stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=STARTER, help="a register file in JSON")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            text = file.read_text(encoding="utf-8-sig")
            left_out = load_register_data(json.loads(text))
            version = put_in_force(timezone.now())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise CommandError(f"{file} is not JSON in UTF-8: {error}.") from error
        except RegisterFileError as error:
            raise CommandError("\n".join(f"{file}: {problem}" for problem in error.problems)) from error
        except Refused as error:
            raise CommandError(f"{file} is stored, and waits: {error}") from error
        self.stdout.write(f"Register version {version.number}: {version.organizations} entries.")
        if left_out:
            raise CommandError("\n".join([*located(file, text, left_out), "All else was loaded."]))


def put_in_force(at: datetime) -> RegisterVersion:
    """Put the rows in force; where articles are marked already, the archive follows."""
    try:
        current = current_version()
    except NoRegisters:
        return refresh_version(at)
    version = compile_version(at)
    if version.pk != current.pk:
        apply_version(version, by=None, at=at, reason="load_registers")
    return version
