"""Sentences that nobody wrote for this project, for each name added and each whose other meanings were added.

One that marks, some that must not, as far as the texts of tests/benchmarks/foreign.toml have them; else null.
"""

import json
from typing import Any

from tests.starter import ROOT, annotation, starter

FILE = ROOT / "tests" / "starter" / "published.jsonl"
ENTRIES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_every_entry_is_a_name_of_the_file() -> None:
    known = {(one["key"], name["text"]) for one in starter()["organizations"] for name in one["names"]}
    assert [one["name"] for one in ENTRIES if (one["organization"], one["name"]) not in known] == []


def test_published_sentences_that_name_the_organization_are_marked() -> None:
    for entry in ENTRIES:
        if sentence := entry["marks"]:
            found = annotation(sentence["text"], sentence["language"]).mentions
            assert entry["organization"] in {one.organization for one in found}, sentence["text"]


def test_published_sentences_about_something_else_are_not_marked() -> None:
    for entry in ENTRIES:
        for sentence in entry["plain"]:
            assert annotation(sentence["text"], sentence["language"]).mentions == (), sentence["text"]


def test_the_docs_say_how_many_names_no_text_has() -> None:
    docs = (ROOT / "docs" / "registers.md").read_text(encoding="utf-8")
    without_mark = sum(entry["marks"] is None for entry in ENTRIES)
    without_plain = sum(not entry["plain"] for entry in ENTRIES)
    assert f"of {len(ENTRIES)} entries {without_mark} have no sentence that marks and {without_plain} none" in docs
