"""What the rules need to know of a name, ready for use: derived when compiling, read when first hit."""

import re
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class NameData:
    """A name with every default filled in.

    `descriptors`, cues, `other_meanings` are folded. `not_after` matches at the end of the folded text before the name,
    `not_before` at the beginning of the text after it. `plan`: the rules that can say anything about this name.
    """

    number: int
    organization: str
    text: str
    language: str
    strength: str
    abbreviation: bool
    descriptors: frozenset[str]
    cue_words: frozenset[str]
    cue_phrases: tuple[str, ...]
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    other_meanings: tuple[str, ...]
    spells_word: bool
    plan: list[Any] = field(default_factory=list, compare=False, repr=False)


def name_data(number: int, row: dict[str, Any], words: dict[str, list[str]]) -> NameData:
    """Return the data of a stored row; `words` gives the forms of a descriptor or cue by its base form."""
    cues = [form for word in row.get("cues", ()) for form in words.get(word, (word,))]
    after, before = row.get("not_after"), row.get("not_before")
    return NameData(
        number=number,
        organization=row["o"],
        text=row["t"],
        language=row["l"],
        strength=row["s"],
        abbreviation=bool(row.get("abbr")),
        descriptors=frozenset(form for word in row.get("d", ()) for form in words.get(word, (word,))),
        cue_words=frozenset(cue for cue in cues if cue.isalnum()),
        cue_phrases=tuple(cue for cue in cues if not cue.isalnum()),
        not_after=re.compile(after) if after else None,
        not_before=re.compile(before) if before else None,
        other_meanings=tuple(row.get("other", ())),
        spells_word=bool(row.get("word")),
    )
