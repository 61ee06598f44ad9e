"""A longest common subsequence of two sequences, exactly: with a bit for each element of the second one. And a
quicker one, of what stands in each of them once.

After H. Hyyrö, Bit-parallel LCS-length computation revisited, 2004. The rows are whole numbers of Python, which
adds and takes them thousands of bits at a time.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

Pair = tuple[int, int]  # places in the old and in the new sequence that hold the same

_CHUNK = 128  # rows between those that are kept: the others are computed again when they are needed


def common(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Pair]:
    """Return the places of a longest common subsequence."""
    begin, end_a, end_b = 0, len(a), len(b)
    while begin < min(end_a, end_b) and a[begin] == b[begin]:
        begin += 1
    while min(end_a, end_b) > begin and a[end_a - 1] == b[end_b - 1]:
        end_a, end_b = end_a - 1, end_b - 1
    head = [(n, n) for n in range(begin)]
    tail = [(end_a + n, end_b + n) for n in range(len(a) - end_a)]
    inner = _subsequence(a[begin:end_a], b[begin:end_b])
    return [*head, *((i + begin, j + begin) for i, j in inner), *tail]


def _subsequence(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Pair]:
    """Row `i` has a zero bit at `j` where the common subsequence of `a[: i + 1]` and `b[: j + 1]` is longer than that
    of `b[:j]`. Every `_CHUNK`th row is kept, and the path followed back through one chunk after the other."""
    places: dict[Hashable, int] = {}
    for j, word in enumerate(b):
        places[word] = places.get(word, 0) | 1 << j
    every = (1 << len(b)) - 1
    row, starts = every, []
    for at in range(0, len(a), _CHUNK):
        starts.append(row)
        row = _rows(a[at : at + _CHUNK], places, row, every)[-1]
    pairs: list[Pair] = []
    j = len(b) - 1
    for number in range(len(starts) - 1, -1, -1):
        at = number * _CHUNK
        rows = [starts[number], *_rows(a[at : at + _CHUNK], places, starts[number], every)]
        i = len(rows) - 2
        while i >= 0 and j >= 0:
            if a[at + i] == b[j]:
                pairs.append((at + i, j))
                i, j = i - 1, j - 1
            elif rows[i + 1] >> j & 1:  # the word at `j` makes none longer
                j -= 1
            else:
                i -= 1
    return pairs[::-1]


def _rows(a: Sequence[Hashable], places: dict[Hashable, int], row: int, every: int) -> list[int]:
    rows = []
    for word in a:
        if hits := row & places.get(word, 0):
            row = (row + hits | row - hits) & every
        rows.append(row)
    return rows


def common_once(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Pair]:
    """Return the places of a longest common subsequence of what stands in each of them once; takes n log n."""
    once = {one for one, number in Counter(b).items() if number == 1}
    places = {one: j for j, one in enumerate(b) if one in once}
    twice = {one for one, number in Counter(a).items() if number > 1}
    pairs = [(i, places[one]) for i, one in enumerate(a) if one in places and one not in twice]
    lasts: list[int] = []  # of the rising rows of each length the smallest last place in `b`
    numbers: list[int] = []  # of the pair that ends there
    before: list[int] = []  # of each pair the one before it in its row, -1 for none
    for number, (_i, j) in enumerate(pairs):
        length = bisect_left(lasts, j)
        before.append(numbers[length - 1] if length else -1)
        lasts[length : length + 1], numbers[length : length + 1] = [j], [number]
    row, number = [], numbers[-1] if numbers else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]
