"""Which of two nouns a form is, told by the adjective before it: `трёхлитровая банка` is no bank (`банк`).

Decided is only what cannot be otherwise. An adjective may govern a noun in another case than its own (`близкая банку
структура`, `полная банка`): where the other noun's case could be governed, nothing is decided.
"""

from collections.abc import Iterable
from typing import Any

Parse = Any  # a reading of the dictionary, which `words` alone knows

FREE = frozenset(("nomn", "accs"))  # cases that no adjective governs
OF_GENITIVE = frozenset("полный достойный чуждый лишенный удостоенный исполненный".split())  # and which these do


def only_noun(adjective: Iterable[Parse], noun: Iterable[Parse]) -> str | None:
    """Return the normal form of the only noun, of those a word may be, with which the word before it agrees; None where
    that is no adjective, agrees with several, or may govern one of the others."""
    before, readings = list(adjective), list(noun)
    if any("ADJF" not in one.tag for one in before) or any("NOUN" not in one.tag for one in readings):
        return None
    agreed = {one.normal_form for one in readings if any(_agree(other, one) for other in before)}
    if len(agreed) != 1:
        return None
    ungoverned = FREE if any(_plain(one.normal_form) in OF_GENITIVE for one in before) else FREE | {"gent", "gen2"}
    others = [one for one in readings if one.normal_form not in agreed]
    return str(*agreed) if others and all(one.tag.case in ungoverned for one in others) else None


def _agree(adjective: Parse, noun: Parse) -> bool:
    """Say whether case, number, gender and, where the adjective tells it, animacy are the same."""
    one, other = adjective.tag, noun.tag
    return (
        one.case == other.case
        and one.number == other.number
        and (one.number == "plur" or other.gender is None or one.gender == other.gender)
        and one.animacy in (None, other.animacy)
    )


def _plain(word: str) -> str:
    return word.replace("ё", "е")
