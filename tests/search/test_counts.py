"""Counts of words, and places: kept when releases begin and end, rebuilt to the same, without what is secret."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from time_machine import travel

from articles.models import Article, SearchPlace, SearchWord
from articles.publishing import publish, schedule, withdraw
from articles.publishing.announce import announce_due
from articles.publishing.record import erase
from articles.reader import found
from articles.search import SearchQuestion, newest, proposals, understand
from articles.search.counts import may_answer, numbers_of
from tests.builders import NOW, make_article, make_newsroom, make_user


@pytest.fixture
def managing(db: None) -> User:
    make_newsroom()
    return make_user("Managing editor")


def put(slug: str, body: str, by: User, **fields: object) -> Article:
    article = make_article(slug, headline=slug, summary="", body=f"<p>{body}</p>", authors=[], **fields)
    publish(article, by=by, at=NOW)
    return article


def numbers(language: str = "en") -> dict[str, int]:
    return dict(SearchWord.objects.filter(language=language).values_list("word", "number"))


def test_words_are_counted_while_readers_see_them(managing: User) -> None:
    put("one", "lighthouse and gull", managing)
    article = put("two", "lighthouse", managing)
    assert (numbers()["lighthous"], numbers()["gull"], numbers()[""]) == (2, 1, 2)
    article.refresh_from_db()
    article.body = "<p>windmill</p>"
    article.save()
    publish(article, by=managing, at=NOW + timedelta(hours=1), reason="update")
    assert (numbers()["lighthous"], numbers()["windmil"], numbers()[""]) == (1, 1, 2)
    withdraw(article, by=managing, at=NOW + timedelta(hours=2), note="Gone.")
    assert "windmil" not in numbers()
    assert numbers()[""] == 1


def test_no_word_of_an_article_to_come_is_counted_or_proposed(managing: User) -> None:
    later = NOW + timedelta(hours=1)
    schedule(make_article("later", headline="-", body="<p>lighthouse</p>"), by=managing, at=NOW, live_at=later)
    assert "lighthous" not in numbers()
    assert next(proposals("lighthuose", "en", NOW), "") == ""
    announce_due(later)
    assert numbers()["lighthous"] == 1
    assert next(proposals("lighthuose", "en", later), "") == "lighthouse"


def test_a_rebuild_gives_what_was_kept(managing: User) -> None:
    put("one", "Lighthouse in BK2077, 1,250,000 colours", managing)
    gone = put("two", "windmill", managing)
    put("tri", "Остроухову вернули маяк", managing, language="ru")
    withdraw(gone, by=managing, at=NOW, note="Gone.")
    kept = {language: numbers(language) for language in ("en", "ru")}
    places = sorted(SearchPlace.objects.values_list())
    SearchWord.objects.create(language="en", word="nonsense", number=3)
    SearchPlace.objects.update(headline="nonsense")
    with travel(NOW, tick=False):
        call_command("rebuild_search", "--at-once", stdout=StringIO())
    assert {language: numbers(language) for language in ("en", "ru")} == kept
    assert sorted(SearchPlace.objects.values_list()) == places


def test_what_is_erased_leaves_no_place(managing: User) -> None:
    article = put("one", "lighthouse", managing)
    withdraw(article, by=managing, at=NOW, note="By law.")
    erase(article, by=None, at=NOW, reason="By law.")
    assert not SearchPlace.objects.exists()
    assert numbers_of(["lighthous", ""], "en") == {}


@pytest.mark.parametrize(
    ("query", "language", "proposed"),
    [
        ("lighthuose", "en", "lighthouse"),
        ("lighthuose gull", "en", "lighthouse gull"),
        ('"lighthuose" -gull', "en", '"lighthouse" -gull'),
        ("дшпрерщгыу", "en", "lighthouse"),
        ("Кельмар", "en", "kelmar"),
        ("Kelmar", "ru", "кельмар"),
        ("vfzr", "ru", "маяк"),
        ("маякк", "ru", "маяк"),
        ("lighthouse", "en", ""),
        ("Lighthuose's", "en", "lighthouse"),
        ("Ma'iak", "ru", "маяк"),
        ("zebra", "en", ""),
        ("12345", "en", ""),
        ("", "en", ""),
        ("OR - AND", "en", ""),
        ("x " * 50, "en", ""),
        ("щ" * 200, "ru", ""),
    ],
)
def test_what_was_meant_is_a_word_that_readers_see(managing: User, query: str, language: str, proposed: str) -> None:
    put("one", "A lighthouse near Kelmar, a gull", managing)
    put("tri", "Маяк в Кельмаре, у Кельмара.", managing, language="ru")
    assert next(proposals(query, language, NOW), "") == proposed


@pytest.mark.parametrize(
    ("query", "may"),
    [
        ("lighthouse", True),
        ("lighthouse gull", True),
        ("lighthouse zebra", False),
        ("zebra OR gull", True),
        ("lighthouse -zebra", True),
        ("lighthouse 1250", True),  # numbers are not counted
        ("web-site", True),
        ("website", True),
        ("маяк", False),
    ],
)
def test_the_counts_say_whether_any_article_may_answer(managing: User, query: str, may: bool) -> None:
    put("one", "A lighthouse has a website, a gull has none.", managing)
    assert may_answer(understand(query).widened(), "en") is may


def test_another_language_is_asked_only_for_words_that_it_has(
    managing: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("one", "A lighthouse, a gull", managing)
    put("tri", "Маяк, a gull", managing, language="ru")
    asked: list[str] = []

    def noting(question: SearchQuestion, language: str, *place: object, **part: object) -> object:
        asked.append(language)
        return newest(question, language, *place, **part)  # type: ignore[arg-type]

    monkeypatch.setattr(found, "newest", noting)
    with travel(NOW, tick=False):
        assert "Русский" in client.get("/en/search/", {"q": "gull -lighthouse"}).content.decode()
        assert asked.count("ru") == 1
        client.get("/en/search/", {"q": "lighthouse"})
    assert asked.count("ru") == 1
