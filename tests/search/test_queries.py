"""Lists of queries with the articles that each must find, in `queries/`; the same on every database."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from articles.publishing import publish
from articles.reader.excerpts import excerpt, highlighted
from articles.search import Part, asked, hits
from articles.search.question import understand
from articles.search.words import folded
from tests.builders import NOW, make_article, make_newsroom, make_user

FOLDER = Path(__file__).parent / "queries"
LISTS = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.toml"))}


def put_all(language: str) -> None:
    """Publish the articles of a list, a minute apart, and one in the other language."""
    make_newsroom()
    by = make_user("Managing editor")
    other = {"en": "ru", "ru": "en"}[language]
    texts = LISTS[language]["articles"]
    publish(
        make_article("other", language=other, headline="—", summary="", body=f"<p>{' '.join(texts.values())}</p>"),
        by=by,
        at=NOW,
    )
    for number, (slug, body) in enumerate(texts.items()):
        article = make_article(slug, language=language, headline="—", summary="", body=f"<p>{body}</p>", authors=[])
        publish(article, by=by, at=NOW + timedelta(minutes=number))


def found(query: str, language: str, part: Part | None) -> list[str]:
    at = NOW + timedelta(days=1)
    releases = hits(asked(understand(query), language, at), language, at, part).select_related("edition")
    return sorted(release.edition.slug for release in releases)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LISTS)
def test_each_query_finds_its_articles_and_no_others(language: str) -> None:
    put_all(language)
    wrong = {}
    for query, wanted in LISTS[language]["queries"].items():
        for part in (None, Part(50)):
            answer = found(query, language, part)
            if answer != sorted(wanted.split()):
                wrong[query] = (answer, "and not", sorted(wanted.split()))
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LISTS)
def test_each_hit_shows_what_was_found(language: str) -> None:
    """Of every article found the passage holds a highlighted word, none of them unwanted."""
    for query, wanted in LISTS[language]["queries"].items():
        question = understand(query)
        words = question.tokens()
        for slug in wanted.split():
            body = f"<p>{LISTS[language]['articles'][slug]}</p>"
            passage = excerpt(body, [], words)
            assert passage, (query, slug)
            shown = folded(" ".join(re.findall("<mark>(.*?)</mark>", highlighted(passage[0].text, words))))
            assert len(shown) >= min(len(clause[0].words) for clause in question.clauses), (query, slug, shown)


def test_the_lists_are_long_enough() -> None:
    assert sum(len(one["queries"]) for one in LISTS.values()) >= 150
