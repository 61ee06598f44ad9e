"""Every act of the journals against the database: what was done is there once, what was cut off once or not at all."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles.models import Release
from tests.torture import found
from tests.torture.journal import read

TOLD = {"lost": "cut off and not done", "found": "cut off and done"}  # what was never answered
Acts = dict[str, dict[str, Any]]  # word of the act → intent, with the phase that it reached and when


def read_acts(kept: Path) -> tuple[Acts, list[str]]:
    """Return the acts of all journals by their words, and what should never have been written there."""
    every: Acts = {}
    wrong: list[str] = []
    for path in sorted([*kept.glob("editor-*.jsonl"), *kept.glob("legal-*.jsonl")]):
        own: dict[int, dict[str, Any]] = {}
        for line in read(path):
            if line["phase"] == "intent":
                own[line["n"]] = every[line["act"]] = line | {"reached": "intent", "ended": None}
            elif line["phase"] in ("away", "unexpected"):
                if line["phase"] == "unexpected":
                    wrong.append(f"{path.name}: {line['why']}")
            else:
                own[line["n"]].update(line | {"t": own[line["n"]]["t"]}, reached=line["phase"], ended=line["t"])
    return every, wrong


def check(kept: Path) -> tuple[list[str], dict[str, Any]]:
    """Return what is wrong, and how many acts reached which phase."""
    every, wrong = read_acts(kept)
    for act in every.values():
        if act["reached"] in ("intent", "broken"):  # cut off, and the load ended before it was looked up
            act["reached"] = "found" if found.look(act) else "lost"
        wrong += [f"act {act['act']} ({act['kind']}, {act['reached']}): {problem}" for problem in problems_of(act)]
    reached = Counter(TOLD.get(act["reached"], act["reached"]) for act in every.values())
    kinds = Counter(act["kind"] for act in every.values() if act["reached"] in ("done", "found"))
    return wrong, {"acts": dict(sorted(reached.items())), "acts by kind": dict(sorted(kinds.items()))}


def problems_of(act: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one act."""
    traces = found.traces(act)
    expected = {"done": 1, "found": 1, "refused": 0}.get(act["reached"])
    if act["reached"] == "lost":  # PostgreSQL may end a commit whose connection is gone after it was looked up
        expected = min(traces, 1)
    if expected is not None and traces != expected:
        yield f"{traces} traces in the database, not {expected}"
    if act["reached"] in ("done", "found") and "release" in act and act["kind"] in found.PRINTING:
        release = Release.objects.filter(pk=act["release"]).first()
        if release is None:
            yield "its release is lost"
        elif act.get("due") is None and release.ending == "cancelled":
            yield "was published at once, and its release is called cancelled"
