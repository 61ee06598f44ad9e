"""Which of our entries one of a file is: by its key, or as the same person; and whether a key was given to another."""

from collections.abc import Container

from ..footnotes.fold import fold_form
from ..footnotes.registers import Registers
from ..footnotes.registers.person import identity, told_apart
from ..footnotes.types import Organization


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

    Bodies are renamed; a person, or what was one, keeps the family name or the given name, or another name.
    """
    if not (ours.person or theirs.person) or names_of(ours) & names_of(theirs):
        return False
    if ours.person and theirs.person:
        pairs = [(fold_form(getattr(one.person, part)) for one in (ours, theirs)) for part in ("family", "given")]
        return not any(one == other for one, other in pairs) and is_latin(ours) == is_latin(theirs)
    person, body = (ours, theirs) if ours.person else (theirs, ours)
    family = fold_form(person.person.family) if person.person else ""
    return not any(family in name.split() for name in names_of(body))


def names_of(one: Organization) -> set[str]:
    return {fold_form(name.text) for name in one.names}


def is_latin(one: Organization) -> bool:
    return one.person is not None and one.person.family.isascii()
