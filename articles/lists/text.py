"""How a cell's text is cleaned and compared: spaces, quotation marks, look-alike letters. Pure functions of strings."""

import re
import unicodedata
from functools import lru_cache

SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u200b\ufeff\u00ad]+")
QUOTES = re.compile("[«»\"“”„‟‘’'‹›]")
DASHES = re.compile("[‐‑‒–—―−]")
# Letters that look alike in one of their cases, as small letters.
LOOK_ALIKE = str.maketrans("abcehkmoptxyisj", "авсенкмортхуіѕј")
TO_CYRILLIC = str.maketrans("ABCEHKMOPTXYacekopxy", "АВСЕНКМОРТХУасекорху")
HAS_CYRILLIC = re.compile("[а-яёіїєґқӣўҳҷғӯА-ЯЁІЇЄҐҚӢЎҲҶҒӮ]")
HAS_LATIN = re.compile("[A-Za-zÀ-ɏḀ-ỿ]")
HAS_ARABIC = re.compile("[\u0600-\u06ff]")


def clean(text: str) -> str:
    """Return the text with single plain spaces and composed letters: `" A\\xa0 B\\n"` is `"A B"`."""
    text = unicodedata.normalize("NFC", text)
    for unseen in "\u200b\ufeff\u00ad":
        text = text.replace(unseen, "")
    return SPACES.sub(" ", text).strip()


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return what two spellings of one name share: no quotation marks, one dash, no case, look-alikes as one."""
    text = DASHES.sub("-", QUOTES.sub("", clean(text).replace("*", "")))
    text = re.sub(r"\s+", " ", text).strip()
    return text.casefold().replace("ё", "е").translate(LOOK_ALIKE)


def plain(text: str) -> str:
    """Return lower-case words for looking up a heading: `"№ п/п"`, `"дата решения"`."""
    return clean(text).casefold().replace("ё", "е")


def script(text: str) -> str:
    """Return `cyrillic`, `latin`, `arabic` or "" by most of the letters."""
    counts = {
        "cyrillic": len(HAS_CYRILLIC.findall(text)),
        "latin": len(HAS_LATIN.findall(text)),
        "arabic": len(HAS_ARABIC.findall(text)),
    }
    best = max(counts, key=lambda one: counts[one])
    return best if counts[best] else ""


def language(text: str) -> str:
    """Return `ru`, `en` or `ar`: a list seldom says in which language a name is, its script does."""
    return {"cyrillic": "ru", "arabic": "ar"}.get(script(text), "en")


SINGLE = re.compile(r"(?<!\w)(?:''|['‘‚‹`])(?=[^\W_])((?:[^'’‘›\"«»]|(?<=\w)['’](?=\w)){2,200}?)(?:''|['’‘›`])(?!\w)")


def double_quotes(text: str) -> str:
    """Return the text with names in single quotation marks in double ones: `'Лён'`, `‹Лён›`, but not `д’Арк`."""
    return SINGLE.sub(r'"\1"', text)


@lru_cache(maxsize=8192)
def quoted_alike(text: str) -> str:
    """Return the text, as long as before, with every kind of quotation mark as « or ».

    A straight mark opens at a beginning and closes at an end: `"Редакция "Путь"` is `«Редакция «Путь»`.
    """
    out = []
    for at, char in enumerate(text):
        if char in "“„‟":
            before = text[at - 1] if at else " "
            char = "»" if char == "“" and not (before.isspace() or before in "(/«-–—") else "«"
        elif char == "”":
            char = "»"
        elif char == '"':
            before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
            char = "«" if (before.isspace() or before in "(/«-–—") and not (after.isspace() or after in ",;)") else "»"
        out.append(char)
    return "".join(out)
