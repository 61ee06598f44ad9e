"""An entry as a person reads it beside another: names, periods, resources, words; how to find one."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.footnotes.types import Designation, Resource
from articles.interchange.difference import address, period
from articles.models import Name, Organization
from articles.models.fields import all_printable
from articles.models.languages import LANGUAGES
from articles.registers import day, exported_organization

from .name_form import KIND_NAMES
from .paged import pattern

FOUND = 20
LANGUAGE = dict(LANGUAGES)
STRENGTH = dict(Name.STRENGTHS)


def side(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry of a register file as the templates show it."""
    person = entry.get("person", {})
    return {
        "key": entry["key"],
        "also_keys": entry.get("also_keys", []),
        "person": " ".join(filter(None, (person.get(part) for part in ("family", "given", "patronymic")))),
        "names": [name_line(name) for name in entry["names"]],
        "periods": [period_line(one) for one in entry["designations"]],
        "resources": [resource_line(one) for one in entry.get("resources", ())],
        "not_beside": entry.get("not_beside", []),
    }


def name_line(name: dict[str, Any]) -> str:
    """Return a name with what is said of it: `Tern Fund (English, weak: needs a cue in the same article)`."""
    strength = STRENGTH.get(name.get("strength", ""), _("by rule"))
    kind = KIND_NAMES.get(name.get("kind", ""))
    said = ", ".join(map(str, filter(None, (LANGUAGE[name["language"]], kind, strength))))
    return f"{name['text']} ({said})"


def period_line(one: dict[str, Any]) -> str:
    words = period(Designation(one["register"], day(one["since"]), day(one["until"])))
    return ", ".join(filter(None, (one["register"], words, one["source"])))


def resource_line(one: dict[str, Any]) -> str:
    return address(Resource(**one))


def side_of(entry: Organization) -> dict[str, Any]:
    return side(exported_organization(entry))


def looked_up(query: str, entry: Organization) -> QuerySet[Organization]:
    """Return the entries of the same kind whose key or names hold the words, without the entry itself."""
    query = str(all_printable(query)).strip()[:200]
    if not query:
        return Organization.objects.none()
    words = pattern(query)
    holds = Q(key__iregex=words) | Q(names__text__iregex=words) | Q(family__iregex=words)
    found = Organization.objects.standing().filter(holds, kind=entry.kind).exclude(pk=entry.pk)
    return found.distinct().order_by("key").prefetch_related("names", "designations__register")[:FOUND]
