"""The words of plain texts: which of them two texts keep, and what differs between those.

As many words are kept as can be. Of the ways to keep as many, one is told that keeps them in few runs, and what was put
in begins where a sentence does.
"""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from .subsequence import Pair, common

Op = tuple[str, str]  # "equal", "delete" or "insert", and the text

# A word with what may stand within it, such as "кто-то", "don’t" and "1,000.5"; accents are letters here. A line's end
# is a word of its own, as is any other sign.
_LETTER = r"[\w\u0300-\u036f]"
_WORD = re.compile(rf"({_LETTER}+(?:[-'’.,]{_LETTER}+)*|\n|[^\w\s])")
_SPACES = re.compile(r"[ \t\n\f\r]+")  # those that HTML shows as one

_MOST_CELLS = 400_000_000  # of words by words: 20,000 by 20,000, about 0.2 s; longer ones are compared by sentences
_STRONG = 6  # words in a row: no other way to keep as many is looked for across them
_TIDIED_CELLS = 4_000  # of a stretch between such rows
_TIDIED_IN_ALL = 150_000
_SENTENCE_ENDS = frozenset(".!?…\n¶")


def diff_words(old: str, new: str) -> list[Op]:
    """Return what stays, goes and comes, in order; neighbours of one kind are one.

    All that stays or goes joins to `old`, all that stays or comes to `new`, letter for letter.

    >>> diff_words("A quiet day.", "A very quiet night.")
    [('equal', 'A '), ('insert', 'very '), ('equal', 'quiet '), ('delete', 'day'), ('insert', 'night'), ('equal', '.')]
    """
    a, b = Words.of(old), Words.of(new)
    return joined((one.op, one.text) for one in told(a, b, align(a.words, b.words)))


@dataclass(frozen=True)
class Words:
    """A text taken apart: `spaces` has one entry more, for `spaces[0] + words[0] + spaces[1] + … ` is the text."""

    words: list[str]
    spaces: list[str]

    @classmethod
    def of(cls, text: str) -> "Words":
        parts = _WORD.split(text)
        return cls(parts[1::2], parts[::2])

    @property
    def text(self) -> str:
        return "".join(self.between(0, len(self.words)))

    @property
    def key(self) -> Hashable:
        return tuple(self.words), tuple(self.spaces)

    def between(self, begin: int, end: int) -> list[str]:
        """Return spaces, word, spaces, word, …, spaces: what stands between word `begin - 1` and word `end`."""
        out = [self.spaces[begin]]
        for i in range(begin, end):
            out += (self.words[i], self.spaces[i + 1])
        return out


class ToldWords(NamedTuple):
    """`begin`, `end`: which words it is, of the new text if it comes, else of the old one; `other`: of a kept word its
    place in the new text. The text of a kept word begins with the spaces before it, if both have the same there."""

    op: str
    text: str
    begin: int = 0
    end: int = 0
    other: int = 0


def told(a: Words, b: Words, pairs: Sequence[Pair]) -> Iterator[ToldWords]:
    """Yield what becomes of both texts, each kept word on its own, when the words of these places are kept."""
    i = j = 0
    for k, m in (*pairs, (len(a.words), len(b.words))):
        space = ""
        if i == k and j == m and a.spaces[k] == b.spaces[m]:
            space = a.spaces[k]
        else:
            for op, text in _changed(a.between(i, k), b.between(j, m)):
                yield ToldWords(op, text, *{"delete": (i, k), "insert": (j, m)}.get(op, ()))
        if k < len(a.words):
            yield ToldWords("equal", space + a.words[k], k, k + 1, m)
        elif space:
            yield ToldWords("equal", space)
        i, j = k + 1, m + 1


def _changed(old: list[str], new: list[str]) -> Iterator[Op]:
    """Yield what differs between two kept words, the spaces that both have around it left equal."""
    if old == new:
        yield from _some("equal", "".join(old))
        return
    before = _common(old[0], new[0])
    old[0], new[0] = old[0][before:], (head := new[0])[before:]
    after = _common(old[-1][::-1], new[-1][::-1])
    tail = new[-1][len(new[-1]) - after :]
    old[-1], new[-1] = old[-1][: len(old[-1]) - after], new[-1][: len(new[-1]) - after]
    yield from _some("equal", head[:before])
    yield from _some("delete", "".join(old))
    yield from _some("insert", "".join(new))
    yield from _some("equal", tail)


def _some(op: str, text: str) -> Iterator[Op]:
    if text:
        yield op, text


