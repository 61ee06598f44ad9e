"""What is done to a photo that stands: turned by a quarter, its rights ended at another moment, taken out for good."""

import io
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, UnidentifiedImageError

from .. import pagemap
from ..models import Article, Page, Photo, PhotoFile, Rendition
from ..pagemap.addresses import media_path
from ..photos import camera, upload
from ..photos.files import (
    keep,
    media_folder,
    original_of,
    original_path,
    rendition_folder,
    web_file,
    web_names,
)
from .errors import Refused
from .pages import drop_pages
from .photo_uses import PhotoUsed, live_with, where_used
from .record.files import remove_later
from .record.traces import blank_admin_log

TURNS = {"left": Image.Transpose.ROTATE_90, "right": Image.Transpose.ROTATE_270}
NAMED = 5  # articles in a refusal


def turn(photo: Photo, way: str, *, at: datetime) -> None:
    """Turn a photo by 90° to the "left" or "right": new files of the one that is kept, under new names.

    Editions that print it go on with the web size that they were issued with. Raise Refused where the kept file is gone
    or cannot be read.
    """
    turned, files = turned_of(photo, way)
    gone = [original_path(photo)]
    written: list[Path] = []
    try:
        for path, content in files:
            written.append(path)
            keep(path, content)
        with transaction.atomic():
            stands = Photo.objects.select_for_update(no_key=True).get(pk=photo.pk)
            if stands.web != photo.web:
                raise Refused("", _("Somebody else has turned the photo at this very moment."))
            if any(one.editions for one in where_used(photo, at)):
                PhotoFile.objects.create(photo=photo, web=photo.web, replaced_at=at)
            else:
                gone.append(web_file(photo.web))
            turned.save(update_fields=[*MADE_ANEW, "focal_x", "focal_y"])
            remove_later(map(in_media, gone))
    except BaseException:
        remove(written)
        raise


MADE_ANEW = ("token", "original", "web", "width", "height", "sha256", "pixels")


def turned_of(photo: Photo, way: str) -> tuple[Photo, tuple[tuple[Path, bytes], ...]]:
    """Return the row as it is to be, and its files, nothing of it stored."""
    try:
        came = Image.open(io.BytesIO(original_of(photo)), formats=upload.OPENED)
        came.load()
    except (OSError, UnidentifiedImageError) as error:
        raise Refused("", _("The file that was kept of this photo is missing or damaged.")) from error
    plain = upload.only_pixels(came).transpose(TURNS[way])
    plain.info = {}
    turned = Photo.objects.get(pk=photo.pk)
    x, y = photo.focal_x, photo.focal_y
    turned.focal_x, turned.focal_y = (y, 1 - x) if way == "left" else (1 - y, x)
    turned.token, turned.pixels = secrets.token_hex(16), upload.digest_of_pixels(plain)
    return turned, upload.made_of(turned, plain, came)


def remove(files: Iterable[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)


def touch_pages_with(photo: Photo, at: datetime) -> None:
    """Mark the pages dirty that show the photo, and its files, in the transaction of what changes for readers; the
    articles' own pages and the files are dropped at commit."""
    releases = live_with(photo, at)
    own = {pagemap.article_path(one.language, one.published_date, one.edition.slug) for one in releases}
    files = {media_path(web) for web in web_names(photo)} if releases else set()
    pagemap.touch({*pagemap.pages_showing(releases, at), *own, *files}, at)
    drop_pages([*own, *files])


def same_pictures(photo: Photo) -> list[Photo]:
    """Return the photos that show the same, pixel for pixel, or are kept as the same file: the newest first."""
    alike = Photo.objects.filter(sha256=photo.sha256)
    if photo.pixels:
        alike |= Photo.objects.filter(pixels=photo.pixels)
    return list(alike.exclude(pk=photo.pk)[:10])


@transaction.atomic
def delete(photo: Photo, *, at: datetime) -> None:
    """Take a photo out for good, row and files; raise Refused, with the reason, while an article or a card uses it."""
    if kept := why_kept(Photo.objects.select_for_update().get(pk=photo.pk), at):
        raise Refused("", kept)
    names = web_names(photo)
    addresses = [media_path(web) for web in names]
    files = [original_path(photo), *map(web_file, names), *map(rendition_folder, names)]
    as_it_came = camera.places_of([photo])
    Page.objects.filter(path__in=addresses).delete()
    Rendition.objects.filter(web__in=names).delete()
    blank_admin_log(Photo, [photo.pk])
    photo.uses.all().delete()  # of articles that have held it once, in no edition
    photo.delete()
    remove_later([*map(in_media, files), *as_it_came, *addresses])


def delete_unused(photo: Photo, at: datetime) -> None:
    """Take a photo out for good where nothing uses it, such as a still picture whose card has it no more."""
    if not why_kept(photo, at):
        delete(photo, at=at)


def why_kept(photo: Photo, at: datetime) -> str:
    """Say what keeps a photo from being taken out; "" where nothing does."""
    if used := where_used(photo, at):
        return refusal(used)
    post = photo.kept_posts.first()
    if post is None:
        return ""
    return _("It is the still picture of a card: %(post)s. Take it from the card first.") % {"post": post}


def in_media(place: Path) -> str:
    """Return a file's or folder's place in the media folder."""
    return place.relative_to(media_folder()).as_posix()


def refusal(used: list[PhotoUsed]) -> str:
    """Say which articles use a photo."""
    articles = named_articles([one.article for one in used])
    return _("The photo is in use and stays: %(articles)s.") % {"articles": articles}


def named_articles(articles: list[Article]) -> str:
    """Return the articles as a refusal names them, at most NAMED."""
    names = "; ".join(_("“%(name)s”") % {"name": one.headline or one.slug} for one in articles[:NAMED])
    more = len(articles) - NAMED
    if more <= 0:
        return names
    return names + " " + ngettext("and in %(number)d more", "and in %(number)d more", more) % {"number": more}
