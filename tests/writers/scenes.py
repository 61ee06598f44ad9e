"""Scenes: one, two or three writers at one article, interrupted all the time; then what they wrote is looked for."""

import json
import random
import time
from collections.abc import Callable
from itertools import pairwise

from .server import WRITERS, Server
from .tab import Clock
from .writer import WORD, Log, Writer, offers_in

KINDS = {"tab": 4, "computer": 1, "session": 3, "process": 3, "server": 1, "network": 5, "sleep": 2, "writer": 4}


class Scenes:
    def __init__(self, server: Server, seed: int) -> None:
        self.server, self.random, self.log, self.clock = server, random.Random(seed), Log(), Clock()
        self.category = str(server.rows("SELECT id FROM articles_category ORDER BY id")[0][0])
        ids = {str(name): int(str(pk)) for pk, name in server.rows("SELECT id, username FROM auth_user")}
        self.writers = [Writer(server, self.clock, name, ids[name], self.random, self.log) for name in WRITERS]
        self.number = 0

    def run(self, interruptions: int, tell: Callable[[str], None] = lambda text: None) -> Log:
        """Play scenes until so many interruptions have happened."""
        told = 0
        while sum(self.log.kinds.values()) < interruptions:
            self.number += 1
            self.scene(min(12, interruptions - sum(self.log.kinds.values())))
            tell(f"{sum(self.log.kinds.values())} interruptions, {len(self.log.problems)} problems")
            for problem in self.log.problems[told:]:
                tell(problem)
            told = len(self.log.problems)
        self.log.count("articles", self.number)
        return self.log

    def scene(self, interruptions: int) -> None:
        """Begin an article, write at it together, save it; then every word has to stand in it once."""
        cast = self.random.sample(self.writers, self.random.choice((1, 2, 2, 3)))
        words: set[str] = set()
        article = self.begin(cast[0])
        for writer in cast[1:]:
            writer.open(article)
        for _number in range(interruptions):
            for writer in self.random.choices(cast, k=self.random.randint(1, 4)):
                self.write(writer, words, shared=self.random.random() < 0.25)
            self.interrupt(self.random.choice(cast), cast, words)
        for writer in cast:
            self.finish(writer, article)
        self.check(article, words - set().union(*(writer.given_up for writer in cast)))

    def begin(self, writer: Writer) -> int:
        """Write a new article, through an interruption before the first save, and save it."""
        writer.typed, writer.tab = {}, None
        writer.open(None)
        assert writer.tab is not None
        writer.tab.fields = writer.fields_of_new(self.category, self.number)
        writer.tab.touch()
        self.write(writer, set(), shared=False)
        writer.pause(2.4)
        self.interrupt(writer, [writer], set())
        while not writer.save():
            pass
        assert writer.tab is not None and writer.tab.article is not None, self.log.problems
        return writer.tab.article

    def write(self, writer: Writer, words: set[str], *, shared: bool) -> None:
        for _number in range(self.random.randint(1, 3)):
            before = set(writer.typed)
            writer.type(shared=shared)
            words |= set(writer.typed) - before
            writer.pause(self.random.uniform(0.1, 1.5))
        if self.random.random() < 0.5:
            writer.pause(3)

    def interrupt(self, writer: Writer, cast: list[Writer], words: set[str]) -> None:
        """Let one of the kinds happen to a writer."""
        kind = self.random.choices(list(KINDS), list(KINDS.values()))[0]
        others = [one for one in cast if one is not writer]
        if writer.tab is not None:
            writer.tab.turn()  # the clock is everybody's: while the others wrote, this script went on
        if kind == "writer" and not others:
            kind = "tab"
        if kind == "computer" and writer.tab is not None and writer.tab.trouble:
            kind = "tab"  # what the server could not get is in this browser only
        self.log.kinds[kind] = self.log.kinds.get(kind, 0) + 1
        tab = writer.tab
        assert tab is not None
        if kind in ("tab", "computer"):
            article, writer.tab = tab.article, None
            if kind == "computer":
                writer.new_computer()
            writer.open(article)
        elif kind == "session":
            writer.browser.cookies.pop("sessionid", None)
        elif kind == "process":
            wait = self.random.uniform(0, 0.12)
            writer.browser.faults.append(lambda: (time.sleep(wait), self.server.kill_process()))  # type: ignore[arg-type,return-value]
        elif kind == "server":
            wait = self.random.uniform(0, 0.12)
            writer.browser.faults.append(lambda: (time.sleep(wait), self.server.kill()))  # type: ignore[arg-type,return-value]
        elif kind == "network":
            writer.browser.cut = self.random.choice(("lost", "deaf", "late"))
        elif kind == "sleep":
            self.clock.now += self.random.uniform(600, 40_000)
            if self.random.random() < 0.5:
                writer.browser.cookies.pop("sessionid", None)
            writer.pause(0.4)  # what the script has put off it does as soon as it wakes
        else:
            other = self.random.choice(others)
            self.write(other, words, shared=self.random.random() < 0.5)
            other.save()
        if self.random.random() < 0.3:
            writer.pause(2)
        if self.random.random() < 0.3:
            writer.save()
        if self.random.random() < 0.5:
            writer.browser.deliver_late()

    def finish(self, writer: Writer, article: int) -> None:
        """Save until nothing is left to go on with."""
        writer.again(lambda: None)
        if not self.server.answers():
            self.server.part.stop()
            self.server.start()
        writer.browser.faults.clear()
        for _attempt in range(12):
            while not writer.save():
                if not self.server.answers():
                    self.server.part.stop()
                    self.server.start()
                writer.clock.now += 40
            writer.browser.deliver_late()
            assert writer.tab is not None
            if not offers_in(str(writer.again(writer.page, writer.tab.path))):
                return
            writer.open(article)
        self.log.problems.append(f"{writer.name}: offers of article {article} do not end")

    def check(self, article: int, words: set[str]) -> None:
        """Look for every word in the article, and for versions that nobody has saved."""
        statement = "SELECT headline, summary, body FROM articles_article WHERE id = ?"
        text = " ".join(map(str, self.server.rows(statement, article)[0]))
        lost = sorted(word for word in words if word not in text)
        if lost:
            self.log.problems.append(f"article {article}: {lost} are not in it: {text}")
        found = WORD.findall(text)
        twice = sorted({word for word in found if found.count(word) > 1})
        if twice:
            self.log.problems.append(f"article {article}: {twice} stand in it twice: {text}")
        rows = self.server.rows("SELECT fields FROM articles_articleversion WHERE article_id = ? ORDER BY id", article)
        versions = [json.loads(str(fields)) for (fields,) in rows]
        same = sum(one == other for one, other in pairwise(versions))
        if same:
            self.log.problems.append(f"article {article}: {same} versions say what the one before says")
        self.log.count("versions", len(versions))
        self.log.count("words found", len(words))
