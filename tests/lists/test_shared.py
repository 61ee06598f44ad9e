"""The invented lists beside this project, judged by their own score: what issue and reference promise of them holds."""

import re

import pytest

from tests.benchmarks.lists_bench import scores


@pytest.fixture(scope="module")
def said() -> str:
    return scores(loud=False)


def shares(said: str, what: str) -> dict[str, tuple[int, int]]:
    """Return (right, all) of a measure for each file."""
    found = re.finditer(rf"^(\S+): .*?\b{what} (\d+)/(\d+)", said, re.MULTILINE)
    return {one[1]: (int(one[2]), int(one[3])) for one in found}


@pytest.mark.parametrize("what", ["lines", "kind", "both dates", "resources"])
def test_every_line_is_right(said: str, what: str) -> None:
    assert len(shares(said, what)) == 11
    assert {file: share for file, share in shares(said, what).items() if share[0] != share[1]} == {}


def test_the_expected_names_are_proposed(said: str) -> None:
    assert {file: share for file, share in shares(said, "names").items() if share[0] < 0.98 * share[1]} == {}
    assert {file: share for file, share in shares(said, "kinds of names").items() if share[0] < 0.95 * share[1]} == {}


def test_what_is_no_name_or_private_is_nowhere(said: str) -> None:
    assert re.findall(r"no names taken as names (\d+)", said) == ["0"] * 11
    assert re.findall(r"personal data (\d+)", said) == ["0"] * 11


def test_each_next_file_gives_its_difference(said: str) -> None:
    found = re.findall(r"(\w+) (\d+)/(\d+)( \(\+\d+ wrong\))?", "\n".join(re.findall(r"as a difference: (.*)", said)))
    assert len(found) == 8
    assert [one for one in found if one[1] != one[2] or one[3]] == []


def test_the_accepted_names_serve_the_press(said: str) -> None:
    hit, every = map(int, re.findall(r"press: marked (\d+)/(\d+)", said)[0])
    vain = int(re.findall(r"marked in vain (\d+),", said)[0])
    assert hit >= 0.95 * every
    assert vain <= 0.03 * hit
