"""The demo newsroom as it lies in fixtures/demo: articles in HTML under a TOML head, everything else in JSON.

Moments are written as distances ("three days ago at 06:14"), so that the demo is always of today.
"""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..models import CODES

NAMED = ("categories", "regions", "topics", "authors", "photos")  # lists of entries with a text in each language
FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "demo"
FILE = re.compile(r"\A\+\+\+\n(?P<head>.*?)\n\+\+\+\n(?P<body>.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class FollowUp:
    """What happens to an article after publication: `kind` is update, correction, retraction or withdrawal.

    `replace`: pairs of a passage of the body and what stands there afterwards.
    """

    kind: str
    hours_later: int
    text: str
    replace: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class DemoNote:
    """A note to colleagues on the passage `quotation` of the body, and its answers, an hour after one another.

    `answers`: pairs of the account that gave it and its text.
    """

    by: str
    hours_ago: int
    quotation: str
    text: str
    answers: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class DemoStory:
    """One article in one language; the versions of one story share `story`.

    `published`, `schedule` and `embargo` are distances from the moment of loading, see `moment`. An article with
    neither `published` nor `schedule` rests in `state`, which it reached `hours_ago`, or in the bin. `by`: the account
    that began it. `body` names photos by their files, as `photo` does; `figures`: file → what the article says of it
    otherwise, as `editions.figures` reads it. `posts`: what the cards say that `body` names by these words.
    """

    story: str
    language: str
    slug: str
    headline: str
    summary: str
    category: str
    regions: list[str]
    topics: list[str]
    authors: list[str]
    photo: str
    body: str
    photo_caption: str = ""
    figures: dict[str, dict[str, str]] = field(default_factory=dict)
    posts: dict[str, dict[str, str]] = field(default_factory=dict)
    source_line: str = ""
    state: str = ""
    hours_ago: int = 1
    by: str = "reporter"
    binned: bool = False
    translation: dict[str, str] | None = None
    published: dict[str, Any] | None = None
    schedule: dict[str, Any] | None = None
    embargo: dict[str, Any] | None = None
    acts: tuple[FollowUp, ...] = ()
    notes: tuple[DemoNote, ...] = ()


def read_json(name: str) -> dict[str, Any]:
    """Return one of the folder's JSON files: "newsroom" or "registers"."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def read_newsroom(used: Sequence[str] = CODES) -> dict[str, Any]:
    """Return what newsroom.json says, as an outlet would have it that publishes in these languages only."""
    about = read_json("newsroom")
    about["site"]["languages"] = " ".join(used)
    for entry in (about["site"], *(entry for name in NAMED for entry in about[name])):
        say_in(entry, used)
    return about


def say_in(entry: dict[str, Any], used: Sequence[str]) -> None:
    """Take texts in other languages out of an entry; a name is the same in each, as the desk would have kept it."""
    for code in CODES:
        if code not in used:
            for column in [name for name in entry if name.endswith(f"_{code}")]:
                stem = column.removesuffix(f"_{code}")
                entry[column] = entry[f"name_{used[0]}"] if stem == "name" else ""


def read_stories(used: Sequence[str] = CODES) -> list[DemoStory]:
    """Return every article in these languages, originals before their translations; an outlet with one language has
    translated nothing."""
    stories = [read_story(path) for path in sorted((FOLDER / "articles").glob("*.html"))]
    stories = [one for one in stories if one.language in used]
    if len(used) == 1:
        stories = [replace(one, translation=None) for one in stories]
    return sorted(stories, key=lambda one: one.translation is not None)


def read_story(path: Path) -> DemoStory:
    """Read one file; raise ValueError when its head is missing or names something unknown."""
    match = FILE.match(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path.name} has no head between two lines of +++.")
    head = tomllib.loads(match["head"])
    acts = tuple(FollowUp(**entry) for entry in head.pop("acts", ()))
    notes = tuple(DemoNote(**entry) for entry in head.pop("notes", ()))
    return DemoStory(**head, acts=acts, notes=notes, body=match["body"].strip())


def moment(distance: dict[str, Any], now: datetime, zone: ZoneInfo) -> datetime:
    """Return an aware datetime: {minutes_ago}, or {days_ago or days_ahead, time} on the newsroom's clock.

    >>> moment({"days_ago": 1, "time": "06:14"}, datetime(2024, 3, 25, 12, tzinfo=UTC), ZoneInfo("UTC"))
    datetime.datetime(2024, 3, 24, 6, 14, tzinfo=zoneinfo.ZoneInfo(key='UTC'))
    """
    if "minutes_ago" in distance:
        return now.replace(second=0, microsecond=0) - timedelta(minutes=distance["minutes_ago"])
    day = now.astimezone(zone).date() + timedelta(days=distance.get("days_ahead", 0) - distance.get("days_ago", 0))
    return datetime.combine(day, time.fromisoformat(distance["time"]), zone)
