"""What is new in a keeper's file against an older one: added, ended, changed, gone. Nothing ends by itself."""

from dataclasses import dataclass, field
from typing import Any

from .identity import Pair, match
from .line import ListLine
from .read import Read
from .refused import NoList, say
from .refused import gettext_noop as _
from .text import folded

HALF = 0.6  # of the older file's lines: with fewer, the newer one is no whole list


@dataclass
class ListDifference:
    """`gone`: lines of the older file that are missing; a person is asked. `stopped`: a known number, another name."""

    added: list[ListLine] = field(default_factory=list)
    ended: list[Pair] = field(default_factory=list)
    changed: list[Pair] = field(default_factory=list)
    unchanged: list[Pair] = field(default_factory=list)
    gone: list[ListLine] = field(default_factory=list)
    stopped: list[Pair] = field(default_factory=list)

    def row(self, file: str) -> dict[str, Any]:
        """Return it as it is printed; places in the newer file, of what is gone in the older."""
        return {
            "diff": file,
            "added": [line.raw.where for line in self.added],
            "ended": [pair.new.raw.where for pair in self.ended],
            "changed": [pair.new.raw.where for pair in self.changed],
            "gone": [line.raw.where for line in self.gone],
            "stopped": [pair.new.raw.where for pair in self.stopped],
            "unchanged": len(self.unchanged),
            "renumbered": sum(_moved(pair) for pair in [*self.unchanged, *self.changed, *self.ended]),
            "pairs": [_told(pair) for pair in [*self.changed, *self.ended, *self.stopped]],
            "doubtful": [_told(pair) for pair in self.changed if pair.reason in DOUBTFUL],
        }


DOUBTFUL = ("nearly the same name on one day",)


def check_against(older: Read, newer: Read) -> None:
    """Refuse what cannot be a later file of the same list. Raises NoList."""
    if older.layout.name != newer.layout.name:
        raise NoList(
            say(
                _("the two files are of different lists: “%(older)s” and “%(newer)s”; nothing is compared"),
                older=older.layout.name,
                newer=newer.layout.name,
            )
        )
    if older.as_of and newer.as_of and newer.as_of < older.as_of:
        raise NoList(
            say(
                _("the file is of %(newer)s, older than the one it is held against, of %(older)s"),
                newer=newer.as_of,
                older=older.as_of,
            )
        )
    if len(newer.lines) < HALF * len(older.lines):
        raise NoList(
            say(
                _(
                    "the file holds %(newer)d lines, the older one %(older)d: a partial file is no list;"
                    " nothing is compared"
                ),
                newer=len(newer.lines),
                older=len(older.lines),
            )
        )


def difference(old: list[ListLine], new: list[ListLine]) -> ListDifference:
    """Return what the newer lines change."""
    found = match(old, new)
    out = ListDifference(added=found.new, gone=found.old, stopped=found.stopped)
    for pair in found.pairs:
        if pair.new.raw.until and not pair.old.raw.until:
            out.ended.append(pair)
        elif _same(pair):
            out.unchanged.append(pair)
        else:
            out.changed.append(pair)
    for part in (out.changed, out.ended):
        part.sort(key=lambda pair: pair.new.raw.row)
    return out


def _same(pair: Pair) -> bool:
    old, new = pair.old.raw, pair.new.raw
    days = (old.since, old.until) == (new.since, new.until)
    names = {folded(name.text) for name in pair.old.names} == {folded(name.text) for name in pair.new.names}
    return days and names and set(old.resources) == set(new.resources)


def _moved(pair: Pair) -> bool:
    old, new = pair.old.raw.where.get("number"), pair.new.raw.where.get("number")
    return old != new


def _told(pair: Pair) -> dict[str, Any]:
    before, after = ({folded(name.text): name.row() for name in line.names} for line in (pair.old, pair.new))
    return {
        "where": pair.new.raw.where,
        "where_before": pair.old.raw.where,
        "reason": pair.reason,
        "before": pair.old.line,
        "after": pair.new.line,
        "names_added": [row for key, row in after.items() if key not in before],
        "names_left": [row for key, row in before.items() if key not in after],
    }
