"""What a newsroom lives through while a disk is full or read-only, or the clock is wrong; and what has to hold.

The editors of the torture work on, in this process, by a clock that is moved by hand; a reader reads what is public;
somebody types. Nothing that was answered may be lost, nothing that is public go away, and when all is mended every
invariant of the torture holds.
"""

import contextlib
import io
import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import tasks
from articles.models import Release, Slot
from articles.outage import outage_of
from articles.pagemap import article_path
from articles.publishing import record
from tests.builders import make_article, make_user
from tests.torture import acts, invariants, settle
from tests.torture.editor import Editor
from tests.torture.legal import Legal
from tests.torture.newsroom import wait_for
from tests.torture.stories import word_of
from tests.torture.suffering import House

HOUR, RETRY = timedelta(hours=1), timedelta(minutes=6)  # the latter: past the longest delay of a page that has failed
WORK = (tasks.tick, tasks.bake, tasks.relabel, tasks.run_jobs, tasks.copy_files, tasks.send_mail)
LONGEST_STEP = 30  # hours
LISTS = ("/en/", "/en/feed.xml", "/ru/")


def lasting() -> QuerySet[Release]:
    """Return what is public now and has no end."""
    return Release.objects.live(timezone.now()).filter(ended_at=None).select_related("edition")


def path_of(release: Release) -> str:
    return article_path(release.language, release.published_date, release.edition.slug)


