"""Explanations are true: the cue and its place, the text's words apart from the register's, in either language."""

import re

import pytest

from articles.footnotes.annotate import annotate
from articles.footnotes.rules import REASONS
from articles.footnotes.rules.reasons_ru import REASONS_RU
from articles.footnotes.types import Field
from tests.footnotes.engine import DAY, compiled, found

CASES = [
    # text, language, list, words of the explanation
    ("The Veter battalion left.", "en", "mentions", "The text says “battalion” directly behind it."),
    ("Beam (designated a foreign agent) lost.", "en", "mentions", "“designated a foreign agent” directly behind it"),
    ("Телеканал Луч закрыт.", "ru", "mentions", "Прямо перед ним в тексте: «Телеканал»."),
    ("Генерал Ветров ушёл. Там воевал Ветер.", "ru", "mentions", "По данным реестра «Генерал Ветров» — подсказка"),
    ("The Cape of Veter is near.", "en", "rejected", "The register lists “cape of” beside this name"),
    ("Вышел фильм «Луч».", "ru", "rejected", "Прямо перед ним в тексте: «фильм»."),
    (
        "The information technology fair showed IT.",
        "en",
        "rejected",
        "lists “information technology” as another meaning",
    ),
    ("The Information System (IS) failed. Then IS rose.", "en", "rejected", "The text says “IS”: “…"),
    ("Шоу «Луч» вернулось. Все ждали «Луча».", "ru", "rejected", "В тексте сказано «Шоу»"),
    ("The Prophet’s Keepers (PK) left. PK denied.", "en", "mentions", "a name that the text gives"),
]


@pytest.mark.parametrize(("text", "language", "kind", "words"), CASES)
def test_the_cue_is_named(text: str, language: str, kind: str, words: str) -> None:
    """With its words, and whether the text or the register says so."""
    assert any(words in one.why for one in getattr(found(text, language), kind))


def test_a_cue_of_another_field_is_told_with_its_field() -> None:
    """An editor has to find it."""
    fields = [Field("headline", "Veter left"), Field("body", "The Veter battalion left.")]
    annotation = annotate(fields, compiled(), language="en", as_of=DAY, explain=True)
    assert "The field “body” says “Veter”: “…The Veter battalion left.…”." in annotation.unclear[0].why


def test_the_language_asked_for() -> None:
    """Reasons and their cues, whatever the language of the text."""
    for text, language in (("The Veter battalion and ISIS-2 left.", "en"), ("Телеканал Луч и фильм «Луч».", "ru")):
        field = [Field("body", text)]
        for asked in ("en", "ru"):
            annotation = annotate(field, compiled(), language=language, as_of=DAY, explain=True, explain_in=asked)
            sentences = [one.why for one in annotation.mentions] + [one.why for one in annotation.rejected]
            assert sentences
            plain = [re.sub(r"[“«][^”»]*[”»]", "", sentence) for sentence in sentences]
            assert all(bool(re.search("[а-я]", sentence)) == (asked == "ru") for sentence in plain)


def test_the_strength_does_not_contradict_the_verdict() -> None:
    """No name that is rejected is called always marked, no weak one that is strong here is called weak."""
    for one in found("He met the ISIS neutron source.", "en").rejected:
        assert "always" not in one.why
    (mention,) = found("Он купил Coldline вчера.", "ru").mentions
    assert "подсказка не нужна" in mention.why


@pytest.mark.parametrize("text", ["The lake is calm.", "Дул ветер, светил луч, лежал свод.", "It beams, a vault."])
def test_an_ordinary_word_is_not_listed(text: str) -> None:
    """Nobody takes the verb for a name."""
    assert not found(text, "ru" if text > "А" else "en").rejected


def test_every_reason_in_both_languages() -> None:
    """The same rules, each a sentence."""
    assert REASONS.keys() == REASONS_RU.keys()
    assert all(reason.endswith(".") for reason in REASONS_RU.values())
