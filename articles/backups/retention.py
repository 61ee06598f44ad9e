"""Which backups are kept: the last of each of so many days, weeks and months; all of the last two days before the
newest, as one that was taken before an upgrade must outlive the one after it."""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from . import folder

RECENT = timedelta(days=2)
PERIODS: tuple[Callable[[datetime], Hashable], ...] = (
    lambda moment: moment.date(),
    lambda moment: moment.isocalendar()[:2],
    lambda moment: (moment.year, moment.month),
)


class Keep(NamedTuple):
    """How many days, weeks and months with a backup keep their last one."""

    days: int
    weeks: int
    months: int


def kept(begun: dict[str, datetime], keep: Keep) -> set[str]:
    """Return the names that are kept, of names with their moments.

    >>> days = {str(day): datetime(2026, 3, day) for day in (1, 2, 6, 9, 10, 11)}
    >>> sorted(kept(days, Keep(1, 2, 1)), key=int)
    ['6', '9', '10', '11']
    """
    newest = sorted(begun, key=lambda name: (begun[name], name), reverse=True)
    found = {name for name in newest if begun[name] >= begun[newest[0]] - RECENT}
    for number, period in zip(keep, PERIODS, strict=True):
        last: dict[Hashable, str] = {}
        for name in newest:
            last.setdefault(period(begun[name]), name)
        found |= set(list(last.values())[:number])
    return found


def thin_out(place: Path, keep: Keep) -> list[str]:
    """Remove the archives that are not kept, then the objects that none of the others needs; return their names.

    While an archive has no note that can be read, nobody knows what it needs, and every object stays.
    """
    begun = folder.archives(place)
    stay = kept(begun, keep)
    for name in (gone := sorted(set(begun) - stay)):
        folder.remove(place, name)
    notes = [folder.read_note(place, name) for name in stay]
    if all(notes):
        needed = {name for note in notes if note for name in note["objects"]}
        for path in (place / folder.MEDIA).glob("*/*"):
            if path.name not in needed:
                path.unlink()
    return gone
