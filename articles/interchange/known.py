"""Which of our entries one of a file is: by its key, or as the same person; and whether a key was given to another."""

from collections.abc import Container
from difflib import SequenceMatcher

from ..footnotes.fold import fold_form
from ..footnotes.registers import Registers
from ..footnotes.registers.person import identity, told_apart
from ..footnotes.types import Organization, Person

ALIKE = 0.7  # of two spellings of one name; Титон and Тихон have 0.8, Сергей and Андрей 0.5


class Known:
    """The entries we have, found by key, by the key of one merged into them, and as the same person."""

    def __init__(self, ours: Registers) -> None:
        self._ours = ours
        self._persons: dict[tuple[str, ...], list[Organization]] = {}
        for one in ours.organizations.values():
            if one.person is not None:
                self._persons.setdefault(identity(one.person), []).append(one)

    def key_of(self, one: Organization, met: Container[str]) -> str:
        """Return the key of our entry for one of a file, or the file's own when we have none.

        `met`: keys of ours that the file has named already: whoever bears that name, too, is a namesake.
        """
        found = [self._ours.organization(key) for key in (one.key, *one.also_keys)]
        by_key = next((entry for entry in found if entry), None)
        if by_key is not None and not is_another(by_key, one):
            return by_key.key
        alike = self._persons.get(identity(one.person), []) if one.person else []
        other = next((other.key for other in alike if not told_apart(one, other) and other.key not in met), "")
        return other or (by_key.key if by_key else one.key)


def is_another(ours: Organization, theirs: Organization) -> bool:
    """Say whether a file means somebody else by a key of ours, as after its keeper has numbered the list anew.

    Bodies are renamed. A person, or what was one, is the same who has a name in common with ours; whose name is spelled
    a little otherwise; or who has another family name and the same given name and patronymic.
    """
    if not (ours.person or theirs.person) or names_of(ours) & names_of(theirs):
        return False
    if ours.person and theirs.person:
        return ours.person.family.isascii() == theirs.person.family.isascii() and not is_same(
            ours.person, theirs.person
        )
    person, body = (ours.person, theirs) if ours.person else (theirs.person, ours)
    assert person is not None
    return not any(is_named(name.split(), person) for name in names_of(body))


def is_same(ours: Person, theirs: Person) -> bool:
    if likeness(ours.family, theirs.family) >= ALIKE and likeness(ours.given, theirs.given) >= ALIKE:
        return True
    own, other = ((fold_form(one.given), fold_form(one.patronymic)) for one in (ours, theirs))
    return bool(ours.patronymic) and own == other


def is_named(words: list[str], person: Person) -> bool:
    """Say whether a plain name is that of the person: the family name, with the given name or initials."""
    family, given = fold_form(person.family), fold_form(person.given)
    return family in words and (given in words or all(len(word) < 3 for word in words if word != family))


def likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, fold_form(one), fold_form(other)).ratio()


def names_of(one: Organization) -> set[str]:
    return {fold_form(name.text) for name in one.names}
