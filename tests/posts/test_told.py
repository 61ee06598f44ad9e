"""What a site answers of a post becomes plain words, whatever it answers."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.embeds.told import ToldError, ToldPost, read_answer

TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The tide &amp; the moon<br>are late'
    '<script>alert(1)</script> <a href="https://t.co/x">pic</a></p>&mdash; Tern Herald (@tern) '
    '<a href="https://x.com/tern/status/1">May 4, 2026</a></blockquote>'
)


def told(kind: str, **answer: object) -> ToldPost:
    return read_answer(kind, json.dumps(answer).encode(), 5000, 200)


def test_the_words_of_a_post_are_taken_without_its_markup() -> None:
    found = told("x", html=TWEET, author_name="Tern <b>Herald</b>")
    assert found == ToldPost("Tern Herald", "The tide & the moon\nare late pic", date(2026, 5, 4))


def test_a_film_gives_title_author_day_and_picture() -> None:
    found = told(
        "vimeo",
        title="Dunes",
        author_name="Tern",
        upload_date="2026-05-04 10:00:00",
        thumbnail_url="https://i.example/1",
    )
    assert found == ToldPost("Tern", "Dunes", date(2026, 5, 4), "https://i.example/1")


def test_what_is_too_long_is_cut_and_what_is_no_text_left_out() -> None:
    found = told("youtube", title="a" * 9000, author_name=["x"], upload_date=7, thumbnail_url=None)
    assert (len(found.text), found.author, found.posted_on, found.picture) == (5000, "", None, "")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b"\xff\xfe\xfa", b"[" * 100_000, b'"x"'])
def test_what_cannot_be_read_is_said_so(body: bytes) -> None:
    with pytest.raises(ToldError):
        read_answer("youtube", body, 5000, 200)


@given(st.text(max_size=200), st.sampled_from(["x", "youtube"]))
def test_no_answer_breaks_it_and_no_tag_comes_through_whole(html: str, kind: str) -> None:
    found = told(kind, html=f"<p>{html}</p>", title=html, author_name=html)
    assert "<script>" not in found.text or "<script>" not in html
