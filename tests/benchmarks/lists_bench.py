"""Keepers' lists: the invented files beside the project, judged by their own score; and the time of 5,000 lines.

    python -m tests.benchmarks.lists_bench [-v]

The files are those of ../shared/registers/lists, where that is there. The sentences are marked with the register files
that accepting every proposal unchanged gives; each file is a register of its own.
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from typing import Any

from articles.footnotes.annotate import annotate
from articles.footnotes.types import Field
from articles.lists.accept import register_file
from articles.lists.difference import difference
from articles.lists.line import ListLine
from articles.lists.read import Read, read
from articles.lists.understand import understood
from tests.benchmarks.persons_bench import SHARED, compiled
from tests.lists.made import agent, agents

LISTS = SHARED / "registers" / "lists"
DAY = date(2026, 10, 16)
LINES = 5000
Files = dict[str, tuple[Read, list[ListLine]]]


def main(*arguments: str) -> None:
    """Print the scores, where the files are there, and the time."""
    if (LISTS / "expected.json").exists():
        print(f"```\n{scores('-v' in arguments)}```\n")
    content = large()
    begun = time.process_time()
    lines = understood(read(content), b"key")
    took = time.process_time() - begun
    print(
        f"A spreadsheet of {len(lines):,} lines is read and understood in {took:.1f} s of processor time.\n", flush=True
    )
    for module in ("lists_way", "lists_archive"):  # each with a database, and settings, of its own
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{module}"], check=module == "lists_way")


def scores(loud: bool) -> str:
    """Return what the files' own score prints of the answers."""
    expected = json.loads((LISTS / "expected.json").read_text(encoding="utf-8"))
    files: Files = {name: _read(name) for name in expected["files"]}
    rows: list[dict[str, Any]] = [line.row(name) for name, (_found, lines) in files.items() for line in lines]
    for name, told in expected["diffs"].items():
        rows.append(difference(files[told["against"]][1], files[name][1]).row(name))
    rows += press([name for name in files if name not in expected["diffs"]], files)
    spec = importlib.util.spec_from_file_location("score_lists", LISTS / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as answers:
        answers.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        answers.flush()
        said: list[str] = []
        module.print = lambda *parts: said.append(" ".join(map(str, parts)))  # type: ignore[attr-defined]
        module.main(answers.name, loud)
    return "".join(f"{line}\n" for line in said)


def _read(name: str) -> tuple[Read, list[ListLine]]:
    found = read((LISTS / name).read_bytes())
    return found, understood(found, b"key")


def press(names: list[str], files: Files) -> list[dict[str, Any]]:
    """Return what is marked and asked in the sentences, by any of the files."""
    sentences = [json.loads(line) for line in (LISTS / "press.jsonl").read_text(encoding="utf-8").splitlines()]
    marked: dict[str, set[tuple[int, int]]] = {one["id"]: set() for one in sentences}
    asked: dict[str, set[tuple[int, int]]] = {one["id"]: set() for one in sentences}
    for name in names:
        found, lines = files[name]
        registers = compiled(register_file(found.layout, lines, {}))
        for one in sentences:
            told = annotate([Field("body", one["text"], "text")], registers, language=one["language"], as_of=DAY)
            marked[one["id"]] |= {(mention.start, mention.end) for mention in told.mentions}
            asked[one["id"]] |= {(mention.start, mention.end) for mention in told.unclear}
    return [{"press": key, "marked": sorted(marked[key]), "asked": sorted(asked[key] - marked[key])} for key in marked]


def large(*more: list[str]) -> bytes:
    """Return a register of invented persons and bodies by turns, and further rows."""
    rows = list(more)
    for number in range(LINES):
        day = f"{number % 28 + 1:02}.{number % 12 + 1:02}.{2016 + number % 9}"
        if number % 2:
            rows.append(agent(number, f"Топчи{number:x} Рада Фроловна «Ивушка {number}»", day, inn=f"{number:012}"))
        else:
            name = f"Общество с ограниченной ответственностью «Редакция «Тарн {number}» (ранее – ООО «Ряска {number}»)"
            rows.append(agent(number, name, day, type="Юридические лица", resources=f"https://t.me/tarn{number}"))
    return agents(*rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
