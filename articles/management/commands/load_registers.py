"""Load a register file into the database and compile the new version."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.footnotes.registers import RegisterFileError
from articles.registers import load_register_data, refresh_version

STARTER = Path(__file__).resolve().parents[2] / "fixtures" / "registers.json"


class Command(BaseCommand):
    help = "Load a register file (by default the starter registers); entries that the file does not name stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=STARTER, help="a register file in JSON")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            load_register_data(json.loads(file.read_text(encoding="utf-8")))
            version = refresh_version(timezone.now())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise CommandError(f"{file} is not JSON in UTF-8: {error}.") from error
        except RegisterFileError as error:
            raise CommandError("\n".join(f"{file}: {problem}" for problem in error.problems)) from error
        self.stdout.write(f"Register version {version.number}: {version.organizations} organizations.")
