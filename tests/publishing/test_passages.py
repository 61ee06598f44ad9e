"""Where a quoted passage stands: found by its words, nearest to where it stood, whatever the signs look like."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article
from articles.publishing.passages import FoldedText, plain_text


@pytest.mark.parametrize(
    ("text", "quotation", "offset", "found"),
    [
        ("the port, the quay, the port", "the port", 0, "the port"),
        ("the port", "the quay", 0, None),
        ("the port", "  ", 0, None),
        ("", "the port", 0, None),
        ("He said “no” – and\u00a0left.", 'said "no" - and left', 0, "said “no” – and\u00a0left"),
        ("Он сказал: «нет».", "сказал: “нет”", 99, "сказал: «нет»"),
        ("One.\nTwo.", "One. Two", 0, "One.\nTwo"),
        ("One.\nTwo.", "One.\n Two.", 0, "One.\nTwo."),
        ("😀😀 port", "port", 0, "port"),
        ("The Port", "the port", 0, None),
    ],
)
def test_found_by_its_words(text: str, quotation: str, offset: int, found: str | None) -> None:
    span = FoldedText.of(text).find(quotation, offset)
    assert (text[span[0] : span[1]] if span else None) == found


@pytest.mark.parametrize(("offset", "start"), [(0, 0), (9, 0), (10, 0), (11, 20), (20, 20), (900, 20)])
def test_nearest_to_where_it_stood(offset: int, start: int) -> None:
    assert FoldedText.of("the port, the quay, the port").find("the port", offset) == (start, start + 8)


@given(st.text("ab \n\u00a0", max_size=40), st.text("ab ", min_size=1, max_size=4), st.integers(0, 50))
def test_no_other_occurrence_is_nearer(text: str, quotation: str, offset: int) -> None:
    wanted = r"\s+".join(map(re.escape, quotation.split()))
    starts = [one.start() for one in re.finditer(f"(?={wanted})", text)] if wanted else []
    span = FoldedText.of(text).find(quotation, offset)
    assert (span is None) == (not starts)
    if span is not None:
        assert re.fullmatch(wanted, text[slice(*span)])
        # A run of blanks counts as one sign, so the nearest is told in what counts.
        places = FoldedText.of(text).places
        at = next((number for number, place in enumerate(places) if place >= offset), len(places))
        assert abs(places.index(span[0]) - at) == min(abs(places.index(start) - at) for start in starts)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>A &amp; <a href='x'>b</a></p>\n<p>c<br>d</p>", "A & b\nc\nd"),
        ("<ul><li><p>one</p></li><li><p>two</p></li></ul><p></p><p>x  y</p>", "one\ntwo\nx y"),
        ("", ""),
    ],
)
def test_body_is_read_as_lines(body: str, text: str) -> None:
    assert plain_text(Article(body=body), "body") == text
    assert plain_text(Article(headline="A <b> &amp;"), "headline") == "A <b> &amp;"
