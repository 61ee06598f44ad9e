"""False marks and questions in foreign texts, for docs/performance.md; nothing where no package is to be had.

    python -m tests.benchmarks.foreign_bench [hits.jsonl]    # a line for every mark and question, to review them

A mark counts as false unless foreign_true.toml holds it as one that is right. Every question counts.
"""

import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from articles.footnotes.annotate import annotate
from articles.footnotes.types import Field
from tests.benchmarks.foreign import articles, fetch, texts
from tests.starter import compiled

DAY = date(2025, 1, 1)
TRUE = Path(__file__).with_name("foreign_true.toml")
LANGUAGES = {"en": "English", "ru": "Russian"}
AROUND = 70  # characters shown on each side
MOST_SHOWN = 8


def main(output: str = "") -> None:
    """Print a table by language, the names that were marked and asked about most, and the packages."""
    hits: list[dict[str, Any]] = []
    words: Counter[tuple[str, str]] = Counter()
    packages: dict[str, set[str]] = defaultdict(set)
    for text in texts():
        if not (package := fetch(text.package)):
            print(f"{text.package} is not to be had", file=sys.stderr)
            continue
        packages[text.language].add(" ".join(package.stem.split("_")[:2]).replace("%3a", ":"))
        for article in articles(text, package):
            words[text.language, text.kind] += len(article.split())
            hits += [
                {"package": text.package, "language": text.language, **hit} for hit in found(article, text.language)
            ]
    if not words:
        return
    if output:
        Path(output).write_text("".join(f"{json.dumps(hit, ensure_ascii=False)}\n" for hit in hits), encoding="utf-8")
    print_tables(hits, words, packages)


def found(article: str, language: str) -> Iterator[dict[str, Any]]:
    """Give every mark and question of an article, with the words around it."""
    result = annotate([Field("body", article)], compiled(), language=language, as_of=DAY)
    for kind, every in (("mark", result.mentions), ("question", result.unclear)):
        for one in every:
            before, name = article[max(0, one.start - AROUND) : one.start], article[one.start : one.end]
            around = f"{before}[{name}]{article[one.end : one.end + AROUND]}".replace("\n", " ")
            yield {"kind": kind, "name": " ".join(name.split()), "organization": one.organization, "around": around}


def is_true(hit: dict[str, Any], reviewed: list[dict[str, str]]) -> bool:
    """Say whether a mark was reviewed and found right: the organization in the package, in the words noted."""
    return any(
        one["package"] == hit["package"]
        and one["organization"] == hit["organization"]
        and one["around"] in hit["around"]
        for one in reviewed
    )


def print_tables(hits: list[dict[str, Any]], words: Counter[tuple[str, str]], packages: dict[str, set[str]]) -> None:
    """Print what was counted, each rate for a million words."""
    reviewed = tomllib.loads(TRUE.read_text(encoding="utf-8")).get("mentions", [])
    print(
        "| | million words | prose, manuals, dictionaries | right | false marks | a million | questions | a million |"
    )
    print("|---|---:|---|---:|---:|---:|---:|---:|")
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for language, title in LANGUAGES.items():
        kinds = [words[language, kind] / 1e6 for kind in ("prose", "manual", "dictionary")]
        if not (millions := sum(kinds)):
            continue
        mine = [hit for hit in hits if hit["language"] == language]
        marks = [hit for hit in mine if hit["kind"] == "mark"]
        false = [hit for hit in marks if not is_true(hit, reviewed)]
        asked = [hit for hit in mine if hit["kind"] == "question"]
        names[title, "False marks"].update(hit["name"] for hit in false)
        names[title, "Questions"].update(hit["name"] for hit in asked)
        shares = ", ".join(f"{kind:.1f}" for kind in kinds)
        print(
            f"| {title} | {millions:.1f} | {shares} | {len(marks) - len(false)} "
            f"| {len(false)} | {len(false) / millions:.1f} | {len(asked)} | {len(asked) / millions:.0f} |"
        )
    print()
    for (title, what), counted in names.items():
        listed = ", ".join(f"{name} {number}" for name, number in counted.most_common(MOST_SHOWN))
        print(f"{what}, {title}: {listed or 'none'}.\n")
    for language, every in packages.items():
        print(f"{LANGUAGES[language]} from: {', '.join(sorted(every))}.\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
