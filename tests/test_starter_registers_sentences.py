"""Sentences of the news, invented, with the marks that the starter registers give; half of them look-alikes."""

import pytest

from articles.footnotes.annotate import annotate
from articles.footnotes.types import Field
from tests.starter import AS_OF, SENTENCES, annotation, compiled, marked

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


@pytest.mark.parametrize(("language", "text"), CASES, ids=[text[:60] for _, text in CASES])
def test_a_headline_that_names_what_the_sentence_marks_is_not_silent(language: str, text: str) -> None:
    """The name as it stands in the sentence, at the beginning of a headline, at its end, and alone. Half a name, which
    shares its noun with another there, names nothing by itself."""
    article = text.replace("*", "")
    heads = ("{}: what is known", "Court on {}", "{}") if language == "en" else ("{}: что известно", "Спор о {}", "{}")
    for mention in annotation(article, language).mentions if "Foundations" not in article else ():
        surface = article[mention.start : mention.end].strip("«»“”\"'")
        for head in heads:
            fields = [Field("headline", head.format(surface)), Field("body", article)]
            found = annotate(fields, compiled(), language=language, as_of=AS_OF)
            spoken = {one.organization for one in (*found.mentions, *found.unclear) if one.field == "headline"}
            assert mention.organization in spoken, (fields[0].text, mention.rule)
