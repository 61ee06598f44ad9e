"""The golden files of the clipboard, by the cleaning alone: as HTML that is written or sent without our editor."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.editions import clean_html

FOLDER = Path(__file__).parent / "pasted"
SOURCES = sorted(one for one in FOLDER.glob("*.html") if ".expected" not in one.name)
WORDS = re.compile(r"[^\W\d_]+")


def expected(source: Path) -> str:
    return source.with_suffix(".expected.html").read_text(encoding="utf-8").removesuffix("\n")


def words(html: str) -> set[str]:
    return set(WORDS.findall(unescape(re.sub(r"<[^>]*>", " ", html))))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_each_word_outlives_the_cleaning_and_nothing_foreign_does(source: Path) -> None:
    clean = clean_html(source.read_text(encoding="utf-8"))
    assert clean_html(clean) == clean
    assert words(expected(source)) <= words(clean)
    assert not re.search(r"mso|style|class=|<(?:font|span|img|script|o:p)|window\.stats|@page", clean)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_what_is_expected_is_clean(source: Path) -> None:
    text = expected(source).replace("\n", "")
    assert clean_html(text) == text


@given(st.data())
def test_a_piece_of_any_source_cut_anywhere_is_clean_after_one_cleaning(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SOURCES)).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    clean = clean_html(text[start : data.draw(st.integers(start, len(text)))])
    assert clean_html(clean) == clean
