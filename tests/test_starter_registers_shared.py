"""The starter register file beside its source: keys, names, designations and notes are all accounted for."""

import json
import re
from typing import Any

from articles.footnotes.fold import fold_form
from tests.starter import SHARED, starter

ORGANIZATIONS: list[dict[str, Any]] = starter()["organizations"]
REGISTRY: dict[str, Any] = json.loads((SHARED / "registry.json").read_text(encoding="utf-8"))
WORDING: dict[str, Any] = json.loads((SHARED / "wording.json").read_text(encoding="utf-8"))
KEPT = {key: one for one in ORGANIZATIONS for key in (one["key"], *one.get("also_keys", []))}


def bare(text: str) -> str:
    """Return a name without its quotation marks, hyphens and doubled spaces, to compare."""
    return " ".join(re.sub(r"[\"-]", " ", fold_form(text)).split())


def test_all_keys_are_kept_and_none_is_new() -> None:
    assert set(KEPT) == {one["key"] for one in REGISTRY["organizations"]}


def test_every_name_of_the_source_is_a_name_a_line_of_the_list_or_left_out_with_a_reason() -> None:
    for source in REGISTRY["organizations"]:
        mine = KEPT[source["key"]]
        known = {bare(name["text"]) for name in mine["names"]}
        known |= {bare(line) for line in mine.get("_listed_as", [])}
        known |= {bare(one["text"]) for one in mine.get("_left_out", [])}
        for name in source["names"]:
            assert bare(name["text"]) in known, (source["key"], name["text"])


def test_every_designation_of_the_source_is_kept() -> None:
    for source in REGISTRY["organizations"]:
        mine = KEPT[source["key"]]["designations"]
        for one in source["designations"]:
            same = [other for other in mine if other["register"] == one["register"]]
            dates = {other["since"] for other in same}
            assert one["since"] in dates or (one["since"] is None and same), source["key"]


def test_the_notes_are_those_of_the_source() -> None:
    for register in starter()["registers"]:
        assert register["notes"] == {language: WORDING[register["key"]][language] for language in ("en", "ru")}
    assert starter()["own_notice"] == WORDING["own_notice"]
