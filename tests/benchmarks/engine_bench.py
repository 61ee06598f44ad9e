"""What marking costs beside the bare scan: `python -m tests.benchmarks.engine_bench` prints a table.

A whole annotate of HTML articles (HTML in, marks and offsets out) and the bare overlapping scan of the same folded
texts by the engine's own automaton, alternated in one process; medians of rounds. Nothing here is asserted.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from articles.footnotes.annotate import Compiled, annotate, load_compiled
from articles.footnotes.automaton.scanner import load_fallback
from articles.footnotes.fold import fold
from articles.footnotes.html import markup_edits
from articles.footnotes.types import Field
from tests.benchmarks.engine_article import html
from tests.benchmarks.engine_registers import filled, starter

FORMS = 70_000
ROUNDS, RUNS = 9, 300
DAY = date(2025, 1, 1)


def compiled_bytes() -> bytes:
    """Compile the starter registers filled up to 70,000 forms; the dictionary is loaded only here."""
    from articles.footnotes.compile import compile_registers
    from articles.footnotes.registers import parse_registers

    count = load_compiled(compile_registers(parse_registers(starter()))).form_count()
    return compile_registers(parse_registers(filled(FORMS, count)))


def microseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the mean time of one run."""
    begun = time.perf_counter()
    for _ in range(runs):
        work()
    return (time.perf_counter() - begun) / runs * 1e6


def measure(language: str, compiled: Compiled) -> list[tuple[str, float, float]]:
    """Return (what, median, spread) for one article: the scan, the fallback's scan, annotate, annotate with reasons."""
    field = Field("body", html(language), "html")
    folded = fold(field.text, markup_edits(field.text)).scan
    fallback = load_fallback(compiled.forms())
    sides: dict[str, Callable[[], object]] = {
        "bare scan, engine's automaton": lambda: compiled.scan(folded),
        "bare scan, ahocorasick_rs": lambda: fallback(folded),
        "fold": lambda: fold(field.text, markup_edits(field.text)),
        "annotate": lambda: annotate([field], compiled, language=language, as_of=DAY),
        "annotate, explained": lambda: annotate([field], compiled, language=language, as_of=DAY, explain=True),
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, work in sides.items():
            times[name].append(microseconds(work))
    return [(name, statistics.median(all_), max(all_) - min(all_)) for name, all_ in times.items()]


def loaded(file: Path) -> str:
    """Load the compiled bytes in a fresh process; return its milliseconds and peak megabytes."""
    code = (
        "import sys, time, resource\n"
        "from articles.footnotes.annotate import load_compiled\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "begun = time.perf_counter(); compiled = load_compiled(data); took = time.perf_counter() - begun\n"
        "begun = time.perf_counter(); compiled.registers; book = time.perf_counter() - begun\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "print(f'{took * 1000:.1f} {book * 1000:.1f} {peak:.0f}')\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def main() -> None:
    """Print the tables."""
    begun = time.perf_counter()
    data = compiled_bytes()
    compiling = time.perf_counter() - begun
    compiled = load_compiled(data)
    print(f"{compiled.form_count():,} forms, {len(data) / 1e6:.1f} MB stored, compiled in {compiling:.1f} s")
    for language in ("en", "ru"):
        field = Field("body", html(language), "html")
        marks = len(annotate([field], compiled, language=language, as_of=DAY).mentions)
        raw = len(compiled.scan(fold(field.text, markup_edits(field.text)).scan))
        print(f"\n{language}: HTML of {len(field.text)} characters, {raw} raw hits, {marks} marks")
        print("| what | µs, median | spread | times the bare scan |\n|---|---:|---:|---:|")
        rows = measure(language, compiled)
        for name, median, spread in rows:
            print(f"| {name} | {median:.0f} | {spread:.0f} | {median / rows[0][1]:.2f} |")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "compiled"
        file.write_bytes(data)
        runs = [loaded(file).split() for _ in range(5)]
    took, book, peak = (statistics.median(float(run[i]) for run in runs) for i in range(3))
    print(f"\nfresh process: load {took:.1f} ms, the registers' records {book:.1f} ms, peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
