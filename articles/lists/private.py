"""What of a line is kept nowhere: birth dates, numbers, addresses. Of the whole line a keyed digest stays."""

import hashlib
import hmac
import re

from .line import Raw
from .text import clean, folded

MONTHS = "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"
YEAR = r"(?:19|20)\d\d"
DAY = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]{YEAR}|{YEAR}-\d\d-\d\d|\d{{1,2}}\s+(?:{MONTHS})\w*\s+{YEAR}|{YEAR})"
BORN = (
    r"(?:род(?:ил(?:ся|ась)|\.|ивш\w+)|дата\s+рождения|год\s+рождения|рождения|д\.\s?р\."
    r"|born|date\s+of\s+birth|d\.?o\.?b\.?)"
)
TOWN = r"(?:,?\s*(?:в\s+)?\b(?:г|гор|с|пос|п|д|дер|ст|пгт|аул)\.\s*[^,;()«»\"]+)?"
BIRTH = re.compile(
    rf",?\s*\(?\b(?:{DAY}|\d\d[./]\d\d[./]\d\d)\s*(?:г(?:ода|\.)?)?\s*(?:р\.|р\b|рожд\w*\.?){TOWN}\)?"
    rf"|,?\s*\(?\b{BORN}\s*[:–—-]?\s*(?:в\s+)?{DAY}(?:\s*г(?:ода|\.)?(?=[\s,;)]|$))?{TOWN}\)?",
    re.IGNORECASE,
)
BARE_DAY = re.compile(
    rf"(?:,\s*|(?<!\bдо)(?<!\bот)(?<!\bс)(?<!\bпо)\s+|\()\b{DAY}(?:\s*г(?:ода|\.)?)?\)?\s*$", re.IGNORECASE
)
HOME = re.compile(
    r",?\s*\(?\b(?:место\s+(?:рождения|жительства)|прожива\w+|зарегистрирован\w*\s+по\s+(?:адресу|месту)|адрес\s*:|урожен(?:ец|ка))"
    r"\b[^;)]*\)?",
    re.IGNORECASE,
)
NUMBER = re.compile(r",?\s*\b(?:ИНН|СНИЛС|паспорт\w*|passport)\b\s*:?\s*№?\s*[\w -]{6,20}?(?=[,;)]|$)", re.IGNORECASE)
OGRN = re.compile(r",?\s*\bОГРН(?:ИП)?\b\s*:?\s*(\d{13,15})", re.IGNORECASE)
REACHED = re.compile(
    r",?\s*\(?(?:\b(?:р/с|расч[её]тный\s+сч[её]т|сч[её]т|тел(?:ефон)?|моб|e-?mail|эл\.?\s*почта)\b\.?\s*:?\s*№?\s*)?"
    r"(?:\+\d[\d\s()-]{8,16}\d|\b\d{20}\b|\b[\w.+-]+@[\w-]+\.[\w.-]+\w)\)?",
    re.IGNORECASE,
)
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


KINDS = (("ogrn", OGRN), ("number", NUMBER), ("birth", BIRTH), ("home", HOME), ("reached", REACHED))


def digest(raw: Raw, key: bytes) -> str:
    """Return the line's keyed digest, in letters, so that no number can stand in it by chance.

    The running number, the dates of the designation and what is added later (resources, members) do not count.
    """
    parts = [
        folded(raw.name),
        raw.kind,
        raw.registration,
        raw.ogrn,
        *(f"{k}={v}" for k, v in sorted(raw.private.items())),
    ]
    whole = "\x1f".join(clean(part) for part in parts)
    return hmac.new(key, whole.encode(), hashlib.sha256).hexdigest().translate(LETTERS)


def hidden(raw: Raw, key: bytes) -> dict[str, str]:
    """Return a keyed digest, in letters, of each private value of the line, by its label: for identity, and no more.

    What stands behind a name in running text goes into the whole line's digest only: it is different each time.
    """
    kept = {label: clean(value) for label, value in raw.private.items() if label != "rest"}
    return {
        label: hmac.new(key, f"{label}\x1f{value}".encode(), hashlib.sha256).hexdigest().translate(LETTERS)
        for label, value in kept.items()
        if value
    }


def without_private(text: str) -> tuple[str, dict[str, str]]:
    """Return a line's text without the numbers and birth dates in it, and these."""
    found: dict[str, str] = {}
    for label, pattern in KINDS:
        hit = pattern.search(text)
        if hit:
            found[label] = hit[1] if label == "ogrn" else hit[0].strip(" ,")
            text = re.sub(r"\(\s*[,;)]*\s*\)|\s+(?=[,;)])", "", pattern.sub(" ", text))
    return text, found
