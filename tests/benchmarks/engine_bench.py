"""What marking costs beside the bare scan: `python -m tests.benchmarks.engine_bench` prints a table.

A whole annotate of HTML articles (HTML in, marks and offsets out) and the bare overlapping scan of the same folded
texts by the engine's own automaton, alternated in one process; medians of rounds. Times are CPU
time, because the machine is shared. Nothing is asserted.
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
from articles.footnotes.html import markup_cuts
from articles.footnotes.types import Field
from tests.benchmarks.engine_article import variants
from tests.benchmarks.engine_registers import filled, starter

FORMS = 70_000
ROUNDS, ARTICLES = 15, 40
WARM_ROUNDS = 60
DAY = date(2025, 1, 1)


def compiled_bytes() -> bytes:
    """Compile the starter registers filled up to 70,000 forms; the dictionary is loaded only here."""
    from articles.footnotes.compile import compile_registers
    from articles.footnotes.registers import parse_registers

    count = load_compiled(compile_registers(parse_registers(starter()))).form_count
    return compile_registers(parse_registers(filled(FORMS, count)))


def load_peer(forms: list[str]) -> Callable[[str], object] | None:
    """Return the scan of pyahocorasick, None where it is not installed."""
    try:
        import ahocorasick  # type: ignore[import-not-found]
    except ImportError:
        return None
    automaton = ahocorasick.Automaton()
    for number, form in enumerate(forms):
        automaton.add_word(form, (number, len(form)))
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text))


def measure(language: str, compiled: Compiled) -> tuple[str, list[tuple[str, float, float, float]]]:
    """Return a line about the articles, and (what, median µs, spread, median ratio to the scan) for each side.

    Every side is taken on each article in turn, so that all meet the same caches and the same load of the machine.
    """
    fields = [Field("body", text, "html") for text in variants(language, ARTICLES)]
    folded = [fold(field.text, markup_cuts(field.text)).scan for field in fields]
    fallback, peer = load_fallback(compiled.forms()), load_peer(compiled.forms())
    sides: dict[str, Callable[[int], object]] = {
        "bare scan, engine's automaton": lambda i: compiled.scan(folded[i]),
        "bare scan, ahocorasick_rs": lambda i: fallback(folded[i]),
        "bare scan, pyahocorasick": lambda i: peer(folded[i]) if peer else None,
        "fold": lambda i: fold(fields[i].text, markup_cuts(fields[i].text)),
        "annotate": lambda i: annotate([fields[i]], compiled, language=language, as_of=DAY),
        "annotate, explained": lambda i: annotate([fields[i]], compiled, language=language, as_of=DAY, explain=True),
    }
    rounds: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        took = dict.fromkeys(sides, 0.0)
        for i in range(ARTICLES):
            for name, work in sides.items():
                begun = time.thread_time()
                work(i)
                took[name] += time.thread_time() - begun
        rounds.append({name: seconds / ARTICLES * 1e6 for name, seconds in took.items()})
    marks = sum(len(annotate([field], compiled, language=language, as_of=DAY).mentions) for field in fields)
    size = sum(len(field.text) for field in fields) // ARTICLES
    hits = sum(len(compiled.scan(text)) for text in folded) / ARTICLES
    each = f"{size} characters, {hits:.0f} raw hits, {marks / ARTICLES:.1f} marks each"
    about = f"{ROUNDS} rounds of {ARTICLES} articles of {each}"
    scan = "bare scan, engine's automaton"
    return about, [
        (
            name,
            statistics.median(one[name] for one in rounds),
            max(one[name] for one in rounds) - min(one[name] for one in rounds),
            statistics.median(one[name] / one[scan] for one in rounds),
        )
        for name in sides
        if peer or "pyahocorasick" not in name
    ]


def warm(language: str, compiled: Compiled) -> str:
    """Return a line about the two sides alone, each first in turn, with nothing else between: all caches warm."""
    fields = [Field("body", text, "html") for text in variants(language, ARTICLES)]
    folded = [fold(field.text, markup_cuts(field.text)).scan for field in fields]
    sides: list[Callable[[int], object]] = [
        lambda i: compiled.scan(folded[i]),
        lambda i: annotate([fields[i]], compiled, language=language, as_of=DAY),
    ]
    rounds: list[list[float]] = []
    for number in range(WARM_ROUNDS):
        took = [0.0, 0.0]
        for i in range(ARTICLES):
            for side in (0, 1) if (i + number) % 2 else (1, 0):
                begun = time.thread_time()
                sides[side](i)
                took[side] += time.thread_time() - begun
        rounds.append([seconds / ARTICLES * 1e6 for seconds in took])
    scan, whole = (statistics.median(one[side] for one in rounds) for side in (0, 1))
    low, ratio, high = statistics.quantiles((one[1] / one[0] for one in rounds), n=4)
    return (
        f"With nothing else between, all caches warm: scan {scan:.0f} µs, annotate {whole:.0f} µs, {ratio:.2f} times "
        f"(half of {WARM_ROUNDS} rounds: {low:.2f} to {high:.2f})."
    )


def loaded(file: Path) -> str:
    """Load the compiled bytes in a fresh process; return its milliseconds and peak megabytes."""
    code = (
        "import re, sys, time\n"
        "from articles.footnotes.annotate import load_compiled\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "begun = time.process_time(); compiled = load_compiled(data); took = time.process_time() - begun\n"
        "begun = time.process_time(); compiled.registers; book = time.process_time() - begun\n"
        "peak = int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024\n"
        "print(f'{took * 1000:.1f} {book * 1000:.1f} {peak:.0f}')\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def main() -> None:
    """Print the tables."""
    begun = time.thread_time()
    data = compiled_bytes()
    compiling = time.thread_time() - begun
    compiled = load_compiled(data)
    print(f"{compiled.form_count:,} forms, {len(data) / 1e6:.1f} MB stored, compiled in {compiling:.1f} s")
    for language in ("en", "ru"):
        about, rows = measure(language, compiled)
        print(f"\n{language}: {about}\n")
        print("| what | µs, median | spread | times the bare scan |\n|---|---:|---:|---:|")
        for name, median, spread, ratio in rows:
            print(f"| {name} | {median:.0f} | {spread:.0f} | {ratio:.2f} |")
        print(f"\n{warm(language, compiled)}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "compiled"
        file.write_bytes(data)
        runs = [loaded(file).split() for _ in range(5)]
    took, book, peak = (statistics.median(float(run[i]) for run in runs) for i in range(3))
    print(
        f"\nfresh process: load {took:.1f} ms, the registers' records {book:.1f} ms, peak {peak:.0f} MB (5 processes)"
    )


if __name__ == "__main__":
    main()
