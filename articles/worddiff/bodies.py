"""The blocks of an article's body: which of two bodies belong together, and what differs in their words and look.

Which blocks belong together follows from the words that the bodies keep: a paragraph that was divided, joined to
another or made a heading is told as that, not as one that went and one that came.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .blocks import Block, Formats, Look, blocks_of
from .subsequence import common, common_once
from .words import Words, align, told

PARAGRAPH = "¶"  # stands where a block was divided in two, or two were joined
# Shares of a block's words, each with the one that it stands beside, that another block has in common with it.
_LIKE = 0.3  # from here on one is told as the other's change
_HELD = 0.6  # from here on it is told as a part of a larger one
_MOST_CELLS = 400_000_000  # of words by words: 20,000 by 20,000, about 0.2 s
_PART = 4  # words: what is shorter is no part

Kind = tuple[str, Formats, Formats]  # of a piece: op, before, after
EQUAL: Kind = ("equal", (), ())


@dataclass(frozen=True)
class Piece:
    """`op`: equal, delete, insert or format, which stays but looks otherwise; `before`, `after`: its look there and
    here, of what only goes or comes that of one side; empty of what stays as it is."""

    op: str
    text: str
    before: Formats = ()
    after: Formats = ()


@dataclass(frozen=True)
class BlockChange:
    """`op`: equal, delete, insert or change. `kind`, `kind_before`: where the block stands, such as "p" or "ul li"; the
    same unless the block was made another one."""

    op: str
    kind: str
    kind_before: str
    pieces: tuple[Piece, ...]


def diff_bodies(old: str, new: str) -> list[BlockChange]:
    """Return the blocks of both bodies in order, those that changed with what changed in them.

    >>> [change] = diff_bodies("<p>A quiet <b>day</b></p>", "<p>A quiet day</p>")
    >>> change.op, change.kind, change.pieces[-1]
    ('change', 'p', Piece(op='format', text='day', before=('strong',), after=()))
    """
    return list(_compared(blocks_of(old), blocks_of(new), (lambda block: block.key, lambda block: block.wording)))


def _compared(a: list[Block], b: list[Block], keys: tuple[Callable[[Block], Hashable], ...]) -> Iterator[BlockChange]:
    """Yield what became of the blocks: those whose first keys are the same belong together, then, between these, those
    whose next ones are; between these, those whose words say so."""
    if not keys:
        yield from _between(a, b)
        return
    i = j = 0
    for k, m in common([keys[0](block) for block in a], [keys[0](block) for block in b]):
        yield from _compared(a[i:k], b[j:m], keys[1:])
        yield _alone("equal", a[k]) if a[k].key == b[m].key else _passage([a[k]], [b[m]])
        i, j = k + 1, m + 1
    yield from _compared(a[i:], b[j:], keys[1:])


def _between(a: list[Block], b: list[Block]) -> Iterator[BlockChange]:
    """Yield what became of the blocks between two that are equal."""
    i = j = 0
    for first, last in _together(a, b):
        yield from (_alone("delete", block) for block in a[i : first[0]])
        yield from (_alone("insert", block) for block in b[j : first[1]])
        yield _passage(a[first[0] : last[0] + 1], b[first[1] : last[1] + 1])
        i, j = last[0] + 1, last[1] + 1
    yield from (_alone("delete", block) for block in a[i:])
    yield from (_alone("insert", block) for block in b[j:])


def _passage(one: list[Block], other: list[Block]) -> BlockChange:
    return BlockChange("change", _kinds(other), _kinds(one), tuple(_pieces(_joined(one), _joined(other))))


def _kinds(blocks: list[Block]) -> str:
    return ", ".join(dict.fromkeys(block.kind for block in blocks))


def _together(a: list[Block], b: list[Block]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield first and last block, of both bodies, of each passage that belongs together."""
    if not a or not b:
        return
    if len(a) == len(b) == 1:
        kept = sum((Counter(_neighbours(a[0])) & Counter(_neighbours(b[0]))).values())
        votes = Counter({(0, 0): kept})
    else:
        votes = _votes(a, b)
    passage: list[tuple[int, int]] = []
    for pair in sorted(pair for pair, number in votes.items() if _belong(a[pair[0]], b[pair[1]], number)):
        if passage and pair[0] > passage[-1][0] and pair[1] > passage[-1][1]:
            yield passage[0], passage[-1]
            passage = []
        passage.append(pair)
    if passage:
        yield passage[0], passage[-1]


