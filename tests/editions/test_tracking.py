"""Links without what only counts who came by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.editions import clean_html
from articles.editions.tracking import PARAMETERS, untracked, untracked_links

COUNTED = [
    ("https://a.example/?utm_source=x", "https://a.example/"),
    ("https://a.example/p?utm_source=x&id=7&UTM_Medium=y#part", "https://a.example/p?id=7#part"),
    ("https://a.example/p?id=7&fbclid=IwAR0", "https://a.example/p?id=7"),
    ("https://a.example/p?gclid=1&yclid=2&ysclid=3&_openstat=4&mc_cid=5&mc_eid=6&igshid=7", "https://a.example/p"),
    ("https://youtu.be/abc?si=Zyx&t=42", "https://youtu.be/abc?t=42"),
    ("https://www.youtube.com/watch?v=abc&si=Zyx", "https://www.youtube.com/watch?v=abc"),
    ("https://x.com/one/status/1?s=20&t=abc", "https://x.com/one/status/1"),
    ("https://www.google.com/url?q=https://a.example/p%3Futm_source%3Dx%26id%3D7&sa=D", "https://a.example/p?id=7"),
    ("https://vk.com/away.php?to=https%3A%2F%2Fa.example%2F%3F_openstat%3D1&cc_key=", "https://a.example/"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&h=AT0", "https://a.example/"),
]
STAY = [
    "https://a.example/p?id=7&page=2#utm_source",
    "https://a.example/p?",
    "https://a.example/p?si=7&t=42&s=1",
    "https://a.example/?&&a=%D0%BF&&",
    "https://a.example/utm_source=x",
    "https://www.google.com/url?sa=D",
    "https://www.google.com/search?q=https://a.example/",
    "https://vk.com/away.php?to=javascript%3Ax()",
    "mailto:desk@a.example?subject=utm_source",
    "/en/2026/01/05/port/?id=7",
    "",
]


@pytest.mark.parametrize(("address", "bare"), [*COUNTED, *((one, one) for one in STAY)])
def test_what_only_counts_goes(address: str, bare: str) -> None:
    assert untracked(address) == bare
    assert untracked(bare) == bare


PAIRS = st.lists(
    st.sampled_from(["id=7", "", "a", "q=1=2", "si=x", "t=1", "%75tm_x=1", *(f"{one}=1" for one in sorted(PARAMETERS))])
)


@given(st.sampled_from(["a.example", "youtu.be", "www.youtube.com", "x.com"]), PAIRS, st.sampled_from(["", "#a?b&c"]))
def test_once_is_enough_and_what_stays_keeps_its_order(host: str, pairs: list[str], fragment: str) -> None:
    address = f"https://{host}/p?{'&'.join(pairs)}{fragment}"
    bare = untracked(address)
    assert untracked(bare) == bare and bare.endswith(fragment)
    kept = bare.removesuffix(fragment).partition("?")[2]
    rest = iter(pairs)
    assert all(any(one == other for other in rest) for one in filter(None, kept.split("&")))


def test_links_of_a_text_are_written_anew_and_no_other_word() -> None:
    html = '<p><a href="https://a.example/?utm_source=x&amp;b=1&amp;c=2" rel="noopener">utm_source=x</a> ?utm_a=1</p>'
    bare = html.replace("utm_source=x&amp;", "", 1)
    assert untracked_links(html) == bare == clean_html(bare)


def test_saving_never_takes_a_parameter_from_a_link() -> None:
    """A body that was stored with one does not change when it is saved again."""
    body = '<p><a href="https://a.example/?utm_source=x" rel="noopener">a</a></p>'
    assert clean_html(body) == body
