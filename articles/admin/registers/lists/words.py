"""What columns, names and reasons are called at the desk; sentences of `articles.lists` in the reader's language."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.lists.refused import Mistake, Said

ROLES = {
    "name": gettext_lazy("name"),
    "family": gettext_lazy("family name"),
    "given": gettext_lazy("given name"),
    "patronymic": gettext_lazy("patronymic"),
    "gender": gettext_lazy("gender"),
    "aliases": gettext_lazy("other names"),
    "type": gettext_lazy("person or body"),
    "since": gettext_lazy("day of inclusion"),
    "until": gettext_lazy("day of exclusion"),
    "decided": gettext_lazy("day of the decision"),
    "published": gettext_lazy("day of publication"),
    "order": gettext_lazy("order, its day and number"),
    "court": gettext_lazy("court and its decision"),
    "registration": gettext_lazy("keeper's number of the entry"),
    "ogrn": gettext_lazy("state register number (OGRN)"),
    "inn": gettext_lazy("tax number (not kept)"),
    "resources": gettext_lazy("sites and accounts"),
    "members": gettext_lazy("members or founders"),
    "remark": gettext_lazy("remark"),
    "number": gettext_lazy("running number"),
    "id": gettext_lazy("key of the line"),
    "private": gettext_lazy("private (nothing is kept)"),
    "schema": gettext_lazy("person or body"),
}
IN_FORCE = {
    "since": gettext_lazy("on the day of inclusion"),
    "order": gettext_lazy("on the day of the order"),
    "court": gettext_lazy("on the day of the court's decision"),
    "decided": gettext_lazy("on the day of the decision"),
    "published": gettext_lazy("on the day of publication"),
}
KINDS = {"organization": gettext_lazy("organization"), "person": gettext_lazy("person")}
NAME_KINDS = {
    "official": gettext_lazy("official name"),
    "long": gettext_lazy("long name"),
    "short": gettext_lazy("short name"),
    "abbreviation": gettext_lazy("abbreviation"),
    "translation": gettext_lazy("translation"),
    "former": gettext_lazy("former name"),
    "pseudonym": gettext_lazy("other name or pseudonym"),
    "proper": gettext_lazy("proper name"),
}
STRENGTHS = {
    "strong": gettext_lazy("marked where it stands"),
    "weak": gettext_lazy("marked only beside another name"),
}
FORMS = {
    "table": gettext_lazy("a table"),
    "paragraphs": gettext_lazy("numbered paragraphs"),
    "blocks": gettext_lazy("blocks of list items"),
    "ftm": gettext_lazy("FollowTheMoney, an entity a line"),
    "un": gettext_lazy("XML of the United Nations"),
}
LANGUAGES = {"ru": gettext_lazy("Russian"), "en": gettext_lazy("English"), "ar": gettext_lazy("Arabic")}


REASONS = {
    "registration number": gettext_lazy("the keeper's number of the entry"),
    "register number": gettext_lazy("the state register number"),
    "number of the body or person": gettext_lazy("a number of the body or person"),
    "tax number": gettext_lazy("the tax number"),
    "whole line": gettext_lazy("the whole line, unchanged"),
    "whole line and date": gettext_lazy("the whole line and the day"),
    "line and date": gettext_lazy("the official line and the day"),
    "line": gettext_lazy("the official line"),
    "former name": gettext_lazy("the former name that the line states"),
    "nearly the same name on one day": gettext_lazy("nearly the same name, designated on the same day"),
    "the same name in this file": gettext_lazy("another line of this file has the same name"),
    "on the list before": gettext_lazy("it was on the list before"),
    "official name": gettext_lazy("the official name"),
    "official name without its legal form": gettext_lazy("the official name without its legal form"),
    "full name": gettext_lazy("the full name of the person"),
    "its names": gettext_lazy("its names"),
    "a known number with another name": gettext_lazy("a known number, yet another name"),
    "another person of this name, whom the registers do not tell apart": gettext_lazy(
        "another person of this name, whom the registers do not tell apart"
    ),
    "name and day": gettext_lazy("a name and the day of designation"),
    "a name": gettext_lazy("a name"),
    "the same name on another register": gettext_lazy("the same name on another register"),
}


def reason(text: str) -> str:
    """Return by what a line was found to be whose it is."""
    return str(REASONS.get(text, text))


def worded(said: Said) -> str:
    """Return a sentence of `articles.lists` in the reader's language."""
    return _(said.text) % dict(said.values) if said.values else _(said.text)


def fault(mistake: Mistake) -> str:
    """Return a mistake with its place: row, column as the keeper heads it."""
    if mistake.row and mistake.column:
        place = _("Row %(row)d, column “%(column)s”") % {"row": mistake.row, "column": mistake.column}
    elif mistake.row:
        place = _("Row %(row)d") % {"row": mistake.row}
    elif mistake.column:
        place = _("Column “%(column)s”") % {"column": mistake.column}
    else:
        said = worded(mistake.message)
        return said[:1].upper() + said[1:]
    return f"{place}: {worded(mistake.message)}"


def where(place: dict[str, Any]) -> str:
    """Return a line's place in the file in words: `{"row": 5, "number": "3"}` is “row 5, No. 3”."""
    words = {
        "block": _("block %(value)s"),
        "row": _("row %(value)s"),
        "number": _("No. %(value)s"),
        "paragraph": _("paragraph %(value)s"),
        "id": _("key %(value)s"),
        "reference": _("reference %(value)s"),
    }
    return ", ".join(words.get(key, key + " %(value)s") % {"value": value} for key, value in place.items())


def day(value: Any) -> str:
    """Return a day as people write it; "" for none."""
    return date_format(value, "j E Y") if value else ""
