"""The sentence around a name: blocks of any kind end it, and keep words apart."""

import pytest

from articles.editions import sentence_around
from articles.editions.words_beside import plain
from articles.footnotes.types import Candidate, Field


@pytest.mark.parametrize("tag", ["p", "th", "dt", "dd", "caption", "figcaption", "div", "thead", "summary"])
def test_a_block_ends_the_sentence(tag: str) -> None:
    text = f"<{tag}>First</{tag}><{tag}>the GDL met</{tag}><{tag}>last</{tag}>"
    start = text.index("GDL")
    found = Candidate("body", start, start + 3, "GDL", "one", (), "", "", start + 3)
    assert sentence_around(found, Field("body", text, "html")) == ("the ", "GDL", " met")


def test_inline_elements_do_not() -> None:
    assert plain("sea<em>port</em> <b>city</b>", Field("body", "", "html")) == "seaport city"
