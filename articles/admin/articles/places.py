"""Where what was found in the clean text stands in the text as it is being typed.

The engine reads HTML that was cleaned, without the marks that someone typed in; the editor has the words on the screen.
"""

import html
import re
from itertools import accumulate

PIECE = re.compile(r"<[^>]*+>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});|[^<&]|[<&]", re.DOTALL)
FAR = 300  # characters that the cleaning may have taken out in one place
BEYOND = 0xFFFF  # a character above it counts as two in a browser


def words_of(text: str) -> tuple[str, list[int]]:
    """Return the words of clean HTML without its tags, and where in them each character of the HTML stands.

    >>> words_of("<p>A &amp; B</p>")[0]
    'A & B'
    """
    words: list[str] = []
    places: list[int] = []
    at = 0
    for found in PIECE.finditer(text):
        piece = found[0]
        places += [at] * len(piece)
        if not (piece.startswith("<") and len(piece) > 1):
            said = html.unescape(piece) if len(piece) > 1 else piece
            words.append(said)
            at += len(said)
    return "".join(words), [*places, at]


def places_in(typed: str, clean: str) -> list[int]:
    """Return where each character of the clean text stands in the typed one, and where its end does.

    The cleaning takes characters out, such as typed marks and blanks, and sets hardly any.

    >>> places_in("The* port", "The port")
    [0, 1, 2, 4, 5, 6, 7, 8, 9]
    """
    if typed == clean:
        return list(range(len(clean) + 1))
    found, at = [], 0
    for char in clean:
        hit = next((one for one in range(at, min(len(typed), at + FAR)) if alike(typed[one], char)), None)
        found.append(at if hit is None else hit)
        at = at if hit is None else hit + 1
    return [*found, at]


def alike(one: str, other: str) -> bool:
    return one == other or (one.isspace() and other.isspace())


def in_browser(text: str) -> list[int]:
    """Return where each character of the text, and its end, stands for a browser, which counts halves of characters."""
    return [0, *accumulate(2 if ord(char) > BEYOND else 1 for char in text)]
