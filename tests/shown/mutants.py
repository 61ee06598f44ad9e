"""Take each condition out of each of the reader's statements, one at a time: do the plain rules notice?

    python -m tests.shown.mutants [NAME …]

NAME: of statements, such as beneath; else all. Exit status 1 when one is left that nobody notices, and that EQUIVALENT
does not name.
"""

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .conditions import Removal, removals, without

SEEDS = (0, 1)  # newsrooms
# Conditions that change no answer: (statement, condition, why it stands there).
EQUIVALENT: dict[tuple[str, str], str] = {}


class Mutant(NamedTuple):
    """A statement without a condition; `statement`: its name."""

    statement: str
    removed: Removal

    @property
    def reason(self) -> str:
        """Why nobody can notice it; empty for one that has to be noticed."""
        return EQUIVALENT.get((self.statement, self.removed.condition), "")

    def __str__(self) -> str:
        return f"{self.statement}: {self.removed.condition}\n    in {shortened(self.removed.branch)}"


def shortened(branch: str) -> str:
    """Return a branch without its columns, but for the first."""
    return f"{branch[:30]} … {branch[branch.index(' FROM ') :]}"


def name_of(statement: str) -> str:
    """Return the name at the head of a statement; empty for those that are not the reader's."""
    head = statement.lstrip()
    return head[len("/* shown.") : head.index(" */")] if head.startswith("/* shown.") else ""


def mutants_of(asked: list[str]) -> list[Mutant]:
    """Return a mutant for each condition of each branch of these statements."""
    found = {(name_of(one), removed.key): removed for one in asked for removed in removals(one)}
    return [Mutant(name, removed) for (name, _key), removed in found.items() if name]


def statements_of(questions: list[Any]) -> list[str]:
    """Return the statements that the questions ask."""
    from django.db import connection

    asked: dict[str, None] = {}

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked[sql] = None
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        for question in questions:
            question.ask()
    return list(asked)


def is_noticed(mutant: Mutant, questions: list[Any]) -> bool:
    """Ask the questions of the mutant; True as soon as one is answered otherwise than the plain rules say."""
    from django.db import connection

    def mutate(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        return execute(without(sql, mutant.removed.key) if name_of(sql) == mutant.statement else sql, *rest)

    with connection.execute_wrapper(mutate):
        return any(not agrees(question) for question in questions if question.statement == mutant.statement)


def agrees(question: Any) -> bool:
    """Whether a question is answered as expected; an answer that cannot be made sense of is not."""
    from django.db import DatabaseError

    try:
        return bool(question.ask() == question.expected)
    except DatabaseError:
        raise
    except Exception:
        return False


def survivors(names: list[str]) -> Iterator[tuple[Mutant, bool]]:
    """Yield every mutant, and whether it is noticed, in the newsrooms one after another."""
    from django.db import transaction

    from .draws import draw
    from .questions import every_question

    left: dict[tuple[str, Any], Mutant] = {}
    noticed: set[tuple[str, Any]] = set()
    for seed in SEEDS:
        with transaction.atomic():
            draw(seed)
            questions = [one for one in every_question() if not names or one.statement in names]
            for mutant in mutants_of(statements_of(questions)):
                key = mutant.statement, mutant.removed.key
                left[key] = mutant
                if key not in noticed and is_noticed(mutant, questions):
                    noticed.add(key)
            transaction.set_rollback(True)
    for key, mutant in left.items():
        yield mutant, key in noticed


def main(names: list[str]) -> int:
    """Print what is left and how many there were; return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import get_runner  # noqa: F401

    connection.creation.create_test_db(verbosity=0)
    try:
        found = list(survivors(names))
    finally:
        connection.creation.destroy_test_db(":memory:", verbosity=0)
    left = [mutant for mutant, is_killed in found if not is_killed]
    for mutant in left:
        print(f"{mutant}\n    {f'equivalent: {mutant.reason}' if mutant.reason else 'NOBODY NOTICES'}")
    bad = [mutant for mutant in left if not mutant.reason]
    print(
        f"{len(found)} conditions removed: {len(found) - len(left)} noticed, {len(left) - len(bad)} equivalent, "
        f"{len(bad)} unnoticed."
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
