"""Take a backup into a folder."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import backups
from articles.management.spoken import spoken
from articles.models import Backup
from articles.sealing import new_identity

REFUSED, FAILED, NOT_SENT = 2, 1, 3


class Command(BaseCommand):
    help = (
        "Take a backup of database, media, settings and keys. Exit status 1: it failed; 2: it could not be begun; "
        "3: it is whole, but the command after it failed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="the folder; by default BACKUP_DIR")
        parser.add_argument("--plain", action="store_true", help="without encryption, though no recipient is named")
        parser.add_argument(
            "--new-key", type=Path, metavar="FILE", help="make a key for reading backups and do no more"
        )

    def handle(self, *args: Any, to: Path | None, plain: bool, new_key: Path | None, **options: Any) -> None:
        with spoken():
            try:
                if new_key is not None:
                    self.stdout.write(new_identity(new_key))
                    return
                way = backups.Way.of_settings()
                way = replace(way, folder=to.absolute() if to else way.folder, plain=way.plain or plain)
                self.tell(way, backups.take(way, timezone.now))
            except (backups.BackupRefused, backups.BackupBusy) as error:
                raise CommandError(str(error), returncode=REFUSED) from error
            except backups.BackupError as error:
                raise CommandError(_("The backup has failed: %s") % error, returncode=FAILED) from error

    def tell(self, way: backups.Way, backup: Backup) -> None:
        """Say what was taken."""
        assert way.folder is not None
        self.stdout.write(
            _(
                "%(file)s: %(size)d bytes, %(rows)d rows of %(tables)d tables, %(media)d media files "
                "(%(added)d bytes new)."
            )
            % {
                "file": way.folder / backup.name,
                "size": backup.size,
                "rows": backup.rows,
                "tables": len(backup.detail["tables"]),
                "media": backup.detail["media"],
                "added": backup.added,
            }
        )
        if backup.detail["head"]:
            self.stdout.write(_("Head of the publication record: line %(number)d, %(hash)s.") % backup.detail["head"])
        if backup.sent is False:
            raise CommandError(_("The backup lies in the folder, but BACKUP_HOOK has failed."), returncode=NOT_SENT)
