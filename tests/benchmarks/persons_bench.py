"""Persons: the labelled passages rule by rule, and a thousand invented ones in foreign texts; for docs/performance.md.

    python -m tests.benchmarks.persons_bench [hits.jsonl]    # a line for every mark and question, to review them

The passages are those of ../shared/corpus, where that is there; the foreign texts those of foreign.toml. Nobody whom
the foreign texts name is invented here, so every mark is false and every question needless.
"""

import importlib.util
import json
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from articles.footnotes.annotate import Compiled, annotate, load_compiled
from articles.footnotes.ledger import Ledger
from articles.footnotes.render import render_text
from articles.footnotes.types import Field, Style
from tests.benchmarks.engine_bench import loaded, measure
from tests.benchmarks.foreign import articles, fetch, texts
from tests.benchmarks.persons_registers import PERSONS, with_persons

SHARED = Path(__file__).resolve().parents[3] / "shared"
DAY, PASSAGES_DAY = date(2025, 1, 1), date(2026, 12, 1)
LANGUAGES = {"en": "English", "ru": "Russian"}
AROUND = 70


def stored(data: dict[str, Any]) -> bytes:
    """Compile a register file's dict; the dictionary is loaded only here."""
    from articles.footnotes.compile import compile_registers
    from articles.footnotes.registers import parse_registers

    return compile_registers(parse_registers(data))


def compiled(data: dict[str, Any]) -> Compiled:
    """Return a register file's dict as a process holds it."""
    return load_compiled(stored(data))


def main(output: str = "") -> None:
    """Print the tables and what it costs."""
    if (SHARED / "corpus/persons-dev.jsonl").exists():
        print_passages()
    registers = compiled(with_persons())
    print_costs(registers)
    hits, words = foreign(registers)
    if output:
        Path(output).write_text("".join(f"{json.dumps(hit, ensure_ascii=False)}\n" for hit in hits), encoding="utf-8")
    print_foreign(hits, words)


def print_costs(registers: Compiled) -> None:
    """Print what marking costs beside the bare scan with the invented persons in place of the filler names."""
    ratios = []
    for language in LANGUAGES:
        _, rows = measure(language, registers)
        ratios += [f"{LANGUAGES[language]} {ratio:.2f}" for name, _, _, ratio in rows if name == "annotate"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "compiled"
        file.write_bytes(stored(with_persons()))
        took, _, peak = loaded(file).split()
    print(
        f"{PERSONS:,} persons beside the starter registers, {registers.form_count:,} forms: annotate takes "
        f"{' and '.join(ratios)} times the bare scan; a fresh process loads them in {took} ms, peak {peak} MB.\n"
    )


# The labelled passages.


def predicted(passage: dict[str, Any], registers: Compiled) -> dict[str, Any]:
    """Return what the command writes of a passage."""
    field = Field(passage["field"], passage["input_text"], passage["format"])
    found = annotate([field], registers, language=passage["lang"], as_of=PASSAGES_DAY)
    block = Ledger(registers.registers, Style(), passage["lang"]).block("a")
    unclear = [{"surface": one.surface, "start": one.start, "end": one.end} for one in found.unclear]
    return {"id": passage["id"], "marked_text": render_text(field.text, found.mentions, block), "unclear": unclear}


def scorer() -> ModuleType:
    """Load the passages' own scoring, which stands beside them."""
    spec = importlib.util.spec_from_file_location("score_persons", SHARED / "corpus/score_persons.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores() -> dict[str, Any]:
    """Return the scoring's table of the passages: {"all": {…}, "kind=P1": {…}, …}."""
    lines = (SHARED / "corpus/persons-dev.jsonl").read_text(encoding="utf-8").splitlines()
    passages = [json.loads(line) for line in lines]
    registers = compiled(json.loads((SHARED / "registers/persons.json").read_text(encoding="utf-8")))
    predictions = {one["id"]: predicted(one, registers) for one in passages}
    module = scorer()
    groups, _ = module.score(passages, predictions)
    table = {"=".join(part for part in pair if part): module.rates(counts) for pair, counts in groups.items()}
    return table | {"negatives": groups["sort", "none"]["false"]}


def print_passages() -> None:
    """Print the scores of all passages, and by rule."""
    table = scores()
    rules = sorted((one for one in table if one.startswith("kind=")), key=lambda one: int(one[6:]))
    print("| | passages | wholly right | recall | precision | asked recall | needless questions |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name in ("all", "lang=en", "lang=ru", *rules):
        row = table[name]
        rates = [row[column] for column in ("right", "recall", "precision", "asked_recall")]
        shown = " | ".join("–" if rate is None else f"{rate:.3f}" for rate in rates)
        print(f"| {name.rpartition('=')[2]} | {row['passages']} | {shown} | {row['false_asks']} |")
    print(f"\nMarks in passages that get none: {table['negatives']}.\n")


# The foreign texts.


def foreign(registers: Compiled) -> tuple[list[dict[str, Any]], Counter[str]]:
    """Return every mark and question of a person, with the words around it, and the words by language."""
    hits: list[dict[str, Any]] = []
    words: Counter[str] = Counter()
    for text in texts():
        package = fetch(text.package)
        for article in articles(text, package) if package else ():
            words[text.language] += len(article.split())
            found = annotate([Field("body", article)], registers, language=text.language, as_of=DAY)
            for kind, every in (("mark", found.mentions), ("question", found.unclear)):
                for one in every:
                    if one.organization.startswith("person-"):
                        around = article[max(0, one.start - AROUND) : one.end + AROUND].replace("\n", " ")
                        found_here = {"kind": kind, "name": one.surface, "rule": one.rule, "around": around}
                        hits.append({"language": text.language, **found_here})
    return hits, words


def print_foreign(hits: list[dict[str, Any]], words: Counter[str]) -> None:
    """Print the rates for a million words; nothing where no package is to be had."""
    if not words:
        return
    print(f"{PERSONS:,} invented persons beside the starter registers, in texts that nobody wrote for this project:\n")
    print("| | million words | false marks | a million | questions | a million |")
    print("|---|---:|---:|---:|---:|---:|")
    for language, title in LANGUAGES.items():
        millions = words[language] / 1e6
        if not millions:
            continue
        marks, asked = (
            sum(hit["language"] == language and hit["kind"] == kind for hit in hits) for kind in ("mark", "question")
        )
        print(f"| {title} | {millions:.1f} | {marks} | {marks / millions:.1f} | {asked} | {asked / millions:.1f} |")
    shown = Counter((hit["kind"], hit["name"]) for hit in hits).most_common(8)
    print(f"\nMost often: {', '.join(f'{name} ({kind}) {count}' for (kind, name), count in shown) or 'none'}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
