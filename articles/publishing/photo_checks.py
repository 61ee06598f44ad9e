"""What is looked at of an article's photos before it goes out: texts, credit, licence, rights, symbols."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..editions import House, figures, marks_in_name
from ..editions.uses import named_in_copy
from ..models import CODES, Article, Photo

if TYPE_CHECKING:
    from .checklist import Outgoing

Told = tuple[str, str]  # a sentence, and the field of the article's form
WORDS = re.compile(r"[\W_]+|(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")


def photos_of(article: Article) -> list[Photo]:
    """Return the photos that the working copy names, the lead photo first."""
    ids = named_in_copy(article).photos
    if ids == (article.lead_photo_id,) and article.lead_photo is not None:
        return [article.lead_photo]
    found = Photo.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def place_of(photo: Photo, article: Article) -> str:
    """Return the field of the article's form in which it is named."""
    return "lead_photo" if photo.pk == article.lead_photo_id else "body"


def called(photo: Photo, article: Article) -> str:
    """Return how a sentence names the photo."""
    return photo.caption(article.language) or photo.alt(article.language) or str(photo)


def missing_credit(looked: "Outgoing") -> Iterator[Told]:
    unnamed = _("The photo “%(photo)s” in the text names nobody who made it: write the credit on its own page.")
    for photo in photos_of(looked.article):
        if not photo.credit.strip():
            if photo.pk == looked.article.lead_photo_id:
                yield _("The lead photo names nobody who made it: write the credit on its own page."), "lead_photo"
            else:
                yield unnamed % {"photo": called(photo, looked.article)}, "body"


def missing_licence(looked: "Outgoing") -> Iterator[Told]:
    says = _("The photo “%(photo)s” names no licence: write it on its own page.")
    for photo in photos_of(looked.article):
        if not photo.licence.strip():
            yield says % {"photo": called(photo, looked.article)}, place_of(photo, looked.article)


def ended_rights(looked: "Outgoing") -> Iterator[Told]:
    says = _("The rights to the photo “%(photo)s” end on %(moment)s: readers find a line in its place.")
    for photo in photos_of(looked.article):
        if photo.rights_until is not None and photo.has_ended(looked.live_at):
            moment = date_format(photo.rights_until.astimezone(looked.site.zone), "j E Y, H:i")
            said = says % {"photo": called(photo, looked.article), "moment": moment}
            yield said, place_of(photo, looked.article)


def banned_symbols(looked: "Outgoing") -> Iterator[Told]:
    """Ask, where a photo's texts or the name of its file name who is designated, whether it shows their symbols."""
    article, house = looked.article, None
    for photo in photos_of(article):
        texts = texts_of(photo, article)
        if not any(text for text, _language, _what in texts):
            continue
        house = house or House.current()
        names: dict[str, str] = {}
        for text, language, what in texts:
            for name in designated_in(text, language, house, looked.live_at):
                names.setdefault(name, what)
        if names:
            says = _("Does the photo “%(photo)s” show symbols that are banned? It names %(names)s.")
            told = ", ".join(_("“%(name)s” (%(what)s)") % {"name": one, "what": what} for one, what in names.items())
            yield says % {"photo": called(photo, article), "names": told}, place_of(photo, article)


def texts_of(photo: Photo, article: Article) -> list[tuple[str, str, str]]:
    """Return what is said of a photo: text, language, and what text it is; the name of its file as words, in
    each language."""
    own, is_lead, in_text = article.language, photo.pk == article.lead_photo_id, figures.texts_of(article)
    said = {"alt": article.photo_alt, "caption": article.photo_caption} if is_lead else in_text.get(photo.pk, {})
    alt = said.get("alt", "").strip() or photo.alt(own)
    caption = said.get("caption", "").strip() or photo.caption(own)
    words = WORDS.sub(" ", photo.file_name.rpartition(".")[0] or photo.file_name).strip()
    if words.islower():  # as files are named; names are written in capitals, which is how the engine knows them
        words = words.title()
    told = [(alt, own, _("alternative text")), (caption, own, _("caption"))]
    return told + [(words, language, _("file name")) for language in CODES]


def designated_in(text: str, language: str, house: House, at: datetime) -> list[str]:
    """Return the words of a text that name who is designated on that day."""
    day = house.day(at)
    marks = marks_in_name(text, language, house.compiled, house.publisher, day)
    return [text[one.start : one.end] for one in marks]
