"""Three states of a text put together by paragraph: what it was, what I made of it, what others made of it meanwhile.

    merge(["a", "b"], ["A", "b"], ["a", "B"]) → "A" taken from mine, "B" taken from theirs

Two who change different paragraphs never stand in each other's way, be these next to each other. Pure Python: the
comparing of two states is `difflib`'s.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["kept", "mine", "theirs", "same", "conflict"]
MINE, THEIRS = 0, 1
LIKE = 0.5  # share of the shorter one's words from which on a paragraph is another's change
COMPARED = 10_000  # pairs of paragraphs that are compared word by word; beyond, a change is told as one
WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Chunk:
    """A stretch of paragraphs. `kind`: nobody changed it, one of us did, both did alike, or both did otherwise."""

    kind: Kind
    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    def text(self, choice: str = "both") -> tuple[str, ...]:
        """Return its paragraphs; `choice`, where both have changed it: "mine", "theirs" or "both", theirs first."""
        if self.kind == "conflict":
            return {"mine": self.mine, "theirs": self.theirs}.get(choice, (*self.theirs, *self.mine))
        return self.theirs if self.kind == "theirs" else self.base if self.kind == "kept" else self.mine


@dataclass(frozen=True)
class Hunk:
    """What one side puts in place of the base's paragraphs from `start` to `end`; none: it puts them in between."""

    start: int
    end: int
    side: int
    lines: tuple[str, ...]


def blank(paragraph: str) -> str:
    """Return what a paragraph is compared by: how its blanks are written is no change.

    >>> blank(" <p>Two  words</p>")
    '<p>Two words</p>'
    """
    return " ".join(paragraph.split())


def merge(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], key: Callable[[str], str] = str
) -> list[Chunk]:
    """Return the chunks of the merged text in their order. `key`: what two paragraphs have in common that are one."""
    chunks: list[Chunk] = []
    at = 0
    for group in groups(sorted([*hunks(base, mine, MINE, key), *hunks(base, theirs, THEIRS, key)], key=place)):
        start, end = group[0].start, max(hunk.end for hunk in group)
        if start > at:
            chunks.append(kept(base[at:start]))
        chunks.append(chunk(base, start, end, group, key))
        at = end
    if at < len(base):
        chunks.append(kept(base[at:]))
    return chunks


def common(one: Sequence[str], other: Sequence[str], key: Callable[[str], str] = str) -> list[str]:
    """Return the paragraphs that both have, in their order: what stands for a base that nobody knows."""
    blocks = matcher(one, other, key).get_matching_blocks()
    return [line for block in blocks for line in other[block.b : block.b + block.size]]


def kept(lines: Sequence[str]) -> Chunk:
    return Chunk("kept", tuple(lines), tuple(lines), tuple(lines))


def matcher(one: Sequence[str], other: Sequence[str], key: Callable[[str], str]) -> "SequenceMatcher[str]":
    return SequenceMatcher(None, [key(line) for line in one], [key(line) for line in other])


def hunks(base: Sequence[str], side: Sequence[str], number: int, key: Callable[[str], str]) -> Iterator[Hunk]:
    """Yield what a side has changed, paragraph by paragraph as far as one is told from the other."""
    for tag, start, end, begin, stop in matcher(base, side, key).get_opcodes():
        if tag == "equal":
            continue
        i, j = start, begin
        for k, m in [*alike(base[start:end], side[begin:stop]), (end - start, stop - begin)]:
            yield from between(i, start + k, number, side[j : begin + m])
            if start + k < end:
                yield Hunk(start + k, start + k + 1, number, (side[begin + m],))
            i, j = start + k + 1, begin + m + 1


def between(start: int, end: int, number: int, lines: Sequence[str]) -> Iterator[Hunk]:
    """Yield the change of paragraphs that have nothing in common; as many for as many are told one by one."""
    if end - start == len(lines):
        yield from (Hunk(start + step, start + step + 1, number, (line,)) for step, line in enumerate(lines))
    else:
        yield Hunk(start, end, number, tuple(lines))


def alike(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of paragraphs that are each other's, by their words, in their order: the likest together."""
    if not one or not other or len(one) * len(other) > COMPARED:
        return []
    words = [[Counter(WORDS.findall(line)) for line in side] for side in (one, other)]
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    likeness = [[like(a, b) for b in words[1]] for a in words[0]]
    for i in reversed(range(len(one))):
        for j in reversed(range(len(other))):
            pair = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def like(one: "Counter[str]", other: "Counter[str]") -> float:
    """Return which share of their words two paragraphs have in common; 0 where it is less than LIKE."""
    share = (one & other).total() / max(min(one.total(), other.total()), 1)
    return share if share >= LIKE else 0.0


def place(hunk: Hunk) -> tuple[int, int]:
    return hunk.start, hunk.end


def groups(ordered: Iterable[Hunk]) -> Iterator[list[Hunk]]:
    """Yield the hunks that concern the same paragraphs, each with those of the other side that do."""
    group: list[Hunk] = []
    for hunk in ordered:
        if group and not touches(group, hunk):
            yield group
            group = []
        group.append(hunk)
    if group:
        yield group


def touches(group: list[Hunk], hunk: Hunk) -> bool:
    """Say whether a hunk shares a paragraph with a group before it, or puts its own in the same place."""
    end = max(one.end for one in group)
    if hunk.start < end:
        return True
    is_between = hunk.start == hunk.end
    return is_between and any(one.start == one.end == hunk.start and one.side != hunk.side for one in group)


def chunk(base: Sequence[str], start: int, end: int, group: list[Hunk], key: Callable[[str], str]) -> Chunk:
    """Return what has become of the base's paragraphs from `start` to `end`."""
    was = tuple(base[start:end])
    mine, theirs = (applied(base, start, end, [one for one in group if one.side == side]) for side in (MINE, THEIRS))
    sides = {one.side for one in group}
    if sides == {MINE}:
        return Chunk("mine", was, mine, was)
    if sides == {THEIRS}:
        return Chunk("theirs", was, was, theirs)
    alike = [*map(key, mine)] == [*map(key, theirs)]
    return Chunk("same" if alike else "conflict", was, mine, theirs)


def applied(base: Sequence[str], start: int, end: int, changes: list[Hunk]) -> tuple[str, ...]:
    """Return the base's paragraphs from `start` to `end` with the changes of one side."""
    lines: list[str] = []
    at = start
    for hunk in changes:
        lines += [*base[at : hunk.start], *hunk.lines]
        at = hunk.end
    return (*lines, *base[at:end])


TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*?(/?)>")
ALONE = frozenset({"br", "hr", "img", "col", "wbr", "input"})


def paragraphs(html: str) -> list[str]:
    """Return the blocks of a valid fragment, such as one that `editions.clean_html` returns, blanks between them gone.

    >>> paragraphs("<p>One</p> <ul><li>Two</li></ul>lone words")
    ['<p>One</p>', '<ul><li>Two</li></ul>', 'lone words']
    """
    blocks: list[str] = []
    depth = begin = 0
    for tag in TAG.finditer(html):
        closes, name, ends_itself = tag.groups()
        if not closes and depth == 0:
            blocks.append(html[begin : tag.start()])
            begin = tag.start()
        if name.lower() not in ALONE and not ends_itself:
            depth = max(depth - 1, 0) if closes else depth + 1
        if depth == 0:
            blocks.append(html[begin : tag.end()])
            begin = tag.end()
    blocks.append(html[begin:])
    return [block.strip() for block in blocks if block.strip()]
