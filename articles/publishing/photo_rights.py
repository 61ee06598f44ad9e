"""Rights that end: the desk is mailed before; the moment itself is a date that every page with the photo knows."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Photo, Site
from . import mails
from .photo_uses import PhotoUsed, where_used

BEFORE = timedelta(days=14)
AT_ONCE = 20  # photos in one look
LISTED = 10  # articles in a mail


def tell_of_rights(at: datetime) -> int:
    """Mail the editors of photos whose rights end within BEFORE and that an article uses, each once; return how many.

    Of a photo that nobody uses yet is told when somebody does, while the end lies ahead.
    """
    near = Photo.objects.filter(rights_until__gt=at, rights_until__lte=at + BEFORE, rights_told_at=None)
    told = 0
    for photo in near.order_by("rights_until", "pk")[:AT_ONCE]:
        used = where_used(photo, at)
        if not used:
            continue
        with transaction.atomic():
            if Photo.objects.filter(pk=photo.pk, rights_told_at=None).update(rights_told_at=at):
                people = [*mails.people("Editor"), *mails.people("Managing editor")]
                mails.write(people, lambda photo=photo, used=used: letter(photo, used), at)  # type: ignore[misc]
                told += 1
    return told


def letter(photo: Photo, used: list[PhotoUsed]) -> tuple[str, list[str]]:
    """Return subject and lines of the mail."""
    assert photo.rights_until is not None
    moment = date_format(photo.rights_until.astimezone(Site.current().zone), "j E Y, H:i")
    subject = _("Rights of a photo end on %(moment)s") % {"moment": moment}
    lines = [
        _("The rights to the photo “%(photo)s” end on %(moment)s. From then on readers find a line in its place.")
        % {"photo": photo, "moment": moment},
        mails.desk_link("articles_photo_change", photo.pk),
        "",
        ngettext("%(number)d article uses it:", "%(number)d articles use it:", len(used)) % {"number": len(used)},
    ]
    lines += [f"– {one.article.headline or one.article.slug}" for one in used[:LISTED]]
    return subject, lines
