"""What fits a body's kind: who belongs to it, what it does, what it is called: `bodies.txt`, a line each.

    kind | sort | words | the example that earned the line

A kind is known by the words a body is called (`издание`, `battalion`). Words that end in `*` have any ending.

- `people`: directly before the name (`журналист «Луча»`), in English also as `Veter's fighters`, `a fighter of Veter`
- `deeds`: directly before or after the name, few words between (`«Луч» сообщил`, `рассказал «Лучу»`, `Beam reported`)
- `gifts`: what is given to a body: in Russian directly before its dative (`перевод «Лучу»`), in English before “to”
- `ties`: what binds somebody to a body, before «к», «на» or «для» (`симпатии к «Лучу»`, `подписка на «Луч»`)
- `done`: what is done by a body, before “by” (`vans bought by Beam`)
- `acts`: what any body does or is done to: enough only for a name that the article gives the organization elsewhere
- `words`: anywhere in the article, unless another name stands beside them (`Редакция не ответила`)
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# Kind → what bodies of it are called, folded. Every body is of the kind "body" too.
_CALLED = {
    "outlet": (
        "издание медиа сми сайт портал канал телеканал газета журнал радио радиостанция телекомпания агентство "
        "редакция outlet website channel magazine newspaper broadcaster radio media"
    ),
    "armed": (
        "полк батальон бригада легион корпус нацбат подразделение формирование отряд "
        "battalion regiment brigade unit legion"
    ),
    "fund": "фонд foundation fund charity",
    "company": "компания корпорация холдинг company corporation",
    "church": "церковь секта church sect",
    "institute": "институт центр institute centre center tank",
    "university": "университет колледж university college",
}
# Nouns for a body that are names of some as well.
BODY_NOUNS = frozenset(word for called in _CALLED.values() for word in called.split()) | {"проект", "сеть", "network"}
_BEGINNING = 2  # letters; no word of the table has fewer
_OUTLETS_TOO = frozenset({"телеграм канал"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    kind: str
    sort: str
    words: str
    example: str


def _read() -> list[Line]:
    text = (Path(__file__).parent / "bodies.txt").read_text(encoding="utf-8")
    rows = [[part.strip() for part in line.split("|")] for line in text.splitlines() if line and line[0] != "#"]
    return [Line(kind, sort, words, example) for kind, sort, words, example in rows]


LINES = _read()
_SORTS = ("people", "deeds", "words", "gifts", "ties", "done")
GENERAL = frozenset(
    form
    for word in ("организаци", "группировк", "движени", "объединени")
    for form in (word + end for end in "я и ю ей ях ям ями й е ем ю а у ой ах ам ами к".split())
) | frozenset({"group", "grouping", "organization", "organisation", "movement"})


@dataclass(frozen=True, slots=True)
class Words:
    """Words and beginnings of words. Few words of a text begin like one of them, so the pattern is seldom asked."""

    beginnings: frozenset[str]
    pattern: re.Pattern[str]

    def match(self, word: str) -> bool:
        """Say whether a folded word is one of them."""
        return word[:_BEGINNING] in self.beginnings and self.pattern.match(word) is not None


@dataclass(frozen=True, slots=True)
class Fit:
    """The words of a set of kinds; None where a kind has no such words. `acts`: of any body."""

    people: Words | None
    deeds: Words | None
    words: Words | None
    gifts: Words | None
    ties: Words | None
    done: Words | None
    acts: Words | None


@lru_cache(maxsize=512)
def kinds_of(descriptors: frozenset[str]) -> frozenset[str]:
    """Return the kinds of a body by the words it is called."""
    found = {kind for kind, called in _CALLED.items() if not descriptors.isdisjoint(called.split())}
    if not descriptors.isdisjoint(_OUTLETS_TOO):
        found.add("outlet")
    return frozenset(found | {"body"})


@lru_cache(maxsize=512)
def nouns_of(descriptors: frozenset[str]) -> frozenset[str]:
    """Return all that bodies of these kinds are called."""
    return frozenset(word for kind in kinds_of(descriptors) if kind in _CALLED for word in _CALLED[kind].split())


@lru_cache(maxsize=128)
def fit_of(kinds: frozenset[str]) -> Fit:
    """Return the words that fit any of the kinds."""
    table = {sort: [line.words for line in LINES if line.sort == sort and line.kind in kinds] for sort in _SORTS}
    people, deeds, words, gifts, ties, done = (_words(" ".join(table[sort])) for sort in _SORTS)
    acts = _words(" ".join(line.words for line in LINES if line.sort == "acts"))
    return Fit(people, deeds, words, gifts, ties, done, acts)


def _words(words: str) -> Words | None:
    listed = list(dict.fromkeys(words.split()))
    if not listed:
        return None
    parts = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in listed]
    beginnings = frozenset(word.rstrip("*")[:_BEGINNING] for word in listed)
    return Words(beginnings, re.compile(rf"(?:{'|'.join(parts)})\Z"))
