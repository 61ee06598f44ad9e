"""What the rules need to know of a name, ready for use: derived when compiling, read when first hit."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from articles.footnotes.automaton.person import PersonData


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Phrases beside a name, word by word, and the words and beginnings of words of theirs that touch the name."""

    phrases: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    beginnings: tuple[str, ...]


def _neighbours(texts: list[str], touching: int) -> Neighbours | None:
    """`touching`: the number of the word beside the name, the first or the last."""
    phrases = tuple(tuple(text.split()) for text in texts)
    beside = [phrase[touching] for phrase in phrases if phrase]
    # A hyphen inside a word is a space by now, so a phrase's words are words of the text; other signs are not compared.
    whole = frozenset(word for word in beside if word.isalnum())
    return (
        Neighbours(phrases, whole, tuple(_beginning(word) for word in beside if word not in whole)) if texts else None
    )


def _beginning(word: str) -> str:
    at = next((i for i, char in enumerate(word) if not char.isalnum()), len(word))
    return word[:at]


@dataclass(frozen=True, slots=True)
class NameData:
    """A name with every default filled in.

    `descriptors` are folded words in all forms; `person`: the other parts of a person's name. `plan`: the rules that
    can say anything about this name, of these the usual ones, and what holds when these say nothing.
    """

    number: int
    organization: str
    text: str
    language: str
    strength: str
    strong_in: frozenset[str]
    abbreviation: bool
    descriptors: frozenset[str]
    not_after: Neighbours | None
    not_before: Neighbours | None
    has_other_meanings: bool
    spells_word: bool
    person: "PersonData | None" = None
    plan: list[Any] = field(default_factory=list, compare=False, repr=False)


def name_data(
    number: int, row: dict[str, Any], words: dict[str, list[str]], person: "PersonData | None" = None
) -> NameData:
    """Return the data of a stored row; `words` gives the forms of a descriptor by its base form."""
    return NameData(
        number=number,
        organization=row["o"],
        text=row["t"],
        language=row["l"],
        strength=row["s"],
        strong_in=frozenset(row.get("in", ())),
        abbreviation=bool(row.get("abbr")),
        descriptors=frozenset(form for word in row.get("d", ()) for form in words.get(word, (word,))),
        not_after=_neighbours(row.get("not_after", []), -1),
        not_before=_neighbours(row.get("not_before", []), 0),
        has_other_meanings=bool(row.get("other")),
        spells_word=bool(row.get("word")),
        person=person,
    )
