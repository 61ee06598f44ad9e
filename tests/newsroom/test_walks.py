"""The walks through the code that docs/architecture.md describes are those that the code takes."""

import re
import tomllib

import pytest

from .walks import ROOT, faults_of, files_of, is_there, named, walks_of

PAGE = (ROOT / "docs" / "architecture.md").read_text()
WALKS = walks_of(PAGE)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
FILES = (".html", ".md", ".py", ".toml", ".conf")


def test_there_are_five() -> None:
    assert len(WALKS) == 5


def test_each_arrow_ties_two_names() -> None:
    walks = PAGE.partition("\n## Five walks\n")[2].partition("\n### ")[2].partition("\n## ")[0]
    assert walks.count("→") == sum(bool(one.caller) for walk in WALKS.values() for one in walk)


@pytest.mark.parametrize("title", WALKS)
def test_a_walk_passes_the_functions_that_it_names(title: str) -> None:
    assert len(WALKS[title]) > 15
    assert faults_of(WALKS[title]) == []


def test_each_file_of_the_walks_is_there() -> None:
    files = files_of(PAGE)
    assert files
    assert [file for file in files if not (ROOT / file).is_file()] == []


@pytest.mark.parametrize(
    ("walk", "fault"),
    [
        ("*By:* `tasks.bake` → `baking.bake.bake_dirty` → `baking.claim.claim`.", ""),
        (
            "*By:* `tasks.bake` → `baking.bake.bake_dirtied`.",
            "baking.bake.bake_dirtied: baking.bake has no bake_dirtied",
        ),
        ("*By:* `baking.baked.bake_dirty`.", "baking.baked.bake_dirty: there is no module baking.baked"),
        ("*By:* `tasks.bake` → `baking.claim.claim`.", "tasks.bake does not call baking.claim.claim"),
        # Another function of that name.
        (
            "*By:* `baking.bake.bake_dirty` → `models.work.claim`.",
            "baking.bake.bake_dirty does not call models.work.claim",
        ),
        ("`tasks.bake` → `baking.bake.bake_dirty`.", "tasks.bake: who comes here is not told"),
        (
            "*By:* `baking.bake.bake_dirty` → `baking.bake._bake`; `baking.bake.bake_dirty` → `baking.claim.claim`.",
            "baking.bake.bake_dirty calls baking.claim.claim earlier than the walk says",
        ),
    ],
)
def test_a_walk_that_the_code_does_not_take_is_found(walk: str, fault: str) -> None:
    assert faults_of(list(named(walk))) == ([fault] if fault else [])


@pytest.mark.parametrize("page", ["architecture.md", *(f"decisions/{file.name}" for file in DECISIONS)])
def test_the_code_has_what_a_page_names(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    names = {
        name
        for name in re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)+)(?:\(.*?\))?`", text)
        if not name.startswith("django.") and not name.endswith(FILES)
    }
    assert sorted(name for name in names if not is_there(name)) == []
    files = set(re.findall(r"`((?:articles|newsroom|tests|deploy|docs)/[\w./-]+)`", text))
    assert sorted(name for name in files if not (ROOT / name).exists()) == []


def test_the_rooms_of_the_page_are_those_of_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one.get("containers") == ["articles"])
    rooms = {room for layer in layers for room in layer.split(" | ")}
    table = PAGE.partition("\n## The rooms\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `articles/(\w+)(?:/|\.py)` \|", table, re.MULTILINE)) == rooms
