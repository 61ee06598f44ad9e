"""Take place, device, author and all else but pixels out of the originals of photos that were stored with them."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.management.progress import progress_on
from articles.models import Photo
from articles.photos.stripping import strip_all


class Command(BaseCommand):
    help = "Write originals of photos anew that hold more than pixels; exit status 1 when one cannot be read."

    def handle(self, *args: Any, **options: Any) -> None:
        tell, total, found = progress_on(), Photo.objects.count(), Counter[str]()
        for photo, what in strip_all():
            found[what] += 1
            if what in ("missing", "unreadable"):
                self.stderr.write(f"Photo {photo.pk}: the original {photo.original} is {what}.")
            if tell is not None:
                tell(found.total(), total)
        self.stdout.write(f"Written anew: {found['stripped']}. Held nothing but pixels: {found['plain']}.")
        if found["unreadable"] or found["missing"]:
            raise CommandError(f"Not looked at: {found['missing'] + found['unreadable']}.")
