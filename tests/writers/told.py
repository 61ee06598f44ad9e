"""Writes what came of the interruptions into the page on torture, between two lines that mark the place."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests.own import ROOT

from .writer import Log


def sentence(log: Log, seed: int, module: str) -> str:
    """Return what was done and how it ended."""
    kinds = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in sorted(log.kinds.items()))
    figures = ", ".join(f"{name} {number}" for name, number in sorted(log.figures.items()))
    ended = f"**{len(log.problems)} problems**" if log.problems else "No word is lost, no conflict is false"
    return (
        f"`python -m {module} --seed {seed}` at commit {commit()}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: "
        f"{sum(log.kinds.values())} interruptions ({kinds}). {ended}. Counted: {figures}."
    )


def commit() -> str:
    """Return the commit that is checked out."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def write(page: Path, module: str, text: str) -> None:
    """Put the sentence in place of the last one of this program."""
    begin, end = f"<!-- {module} -->", f"<!-- end of {module} -->"
    before, _, rest = page.read_text().partition(begin)
    page.write_text(f"{before}{begin}\n{text}\n{end}{rest.partition(end)[2]}")
