"""What readers find, the same on every database."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles.models import Article
from articles.publishing import publish, schedule, withdraw
from articles.search import search
from tests.builders import NOW, make_article, make_newsroom, make_user


@pytest.fixture
def managing(db: None) -> User:
    make_newsroom()
    return make_user("Managing editor")


def found(query: str, language: str = "en") -> list[str]:
    releases = search(language, query, NOW).select_related("edition").order_by("-published_at", "-id")
    return [release.edition.slug for release in releases]


def put(slug: str, body: str, by: User, **fields: object) -> None:
    publish(make_article(slug, body=f"<p>{body}</p>", **fields), by=by, at=NOW)


def test_words_are_found_in_every_form(managing: User) -> None:
    put("strike", "The dockers were striking at two ports.", managing)
    put("zabastovka", "Докеры бастовали в двух портах.", managing, language="ru", headline="Забастовка")
    assert found("port docker") == ["strike"]
    assert found("PORTS strikes") == ["strike"]
    assert found("порт докер", "ru") == ["zabastovka"]
    assert found("порт") == []


@pytest.mark.parametrize("query", ["О'Дуров", "о’дуров", "Дуров", '"О\'Дуров сказал"', "об'явил", "О'Дурову"])
def test_names_with_an_apostrophe_are_found_in_russian_too(managing: User, query: str) -> None:
    put("clan", "О’Дуров сказал, что суд об'явил решение.", managing, language="ru", headline="Решение")
    put("other", "Суд сказал о решении.", managing, language="ru", headline="Решение")
    assert found(query, "ru") == ["clan"]
    assert found(f"решение -{query}", "ru") == ["other"]


def test_a_phrase_stands_in_a_row(managing: User) -> None:
    put("one", "the harbour master spoke", managing)
    put("two", "the master of the harbour spoke", managing)
    assert set(found("harbour master")) == {"one", "two"}
    assert found('"harbour master"') == ["one"]
    assert found("«harbour master»") == ["one"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '""',
        "'",
        '"',
        "*",
        "(",
        "AND",
        "NOT harbour",
        "words : harbour",
        "harbour*",
        "har\x00bour",
        "-harbour",
        "вид-harbour'n",
        "о'харбор",
        "'о'''х'",
        "\\'",
        "harbour'\\",
    ],
)
def test_no_query_is_a_command(managing: User, query: str) -> None:
    put("one", "the harbour master spoke", managing)
    assert found(query) in ([], ["one"])


def test_only_what_is_live_is_found(managing: User) -> None:
    put("gone", "lighthouse", managing)
    withdraw(Article.objects.get(slug="gone"), by=managing, at=NOW, note="Gone.")
    schedule(make_article("later", body="<p>lighthouse</p>"), by=managing, at=NOW, live_at=NOW + timedelta(hours=1))
    make_article("draft", body="<p>lighthouse</p>")
    assert found("lighthouse") == []
    later = search("en", "lighthouse", NOW + timedelta(hours=1))
    assert [release.edition.slug for release in later] == ["later"]


def test_only_the_edition_that_is_shown_is_found(managing: User) -> None:
    article = make_article("tower", body="<p>lighthouse</p>")
    publish(article, by=managing, at=NOW - timedelta(hours=1))
    article.refresh_from_db()
    article.body = "<p>windmill</p>"
    article.save()
    publish(article, by=managing, at=NOW)
    assert found("lighthouse") == []
    assert found("windmill") == ["tower"]


def test_a_common_word_is_found_by_the_other_way_too(managing: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.query.FEW", 2)
    for number in range(3):
        put(f"story-{number}", "common words", managing)
    assert found("common") == ["story-2", "story-1", "story-0"]
    assert found('"common words" dune') == ["story-2", "story-1", "story-0"]


def test_captions_bylines_and_sources_are_indexed(managing: User) -> None:
    put("one", "text", managing, source_line="Evening Gull", authors=["Boris Sandpiper"])
    assert found("gull") == found("sandpiper") == ["one"]
