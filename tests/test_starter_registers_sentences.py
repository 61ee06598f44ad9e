"""Sentences of the news, invented, with the marks that the starter registers give; half of them look-alikes."""

import pytest

from tests.starter import SENTENCES, marked

CASES = [
    tuple(line.split(" | ", 1))
    for line in SENTENCES.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "text"), CASES, ids=[text[:60] for _, text in CASES])
def test_a_sentence_comes_out_as_written(language: str, text: str) -> None:
    assert marked(text.replace("*", ""), language) == text


def test_the_sentences_are_many_and_many_stay_as_they_are() -> None:
    plain = [text for _, text in CASES if "*" not in text]
    assert len(CASES) >= 200
    assert len(plain) >= 80
