"""Each noun of another thing, and each line of words that fit a body, has the example that earned it."""

import pytest

from articles.footnotes.rules.family_name import LINES as PERSONS
from articles.footnotes.rules.family_name import Line as Person
from articles.footnotes.rules.fits import LINES, Line
from articles.footnotes.rules.things import THINGS, Thing
from tests.footnotes.engine import found


def language_of(text: str) -> str:
    """Return the language of an example."""
    return "ru" if any("а" <= char.lower() <= "я" for char in text) else "en"


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: f"{thing.way} {thing.word}")
def test_the_example_is_dropped(thing: Thing) -> None:
    """In the noun's own example the name is neither marked nor asked about, for that reason."""
    annotation = found(thing.example, thing.language)
    assert not annotation.mentions
    assert not annotation.unclear
    assert {one.rule for one in annotation.rejected} & {"title_of_work", "thing_behind"}


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.kind} {line.sort} {line.example}")
def test_the_example_is_marked(line: Line) -> None:
    """In the line's own example every name is marked."""
    annotation = found(line.example, language_of(line.example))
    assert annotation.mentions
    assert not annotation.unclear
    rules = {"acts": "cue_in_article", "words": "kind_in_article"}
    assert rules.get(line.sort, "belongs_beside") in {one.rule for one in annotation.mentions}


@pytest.mark.parametrize("name", ["«Луч»", "«Ветер»", "«Колодец»", "«Тишина»", "“Veter”", "“Beam”", "“Wellspring”"])
def test_without_such_words_the_name_is_asked_about(name: str) -> None:
    """The counter-check: in quotation marks, beside words that say nothing."""
    language = language_of(name)
    text = f"Вышло нечто {name} вот." if language == "ru" else f"Something {name} came."
    assert [one.rule for one in found(text, language).unclear] == ["quotes_alone"]


@pytest.mark.parametrize("line", PERSONS, ids=lambda line: f"{line.language} {line.sort} {line.example}")
def test_the_example_names_a_person(line: Person) -> None:
    """In the line's own example the word is somebody's family name, behind each of the words of the line."""
    words = line.words.split()
    first = next(word for word in words if f"{word} " in line.example)
    for word in words:
        annotation = found(line.example.replace(f"{first} ", f"{word} "), line.language)
        assert not annotation.mentions, word
        assert [one.rule for one in annotation.rejected] == ["family_name"], word
