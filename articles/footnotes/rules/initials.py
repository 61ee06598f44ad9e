"""Which letters abbreviate a name: the initials of its words, or of most of them."""

from collections.abc import Iterable

_SMALL_WORD = 3  # of, with, and: often left out of an abbreviation
_FEWEST = 3  # letters that may leave out a longer word, too
_LATIN = dict(zip("абвгдезийклмнопрстуфхэ", "abvgdeziiklmnoprstufhe", strict=True))


def initials_of(names: Iterable[str]) -> set[str]:
    """Return the initials of folded names, small words counted or not, Russian ones in Latin letters too."""
    found = set()
    for name in names:
        words = name.replace('"', " ").split()
        for small in (0, _SMALL_WORD):
            letters = "".join(word[0] for word in words if len(word) > small)
            found |= {letters, "".join(_LATIN.get(letter, letter) for letter in letters)}
    return found


def abbreviates(letters: str, initials: Iterable[str]) -> bool:
    """Say whether folded letters are one of the initials, or lack one or two of its inner letters: `ITF` for a
    federation of transport workers."""
    return any(letters == full or _lacks_inner(letters, full) for full in initials)


def _lacks_inner(letters: str, full: str) -> bool:
    if not _FEWEST <= len(letters) < len(full) <= len(letters) + 2:
        return False
    left = iter(full)
    return letters[0] == full[0] and letters[-1] == full[-1] and all(letter in left for letter in letters)
