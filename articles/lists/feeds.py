"""Files made for machines: OpenSanctions' JSON lines (FollowTheMoney) and the United Nations' XML."""

import io
import json
from typing import Any

from lxml import etree

from .dates import first_day
from .line import Raw
from .refused import Mistake, NoList, say
from .refused import gettext_noop as _
from .text import clean

PERSONS = {"Person"}
BODIES = {"Organization", "Company", "LegalEntity", "PublicBody"}
FTM_NAMES = (
    ("name", "", ""), ("alias", "", ""), ("abbreviation", "abbreviation", ""),
    ("weakAlias", "", "weak"), ("previousName", "former", ""),
)  # fmt: skip
FTM_PRIVATE = (
    "birthDate",
    "idNumber",
    "taxNumber",
    "passportNumber",
    "innCode",
    "address",
    "addressEntity",
    "phone",
    "email",
)
QUALITIES = {"good": ("", ""), "low": ("", "weak"), "f.k.a.": ("former", ""), "a.k.a.": ("", ""), "": ("", "")}
SECRET = (
    "INDIVIDUAL_DATE_OF_BIRTH",
    "INDIVIDUAL_DOCUMENT",
    "INDIVIDUAL_ADDRESS",
    "INDIVIDUAL_PLACE_OF_BIRTH",
    "ENTITY_ADDRESS",
)


def read_ftm(text: str) -> tuple[list[Raw], list[Mistake]]:
    """Return the listed bodies and persons, with the dates of the sanctions that stand in lines of their own."""
    entities: list[tuple[int, dict[str, Any]]] = []
    sanctions: dict[str, list[dict[str, Any]]] = {}
    faults = []
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
            schema, properties = one["schema"], one["properties"]
            if not isinstance(properties, dict) or not isinstance(schema, str):
                raise TypeError("no properties")
        except (ValueError, TypeError, KeyError, RecursionError):
            faults.append(Mistake(at, "", say(_("the line is no FollowTheMoney entity"))))
            continue
        if schema == "Sanction":
            for entity in _values(properties, "entity"):
                sanctions.setdefault(entity, []).append(properties)
        elif schema in PERSONS | BODIES and one.get("target", True):
            entities.append((at, one))
    return [_entity(at, one, sanctions.get(str(one.get("id")), [])) for at, one in entities], faults


def _entity(at: int, one: dict[str, Any], sanctions: list[dict[str, Any]]) -> Raw:
    properties = one["properties"]
    kind = "person" if one["schema"] in PERSONS else "organization"
    names = _values(properties, "name") or [clean(str(one.get("caption", "")))]
    raw = Raw({"id": str(one.get("id", at))}, at, names[0], kind=kind, machine=True)
    for key, name_kind, strength in FTM_NAMES:
        for name in _values(properties, key):
            if name != raw.name:
                raw.aliases.append((name, name_kind, strength))
    starts = [day for row in sanctions for key in ("startDate", "listingDate") if (day := _first(row, key))]
    ends = [_first(row, "endDate") for row in sanctions]
    raw.since = min(starts) if starts else None
    raw.until = max(day for day in ends if day) if ends and all(ends) else None
    raw.private = {key: ";".join(values) for key in FTM_PRIVATE if (values := _values(properties, key))}
    raw.gender = {"male": "m", "female": "f"}.get(next(iter(_values(properties, "gender")), ""), "")
    raw.registration = raw.where["id"]
    return raw


def _values(properties: dict[str, Any], key: str) -> list[str]:
    """Return the texts of a property, which is a list wherever the file is whole."""
    values = properties.get(key)
    return [text for value in values if (text := clean(str(value)))] if isinstance(values, list) else []


def _first(row: dict[str, Any], key: str) -> Any:
    return next((day for value in _values(row, key) if (day := first_day(value))), None)


def read_un(content: bytes) -> tuple[list[Raw], list[Mistake]]:
    """Return the individuals and entities of the list. Raises NoList; a document type of the file's own is refused."""
    lines: list[Raw] = []
    faults: list[Mistake] = []
    try:
        events = etree.iterparse(
            io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False, remove_comments=True,
        )  # fmt: skip
        for event, element in events:
            if event == "start":
                if element.getparent() is None and element.getroottree().docinfo.internalDTD is not None:
                    raise NoList(say(_("the file declares entities of its own: no list does, it is not opened")))
                continue
            if element.tag in ("INDIVIDUAL", "ENTITY"):
                raw = _listed(element)
                if raw.name:
                    lines.append(raw)
                else:
                    faults.append(Mistake(raw.row, "FIRST_NAME", say(_("there is no name"))))
                element.clear()
    except etree.XMLSyntaxError as error:
        raise NoList(
            say(_("the XML breaks off or is damaged (%(error)s)"), error=error.msg), error.position[0], ""
        ) from error
    return lines, faults


def _said(element: Any, tag: str) -> str:
    return clean(element.findtext(tag) or "")


def _listed(element: Any) -> Raw:
    person = element.tag == "INDIVIDUAL"
    names = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME") if person else ("FIRST_NAME",)
    reference = _said(element, "REFERENCE_NUMBER")
    raw = Raw(
        {"reference": reference},
        element.sourceline or 0,
        clean(" ".join(_said(element, tag) for tag in names)),
        kind="person" if person else "organization",
        machine=True,
        since=first_day(_said(element, "LISTED_ON")),
        until=first_day(_said(element, "DELISTED_ON")),
        registration=reference,
    )
    for alias in element.iter("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
        name, quality = _said(alias, "ALIAS_NAME"), _said(alias, "QUALITY").lower()
        if name:
            raw.aliases.append((name, *QUALITIES.get(quality, ("", ""))))
    original = _said(element, "NAME_ORIGINAL_SCRIPT")
    if original:
        raw.aliases.append((original, "translation", ""))
    titles = {_said(value, ".").lower() for value in element.iterfind("TITLE/VALUE")}
    sex = _said(element, "GENDER").lower()
    raw.gender = (
        "f" if sex == "female" or titles & {"ms", "mrs", "miss"} else "m" if sex == "male" or "mr" in titles else ""
    )
    for at, secret in enumerate(one for tag in SECRET for one in element.iterfind(tag)):
        text = clean(" ".join(secret.itertext()))
        if text:
            raw.private[f"{secret.tag} {at}"] = text
    return raw
