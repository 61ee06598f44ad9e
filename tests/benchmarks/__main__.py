"""`make bench`: run every benchmark of this folder and write its tables into docs/performance.md.

Each section of that file lies between two comments with the benchmark's name. A benchmark that could not run leaves its
section blank; the accuracy stays as it stands, with its date, where the labelled passages are not there.
"""

import os
import platform
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REPORT = ROOT / "docs/performance.md"
LONGEST = 540  # seconds for one benchmark
LARGE = {  # `make bench-large`, each at most an hour
    "large": ["large"],
    "large_click": ["click_bench", "1000000"],
    "large_postgres": ["large_postgres"],
    "lists_way": ["lists_way"],
    "lists_archive": ["lists_archive"],
}


def main(chosen: list[str]) -> None:
    """Run the chosen benchmarks, or all of them, the accuracy first."""
    every = ["accuracy", *sorted(file.stem.removesuffix("_bench") for file in HERE.glob("*_bench.py"))]
    report = REPORT.read_text(encoding="utf-8")
    took: dict[str, float] = {}
    for name in chosen or every:
        print(f"{name} …", file=sys.stderr, flush=True)
        begun = time.monotonic()
        table = output_of(name)
        took[name] = time.monotonic() - begun
        print(table)
        if table or name != "accuracy":
            report = with_section(report, name, f"{table}\n\n{where_and_when()}" if table else "")
            REPORT.write_text(report, encoding="utf-8")
    each = "".join(f", {name} {seconds:.0f} s" for name, seconds in took.items())
    print(f"In all {sum(took.values()) / 60:.1f} minutes{each}.", file=sys.stderr)


def output_of(name: str) -> str:
    """Return what a benchmark prints, "" when it fails or takes too long; its errors go to the terminal."""
    module, *arguments = LARGE.get(name, [name if name == "accuracy" else f"{name}_bench"])
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    longest = 3600 if name in LARGE else LONGEST
    try:
        run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=longest, check=False)
    except subprocess.TimeoutExpired:
        print(f"{name} takes more than {longest} s: left blank", file=sys.stderr)
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""


def with_section(report: str, name: str, text: str) -> str:
    """Return the report with a section's text exchanged; a new benchmark gets a section at the end.

    with_section("<!-- a -->old<!-- /a -->", "a", "new") == "<!-- a -->\\nnew\\n<!-- /a -->"
    """
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if begin not in report:
        report = f"{report.rstrip()}\n\n## {name.replace('_', ' ').capitalize()}\n\n{begin}\n{end}\n"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.S)
    return pattern.sub(lambda _: f"{begin}\n{text}\n{end}" if text else f"{begin}\n{end}", report, count=1)


def where_and_when() -> str:
    """Return the line under a table: machine, date, commit."""
    run = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    commit = run.stdout.strip() or "unknown"
    day = datetime.now(UTC).date().isoformat()
    return (
        f"*{os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.0f}, "
        f"Python {platform.python_version()}, {day}, commit {commit}.*"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
