"""The reader's log held against the truth: nothing early, nothing lost, nothing withdrawn, no mark missing, no error
that a kill does not explain."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import truth
from .journal import read
from .truth import Shown

MOST = 15  # problems of one kind that are listed
NEWEST = 25  # articles: the list of all news has room for 30, in the order of what they say of their time
# Seconds after a server's return in which a process may still find out. They need not grow with the load: what asked
# while the server was away is judged by when it began, and no server counts as back before its remains are gone.
AFTER = 3.0
# While the database is away readers get what lies in the store, as from a web server in front: nobody can say whether
# it is still true. So many seconds before that it was, or the worker that was to store it anew was slow.
STORED = 60.0


class Judge:
    """Knows what readers could see when, and when which server was away."""

    def __init__(self, shown: list[Shown], kills: list[dict[str, Any]]) -> None:
        self.by_root: dict[str, list[Shown]] = {}
        self.by_path: dict[str, list[Shown]] = {}
        for one in shown:
            self.by_root.setdefault(one.root, []).append(one)
            self.by_path.setdefault(one.path, []).append(one)
        self.news = sorted((one for one in shown if one.language == "en"), key=lambda one: -one.published)
        self.web = away(kills, "web")
        struck = [one for one in kills if one.get("victim") == "process of web"]
        self.web += [(one["t"] - 0.5, one["until"] + AFTER) for one in struck]
        self.overtaken = 0  # headlines seen of a release that an act on its way was to call cancelled
        self.database = away(kills, "postgres") + away(kills, "backend of postgres", "postgres")

    def problems(self, answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield (kind, what is wrong) of one answer."""
        began, until = answer["t"], answer["until"]
        if "error" in answer:
            if not meets(self.web, began, until):
                yield "no answer", answer["error"]
            return
        if answer["status"] >= 500:
            if not meets(self.database, began, until):
                yield "server error", str(answer["status"])
            return
        if answer["status"] == 200:
            began = min([began, *(start - STORED for start, end in self.database if start <= until and began <= end)])
        for word, marked in answer.get("heads", ()):
            yield from self.about_headline(word, marked, began, until)
        for root in answer.get("slugs", ()):
            if not self.could_be_seen(root, began, until):
                yield "seen while not public", root
        yield from self.about_page(answer, began, until)

    def broken(self, kept: Path) -> Iterator[str]:
        """Yield the acts that the database refused while it was there; a deadlock is one, even if nobody was hurt."""
        for path in sorted([*kept.glob("editor-*.jsonl"), *kept.glob("legal-*.jsonl")]):
            for line in read(path):
                if line["phase"] in ("broken", "away") and not meets(self.database, line["since"], line["t"]):
                    yield f"{path.name}, act {line['n']} at {line['t']:.3f}: {line['why']}"

    def candidates(self, root: str, began: float, until: float) -> list[Shown]:
        """Return what readers could see of an article during a poll."""
        return [one for one in self.by_root.get(root, ()) if could_be_seen(one, began, until)]

    def could_be_seen(self, root: str, began: float, until: float) -> bool:
        return bool(self.candidates(root, began, until))

    def about_headline(self, word: str, marked: bool, began: float, until: float) -> Iterator[tuple[str, str]]:
        seen = [one for one in self.candidates(word.partition("v")[0], began, until) if one.word == word]
        if not seen:
            yield "seen outside of its time", f"{word}; {self.times(word)}"
        elif marked not in {one.marked for one in seen}:
            yield "marks", f"{word} is {'' if marked else 'not '}marked"
        self.overtaken += bool(seen) and all(one.cancelled for one in seen)

    def times(self, word: str) -> str:
        every = [one for one in self.by_root.get(word.partition("v")[0], ()) if one.word == word]
        return "; ".join(f"release {one.release}: {one.begins:.3f} to {one.ends:.3f}, {one.gone:.3f}" for one in every)

    def about_page(self, answer: dict[str, Any], began: float, until: float) -> Iterator[tuple[str, str]]:
        """Say what is wrong with an article's page, or with the list of all news."""
        here = self.by_path.get(answer["path"], [])
        if "form" in answer:
            seen = {one.form for one in here if could_be_seen(one, began, until)}
            if answer["form"] not in seen:
                yield "form", f"{answer['form'][:12]} is none of {[one[:12] for one in seen]}"
        elif any(one.sure < began and until < one.ends for one in here):
            yield "lost", f"status {answer['status']} for what is public"
        if answer["path"] == "/en/news/" and answer["status"] == 200:
            missing = self.newest(began, until) - {word.partition("v")[0] for word, _marked in answer["heads"]}
            if missing:
                yield "missing in the news", str(sorted(missing))

    def newest(self, began: float, until: float) -> set[str]:
        """Return the articles that stand in the list of all news, however the acts on their way have gone."""
        perhaps: set[str] = set()
        sure: set[str] = set()
        for one in self.news:
            if could_be_seen(one, began, until):
                perhaps.add(one.root)
                if one.sure < began and until < one.ends:
                    sure.add(one.root)
            if len(perhaps) == NEWEST:
                break
        return sure


def could_be_seen(one: Shown, began: float, until: float) -> bool:
    """Say whether readers could meet a release between two moments; a cancelled one only while its act was done."""
    return one.begins <= until and began <= one.gone and not (one.cancelled and one.gone == one.begins)


def away(kills: list[dict[str, Any]], victim: str, part: str = "") -> list[tuple[float, float]]:
    """Return from when to when a server was away: from a kill to its answer, and a moment longer."""
    found = []
    for number, line in enumerate(kills):
        if (line["what"], line.get("victim")) == ("kill", victim):
            back = [one["t"] for one in kills[number:] if (one["what"], one["victim"]) == ("answers", part or victim)]
            found.append((line["t"] - 0.5, (back[0] if back else line["t"] + 60) + AFTER))
    return found


def meets(windows: list[tuple[float, float]], began: float, until: float) -> bool:
    return any(start <= until and began <= end for start, end in windows)


def check(kept: Path) -> tuple[list[str], dict[str, Any]]:
    """Return what is wrong with the reader's log, and how much is in it."""
    judge = Judge(truth.load(kept), list(read(kept / "kills.jsonl")))
    wrong: dict[str, list[str]] = {"broken acts": list(judge.broken(kept))}
    statuses: Counter[str] = Counter()
    for answer in read(kept / "reader.jsonl"):
        statuses[str(answer.get("status", "no answer"))] += 1
        for kind, what in judge.problems(answer):
            line = f"reader, {kind}: {answer['path']} at {answer['t']:.3f}, body {answer.get('digest')}: {what}"
            wrong.setdefault(kind, []).append(line)
    listed = [line for lines in wrong.values() for line in lines[:MOST]]
    more = [f"reader, {kind}: {len(lines)} in all" for kind, lines in wrong.items() if len(lines) > MOST]
    figures: dict[str, Any] = {"polls of the reader": dict(sorted(statuses.items()))}
    if judge.overtaken:
        figures["headlines seen of a release that was cancelled as its time came"] = judge.overtaken
    return listed + more, figures
