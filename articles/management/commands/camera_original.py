"""Take out the file that a photo came as, for who has to prove where it is from."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.management.spoken import spoken
from articles.models import Photo
from articles.photos.camera import read_back, sealed_file
from articles.publishing.events import log
from articles.sealing import SealError, read_identities

REFUSED = 2


class Command(BaseCommand):
    help = (
        "Write the file that a photo came as, with what the camera wrote into it, into a new file: opened with the "
        "secret key, or still encrypted, to be opened where the key is. Exit status 2: there is none, or none that can "
        "be opened; nothing was written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("photo", type=int, help="its number, which its page at the desk tells")
        parser.add_argument("--identity", type=Path, metavar="FILE", help="the file with the secret key of age")
        parser.add_argument("--to", type=Path, metavar="FILE", required=True, help="the new file")

    def handle(self, *args: Any, photo: int, identity: Path | None, to: Path, **options: Any) -> None:
        with spoken():
            found = Photo.objects.filter(pk=photo).first()
            if found is None:
                raise CommandError(_("There is no photo %(number)d.") % {"number": photo}, returncode=REFUSED)
            try:
                content = read_back(found, read_identities(identity)) if identity else sealed_file(found)
            except SealError as error:
                raise CommandError(str(error), returncode=REFUSED) from error
            write(to, content)
            log("export", by=None, at=timezone.now(), what=f"photo {found.pk} as it came")
            self.stdout.write(_("Written to %(file)s: %(size)d bytes.") % {"file": to, "size": len(content)})


def write(file: Path, content: bytes) -> None:
    """Write a new file that only its owner reads; nothing is left of one that cannot be written."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(told(file, error), returncode=REFUSED) from error
    try:
        with open(handle, "wb") as new:
            new.write(content)
    except OSError as error:
        file.unlink(missing_ok=True)
        raise CommandError(told(file, error), returncode=REFUSED) from error


def told(file: Path, error: OSError) -> str:
    return _("%(file)s cannot be made: %(error)s") % {"file": file, "error": error.strerror}
