"""Russian forms of names, made when registers are compiled."""

import pytest

from articles.footnotes.inflect import inflected, is_dictionary_word, word_forms


@pytest.mark.parametrize(
    ("name", "how", "forms"),
    [
        ("Старый фонарь", "head", {"Старого фонаря", "Старому фонарю", "Старым фонарем", "Старом фонаре"}),
        ("Фонд тихой реки", "head", {"Фонда тихой реки", "Фондом тихой реки"}),
        ("Партия тихого света", "head", {"Партии тихого света", "Партию тихого света", "Партией тихого света"}),
        ("Хранители реки", "head", {"Хранителей реки", "Хранителям реки", "Хранителях реки"}),
        ("Движение «Тихая река»", "head", {"Движения «Тихая река»", "Движением «Тихая река»"}),
        ("Тахир аль-Нур", "last", {"Тахир аль-Нура", "Тахир аль-Нуром"}),
        ("Тихая Река", "each", {"Тихой Реки", "Тихую Реку"}),
        ("ТИХАЯ РЕКА", "head", {"ТИХОЙ РЕКИ"}),
        ("Альфа-Река", "head", {"Альфа-Реки", "Альфа-Рекой"}),
        ("Вольная степь", "head", {"Вольной степи", "Вольной степью"}),  # a noun too: a deed of manumission
        ("Рабочая партия", "head", {"Рабочей партии", "Рабочую партию"}),
        ("Школа-студия", "head", {"Школы-студии", "Школу-студию", "Школа-студии"}),
        ("ТРЕК", "abbreviation", {"ТРЕКа", "ТРЕКом", "ТРЕК-ом"}),
    ],
)
def test_forms_are_made(name: str, how: str, forms: set[str]) -> None:
    """The name itself first, then its cases."""
    made = inflected(name, how)
    assert made[0] == name
    assert forms <= {form.replace("ё", "е") for form in made} | set(made)


@pytest.mark.parametrize(
    ("name", "how"),
    [("Тихая река", "indeclinable"), ("ТРЕ", "abbreviation"), ("ТР", "abbreviation"), ("«Тихая река» и свет", "head")],
)
def test_forms_are_not_made(name: str, how: str) -> None:
    """What does not inflect stays alone; a vowel at the end, two letters, a quotation mark at the head."""
    assert inflected(name, how) == [name]


def test_the_genitive_after_the_head_stays() -> None:
    """Only head and agreement move."""
    assert not any("рекам" in form or "тихую" in form for form in inflected("Фонд тихой реки", "head"))


def test_words_of_the_dictionary() -> None:
    """A known word is a question for a person."""
    assert is_dictionary_word("Фонарь")
    assert not is_dictionary_word("Фонарлэнд")


def test_forms_of_a_descriptor() -> None:
    """Both numbers, no verse, no other participle."""
    assert {"движения", "движений", "движением"} <= set(word_forms("движение"))
    assert "движенье" not in word_forms("движение")
    assert "запретивший" not in word_forms("запрещенный")
