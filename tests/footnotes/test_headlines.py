"""A headline that names an organization which the article marks or asks about is never silent."""

from itertools import product

import pytest

from articles.footnotes.annotate import annotate
from articles.footnotes.types import Field
from tests.footnotes.engine import DAY, compiled

EN = {
    "Veter": ("The battalion “Veter” left.", "They came to “Veter” there."),
    "Beam": ("The channel Beam left.", "They came to Beam there."),
    "Vault": ("The Vault Monthly Review left.", "They came to the Vault there."),
    "Cold Ray": ("The outlet Cold Ray left.", "They came to Cold Ray there."),
    "The Watcher": ("The Watcher left.", "They came to the Watcher there."),
    "IS": ("The Islamic State left.",),
    "77": ("The movement 77 left.", "They came to “77” there."),
}
RU = {
    "Ветер": ("Батальон «Ветер» ушёл.", "Там видели Ветер вчера."),
    "Луч": ("Телеканал «Луч» закрыт.", "Там видели «Луч» вчера."),
    "Свод": ("Об этом писал Свод вчера.",),
    "Колодец": ("Фонд «Колодец» закрыт.", "Там видели Колодец вчера."),
    "Исламское государство": ("ИГИЛ ушла.",),
}
HEADS_EN = ["{} Denies It", "{}", "{}: what is known", "{} is late", "Why {} left", "“{}” left", "Court bans {}"]
HEADS_RU = ["{} опровергает", "{}", "{}: что известно", "Суд закрыл {}", "«{}» закрыт", "Почему ушёл {}?"]
CASES = [(head.format(name), text, "en") for name, texts in EN.items() for head, text in product(HEADS_EN, texts)] + [
    (head.format(name), text, "ru") for name, texts in RU.items() for head, text in product(HEADS_RU, texts)
]


@pytest.mark.parametrize(("headline", "text", "language"), CASES)
def test_a_headline_is_not_silent(headline: str, text: str, language: str) -> None:
    """What the text marks or asks about, its headline marks or asks about; a number only as a name."""
    fields = [Field("headline", headline), Field("body", text)]
    annotation = annotate(fields, compiled(), language=language, as_of=DAY, explain=True)
    spoken = (*annotation.mentions, *annotation.unclear)
    above, below = ({one.organization for one in spoken if one.field == field.name} for field in fields)
    assert below
    number = "77" in headline and "“77”" not in headline
    assert above == (set() if number else below), [(one.surface, one.rule) for one in annotation.rejected]


@pytest.mark.parametrize("headline", ["ЛУЧ ЗАКРЫТ", "VETER LEAVES", "Beam Wins Case in Old Town Court"])
def test_a_headline_in_capitals_is_not_silent(headline: str) -> None:
    """Its capitals are no evidence, the article is."""
    text = "Телеканал «Луч» закрыт. The battalion “Veter” left. The channel Beam won."
    fields = [Field("headline", headline), Field("body", text)]
    annotation = annotate(fields, compiled(), language="ru" if "Л" in headline else "en", as_of=DAY)
    assert "headline" in {one.field for one in (*annotation.mentions, *annotation.unclear)}
