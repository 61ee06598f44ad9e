"""A person at the desk: does one act after the other, and writes each down before and after it.

An act that was cut off, by a kill or by a database that went away, is looked up before the next one: it was done
whole or not at all. `act` is a word that the act leaves behind in the database, by which `found` looks it up.
"""

import random
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from articles.publishing import Refused

from . import found
from .journal import Journal, read

Done = dict[str, Any]


class Desk:
    """`letter` names the person; `pause`: seconds from one act to the next, at least and at most."""

    def __init__(self, folder: Path, name: str, letter: str, seed: int, pause: tuple[float, float]) -> None:
        path = folder / f"{name}-{letter}.jsonl"
        lines = list(read(path))
        self.letter, self.pause = letter, pause
        self.user = User.objects.get(username="managing-editor")
        self.number = max((line["n"] for line in lines), default=0)
        self.random = random.Random(f"{seed}-{letter}-{self.number}")
        self.journal = Journal(path)
        ended = {line["n"] for line in lines if line["phase"] not in ("intent", "broken")}
        self.began = time.time()
        self.open = [line for line in lines if line["phase"] == "intent" and line["n"] not in ended]

    def do(self, kind: str, work: Callable[[], Done], **known: Any) -> bool:
        """Do an act as its number `self.number`, with its two lines; True if it was done."""
        intent = {"n": self.number, "act": f"zq{self.letter}v{self.number}", "kind": kind} | known
        self.journal.write(phase="intent", **intent)
        try:
            done = work()
        except Refused as refused:
            self.journal.write(phase="refused", n=self.number, why=str(refused))
        except (OperationalError, InterfaceError) as error:
            self.journal.write(
                phase="broken", n=self.number, since=self.began, why=f"{type(error).__name__}: {error}"[:300]
            )
            self.open.append(intent)
        except Exception:
            self.journal.write(phase="unexpected", n=self.number, why=traceback.format_exc()[-4000:])
        else:
            self.journal.write(phase="done", n=self.number, **done)
            return True
        return False

    def look_up(self) -> None:
        """Write down of each act that was cut off whether it was done."""
        while self.open:
            intent = self.open[-1]
            seen = found.look(intent)
            self.journal.write(phase="found" if seen else "lost", n=intent["n"], **(seen or {}))
            self.open.pop()

    def next_number(self) -> int:
        self.number += 1
        return self.number

    def work(self, step: Callable[[], None]) -> None:
        """Do one act after the other, for ever."""
        while True:
            time.sleep(self.random.uniform(*self.pause))
            self.began = time.time()
            try:
                close_old_connections()  # looks, as before each request, whether the connection still lives
                self.look_up()
                step()
            except (OperationalError, InterfaceError) as error:
                self.journal.write(
                    phase="away", n=self.number, since=self.began, why=f"{type(error).__name__}: {error}"[:300]
                )
                connection.close()
            except Exception:
                self.journal.write(phase="unexpected", n=self.number, why=traceback.format_exc()[-4000:])
                raise
            if connection.errors_occurred or not connection.is_usable():
                connection.close()
