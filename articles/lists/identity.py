"""Who a line is about: two files of one keeper, held against one another by what does not change.

In this order: the keeper's registration number, a number of the person or body, the folded official line, then names.
A running number is never looked at: lists are renumbered.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from difflib import SequenceMatcher

from .line import ListLine
from .text import folded

ALIKE = 0.88  # of two names of one designation, for a misprint put right
OTHER = 0.5  # below it, a known number has a wholly other name
DERIVED = ("short", "abbreviation")


@dataclass
class Pair:
    """Two lines of one body or person, with what they were found by."""

    old: ListLine
    new: ListLine
    reason: str


@dataclass
class Matched:
    """`stopped`: pairs by a number whose names share nothing; nothing is done with them."""

    pairs: list[Pair]
    stopped: list[Pair]
    old: list[ListLine]
    new: list[ListLine]


def match(old: list[ListLine], new: list[ListLine]) -> Matched:
    """Return which lines belong together, which are stopped, and what is left on either side."""
    found = Matched([], [], list(old), list(new))
    for reason, key in STEPS:
        _step(found, reason, key)
    _by_names(found)
    return found


def _step(found: Matched, reason: str, key: Callable[[ListLine], Hashable]) -> None:
    """Pair the lines whose key stands once on both sides; the rest waits for the next step."""
    old: dict[Hashable, list[ListLine]] = defaultdict(list)
    new: dict[Hashable, list[ListLine]] = defaultdict(list)
    for side, lines in ((old, found.old), (new, found.new)):
        for line in lines:
            value = key(line)
            if value:
                side[value].append(line)
    taken: set[int] = set()
    for value, lines in old.items():
        others = new.get(value, [])
        if len(lines) == 1 and len(others) == 1:
            pair = Pair(lines[0], others[0], reason)
            if reason in NUMBERS and not related(pair.old, pair.new):
                found.stopped.append(pair)
            elif reason == "line" and conflicting(pair.old, pair.new):
                continue
            else:
                found.pairs.append(pair)
            taken |= {id(pair.old), id(pair.new)}
        elif len(lines) == len(others) and reason == "whole line":
            for one, other in zip(lines, others, strict=True):
                found.pairs.append(Pair(one, other, reason))
                taken |= {id(one), id(other)}
    found.old = [line for line in found.old if id(line) not in taken]
    found.new = [line for line in found.new if id(line) not in taken]


def _number(label: str) -> Callable[[ListLine], Hashable]:
    return lambda line: (label, line.raw.private[label]) if label in line.raw.private else None


def _line(line: ListLine) -> Hashable:
    return folded(line.raw.name), line.kind


STEPS: tuple[tuple[str, Callable[[ListLine], Hashable]], ...] = (
    ("registration number", lambda line: line.raw.registration),
    ("whole line", lambda line: (line.digest, line.raw.since, line.raw.until)),
    ("whole line and date", lambda line: (line.digest, line.raw.since)),
    ("register number", lambda line: (line.raw.ogrn, line.raw.since) if line.raw.ogrn else None),
    ("tax number", lambda line: (value, line.raw.since) if (value := line.raw.private.get("inn")) else None),
    ("line and date", lambda line: (_line(line), line.raw.since)),
    ("line", _line),
)
NUMBERS = ("registration number", "register number", "tax number")


def official(line: ListLine) -> str:
    return folded(line.names[0].text) if line.names else folded(line.raw.name)


def related(old: ListLine, new: ListLine) -> bool:
    """Say whether the two lines share a name, or have names that are nearly alike."""
    one, other = ({folded(name.text) for name in line.names} for line in (old, new))
    if one & other:
        return True
    return SequenceMatcher(None, official(old), official(new)).ratio() >= OTHER


def conflicting(old: ListLine, new: ListLine) -> bool:
    """Say whether the two lines of one name state different numbers or birth dates: namesakes."""
    shared = (old.raw.private.keys() & new.raw.private.keys()) - {"rest"}
    return any(old.raw.private[key] != new.raw.private[key] for key in shared)


def _by_names(found: Matched) -> None:
    """Pair what is left by names: the former name that a line now states, then a misprint of one designation."""
    for reason, test, keys in (
        ("former name", _renamed, _stated),
        ("nearly the same name on one day", _misprint, lambda line: {line.raw.since}),
    ):
        taken: set[int] = set()
        old: dict[Hashable, list[ListLine]] = defaultdict(list)
        for one in found.old:
            old[official(one) if test is _renamed else one.raw.since].append(one)
        for line in found.new:
            fitting = [
                one for key in keys(line) for one in old.get(key, ()) if id(one) not in taken and test(one, line)
            ]
            if len(fitting) == 1:
                found.pairs.append(Pair(fitting[0], line, reason))
                taken |= {id(line), id(fitting[0])}
        found.new = [line for line in found.new if id(line) not in taken]
        found.old = [line for line in found.old if id(line) not in taken]


def _stated(line: ListLine) -> set[str]:
    return {folded(name.text) for name in line.names if name.kind not in DERIVED}


def _renamed(old: ListLine, new: ListLine) -> bool:
    """The new line names the old one's official name, by itself or as a former one; kinds and days agree."""
    if old.kind != new.kind or (old.raw.since and new.raw.since and old.raw.since != new.raw.since):
        return False
    return official(old) in _stated(new)


def _misprint(old: ListLine, new: ListLine) -> bool:
    if old.kind != new.kind or not old.raw.since or old.raw.since != new.raw.since or conflicting(old, new):
        return False
    alike = SequenceMatcher(None, official(old), official(new))
    return alike.quick_ratio() >= ALIKE and alike.ratio() >= ALIKE
