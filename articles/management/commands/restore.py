"""Put a backup in the place of an empty newsroom."""

import os
import shutil
import tempfile
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import backups, pagestore
from articles.backups import archive
from articles.backups.restoring import unpacked
from articles.baking import bake_everything, plan_everything, trouble
from articles.management.progress import progress_on
from articles.management.spoken import spoken
from articles.publishing.record import verify


def names_by_hash() -> bool:
    """Say whether pages name style and pictures by what `collectstatic` has made of them."""
    return isinstance(staticfiles_storage, ManifestFilesMixin)


class Command(BaseCommand):
    help = (
        "Put a backup in the place of an empty newsroom: database, media, templates; count all rows, migrate, and with "
        "--verify hold the publication record against its hashes. Then every page is stored anew."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive, in its folder of backups")
        parser.add_argument("--key", type=Path, metavar="FILE", help="the secret key of an encrypted backup")
        parser.add_argument("--verify", action="store_true", help="verify the publication record, too")
        parser.add_argument("--head", help="a head of the record from outside, which must be in it (with --verify)")
        parser.add_argument("--overwrite", action="store_true", help="the newsroom that is there is thrown away")
        parser.add_argument("--no-pages", action="store_true", help="store no pages: a worker does it later")
        parser.add_argument("--settings-to", type=Path, metavar="FILE", help="only write the settings into a new file")

    def handle(self, *args: Any, file: Path, key: Path | None, **options: Any) -> None:
        room = Path(tempfile.mkdtemp(prefix=".restore-", dir=settings.DATA_DIR))
        with spoken():
            try:
                if options["settings_to"]:
                    self.write_settings(file, key, room, options["settings_to"])
                else:
                    self.restore(file, key, room, options)
            except backups.BackupRefused as error:
                raise CommandError(str(error), returncode=2) from error
            except backups.BackupError as error:
                raise CommandError(_("Not restored: %s") % error) from error
            finally:
                shutil.rmtree(room, ignore_errors=True)

    def write_settings(self, file: Path, key: Path | None, room: Path, target: Path) -> None:
        """Write the settings of the backup into a new file that only its owner reads."""
        unpacked(file, key, room)
        text = (room / "members" / archive.SETTINGS).read_text()
        try:
            with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(text)
        except OSError as error:
            raise CommandError(_("%(file)s cannot be made: %(error)s") % {"file": target, "error": error}) from error
        self.stdout.write(_("The settings are in %s: look whether each is right for this machine.") % target)

    def restore(self, file: Path, key: Path | None, room: Path, options: dict[str, Any]) -> None:
        """Restore, migrate, verify, store the pages, and tell of each."""
        done = backups.restore(file, room, identity=key, overwrite=options["overwrite"], tell=self.stdout.write)
        self.stdout.write(
            _("Counted: %(rows)d rows of %(tables)d tables, as in the backup.")
            % {"rows": done.rows, "tables": done.tables}
        )
        call_command("migrate", interactive=False, verbosity=0)
        if names_by_hash():  # without what is collected no page can be stored
            call_command("collectstatic", interactive=False, verbosity=0)
        if options["verify"]:
            self.verify(done.head.get("hash"), options["head"])
        self.drop_pages()
        if options["no_pages"]:
            plan_everything(timezone.now())
        else:
            self.store_pages(options["verbosity"])
        if done.manifest["secret_key"] != archive.key_mark():
            self.stderr.write(
                _("SECRET_KEY is not that of the backup: everybody has to log in again, and links in mails are void.")
            )

    def verify(self, known: str | None, outside: str | None) -> None:
        """Hold the record against its hashes, the head that the backup names, and one from outside."""
        problems = [problem for head in dict.fromkeys((known, outside)) for problem in verify(head)]
        for problem in dict.fromkeys(problems):
            self.stderr.write(problem)
        if problems:
            raise CommandError(_("Restored, but the publication record is not whole."))
        self.stdout.write(_("The publication record is whole; its head is %s.") % (known or "-"))

    def drop_pages(self) -> None:
        """Remove what lies in the folder of pages: it is of another newsroom, or of a later moment."""
        for address in list(pagestore.stored_paths()):
            with suppress(ValueError):  # no page of ours
                pagestore.drop(address)

    def store_pages(self, verbosity: int) -> None:
        """Store every page."""
        run = bake_everything(timezone.now(), progress=progress_on() if verbosity else None)
        if run.state != "done":
            raise CommandError(_("Restored, but pages could not be stored: %s") % trouble(run))
        outcomes = run.detail.get("pages", {})
        told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
        self.stdout.write(_("Pages: %s.") % (told or "0"))
        if outcomes.get("failed"):
            raise CommandError(_("Restored, but some pages could not be stored: each is tried again by the worker."))
