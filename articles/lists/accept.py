"""The register file that accepting every proposal unchanged gives, for `annotate --registers`."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from .layouts import Layout
from .line import ListLine, Proposal
from .people import readable
from .splitting import quotations
from .text import folded, plain, quoted_alike
from .words import listed

SAME = {"official": "official", "long": "long", "abbreviation": "abbreviation"}
LANGUAGES = ("ru", "en")
LONGEST_ABBREVIATION = 5  # in letters; a longer word in capitals is read as a word
Entry = dict[str, Any]


def register_file(layout: Layout, lines: Iterable[ListLine], wordings: dict[str, Any]) -> dict[str, Any]:
    """Return the file: one register, an entry for each body or person of the lines.

    `wordings`: registers of a register file by their keys, where the notes are taken from.
    """
    register = wordings.get(layout.register) or {
        "key": layout.register,
        "jurisdiction": layout.jurisdiction,
        "title": layout.title,
        "keeper": layout.title,
        "status": layout.status,
        "notes": {},
    }
    entries: dict[object, Entry] = {}
    for at, line in enumerate(lines, 1):
        entry = _entry(f"{layout.name}-{at}", line, layout)
        before = entries.setdefault(identity_of(line, entry), entry)
        if before is not entry:
            _merge(before, entry)
    return {"registers": [register], "organizations": list(entries.values())}


def identity_of(line: ListLine, entry: Entry) -> object:
    """Return what makes one entry of two lines: a body that returned, a person whom the list has twice."""
    if line.person:
        return tuple(plain(line.person[part] or "") for part in ("family", "given", "patronymic", "gender"))
    return folded(line.names[0].text) if line.names else entry["key"]


def _merge(into: Entry, other: Entry) -> None:
    known = {(name["language"], folded(name["text"])) for name in into["names"]}
    into["names"] += [name for name in other["names"] if (name["language"], folded(name["text"])) not in known]
    if other["designations"][0] not in into["designations"]:
        into["designations"] += other["designations"]


def _entry(key: str, line: ListLine, layout: Layout) -> Entry:
    entry: Entry = {"key": key}
    if line.person:
        entry |= {"kind": "person", "person": line.person}
    descriptors = descriptors_of(line)
    names = [name_entry(name, line, descriptors) for name in line.names if name.language in LANGUAGES]
    entry["names"] = names
    entry["designations"] = [
        {
            "register": layout.register,
            "since": day_text(line.raw.since),
            "until": day_text(line.raw.until),
            "source": "",
        }
    ]
    return entry


def day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def name_entry(name: Proposal, line: ListLine, descriptors: list[str]) -> dict[str, Any]:
    """Return a name of the line as a register file has it."""
    text = name.text if not line.person else readable(name.text)
    row: dict[str, Any] = {"text": text, "language": name.language}
    if line.person:
        return row | ({"kind": "pseudonym"} if _is_pseudonym(name, line) else {})
    row["strength"] = name.strength
    if name.kind in SAME:
        row["kind"] = SAME[name.kind]
    elif _word_in_capitals(name):
        row["kind"] = "proper"
    if descriptors and name.language == "ru":
        row["descriptor"] = descriptors
    return row


def _word_in_capitals(name: Proposal) -> bool:
    """Say whether a name is a word that the list prints in capitals, as `КЕДРАЧ`, and the press as a word."""
    text = name.text.strip('«»"')
    return text.isalpha() and text.isupper() and (len(text) > LONGEST_ABBREVIATION or name.strength == "weak")


def _is_pseudonym(name: Proposal, line: ListLine) -> bool:
    """Say whether a person's further name has another surname or given name than the first; a spelling has not."""
    words = set(plain(readable(name.text)).split())
    given = set(plain(str((line.person or {}).get("given", ""))).split())
    if name.kind == "former":
        return not given & words
    return name.kind == "pseudonym" or (name.kind == "translation" and len(words) < 2)


def descriptors_of(line: ListLine) -> list[str]:
    """Return the words for what the body is before a name in its official one.

    `движение` of `Движение «…»`; `учреждение` and `центр` of `Частное учреждение «Центр защиты лесов «…»`.
    """
    official = line.names[0].text if line.names else ""
    if not quotations(official):
        return []
    found = []
    for front in quoted_alike(official).split("«")[:-1]:
        words = [word for word in re.findall(r"[а-яё-]+", plain(front)) if word in listed("kind_words")]
        found += [word for word in words[:1] if word not in found]
    return found
