"""The reader's statements without one of their conditions: whether the plain rules notice."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import DatabaseError, connection, transaction

from .conditions import Removal, removals, without
from .draws import draw
from .equivalent import EQUIVALENT, Equivalent
from .questions import ASKING, Question, every_question

SEEDS = (0, 1, 2)  # newsrooms
HEAD = "/* shown."


class Mutant(NamedTuple):
    """A statement, by its name, without a condition."""

    statement: str
    removed: Removal

    @property
    def equivalent(self) -> Equivalent | None:
        """What says why nobody can notice it."""
        for one in EQUIVALENT:
            same = (one.statement, one.condition) == (self.statement, self.removed.condition)
            if same and one.branch in self.removed.branch:
                return one
        return None

    def __str__(self) -> str:
        return f"{self.statement}: {self.removed.condition}\n    in {shortened(self.removed.branch)}"


def shortened(branch: str) -> str:
    """Return a branch without its columns, but for the first."""
    _columns, _from, rest = branch.partition(" FROM ")
    return f"{branch[:30]} … FROM {rest}" if rest else branch


def name_of(statement: str) -> str:
    """Return the name at the head of a statement; empty for those that are not the reader's."""
    head = statement.lstrip()
    return head[len(HEAD) : head.index(" */")] if head.startswith(HEAD) else ""


def tried(names: Iterable[str] = ASKING) -> Iterator[tuple[Mutant, bool]]:
    """Yield every mutant of these statements, and whether it is noticed in one of the newsrooms."""
    every: dict[tuple[str, Any], Mutant] = {}
    noticed: set[tuple[str, Any]] = set()
    for seed in SEEDS:
        with transaction.atomic():
            draw(seed)
            questions = list(every_question(names))
            for mutant in mutants_of(statements_of(questions)):
                key = mutant.statement, mutant.removed.key
                every[key] = mutant
                if key not in noticed and is_noticed(mutant, questions):
                    noticed.add(key)
            transaction.set_rollback(True)
    for key, mutant in every.items():
        yield mutant, key in noticed


def statements_of(questions: Sequence[Question]) -> list[str]:
    """Return the reader's statements that the questions ask."""
    asked: dict[str, None] = {}

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if name_of(sql):
            asked[sql] = None
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        for question in questions:
            question.ask()
    return list(asked)


def mutants_of(statements: Iterable[str]) -> list[Mutant]:
    """Return a mutant for each condition of each branch of these statements."""
    found = {(name_of(one), removed.key): removed for one in statements for removed in removals(one)}
    return [Mutant(name, removed) for (name, _key), removed in found.items() if name]


def is_noticed(mutant: Mutant, questions: Sequence[Question]) -> bool:
    """Ask the questions of the mutant; True as soon as one is answered otherwise than the plain rules say."""

    def mutate(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        return execute(without(sql, mutant.removed.key) if name_of(sql) == mutant.statement else sql, *rest)

    with connection.execute_wrapper(mutate):
        return any(not agrees(question) for question in questions if question.statement == mutant.statement)


def agrees(question: Question) -> bool:
    """Whether a question is answered as expected: not when nobody can make sense of the answer. A mutant that is no
    statement at all is a fault of ours, and raises."""
    try:
        return bool(question.ask() == question.expected)
    except DatabaseError:
        raise
    except Exception:
        return False
