"""Three states put together: nothing is lost, nothing is asked that is clear."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.threeway import Chunk, blank, common, merge, paragraphs

LINE = st.sampled_from([f"<p>{letter}</p>" for letter in "abcdefgh"])
TEXT = st.lists(LINE, max_size=9)


def text(chunks: list[Chunk], choice: str = "both") -> list[str]:
    return [line for one in chunks for line in one.text(choice)]


def kinds(chunks: list[Chunk]) -> list[str]:
    return [one.kind for one in chunks]


@given(TEXT, TEXT)
def test_who_is_alone_gets_what_they_wrote(base: list[str], x: list[str]) -> None:
    assert text(merge(base, x, base)) == x
    assert text(merge(base, base, x)) == x
    assert text(merge(base, x, x)) == x
    assert "conflict" not in {*kinds(merge(base, x, base)), *kinds(merge(base, base, x)), *kinds(merge(base, x, x))}


@given(TEXT, TEXT, TEXT)
def test_who_of_us_is_called_mine_makes_no_difference(base: list[str], x: list[str], y: list[str]) -> None:
    one, other = merge(base, x, y), merge(base, y, x)
    swapped = {"mine": "theirs", "theirs": "mine"}
    assert [swapped.get(kind, kind) for kind in kinds(one)] == kinds(other)
    assert text(one, "mine") == text(other, "theirs")


@given(TEXT, TEXT, TEXT)
def test_no_paragraph_that_somebody_wrote_is_lost(base: list[str], x: list[str], y: list[str]) -> None:
    found = Counter(text(merge(base, x, y), "both"))
    for side in (x, y):
        written = Counter(side) - Counter(base)
        assert not written - found


@given(TEXT, TEXT, TEXT)
def test_each_side_can_be_read_off_whole(base: list[str], x: list[str], y: list[str]) -> None:
    """From what a chunk holds, base, mine and theirs are put together again: the page shows all of each."""
    chunks = merge(base, x, y)
    assert [line for one in chunks for line in one.base] == base
    assert [line for one in chunks for line in one.mine] == x
    assert [line for one in chunks for line in one.theirs] == y


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[list[str], list[str], list[str], list[str]]:
    """A text without twice the same, and two who change, take out or add after different paragraphs of it."""
    base = [f"<p>{number}</p>" for number in range(draw(st.integers(1, 10)))]
    owner = draw(st.lists(st.sampled_from("xy-"), min_size=len(base), max_size=len(base)))
    acts = draw(st.lists(st.sampled_from(["change", "drop", "add"]), min_size=len(base), max_size=len(base)))
    sides: dict[str, list[str]] = {"x": [], "y": [], "both": []}
    for line, who, act in zip(base, owner, acts, strict=True):
        new = {"change": [f"{line}{who}"], "drop": [], "add": [line, f"{line}{who}"]}[act]
        for side in sides:
            sides[side] += new if who != "-" and side in (who, "both") else [line]
    return base, sides["x"], sides["y"], sides["both"]


@given(disjoint())
def test_changes_of_different_paragraphs_are_put_together(
    drawn: tuple[list[str], list[str], list[str], list[str]],
) -> None:
    base, x, y, both = drawn
    chunks = merge(base, x, y)
    assert "conflict" not in kinds(chunks)
    assert text(chunks) == text(merge(base, y, x)) == both


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("Abc", "aBc", "ABc"),  # next to each other
        ("Abc", "abC", "AbC"),
        ("Xabc", "abcY", "XabcY"),
        ("abXc", "aBc", "aBXc"),
        ("bc", "aBc", "Bc"),
        ("ABc", "abC", "ABC"),
        ("abc", "", ""),
        ("abcX", "abcX", "abcX"),
    ],
)
def test_different_paragraphs_are_no_conflict(x: str, y: str, expected: str) -> None:
    for mine, theirs in ((x, y), (y, x)):
        chunks = merge("abc", mine, theirs)
        assert "conflict" not in kinds(chunks)
        assert "".join(text(chunks)) == expected


@pytest.mark.parametrize(
    ("x", "y", "kept_and_asked"),
    [
        ("aXc", "aYc", ["kept", "conflict", "kept"]),
        ("abcX", "abcY", ["kept", "conflict"]),
        ("ac", "aYc", ["kept", "conflict", "kept"]),
        ("XYc", "aZc", ["mine", "conflict", "kept"]),
    ],
)
def test_the_same_paragraph_is_asked_for(x: str, y: str, kept_and_asked: list[str]) -> None:
    assert kinds(merge("abc", x, y)) == kept_and_asked
    (asked,) = [one for one in merge("abc", x, y) if one.kind == "conflict"]
    assert (asked.text("mine"), asked.text("theirs")) == (asked.mine, asked.theirs)
    assert asked.text("both") == (*asked.theirs, *asked.mine)


def test_paragraph_added_between_two_that_change_keeps_them_apart() -> None:
    base = ["<p>The port is shut.</p>", "<p>The pier is open.</p>", "<p>Nobody knows why.</p>"]
    mine = ["<p>The old port is shut.</p>", "<p>New.</p>", "<p>The pier is wide open.</p>", base[2]]
    theirs = [base[0], "<p>The pier is open today.</p>", base[2]]
    chunks = merge(base, mine, theirs)
    assert kinds(chunks) == ["mine", "mine", "conflict", "kept"]
    assert text(chunks, "theirs") == [mine[0], mine[1], theirs[1], base[2]]


def test_blanks_are_no_change() -> None:
    base, mine, theirs = ["<p>One two</p>"], ["<p>One\n two</p>"], ["<p>One two three</p>"]
    assert kinds(merge(base, mine, theirs, blank)) == ["theirs"]


def test_without_a_base_what_both_have_stands_for_it() -> None:
    assert common("abcd", "xbdy") == ["b", "d"]
    assert kinds(merge(common("abd", "abx"), "abd", "abx")) == ["kept", "conflict"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("<p>One</p>\n<p>Two<br>lines</p>", ["<p>One</p>", "<p>Two<br>lines</p>"]),
        ("<hr><p>x</p><hr>", ["<hr>", "<p>x</p>", "<hr>"]),
        (
            "<ul><li>a</li><li><p>b</p></li></ul><blockquote><p>c</p></blockquote>",
            ["<ul><li>a</li><li><p>b</p></li></ul>", "<blockquote><p>c</p></blockquote>"],
        ),
        ("words <p>x</p> more", ["words", "<p>x</p>", "more"]),
        ('<p title="a > b">x</p></p><p>y</p>', ['<p title="a > b">x</p>', "</p>", "<p>y</p>"]),
    ],
)
def test_blocks_of_a_text(html: str, expected: list[str]) -> None:
    assert paragraphs(html) == expected


@given(st.lists(st.sampled_from(["<p>a</p>", "<ul><li>b</li></ul>", "<hr>", "<h2>c</h2>", " ", "\n"])))
def test_blocks_are_the_whole_text(parts: list[str]) -> None:
    blocks = [part for part in parts if part.strip()]
    assert paragraphs("".join(parts)) == blocks
