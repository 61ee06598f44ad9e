"""The mistakes of a register file as a command tells them: file, line, place, what is expected."""

from collections.abc import Sequence
from pathlib import Path

from articles.footnotes.registers import Problem


def located(file: Path | str, text: str, problems: Sequence[Problem]) -> list[str]:
    """Return a line of text for each mistake in a file of which the JSON is whole."""
    from articles.interchange.register_json import read_json  # only where something is wrong

    line_of = read_json(text).line_of
    return [f"{file}, line {line_of(problem.where)}: {problem}" for problem in problems]
