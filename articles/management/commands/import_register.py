"""Take a file into a register, or say what it would do: a register file of ours, or what a keeper publishes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.interchange import Imported, Mapping, Plan, Unreadable, import_register, is_keepers, plan_of
from articles.management.keepers_file import MOST_BYTES, take_or_show, waits
from articles.publishing import Refused

KINDS = ("added", "changed", "ended")


class Command(BaseCommand):
    help = (
        "Import a register from JSON (the register file) or CSV (with --map); what changes waits in the admin."
        " A keeper's own file is read and compared; a person of the desk goes on with it in the admin."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the register's file")
        parser.add_argument("--register", required=True, metavar="KEY", help="the register it is a file of")
        parser.add_argument("--map", type=Path, metavar="MAP", help="what the columns of a CSV file hold, in JSON")
        parser.add_argument("--layout", default="", metavar="NAME", help="how a keeper's file is read; else recognized")
        parser.add_argument("--partial", action="store_true", help="what the file does not name stays")
        parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
        parser.add_argument("--force", default="", metavar="REASON", help="store a file that is distrusted, because")

    def handle(self, *args: Any, file: Path, register: str, partial: bool, **options: Any) -> None:
        at, force = timezone.now(), options["force"]
        try:
            content = read(file)
            mapping = Mapping.read(read(options["map"])) if options["map"] else None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except Unreadable as error:
            raise CommandError("\n".join(f"{options['map']}: {line}" for line in error.lines())) from error
        if mapping is None and is_keepers(content):
            return self.keepers(content, file, register, partial=partial, **options)
        try:
            if options["dry_run"]:
                done = Imported(plan_of(content, register, mapping, partial=partial, at=at))
            else:
                done = import_register(content, register, mapping, by=None, at=at, partial=partial, force=force)
        except Unreadable as error:
            raise CommandError("\n".join(f"{file}: {line}" for line in error.lines())) from error
        except Refused as error:
            raise CommandError(f"{file} is refused: {error} Use --force REASON to store it all the same.") from error
        self.say(done.plan)
        self.stdout.write("Nothing was stored." if options["dry_run"] else outcome(done))
        if done.plan.left_out:
            raise CommandError(f"{file}: all else was read")

    def keepers(self, content: bytes, file: Path, register: str, *, partial: bool, **options: Any) -> None:
        """Take a keeper's file up to the difference: what it changes is confirmed by a person, in the admin."""
        if options["force"]:
            raise CommandError(
                f"{file}: --force is for register files of ours; a keeper's file is stored in the admin."
            )
        dry_run, at = options["dry_run"], timezone.now()
        if waits(content, register) is not None:
            self.stdout.write("Nothing was done: this file waits in the admin already.")
            return
        try:
            taken = take_or_show(
                content, file.name, register, options["layout"], self.stdout, partial=partial, at=at, dry_run=dry_run
            )
        except Unreadable as error:
            lines = [f"{file}: {line}" for line in error.lines()]
            raise CommandError("\n".join([*lines, "A CSV file of another form needs a mapping (--map)."])) from error
        except Refused as error:
            raise CommandError(f"{file} is refused: {error}") from error
        self.stdout.write("Nothing was stored." if dry_run else "Nothing is stored yet: it waits in the admin.")
        if not taken.is_whole and not partial:
            raise CommandError(f"{file}: all else was read")

    def say(self, plan: Plan) -> None:
        """Print what is added, changed, ended, suspicious."""
        for kind in KINDS:
            found = getattr(plan, kind)
            self.stdout.write(f"{kind.capitalize()}: {len(found)}")
            for entry in found:
                self.stdout.write(f"  {entry.key}: {entry.name}")
                for line in entry.lines:
                    self.stdout.write(f"    {line}")
        self.stdout.write(f"Unchanged: {plan.unchanged}")
        kinds = (("Left out", plan.left_out), ("Suspicious", plan.suspicious), ("Distrusted", plan.distrust))
        for title, lines in kinds if plan.left_out else kinds[1:]:
            self.stdout.write(f"{title}: {len(lines)}")
            for line in lines:
                self.stdout.write(f"  {line}")


def outcome(done: Imported) -> str:
    """Return what became of the file in one sentence."""
    if done.batch:
        return f"Applied: {done.batch.total} articles are looked at."
    if done.plan.entries:
        return "Stored. The changes wait in the admin, under Pending changes."
    return "The register is as the file says."


def read(file: Path) -> bytes:
    """Return the file's bytes, one more than allowed at most: a larger file is refused without being read."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)
