"""Renditions of photos: which are wanted, made one photo at a time, and what nothing names is cleared away.

None is made in a request. The pages that show a photo are marked in the transaction that says that its renditions are
there, all at once: each is stored anew once.
"""

import logging
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from ..models import Edition, EditionFigure, Heartbeat, Photo, PhotoFile, Release, Rendition
from ..models.edition import PhotoWeb
from ..models.rendition import FOLDER
from ..pagemap import pages_with_photos, releases_showing, touch
from ..photos import making
from ..photos.files import media_folder, original_file, rendition_folder, stem, web_digest, web_file
from ..photos.places import wanted
from .pulse import beat
from .watch import Watch

JOB = "pictures"
ALL = timedelta(minutes=1)  # so often every photo is looked at; the newest each time
NEWEST = 60
SOME = 500
HELD = timedelta(seconds=2)  # after so long the photo is claimed on
KEPT = timedelta(days=1)  # pages may name a file for a while that was made anew
logger = logging.getLogger(__name__)


def make_renditions(at: datetime) -> bool:
    """Make the renditions of one photo that lacks some, the newest first; say whether there was one: there may be more.

    A photo that fails says why in its row, is tried again later, and delays no other.
    """
    watch = Watch(at)
    follow_photos(at)
    row = Rendition.objects.due(watch.now).order_by("attempts", "-pk").claim_first(watch.now)
    if row is None:
        return False
    try:
        files, held_at = [], watch.now
        for one in making.make(row.web, row.wanted):
            files.append(one)
            if watch.now - held_at > HELD:
                held_at = watch.now
                Rendition.objects.filter(pk=row.pk).renew(held_at)
        keep(row, files, watch.now)
        if not Rendition.objects.filter(pk=row.pk).exists():  # erased meanwhile, with all that lay there
            shutil.rmtree(rendition_folder(row.web), ignore_errors=True)
    except Exception as error:
        logger.error("Renditions of %s cannot be made", row.web, exc_info=error)
        Rendition.objects.filter(pk=row.pk).failed(told(error), watch.now)
    return True


