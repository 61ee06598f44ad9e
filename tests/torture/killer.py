"""Kills processes at random points, starts them again after a short pause, and keeps a log of both."""

import random
import time
from collections.abc import Callable
from pathlib import Path

from .journal import Journal
from .newsroom import Newsroom
from .parts import Part, children, kill, reap

PAUSE = (0.1, 2.5)  # seconds from a death to the next start
AWAY = 120.0  # seconds after which a part that does not answer ends the run
# How often each is chosen; `… of …` is a child of the part named.
VICTIMS = {
    "web": 2,
    "process of web": 3,
    "worker": 5,
    "beat of worker": 1,
    "second beat": 1,
    "editor a": 2,
    "editor b": 2,
    "legal": 1,
}
GROWN = {"second worker": 5, "redis": 3, "postgres": 3, "backend of postgres": 3}
CERTAIN = ("web", "worker", "second beat", "beat of worker", "redis", "postgres", "backend of postgres")
FLUSHES = 0.2  # for each kill


class Killer:
    """`kills.jsonl`: a line for each kill (`t`, `until`: between which moments), flush, start, and for each return of a
    server to its work. A database of which a process was killed ends all others of its own and starts them again."""

    def __init__(self, newsroom: Newsroom, kept: Path, seed: int) -> None:
        self.newsroom, self.random = newsroom, random.Random(seed)
        self.log = Journal(kept / "kills.jsonl")
        self.weights = VICTIMS | (GROWN if newsroom.grown else {})
        self.away: dict[str, float] = {}
        self.remains: dict[str, set[int]] = {}

    def plan(self, kills: int) -> list[str]:
        """Draw the victims: each that matters most at least once, the others by their weight."""
        certain = [name for name in CERTAIN if name in self.weights][:kills]
        drawn = self.random.choices(list(self.weights), list(self.weights.values()), k=kills - len(certain))
        return self.random.sample([*certain, *drawn], kills)

    def run(self, kills: int, seconds: float, tell: Callable[[str], None]) -> None:
        """Kill `kills` times, spread over so many seconds at random."""
        moments = sorted(self.random.uniform(0, seconds) for _ in range(kills))
        began = time.monotonic()
        for number, (moment, victim) in enumerate(zip(moments, self.plan(kills), strict=True), start=1):
            while time.monotonic() - began < moment:
                self.watch()
            while (pid := self.strike(victim)) is None:
                self.watch()
            tell(f"{number} of {kills}: {victim} ({pid})")
            self.flush_perhaps()
        while self.away or any(part.restart_at for part in self.newsroom.parts.values()):
            self.watch()

    def strike(self, victim: str) -> int | None:
        """Kill somebody and return the process's id; None when there is nobody of that name just now."""
        child, _, name = victim.rpartition(" of ")
        part = self.newsroom.parts[name]
        if part.pid is None or name in self.away:
            return None
        began = time.time()
        self.remains[name] = {one.pid for one in children(part.pid)} if name == "postgres" else set()
        pid = self.kill_child(part, child) if child else part.kill()
        if pid is None:
            return None
        self.log.write(t=began, until=time.time(), what="kill", victim=victim, pid=pid)
        if not child:
            part.restart_at = time.monotonic() + self.random.uniform(*PAUSE)
        if part.answers is not None:
            self.away[name] = time.monotonic()
        return pid

    def flush_perhaps(self) -> None:
        """Now and then lose all that Redis holds."""
        server = self.newsroom.redis
        if server and self.random.random() < FLUSHES and "redis" not in self.away and server.answers():
            server.flush()
            self.log.write(what="flush", victim="redis")

    def kill_child(self, part: Part, which: str) -> int | None:
        """Kill a child of a part; `backend`: a process of PostgreSQL that serves a connection."""
        found = children(part.pid or 0)
        if which == "backend":
            found = [one for one in found if "postgres: newsroom newsroom" in one.line]
        chosen = self.random.choice(found) if found else None
        return chosen.pid if chosen and kill(chosen.pid) else None

    def is_back(self, part: Part) -> bool:
        """Say whether a server answers, and nothing is left that ran when it was struck."""
        if part.pid is None or part.answers is None:
            return False
        left = self.remains[part.name] & {one.pid for one in children(part.pid)}
        return not left and part.answers()

    def watch(self) -> None:
        """Start what is due to be started again; note who answers again; end the run over one who never does."""
        for part in self.newsroom.parts.values():
            if part.restart_at is not None and time.monotonic() >= part.restart_at:
                part.bury()
                part.start()
                self.log.write(what="start", victim=part.name, pid=part.pid)
            elif part.pid is None and part.restart_at is None:
                self.log.write(what="ended", victim=part.name, code=part.process.returncode if part.process else None)
                part.restart_at = time.monotonic() + self.random.uniform(*PAUSE)
        for name, since in list(self.away.items()):
            part = self.newsroom.parts[name]
            if self.is_back(part):
                self.log.write(what="answers", victim=name)
                del self.away[name]
            elif time.monotonic() - since > AWAY:
                raise RuntimeError(f"{name} does not come back:\n{part.log.read_text()[-3000:]}")
        reap()
        time.sleep(0.05)