class Story:
    """`shown`: address → the article's id and the word of its headline, of what is public and stays so, as it was seen
    last; `known`: the acts that had been begun by then. `number`: of acts in each state of a hardship."""

    def __init__(self, house: House, seed: int, number: int) -> None:
        self.number, self.house, self.random = number, house, random.Random(seed)
        self.clock = time_machine.travel(timezone.now(), tick=True).start()
        self.desks = [Editor(house.kept, letter, seed) for letter in "ab"] + [Legal(house.kept, "z", seed)]
        self.problems: list[str] = []
        self.count: Counter[str] = Counter()
        self.cut_off: Counter[str] = Counter()
        self.shown: dict[str, tuple[int, str]] = {}
        self.known: set[str] = set()
        self.state, self.clocks = "", 0
        self.typed_in = make_article("typed")
        self.typist, self.sequence = make_user("Editor"), 0
        self.reader = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        self.typing = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        self.typing.force_login(self.typist)

    def told(self, kinds: list[str]) -> dict[str, Any]:
        """Live through the hardships; return figures and problems."""
        self.work(4)
        self.rest()
        for kind in kinds:
            self.state = kind
            self.see()
            getattr(self, kind.replace("-", "_"))()
        self.state = "at rest"
        self.clock.shift(2 * LONGEST_STEP * HOUR)
        self.rest()
        done, figures = acts.check(self.house.kept)
        self.problems += [one for one in done if not self.was_by_the_wrong_clock(one)]
        for name, check in invariants.CHECKS.items():
            if name != "announced":  # one that has ended before a worker could look is never announced
                self.problems += [f"{name}: {one}" for one in check(timezone.now())]
        unannounced = Release.objects.live(timezone.now()).filter(announced_at=None)
        self.problems += [f"release {one.pk} was never announced: {one.last_error}" for one in unannounced]
        told = {"hardships": dict(Counter(kinds)), "refused or cut off meanwhile": dict(self.cut_off)}
        return {"problems": self.problems, "figures": told | figures | dict(sorted(self.count.items()))}

    def was_by_the_wrong_clock(self, problem: str) -> bool:
        """Say whether the act of a problem issued what an act by another clock has called off, with its correction."""
        every, _wrong = acts.read_acts(self.house.kept)
        act = every.get(problem.split()[1], {})
        called_off = Release.objects.filter(pk=act.get("release"), ending="cancelled").exists()
        return called_off and self.clocks > 0

    # The hardships

    def disk_full(self) -> None:
        """No byte is left where the newsroom writes."""
        disk = self.house.disk
        assert disk is not None
        disk.fill()
        self.suffer()
        disk.clear()
        self.recover()

    def disk_read_only(self) -> None:
        """Nothing can be changed where the newsroom writes, from one moment to the next."""
        disk = self.house.disk
        assert disk is not None
        disk.fail()
        self.suffer()
        connections.close_all()
        disk.mend()
        # As the runbook says: pages, which can be made again, are not waited for until the disk has them.
        call_command("verify_pages", repair=True, stdout=io.StringIO(), stderr=io.StringIO())
        self.recover()

    def database_full(self) -> None:
        """No byte is left for the server; it may end over it."""
        disk = self.house.database
        assert disk is not None
        disk.fill()
        self.suffer()
        disk.clear()
        self.start_server()
        self.recover()

    def database_read_only(self) -> None:
        """The server's disk goes read-only under it; it is brought back as after a repair."""
        disk, server = self.house.database, self.house.server
        assert disk is not None and server is not None
        disk.fail()
        self.suffer()
        connections.close_all()
        server.kill()
        server.bury()
        disk.mend()
        self.start_server()
        self.recover()

    def clock_forward(self) -> None:
        """The clock is hours ahead for a while."""
        self.step(self.random.uniform(1, LONGEST_STEP))

    def clock_back(self) -> None:
        """The clock is hours behind for a while."""
        self.step(-self.random.uniform(1, LONGEST_STEP))

    def step(self, hours: float) -> None:
        """Put the clock wrong by so many hours, go on working, and put it right."""
        self.clocks += 1
        self.clock.shift(hours * HOUR)
        self.go_on(read=hours > 0)
        self.clock.shift(-hours * HOUR)
        self.go_on(read=True)
        self.see()

    def go_on(self, *, read: bool) -> None:
        """Work by the clock as it is. `read`: whether what was public by the right clock is so by this one."""
        for one in WORK:
            one()
        if read:
            self.read()
        self.work()
        self.typing.force_login(self.typist)  # a session ends with its hours
        self.type(must=True)
        self.rest()
        self.forget()

    # What people do meanwhile

    def suffer(self) -> None:
        """Read, work and type while something is broken."""
        self.read()
        before = self.cut_off[self.state]
        for one in WORK:
            self.try_to(one)
        self.work()
        self.type(must=False)
        if self.must_refuse() and self.cut_off[self.state] == before:
            self.problems.append(f"{self.state}: nothing was refused")
        for one in WORK:
            self.try_to(one)
        connection.close()

    def must_refuse(self) -> bool:
        """Say whether the disk of the database lets nothing be written; one that is full has room in its files."""
        return self.state == ("database-read-only" if self.house.server else "disk-read-only")

    def recover(self) -> None:
        """See that all goes on by itself once it is mended."""
        self.type(must=True)
        self.forget()
        self.read()
        self.work()
        self.rest()
        self.see()

    def work(self, times: int = 1) -> None:
        """Let the desks do some acts; one that is cut off is looked up before the next."""
        for _ in range(times * self.number):
            desk = self.random.choices(self.desks, (5, 5, 1))[0]
            self.try_to(close_old_connections)
            self.try_to(desk.look_up)
            self.try_to(desk.step)
            self.clock.shift(timedelta(seconds=self.random.randint(0, 4)))

    def try_to(self, do: Callable[[], Any]) -> None:
        """Do something that may fail over a disk or a database, and over nothing else."""
        try:
            do()
        except Exception as error:
            self.cut_off[self.state] += 1
            if not outage_of(error):
                self.problems.append(f"{self.state}: {type(error).__name__}: {error}")
            with contextlib.suppress(DatabaseError, InterfaceError):
                connection.close()

    def type(self, *, must: bool) -> None:
        """Send what somebody has typed, as the form's script does: it is kept, or refused so that the browser keeps it.

        `must`: it is to be kept.
        """
        self.sequence += 1
        text = f"typed {self.sequence} {self.random.randbytes(100_000).hex()}"
        body = {
            "user": self.typist.pk,
            "article": self.typed_in.pk,
            "client": "browser",
            "sequence": self.sequence,
            "base": self.typed_in.version,
            "fields": {"headline": text},
        }
        answer = self.typing.post(reverse("admin:articles_article_keep"), json.dumps(body), "application/json")
        kept = answer.status_code == 200 and answer.json().get("ok") is True
        self.count["typed and kept" if kept else "typed and refused"] += 1
        self.cut_off[self.state] += not kept
        if not kept and (must or answer.status_code != 503):
            self.problems.append(f"{self.state}: what was typed is answered by {answer.status_code}")
        if kept:
            stored = Slot.objects.get(article=self.typed_in, client="browser")
            if (stored.sequence, stored.fields["headline"]) != (self.sequence, text):
                self.problems.append(f"{self.state}: of what was typed last something else is kept")

    # What readers see

    def see(self) -> None:
        """Note what is public now and has no end."""
        self.shown = {path_of(one): (one.article_id, word_of(one.edition.headline)) for one in lasting()}
        self.known = set(acts.read_acts(self.house.kept)[0])

    def forget(self) -> None:
        """Expect nothing more of the articles that somebody has begun to change since, done or not."""
        every, _wrong = acts.read_acts(self.house.kept)
        changed = {act.get("article") for word, act in every.items() if word not in self.known}
        self.shown = {path: seen for path, seen in self.shown.items() if seen[0] not in changed}

    def read(self) -> None:
        """Read all that was public when it was noted last, and the lists."""
        for path, (_article, word) in self.shown.items():
            answer = self.reader.get(path)
            self.count["read"] += 1
            if answer.status_code != 200 or word not in answer.content.decode():
                self.problems.append(f"{self.state}: {path}, which is public, is answered by {answer.status_code}")
        for path in LISTS:
            if (status := self.reader.get(path).status_code) != 200:
                self.problems.append(f"{self.state}: {path} is answered by {status}")

    # What the operator does

    def start_server(self) -> None:
        """Start the server again if it has ended, and wait until it answers."""
        server = self.house.server
        assert server is not None
        connections.close_all()
        if server.pid is None:
            server.bury()
            server.start()
        wait_for(server)

    def rest(self) -> None:
        """Let the jobs run, minutes apart, until nothing is left to be done."""
        for _ in range(40):
            for one in WORK:
                one()
            left = settle.left() | {"releases scheduled": 0}  # by a clock that is behind much is
            if not any(left.values()):
                break
            self.clock.shift(RETRY)
        else:
            self.problems.append(f"{self.state}: not at rest: {left}")
        self.problems += [f"{self.state}: record: {one}" for one in record.verify()]
