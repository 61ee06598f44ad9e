"""The files of the record: the photos that reading forms show, and what an erasure removes when it is committed, named
in its row until it is gone."""

import hashlib
import logging
import re
import shutil
from collections.abc import Iterable, Iterator

from django.db import transaction

from ... import pagemap, pagestore
from ...models import Article, Erasure, LeftFile, Page, ReadingForm
from ...photos.files import CAMERA, camera_folder, media_folder, web_digest

PHOTO = re.compile(rb'<img src="/media/([^"/]+)"([^>]*)>')  # of an article's texts none holds a picture
HASH = re.compile(rb' data-sha256="([0-9a-f]{64})"')
MOST_AT_ONCE = 1000  # files, in one call
logger = logging.getLogger(__name__)


class Pictures:
    """Holds the photo files that reading forms show against the hashes that stand there; each file and hash once."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def problems(self, form: str, body: bytes) -> Iterator[str]:
        """Yield what is wrong with the photos of a form's bytes; `form`: its hash."""
        for name, attributes in PHOTO.findall(body):
            recorded = HASH.search(attributes)
            wanted = recorded[1].decode() if recorded else ""
            mark = hashlib.blake2b(name + wanted.encode(), digest_size=16).digest()
            if mark in self._seen:
                continue
            self._seen.add(mark)
            found = web_digest(name.decode())
            if (found and wanted in ("", found)) or not is_kept(form):
                continue
            what = "was changed" if found else "is missing"
            yield f"The photo file {name.decode()}, which reading form {form} shows, {what}."


def is_kept(form: str) -> bool:
    """False for a form that was erased meanwhile, with its photos."""
    return ReadingForm.objects.filter(pk=form).exclude(body=b"").exists()


def remove_pages(article: Article) -> list[str]:
    """Remove the rows of the article's own pages; return their addresses."""
    places = article.addresses.values_list("language", "date", "slug")
    addresses = [pagemap.article_path(*place) for place in places]
    Page.objects.filter(path__in=addresses).delete()
    return addresses


def remove_later(names: Iterable[str]) -> None:
    """Have files removed that belong to nothing any more, named as `remove_file` wants them, once this is committed."""
    LeftFile.objects.bulk_create([LeftFile(name=name) for name in names], ignore_conflicts=True)
    transaction.on_commit(finish_erasures, robust=True)  # what it does not reach, a worker does


def finish_erasures() -> int:
    """Remove the files that erasures have left; what a killed process did not reach, the next call does.

    Returns how many files and stored pages are gone. One that cannot be removed keeps no other, and stays named.
    """
    removed = 0
    for pk in list(Erasure.objects.exclude(files=[]).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            erasure = Erasure.objects.select_for_update().get(pk=pk)
            left = [name for name in erasure.files if not remove_file(name)]
            removed += len(erasure.files) - len(left)
            if left != erasure.files:
                Erasure.objects.filter(pk=pk).update(files=left)
    gone = [row.pk for row in LeftFile.objects.order_by("pk")[:MOST_AT_ONCE] if remove_file(row.name)]
    LeftFile.objects.filter(pk__in=gone).delete()
    return removed + len(gone)


def unremoved() -> int:
    """Return how many files of erasures are still to be removed."""
    named = sum(map(len, Erasure.objects.exclude(files=[]).values_list("files", flat=True)))
    return named + LeftFile.objects.count()


def remove_file(name: str) -> bool:
    """Remove a stored page by its address, a file that is kept as it came by its name, or a file or folder by its place
    in the media folder; false if it is there still."""
    place = camera_folder() / name.removeprefix(CAMERA) if name.startswith(CAMERA) else media_folder() / name
    try:
        if name.startswith("/"):
            pagestore.drop(name)
        elif place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
    except OSError:
        logger.exception("%s, which was erased, cannot be removed", name)
        return False
    return True