def told(error: Exception) -> str:
    """Return what a row says of an error; without a path."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{type(error).__name__}: {text}"


@transaction.atomic
def keep(row: Rendition, files: list[making.Made], at: datetime) -> None:
    """Write down what was made, and mark the pages that show the photo; not if something else is wanted by now."""
    size = sum(one["bytes"] for one in files)
    values = {"made": row.wanted, "files": files, "size": size, "made_at": at, "sha256": web_digest(row.web)}
    if Rendition.objects.filter(pk=row.pk, wanted=row.wanted).done(attempts=0, **values):
        shown = releases_showing([row.web], at).select_related("edition", "article", "category")
        touch(pages_with_photos(shown, at), at)
    else:
        Rendition.objects.filter(pk=row.pk).let_go()


def follow_photos(at: datetime) -> None:
    """Write down what is wanted of photos that are new, and each minute of all that were changed."""
    photos = Photo.objects.exclude(web="")
    want(photos.order_by("-pk")[:NEWEST])
    last = Heartbeat.objects.filter(job=JOB).first()
    if last is not None and at - ALL < last.beat_at <= at:
        return
    first = 0
    while some := list(photos.filter(pk__gt=first).order_by("pk")[:SOME]):
        want(some)
        first = some[-1].pk
    beat(JOB, at, {})


def want(photos: QuerySet[Photo] | list[Photo]) -> None:
    """Write down what is wanted of these photos, where the rows say something else."""
    lines = {photo.web: wanted(photo) for photo in photos}
    known = dict(Rendition.objects.filter(web__in=list(lines)).values_list("web", "wanted"))
    new = [Rendition(web=web, wanted=line) for web, line in lines.items() if web not in known]
    Rendition.objects.bulk_create(new, ignore_conflicts=True)
    for web, line in lines.items():
        if known.get(web, line) != line:
            Rendition.objects.filter(web=web).done(wanted=line, attempts=0)


def unnamed(at: datetime) -> QuerySet[Rendition]:
    """Return the rows of web files that no photo has and no release shows that is live or to come."""
    named = Photo.objects.filter(web=OuterRef("web"))
    releases = Release.objects.not_ended(at)
    on_top = releases.alias(shown=PhotoWeb("edition__photo")).filter(shown=OuterRef("web"))
    in_text = releases.filter(edition__figure_rows__web=OuterRef("web"))
    return Rendition.objects.exclude(Exists(named)).exclude(Exists(on_top)).exclude(Exists(in_text))


def clear_files(at: datetime) -> Iterator[int]:
    """Remove the files that no row names, older than a day, and let those be made again that a row names and that are
    lost; yield now and then how many are gone. One that cannot be removed keeps no other."""
    before, first = (at - KEPT).timestamp(), 0
    while rows := list(Rendition.objects.filter(pk__gt=first).order_by("pk")[:SOME]):
        yield sum(clear_beside(row, before) for row in rows)
        first = rows[-1].pk
    folder = media_folder() / FOLDER
    there = sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
    for start in range(0, len(there), SOME):
        some = there[start : start + SOME]
        webs = Rendition.objects.filter(web__in=[f"{name}.jpg" for name in some]).values_list("web", flat=True)
        yield sum(cleared(folder / name, before) for name in set(some) - set(map(stem, webs)))


def clear_photos(at: datetime) -> Iterator[int]:
    """Remove originals and web sizes that no row names and no edition prints, older than a day: a process that was
    killed had written them before its row. Yield now and then how many are gone."""
    before = (at - KEPT).timestamp()
    for place, named in ((original_file, originals_named), (web_file, webs_named)):
        folder = place("")
        names = sorted(one.name for one in folder.iterdir() if one.is_file()) if folder.is_dir() else []
        for start in range(0, len(names), SOME):
            some = names[start : start + SOME]
            yield sum(removed(place(name), before) for name in sorted(set(some) - named(some)))


def originals_named(names: list[str]) -> set[str]:
    """Return those of these originals that a photo names."""
    return set(Photo.objects.filter(original__in=names).values_list("original", flat=True))


def webs_named(names: list[str]) -> set[str]:
    """Return those of these web sizes that a photo names, or has named, and those that an edition prints."""
    on_top = Edition.objects.alias(shown=PhotoWeb("photo")).filter(shown__in=names)
    found = [
        Photo.objects.filter(web__in=names).values_list("web", flat=True),
        PhotoFile.objects.filter(web__in=names).values_list("web", flat=True),
        EditionFigure.objects.filter(web__in=names).values_list("web", flat=True),
        on_top.values_list("photo__web", flat=True),
    ]
    return {web for rows in found for web in rows}


def clear_beside(row: Rendition, before: float) -> int:
    """Remove what lies among the files of a row and is named by none; return how many. Of a row that names a lost one
    all are made again."""
    folder, named = rendition_folder(row.web), {one["name"] for one in row.files}
    there = {one.name: one for one in folder.iterdir()} if folder.is_dir() else {}
    if not named <= set(there):
        Rendition.objects.filter(pk=row.pk, made=row.wanted).done(made="", attempts=0)
    return sum(removed(file, before) for name, file in there.items() if name not in named)


def cleared(folder: Path, before: float) -> int:
    """Remove the folder of a web file that has no row, unless something in it is new; return how many files went."""
    files = list(folder.iterdir())
    if any(file.stat().st_mtime > before for file in files):
        return 0
    shutil.rmtree(folder, ignore_errors=True)
    return len(files)


def removed(file: Path, before: float) -> bool:
    """Remove a file that is older; say whether it is gone."""
    try:
        if file.stat().st_mtime > before:
            return False
        file.unlink(missing_ok=True)
    except OSError:
        logger.exception("%s cannot be removed", file)
        return False
    return True
