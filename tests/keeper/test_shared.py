"""The invented lists beside this project go through the database: base file, then the next, nothing private kept."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.interchange import keeper
from articles.lists.read import read
from articles.models import KeeperLine, ListFile, Organization
from tests.benchmarks.lists_bench import LISTS
from tests.builders import NOW
from tests.keeper.conftest import accepted, changes, dump, empty_register

EXPECTED: dict[str, Any] = json.loads((LISTS / "expected.json").read_text(encoding="utf-8"))
BASES = [name for name in EXPECTED["files"] if name not in EXPECTED["diffs"]]


def take(name: str, by: User) -> ListFile:
    content = (LISTS / name).read_bytes()
    return keeper.take(content, name, empty_register(read(content).layout.name), by=by, at=NOW)


def key(where: dict[str, Any]) -> str:
    return json.dumps(where, sort_keys=True)


@pytest.mark.parametrize("name", BASES)
def test_base_file_is_stored_whole_and_the_same_again_changes_nothing(name: str, legal: User) -> None:
    file = take(name, legal)
    lines = EXPECTED["files"][name]["count"]
    assert changes(file) == {"added": lines} | ({"open": file.counts["open"]} if file.counts["open"] else {})
    done = accepted(file, legal)
    assert (file.state, done.plan.left_out) == ("stored", [])
    assert KeeperLine.objects.filter(register=file.register).exclude(organization=None).count() == lines
    again = keeper.take((LISTS / name).read_bytes(), name, file.register, by=legal, at=NOW)
    assert changes(again) == {"unchanged": lines}
    keeper.checked(again, by=legal, at=NOW)


@pytest.mark.parametrize("name", EXPECTED["diffs"])
def test_next_file_gives_the_expected_difference(name: str, legal: User) -> None:
    told = EXPECTED["diffs"][name]
    accepted(take(told["against"], legal), legal)
    entries = Organization.objects.count()
    file = keeper.take((LISTS / name).read_bytes(), name, ListFile.objects.get().register, by=legal, at=NOW)
    found = keeper.difference_of(file)
    for change in ("added", "ended", "changed"):
        assert {key(row.where) for row in found[change]} == {key(one["where"]) for one in told[change]}, change
    assert [row.line for row in found["gone"]] == [one["line"] for one in told["gone"]]
    assert len(found["unchanged"]) == told["unchanged"]
    assert (found["stopped"], found["doubtful"]) == ([], [])
    done = accepted(file, legal)
    assert len(done.plan.ended) == len(told["ended"])
    assert Organization.objects.count() == entries + len(told["added"])


@pytest.mark.parametrize("name", EXPECTED["files"])
def test_nothing_that_must_be_stored_nowhere_is_stored(name: str, legal: User) -> None:
    accepted(take(name, legal), legal)
    kept = dump()
    private = {value for line in EXPECTED["files"][name]["lines"] for value in line["never_store"]}
    assert {value for value in private if stands(value, kept)} == set()


def stands(value: str, kept: str) -> bool:
    """Say whether the value stands there, not within another number or a digest."""
    return re.search(rf"(?<![0-9a-zA-Z]){re.escape(value)}(?![0-9a-zA-Z])", kept) is not None