def _common(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    return n


def joined(ops: Iterator[Op]) -> list[Op]:
    """Return neighbours of one kind as one."""
    return [(op, "".join(text for _op, text in some)) for op, some in groupby(ops, key=itemgetter(0))]


# What is kept


def align(a: Sequence[str], b: Sequence[str]) -> list[Pair]:
    """Return the places of the words that both keep: as many as can be, in few runs, put in where a sentence begins."""
    pairs = _by_sentences(a, b) if len(a) * len(b) > _MOST_CELLS else common(a, b)
    return _slid(a, b, _tidied(a, b, pairs))


def _by_sentences(a: Sequence[str], b: Sequence[str]) -> list[Pair]:
    """Return the words of the sentences that both keep, and those kept between them where these are short enough."""
    one, other = _sentences(a), _sentences(b)
    pairs: list[Pair] = []
    i = j = 0
    starts = [
        (one[k][0], other[m][0], len(one[k][1]))
        for k, m in common([words for _at, words in one], [words for _at, words in other])
    ]
    for k, m, length in (*starts, (len(a), len(b), 0)):
        if (k - i) * (m - j) <= _MOST_CELLS:
            pairs += ((i + x, j + y) for x, y in common(a[i:k], b[j:m]))
        pairs += ((k + n, m + n) for n in range(length))
        i, j = k + length, m + length
    return pairs


def _sentences(words: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    ends = [n + 1 for n, word in enumerate(words) if word in _SENTENCE_ENDS]
    bounds = sorted({0, *ends, len(words)})
    return [(begin, tuple(words[begin:end])) for begin, end in pairwise(bounds)]


def _tidied(a: Sequence[str], b: Sequence[str], pairs: list[Pair]) -> list[Pair]:
    """Return as many pairs in fewer runs, where the stretches between long runs are short enough to look for them."""
    out: list[Pair] = []
    begin = (0, 0)
    left = _TIDIED_IN_ALL
    weak: list[Pair] = []
    for run in (*_runs(pairs), [(len(a), len(b))]):
        if len(run) < _STRONG and run[0] != (len(a), len(b)):
            weak += run
            continue
        end = run[0]
        cells = (end[0] - begin[0]) * (end[1] - begin[1])
        if weak and cells <= min(_TIDIED_CELLS, left):
            left -= cells
            weak = _coherent(a, b, begin, end, weak)
        out += weak
        out += run
        weak, begin = [], (run[-1][0] + 1, run[-1][1] + 1)
    return out[:-1]


def _runs(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    run: list[Pair] = []
    for pair in pairs:
        if run and pair != (run[-1][0] + 1, run[-1][1] + 1):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _coherent(a: Sequence[str], b: Sequence[str], begin: Pair, end: Pair, known: list[Pair]) -> list[Pair]:
    """Return the pairs that begin with the longest run between two places, if they are as many; else those known."""
    found = SequenceMatcher(None, a[begin[0] : end[0]], b[begin[1] : end[1]], autojunk=False).get_matching_blocks()
    if sum(block.size for block in found) < len(known):
        return known
    return [(begin[0] + block.a + n, begin[1] + block.b + n) for block in found for n in range(block.size)]


def _slid(a: Sequence[str], b: Sequence[str], pairs: list[Pair]) -> list[Pair]:
    """Move what comes, or goes, alone to where a sentence begins, if it can as well be told there."""
    for k in range(len(pairs) - 1):
        before, after = pairs[k], pairs[k + 1]
        one, other = after[0] - before[0] - 1, after[1] - before[1] - 1
        words, place = (b, 1) if other else (a, 0)
        if bool(one) == bool(other) or _begins(words, before[place] + 1):
            continue
        if back := _steps(words, pairs, k, place, -1, after[place] - 1):
            for n in range(k - back + 1, k + 1):
                pairs[n] = (pairs[n][0] + one, pairs[n][1] + other)
        elif on := _steps(words, pairs, k + 1, place, 1, before[place] + 1):
            for n in range(k + 1, k + on + 1):
                pairs[n] = (pairs[n][0] - one, pairs[n][1] - other)
    return pairs


def _steps(words: Sequence[str], pairs: Sequence[Pair], k: int, place: int, towards: int, far: int) -> int:
    """Return by how many words what lies beside pair `k` can move across it and those beyond, to begin a sentence; 0
    if it cannot. `towards`: -1 back, 1 on. `far`: the word at its end that lies away from the pair."""
    for steps in range(len(pairs) - k if towards > 0 else k + 1):
        by = steps * towards
        kept = (pairs[k][0] + by, pairs[k][1] + by)
        if pairs[k + by] != kept or words[kept[place]] != words[far + by]:
            return 0
        if _begins(words, kept[place] if towards < 0 else far + by + 1):
            return steps + 1
    return 0


def _begins(words: Sequence[str], at: int) -> bool:
    return at == 0 or words[at - 1] in _SENTENCE_ENDS
