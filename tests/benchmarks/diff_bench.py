"""How long a word diff of two texts of 100,000 letters takes, plain ones and bodies, by how much of them differs.

Prints a table for docs/performance.md: processor time, the median of seven runs, and what was told. The texts are
invented and drawn from a seed, half of their words from a vocabulary of a thousand, half of them small.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from articles.worddiff import diff_bodies, diff_words
from tests.worddiff import pairs

SIZE, RUNS, SEED = 100_000, 7, 14  # letters, of which some take two bytes


def main() -> None:
    """Print the table."""
    draw = random.Random(SEED)
    print("| two texts of 100,000 letters | plain: ms | told | body: ms | told |\n|---|---:|---:|---:|---:|")
    for name, old, new in texts(draw):
        plain, ops = measure(diff_words, joined(old), joined(new))
        html, blocks = measure(diff_bodies, markup(old), markup(new))
        changes = sum(1 for op, _text in ops if op != "equal")
        passages = sum(1 for block in blocks if block.op != "equal")
        print(f"| {name} | {plain:.0f} | {changes} | {html:.0f} | {passages} |")
    print("\nProcessor time, median of seven runs; told: passages that came, went or changed. To reach: 300 ms.")


def texts(draw: random.Random) -> list[tuple[str, list[pairs.Paragraph], list[pairs.Paragraph]]]:
    """Return pairs of texts, each with what differs in it."""
    old, other = long_text(draw), long_text(draw)
    one = pairs.Paragraph("p", [word for paragraph in old for word in paragraph.words])
    middle = len(old) // 2
    changed = pairs.edited(draw, old[middle])[0]
    return [
        ("the same", old, old),
        ("one paragraph edited", old, [*old[:middle], changed, *old[middle + 1 :]]),
        ("every paragraph edited", old, [pairs.edited(draw, paragraph)[0] for paragraph in old]),
        ("a single paragraph of that size, edited", [one], [pairs.edited(draw, one)[0]]),
        ("the paragraphs in another order", old, draw.sample(old, len(old))),
        ("two texts that have nothing to do with each other", old, other),
    ]


def long_text(draw: random.Random) -> list[pairs.Paragraph]:
    text: list[pairs.Paragraph] = []
    size = 0
    while size < SIZE:
        text.append(pairs.paragraph(draw))
        size += len(text[-1].text) + 2
    return text


def joined(text: Sequence[pairs.Paragraph]) -> str:
    return "\n\n".join(paragraph.text for paragraph in text)


def markup(text: Sequence[pairs.Paragraph]) -> str:
    return "".join(paragraph.html for paragraph in text)


def measure(diff: Callable[[str, str], list[Any]], old: str, new: str) -> tuple[float, list[Any]]:
    """Return the processor time in ms, the median of some runs, and what was told."""
    took = []
    for _run in range(RUNS):
        begun = time.process_time()
        told = diff(old, new)
        took.append(time.process_time() - begun)
    return statistics.median(took) * 1000, told


if __name__ == "__main__":
    main()
