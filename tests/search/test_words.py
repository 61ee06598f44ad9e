"""Words of texts, the same for every database."""

import doctest

import pytest

from articles.search import words
from articles.search.query import phrases


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ёлка и ЁЖ", ["елка", "и", "еж"]),
        ("re\u00adlease a\u200bb", ["release", "ab"]),
        ("snake_case – dash-ed", ["snake", "case", "dash", "ed"]),
        ("\x00 \n …", []),
        ("x" * 500, ["x" * 60]),
    ],
)
def test_folding_keeps_words_as_written(text: str, expected: list[str]) -> None:
    assert words.folded(text) == expected


def test_every_case_of_a_russian_word_has_one_stem() -> None:
    assert len(set(words.stems("порт порта порту портом порте"))) == 1


def test_markup_inside_a_word_does_not_split_it() -> None:
    assert words.folded(words.plain("<p>sea<em>port</em></p><p>strike</p>")) == ["seaport", "strike"]
    page = "<section>sea</section><section>port</section><table><caption>city</caption>strike</table>"
    assert words.folded(words.plain(page)) == ["sea", "port", "city", "strike"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ('""" ', []),
        ('"port strike" courts', [["port", "strike"], ["court"]]),
        ("«забастовка в порту»", [["забастовк", "в", "порт"]]),
        ('unclosed "quote', [["unclos"], ["quot"]]),
        ("NEAR(a b) OR words:* -x", [["near"], ["a"], ["b"], ["or"], ["word"], ["x"]]),
    ],
)
def test_a_query_is_a_list_of_phrases(query: str, expected: list[list[str]]) -> None:
    assert phrases(query) == expected


def test_a_long_query_is_cut() -> None:
    assert len(phrases("word " * 10_000)) <= 12
