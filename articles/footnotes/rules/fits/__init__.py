"""What fits a body's kind: who belongs to it, what it does, what it is called: `bodies.txt`, a line each.

    kind | sort | words | the example that earned the line

A kind is known by the words a body is called (`издание`, `battalion`). Words that end in `*` have any ending.

- `people`: directly before the name (`журналист «Луча»`), in English also as `Veter's fighters`, `a fighter of Veter`
- `deeds`: directly before or after the name, few words between (`«Луч» сообщил`, `рассказал «Лучу»`, `Beam reported`)
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
}
# Nouns for a body that are names of some as well.
BODY_NOUNS = frozenset(word for called in _CALLED.values() for word in called.split()) | {"проект", "сеть", "network"}
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
_SORTS = ("people", "deeds", "words")
GENERAL = frozenset(
    form
    for word in ("организаци", "группировк", "движени", "объединени")
    for form in (word + end for end in "я и ю ей ях ям ями й е ем ю а у ой ах ам ами к".split())
) | frozenset({"group", "grouping", "organization", "organisation", "movement"})


@dataclass(frozen=True, slots=True)
class Fit:
    """The patterns of a set of kinds, for one folded word; None where a kind has no such words. `acts`: of any body;
    `beginnings`: the first three letters of `words`."""

    people: re.Pattern[str] | None
    deeds: re.Pattern[str] | None
    words: re.Pattern[str] | None
    acts: re.Pattern[str] | None
    beginnings: frozenset[str]


@lru_cache(maxsize=512)
def kinds_of(descriptors: frozenset[str]) -> frozenset[str]:
    """Return the kinds of a body by the words it is called."""
    found = {kind for kind, called in _CALLED.items() if not descriptors.isdisjoint(called.split())}
    if not descriptors.isdisjoint(_OUTLETS_TOO):
        found.add("outlet")
    return frozenset(found | {"body"})


@lru_cache(maxsize=128)
def fit_of(kinds: frozenset[str]) -> Fit:
    """Return the words that fit any of the kinds."""
    table = {sort: [line.words for line in LINES if line.sort == sort and line.kind in kinds] for sort in _SORTS}
    beginnings = frozenset(word[:3] for words in table["words"] for word in words.split())
    people, deeds, words = (_pattern(" ".join(table[sort])) for sort in _SORTS)
    acts = _pattern(" ".join(line.words for line in LINES if line.sort == "acts"))
    return Fit(people, deeds, words, acts, beginnings)


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = [
        re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in dict.fromkeys(words.split())
    ]
    return re.compile(rf"(?:{'|'.join(parts)})\Z") if parts else None
