"""Quotation marks weigh the same in every style: straight ones, German ones, English ones, guillemets."""

import re

import pytest

from tests.starter import SENTENCES, annotation

SIGNS = re.compile(r"[«»“”„\"]")
STYLES = ("«{}»", '"{}"', "„{}“", "“{}”")
QUOTED = re.compile(r"«([^«»“”„\"]*)»|“([^«»“”„\"]*)”")
OWN = ["В понедельник «Германский исторический институт» сообщил о проверке."]
LINES = [
    *OWN,
    *(line.split(" | ", 1)[1] for line in SENTENCES.read_text(encoding="utf-8").splitlines() if " | " in line),
]


def found(text: str) -> list[tuple[str, str, str]]:
    """Return what is marked and asked of a text, without its quotation marks."""
    language = "ru" if re.search("[а-яё]", text) else "en"
    had = annotation(text, language)
    both = [("marked", had.mentions), ("asked", had.unclear)]
    return [(said, one.organization, SIGNS.sub("", one.surface)) for said, all_ in both for one in all_]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_says_the_same(style: str) -> None:
    quoted = [line for line in LINES if QUOTED.search(line)]
    assert len(quoted) > 100
    for line in quoted:
        assert found(QUOTED.sub(lambda one: style.format(one[1] or one[2]), line)) == found(line), line