def _votes(a: list[Block], b: list[Block]) -> Counter[tuple[int, int]]:
    """Return how many words, each with the one it stands beside, each pair of blocks has in common, in order."""
    one, other = ([(n, pair) for n, block in enumerate(side) for pair in _neighbours(block)] for side in (a, b))
    both = {pair for _n, pair in one} & {pair for _n, pair in other}
    one, other = ([(n, pair) for n, pair in side if pair in both] for side in (one, other))
    kept = _anchored([pair for _n, pair in one], [pair for _n, pair in other])
    return Counter((one[i][0], other[j][0]) for i, j in kept)


def _anchored(a: Sequence[Hashable], b: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the places of what both keep: what stands in each once, and between these what they have in common."""
    i = j = 0
    for k, m in (*common_once(a, b), (len(a), len(b))):
        if (k - i) * (m - j) <= _MOST_CELLS:
            yield from ((i + x, j + y) for x, y in common(a[i:k], b[j:m]))
        if k < len(a):
            yield k, m
        i, j = k + 1, m + 1


def _neighbours(block: Block) -> Iterator[tuple[str, str]]:
    """Yield which words stand beside each other: alone, the common ones would be found in any block."""
    return pairwise(("", *block.words.words, ""))


def _belong(one: Block, other: Block, kept: int) -> bool:
    lengths = len(one.words.words) + 1, len(other.words.words) + 1
    return 2 * kept >= _LIKE * sum(lengths) or (kept >= _PART and kept >= _HELD * min(lengths))


def _joined(blocks: list[Block]) -> Block:
    """Return the blocks as one, a sign between each."""
    words: list[str] = []
    spaces, looks = [""], list[Look]()
    for n, block in enumerate(blocks):
        if n:
            words.append(PARAGRAPH)
            spaces.append("")
            looks.append(((0, ()),))
        words += block.words.words
        looks += block.looks
        spaces[-1] += block.words.spaces[0]
        spaces += block.words.spaces[1:]
    return Block("", Words(words, spaces), tuple(looks))


def _alone(op: str, block: Block) -> BlockChange:
    """Return a block that stays, goes or comes as a whole."""
    formats = _names(block.looks)
    piece = Piece(op, block.words.text, formats if op == "delete" else (), formats if op == "insert" else ())
    return BlockChange(op, block.kind, block.kind, (piece,))


def _pieces(one: Block, other: Block) -> list[Piece]:
    """Return what stays, goes, comes and looks otherwise in a passage; neighbours of one kind are one, and so are words
    that look otherwise in the same way with a space between them."""
    runs: list[tuple[Kind, list[str]]] = []
    for look, text in _each(one, other):
        if len(runs) > 1 and look[0] == "format" and runs[-2][0] == look and all(map(str.isspace, runs[-1][1])):
            runs[-2][1].extend((*runs.pop()[1], text))
        elif runs and runs[-1][0] == look:
            runs[-1][1].append(text)
        else:
            runs.append((look, [text]))
    return [Piece(op, "".join(texts), before, after) for (op, before, after), texts in runs]


def _each(one: Block, other: Block) -> Iterator[tuple[Kind, str]]:
    for op, text, begin, end, at in told(one.words, other.words, align(one.words.words, other.words.words)):
        if op == "delete":
            yield ("delete", _names(one.looks[begin:end]), ()), text
        elif op == "insert":
            yield ("insert", (), _names(other.looks[begin:end])), text
        elif end == 0 or one.looks[begin] == other.looks[at]:
            yield EQUAL, text
        else:
            word = one.words.words[begin]
            if space := text.removesuffix(word):
                yield EQUAL, space
            yield ("format", _names([one.looks[begin]]), _names([other.looks[at]])), word


def _names(looks: Sequence[Look]) -> Formats:
    return tuple(sorted({name for look in looks for _at, names in look for name in names}))
