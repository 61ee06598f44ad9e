"""The words of keepers' lists, from words.json: legal forms, countries, marks of former and other names."""

import json
import re
from functools import cache
from pathlib import Path

from .text import plain

MOST_FORMS = 6  # of one name
LONGEST_FORM = 60  # in letters, with what stands before it


@cache
def words() -> dict[str, list[str]]:
    """Return the file: key → alternatives, some of them patterns."""
    data: dict[str, list[str]] = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
    return data


@cache
def listed(key: str) -> frozenset[str]:
    """Return the alternatives of a key as plain words."""
    return frozenset(plain(one) for one in words()[key])


@cache
def pattern(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return the alternatives, which are patterns, the longest first; ё and е are one."""
    alternatives = sorted(words()[key], key=len, reverse=True)
    spelled = "|".join(alternatives).replace("е", "[её]")
    return re.compile(f"{before}(?P<said>{spelled}){after}", re.IGNORECASE)


@cache
def literal(key: str, before: str = "", after: str = "", *, exact: bool = False) -> re.Pattern[str]:
    """Return the alternatives taken as they are, the longest first; ё and е are one."""
    alternatives = sorted(words()[key], key=len, reverse=True)
    escaped = "|".join(re.escape(one).replace("е", "[её]") for one in alternatives)
    return re.compile(f"{before}(?P<said>{escaped}){after}", 0 if exact else re.IGNORECASE)


@cache
def exact(key: str) -> frozenset[str]:
    """Return the alternatives of a key as they are spelled."""
    return frozenset(words()[key])


def is_foreign_form(text: str) -> bool:
    """Say whether the text is a legal form; one of few letters only in the capitals that it has."""
    if re.fullmatch(r"[^\W\d_]{2,5}", text):
        return text in exact("foreign_forms")
    return plain(text) in listed("foreign_forms")


def without_foreign_form(name: str) -> str:
    """Return a name without the legal forms at its end; one of few letters counts only in its own capitals.

    `GAG` is an abbreviation and `gAG` a legal form, but in a name all in capitals every form is.
    """
    for _form in range(MOST_FORMS):
        ends = max(0, len(name) - LONGEST_FORM)
        found = literal("foreign_forms", r"[\s,]+(?<![\w])", r"$").search(name, ends)
        if found is None or found.start() < 2 or not (is_foreign_form(found["said"]) or name == name.upper()):
            break
        name = name[: found.start()].rstrip(" ,")
    return name


def is_country(text: str) -> bool:
    """Say whether the text names a country, also by its long name: `Литовская Республика`."""
    name = plain(text).strip(" .,")
    if name in listed("countries"):
        return True
    return len(name.split()) <= 5 and any(word in listed("country_words") for word in name.split())
