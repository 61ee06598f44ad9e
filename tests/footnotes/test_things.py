"""Each noun that names another kind of thing has the example that earned it."""

import pytest

from articles.footnotes.rules.things import THINGS, Thing
from tests.footnotes.engine import found


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: f"{thing.way} {thing.word}")
def test_the_example_is_dropped(thing: Thing) -> None:
    """In the noun's own example the name is neither marked nor asked about, for that reason."""
    annotation = found(thing.example, thing.language)
    assert not annotation.mentions
    assert not annotation.unclear
    assert "title_of_work" in {one.rule for one in annotation.rejected}


def test_without_the_nouns_the_examples_are_asked_about() -> None:
    """The counter-check: the same name in quotation marks, beside a word that names nothing."""
    for text, language in (("Вышло нечто «Луч».", "ru"), ("Something “Veter” came.", "en")):
        assert [one.rule for one in found(text, language).unclear] == ["quotes_alone"]
