"""The values that attributes of an article's elements may have, and what those become that are nearly so."""

import re
from collections.abc import Callable
from urllib.parse import quote

from .lang_values import language_tag

PHOTOS, ALIGN, POST = "data-photo", "data-align", "data-post"  # of a figure
DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
MOST_PHOTOS = 24  # of a figure
PHOTO_ID = re.compile(r"[1-9][0-9]{0,8}")
ALIGNMENTS = frozenset({"left", "right", "wide"})
MOST_COLUMNS, MOST_ROWS = 1000, 65534  # what a browser takes
# A browser passes over these before an address, and over line breaks and tabs within it.
UNSEEN = "".join(map(chr, range(33)))
BREAKS = re.compile(r"[\t\n\r]+")
_WEB = re.compile(r"(https?):[/\\]*+([^?#]*+)(.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"//[\w.-]++(?::[0-9]{1,4}+)?+(?:[/?#]|\Z)")
_LAID_OUT = re.compile(r"([a-z][a-z0-9+-]*+://[^/?#]*+)(.*)", re.IGNORECASE | re.DOTALL)
# What may not stand in an address as it is: no brackets but around a host, no sign of a number that is none.
_ODD = re.compile(r"[^!$&'()*+,\-./:;=?@_~A-Za-z0-9%#\u00a0-\U0010fffd]|%(?![0-9A-Fa-f]{2})")


def direction(written: str) -> str | None:
    value = written.strip().lower()
    return value if value in DIRECTIONS else None


def span(written: str, most: int) -> str | None:
    """Return a number of columns or rows as a browser reads it; None for one, and for what is no number."""
    digits = re.match(r"\s*+\+?0*+([1-9][0-9]*+)", written)
    if digits is None:
        return None
    number = int(digits[1]) if len(digits[1]) < 6 else most
    return str(min(number, most)) if number > 1 else None


def photo_ids(written: str) -> str | None:
    """Return the ids of a figure's photos, each once, as they are stored; None where there is none.

    >>> photo_ids(" 7  12 x 7 03")
    '7 12'
    """
    ids = dict.fromkeys(one for one in written.split() if PHOTO_ID.fullmatch(one))
    return " ".join(list(ids)[:MOST_PHOTOS]) or None


def post_id(written: str) -> str | None:
    """Return the number of a figure's post, as it is stored; None where there is none."""
    return written.strip() if PHOTO_ID.fullmatch(written.strip()) else None


def alignment(written: str) -> str | None:
    return written if written in ALIGNMENTS else None


VALUES: dict[str, Callable[[str], str | None]] = {
    "lang": language_tag,
    "dir": direction,
    "colspan": lambda written: span(written, MOST_COLUMNS),
    "rowspan": lambda written: span(written, MOST_ROWS),
    PHOTOS: photo_ids,
    ALIGN: alignment,
    POST: post_id,
}


def address(written: str) -> str:
    """Return the address of a link as a browser asks for it, what may not stand in one as it is written in numbers;
    "" for one whose host is none.

    >>> address(" https:\\\\example.org/a b?c=[1]#d#e")
    'https://example.org/a%20b?c=%5B1%5D#d%23e'
    """
    seen = BREAKS.sub("", written.strip(UNSEEN))
    web = _WEB.match(seen)
    if web:
        host, slash, path = web[2].replace("\\", "/").partition("/")
        if ".." in host:
            return ""
        seen = f"{web[1]}://{host.rpartition('@')[2]}{slash}{path}{web[3]}"  # no name and password before the host
    elif seen.startswith("//") and not _HOST.match(seen):
        return ""
    laid_out = _LAID_OUT.match(seen)
    host, rest = (laid_out[1], laid_out[2]) if laid_out else ("", seen)
    rest, sign, fragment = rest.partition("#")
    return host + encoded(rest) + sign + encoded(fragment).replace("#", "%23")


def encoded(part: str) -> str:
    return _ODD.sub(lambda odd: quote(odd[0], safe=""), part)
