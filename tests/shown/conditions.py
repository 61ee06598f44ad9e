"""The conditions of a statement, found in its text, and the statement without one of them.

removals("SELECT a FROM t WHERE b = 1 AND (c IS NULL OR d > 2)") → the spans of `b = 1`, of the parenthesis, of both
of its sides: one of several that must all hold, or one alone, is put as true, one of several of which one must hold
as false.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(r"/\*.*?\*/|'(?:[^']|'')*'|%\(\w+\)s|[\w.\"]+|[()]|[^\s\w()]", re.DOTALL)
BEGINS = {"WHERE", "ON", "WHEN", "HAVING"}
ENDS = {*BEGINS, "GROUP", "ORDER", "LIMIT", "UNION", "JOIN", "LEFT", "CROSS", "THEN", "END", "AS"}
TRUE, FALSE = "1 = 1", "1 = 0"


class Token(NamedTuple):
    """`inside`: what stands in a parenthesis, which is one token with its ends."""

    text: str
    start: int
    end: int
    inside: "tuple[Token, ...]" = ()

    @property
    def is_open(self) -> bool:
        return self.text == "("


class Removal(NamedTuple):
    """A condition of a statement. `branch`: the outermost SELECT around it, without its numbers; `number`: among the
    conditions of that; `becomes`: what is put in its place."""

    branch: str
    number: int
    start: int
    end: int
    becomes: str
    condition: str

    @property
    def key(self) -> tuple[str, int]:
        return self.branch, self.number


@lru_cache(maxsize=2048)
def removals(statement: str) -> tuple[Removal, ...]:
    """Return the conditions of a statement, each of which can be removed by itself."""
    tokens = tree(statement)
    branches = sorted(selects(tokens))
    numbers = dict.fromkeys(branches, 0)
    found = []
    for start, end, becomes in sorted(spans(tokens)):
        # The widest: those of a union stand beside each other, those in parentheses within another.
        branch = min((one for one in branches if one[0] <= start and end <= one[1]), key=lambda one: (one[0], -one[1]))
        text = re.sub(r"\d+", "0", " ".join(statement[branch[0] : branch[1]].split()))
        condition = " ".join(statement[start:end].split())
        found.append(Removal(text, numbers[branch], start, end, becomes, condition))
        numbers[branch] += 1
    return tuple(found)


def without(statement: str, key: tuple[str, int]) -> str:
    """Return the statement without the condition, wherever the same branch stands in it."""
    for one in reversed(removals(statement)):
        if one.key == key:
            statement = statement[: one.start] + one.becomes + statement[one.end :]
    return statement


def tree(statement: str) -> tuple[Token, ...]:
    """Return the tokens of a statement; comments are none."""
    found = [match for match in TOKEN.finditer(statement) if not match[0].startswith("/*")]

    def level(at: int) -> tuple[tuple[Token, ...], int]:
        tokens: list[Token] = []
        while at < len(found) and found[at][0] != ")":
            match = found[at]
            if match[0] == "(":
                inside, at = level(at + 1)
                tokens.append(Token("(", match.start(), found[at].end(), inside))
            else:
                tokens.append(Token(match[0], match.start(), match.end()))
            at += 1
        return tuple(tokens), at

    return level(0)[0]


def selects(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield from where to where each SELECT goes."""
    start = None
    for token in tokens:
        yield from selects(token.inside)
        if token.text == "SELECT":
            start = token.start
        elif token.text == "UNION" and start is not None:
            yield start, before(tokens, token)
            start = None
    if start is not None:
        yield start, tokens[-1].end


def before(tokens: Sequence[Token], token: Token) -> int:
    return max(one.end for one in tokens if one.end <= token.start)


def spans(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield from where to where each condition goes, and what it becomes."""
    condition: list[Token] | None = None
    for token in tokens:
        if token.text in ENDS:
            yield from sides(condition or [])
            condition = [] if token.text in BEGINS else None
        elif condition is not None:
            condition.append(token)
        else:
            yield from spans(token.inside)
    yield from sides(condition or [])


def sides(condition: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a condition that can be removed, and those of the parentheses in it."""
    if not condition:
        return
    ors = split(condition, "OR")
    for one in ors:
        if len(ors) > 1:
            yield one[0].start, one[-1].end, FALSE
        ands = split(one, "AND")
        for part in ands:
            if len(ors) == 1 or len(ands) > 1:
                yield part[0].start, part[-1].end, TRUE
            for token in part:
                is_group = len(part) == 1 and token.is_open and token.inside[0].text not in ("SELECT", "VALUES")
                yield from sides(token.inside) if is_group else spans(token.inside)


def split(condition: Sequence[Token], word: str) -> list[list[Token]]:
    """Cut a condition at each of the words outside of parentheses."""
    parts: list[list[Token]] = [[]]
    for token in condition:
        if token.text == word:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
