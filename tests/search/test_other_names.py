"""A body is found by each of its names, whichever is typed; a name that is an ordinary word finds nothing else."""

import doctest
from collections.abc import Iterator

import pytest
from django.test import Client
from time_machine import travel

from articles.publishing import publish
from articles.reader import others
from articles.registers import load_register_data, refresh_version
from tests.builders import NOW, make_article, make_newsroom, make_user, organization, registers_data
from tests.once import made_once
from tests.search.scoring import HEADLINE

STRONG = {"strength": "strong"}
# In the order of their register, which has most of the English names before the Russian ones.
NAMES = [
    ("en", "Brine State"), ("ru", "Соляное государство"), ("en", "IS"), ("en", "Brisis"), ("en", "Brisil"),
    ("en", "Saltesh"), ("en", "Brine State of the Lagoon"), ("en", "Brine State of the Shoals"), ("en", "Guys+"),
    ("en", "Brisis-Shoals"), ("en", "IS-K"), ("ru", "СГ"), ("ru", "СГЛ"), ("ru", "САЛТЕШ"),
    ("ru", "Причал"), ("en", "Salt Wilayat"),
]  # fmt: skip
TEXTS = {
    "en": {
        "state": "The Brine State spoke.", "isis": "Fighters of Brisis left.", "daesh": "Saltesh was beaten.",
        "wilayat": "Salt Wilayat is a branch.", "capitals": "IS is what they call it.", "ordinary": "This is a ferry.",
        "guys": "Two guys at the pier.",
    },
    "ru": {
        "gosudarstvo": "Бойцы Соляного государства ушли.", "sgl": "СГЛ разбита.", "saltesh": "Лидер САЛТЕШ бежал.",
        "latin": "Боевики Brisis ушли.", "prichal": "Паром стоит у причала.",
    },
}  # fmt: skip
BODY = {"en": {"state", "isis", "daesh", "wilayat"}, "ru": {"gosudarstvo", "sgl", "saltesh", "latin"}}


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with made_once(django_db_blocker):
        make_newsroom()
        names = [{"text": text, "language": language} | STRONG for language, text in NAMES]
        data = registers_data()
        data["organizations"].append(organization("brine-state", names, "test-terrorist"))
        load_register_data(data)
        refresh_version(NOW)
        by = make_user("Managing editor")
        for language, texts in TEXTS.items():
            for slug, text in texts.items():
                article = make_article(
                    slug, language=language, headline=slug, summary="", body=f"<p>{text}</p>", authors=[]
                )
                publish(article, by=by, at=NOW)
        yield


@pytest.fixture
def reader(archive: None, db: None, client: Client) -> Client:
    return client


def found(reader: Client, language: str, query: str) -> set[str]:
    with travel(NOW, tick=False):
        return set(HEADLINE.findall(reader.get(f"/{language}/search/", {"q": query}).content.decode()))


@pytest.mark.parametrize("query", ["Saltesh", "saltesh", "Brine State", "brisis", "Salt Wilayat"])
def test_every_english_name_finds_all_that_have_another(reader: Client, query: str) -> None:
    assert found(reader, "en", query) == BODY["en"]


@pytest.mark.parametrize("query", ["СГЛ", "Соляное государство", "соляного государства", "САЛТЕШ"])
def test_every_russian_name_finds_all_that_have_another(reader: Client, query: str) -> None:
    assert found(reader, "ru", query) == BODY["ru"]


def test_a_name_of_another_language_finds_all_and_offers_them(reader: Client) -> None:
    assert found(reader, "ru", "Saltesh") == BODY["ru"]
    with travel(NOW, tick=False):
        for language, query, told in (("en", "Saltesh", "Русский: 4 articles"), ("ru", "СГЛ", "English: 4 материала")):
            assert told in reader.get(f"/{language}/search/", {"q": query}).content.decode()


def test_words_beside_a_name_are_looked_for_as_well(reader: Client) -> None:
    assert found(reader, "en", "Saltesh fighters") == {"isis"}
    assert found(reader, "en", "what is Saltesh") == set()
    assert found(reader, "ru", "лидер СГЛ") == {"saltesh"}


def test_a_name_that_is_so_common_a_word_is_known_by_its_capitals(reader: Client) -> None:
    assert found(reader, "en", "IS") == BODY["en"]
    assert found(reader, "en", "IS fighters") == {"isis"}
    assert found(reader, "en", "Is what they call it") == {"capitals"}
    assert {"ordinary", "wilayat"} <= found(reader, "en", "Is")
    assert {"ordinary", "wilayat", "capitals"} <= found(reader, "en", "is")
    for query in ("is a ferry", "Is a ferry", "IS A FERRY", "this IS a ferry"):
        assert found(reader, "en", query) == {"ordinary"}, query


def test_a_name_that_is_so_common_a_word_is_looked_for_where_no_article_has_another(reader: Client) -> None:
    assert found(reader, "en", "IS they") == {"capitals"}


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(others).failed == 0
