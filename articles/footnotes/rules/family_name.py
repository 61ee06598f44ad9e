"""Rule: a single word behind a given name, or what somebody is, is a family name: `Ilya Veter, a goalkeeper`.

The words are data (`family_name.txt`), each line with its example.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from articles.footnotes.automaton import NameData
from articles.footnotes.fold import fold_form
from articles.footnotes.rules.hit import Cue, Hit, sentence_begins, within
from articles.footnotes.rules.sentence import in_title_case

_ONE_WORD = re.compile(r"[A-ZА-ЯЁ][a-zа-яё]+\Z")
_CAPITALIZED = re.compile(r"[A-ZА-ЯЁ][a-zа-яё]{2,}\Z")
_INITIAL = re.compile(r"(?:\A|[\s(«“\"])[A-ZА-ЯЁ]\.\Z")
_TITLES = ("Mr.", "Mrs.", "Ms.", "Dr.", "Prof.")
# Who is of an age is a person: `Ilya Veter, 17,`, `Ilya Veter, a 17-year-old`, «Илья Луч, 17-летний».
_AGED = re.compile(
    r"(?:, | \()(?:(?:an? |the )?\d{1,3}[- ]years?[- ]old|\d{1,2}-летн|\d{1,2} (?:лет|года?)\b|\d{1,2}[,)])"
)
_BEFORE_AGE = frozenset({", ", " ("})
_REACH = 40
_SHORTEST = 3  # of a Russian name's stem
_SOFT = "аяйь"
_ENDINGS = {"а": "а ы и е у ой ою", "я": "я и е ю ей ею ии ией", "й": "й я ю ем е и", "ь": "ь я ю ем е и"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    language: str
    sort: str
    words: str
    example: str


def _read() -> list[Line]:
    text = Path(__file__).with_name("family_name.txt").read_text(encoding="utf-8")
    rows = [[part.strip() for part in line.split("|")] for line in text.splitlines() if line and line[0] != "#"]
    return [Line(language, sort, words, example) for language, sort, words, example in rows]


LINES = _read()


def _forms(name: str) -> set[str]:
    """Return the case forms of a folded Russian given name."""
    if name in ("павел", "петр", "лев"):
        stem = {"павел": "павл", "петр": "петр", "лев": "льв"}[name]
        return {name, *(stem + end for end in ("а", "у", "ом", "е"))}
    if name[-1] in _SOFT:
        return {name[:-1] + end for end in _ENDINGS[name[-1]].split()}
    return {name, *(name + end for end in ("а", "у", "ом", "е"))}


def _tables() -> tuple[frozenset[str], frozenset[str]]:
    given: set[str] = set()
    posts: set[str] = set()
    for line in LINES:
        words = line.words.lower().replace("ё", "е").split()
        if line.sort == "post":
            posts.update(words)
        elif line.language == "en":
            given.update(words)
        else:
            for word in words:
                given |= _forms(word)
    return frozenset(given), frozenset(posts)


_GIVEN, _POSTS = _tables()


def may_be_family_name(name: NameData) -> bool:
    """Say whether a name is one word in small letters but for the first."""
    return not name.abbreviation and _ONE_WORD.match(name.text) is not None


def person_before(hit: Hit) -> Cue | None:
    """Return what makes a hit a family name: a listed person's full name that it is part of, or directly before it a
    given name, an initial, a post."""
    text, start = hit.passage.text, hit.start
    full = hit.passage.full_names
    if full and within(full, start):
        span = next(one for one in full if one[0] <= start < one[1])
        return Cue(text[slice(*span)], hit.passage, *span)
    if start < _SHORTEST or text[start - 1] != " " or not text[start].isupper() or text.startswith("-", hit.end):
        return None
    begun = text.rfind(" ", max(0, start - _REACH), start - 1)
    begun = max(begun, text.rfind("\n", max(0, start - _REACH), start - 1)) + 1
    word = text[begun : start - 1].lstrip("«“\"'(—")
    if not word:
        return None
    begun = start - 1 - len(word)
    if word[-1] == ".":
        person = word in _TITLES or (_INITIAL.search(text, max(0, begun - 1), start - 1) and begun > 0)
        return Cue(word, hit.passage, begun, start - 1) if person else None
    low = hit.passage.scan[begun : start - 1]
    if low in hit.name.descriptors:
        return None
    if (word[0].isupper() and low in _GIVEN) or (low in _POSTS and _agrees(hit) and not in_title_case(hit)):
        return Cue(word, hit.passage, begun, start - 1)
    aged = _AGED.match(text, hit.end, hit.end + _REACH) if text[hit.end : hit.end + 2] in _BEFORE_AGE else None
    if aged and _CAPITALIZED.match(word) and not sentence_begins(text, start):
        return Cue(word, hit.passage, begun, start - 1)
    return None


def _agrees(hit: Hit) -> bool:
    """A Russian post in the nominative has its bearer beside it in the nominative; another case is of what it is at."""
    return hit.name.language == "en" or hit.passage.scan[hit.start : hit.end] == fold_form(hit.name.text)
