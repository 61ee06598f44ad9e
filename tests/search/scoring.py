"""An invented archive in both languages with what readers look for in it, and how well the search page answers.

`invented/articles.jsonl`: short articles; `invented/queries.jsonl`: queries, each with the articles that must be found
(`find`), the one that must stand first (`first`) if it matters, and whether others may be found as well (`others`).
"""

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.http import QueryDict

from articles.models import Name, Organization
from articles.pagemap.addresses import Target, search_path
from articles.publishing import publish
from articles.reader import found
from articles.reader.pages import run
from articles.registers import refresh_version
from tests.builders import NOW, make_article, make_newsroom, make_user

FOLDER = Path(__file__).parent / "invented"
AT = NOW + timedelta(days=1)
HEADLINE = re.compile(r'<h2>(?:<span[^>]*>[^<]*</span> )?<a href="/(?:en|ru)/\d{4}/\d\d/\d\d/([\w-]+)/">')
Query = dict[str, Any]


class SearchScore(NamedTuple):
    """`recall`: the share of what must be found; `violations`: queries that find what they must not; `first`: the share
    of first hits that are right; `missed`, `wrong`, `behind`: the queries, with what is missing, too much, first."""

    recall: float
    violations: int
    first: float
    missed: dict[str, list[str]]
    wrong: dict[str, list[str]]
    behind: dict[str, list[str]]


def read(name: str) -> list[Query]:
    """Return the lines of one of the files."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def put_all() -> None:
    """Publish the articles, a minute apart; a body of the registers has a short name in Russian besides."""
    make_newsroom()
    league = Organization.objects.get(key="grey-wolves-league")
    Name.objects.create(
        organization=league, text="ЛСД", language="ru", strength="strong", data={"kind": "abbreviation"}, position=9
    )
    refresh_version(NOW)
    by = make_user("Managing editor")
    for number, one in enumerate(read("articles")):
        given = {"language": one["language"], "headline": one["headline"], "summary": one["summary"]}
        article = make_article(one["slug"], body=f"<p>{one['body']}</p>", authors=[], **given)
        publish(article, by=by, at=NOW + timedelta(minutes=number))


def shown(query: str, language: str, **more: str) -> list[str]:
    """Return the slugs of the hits on the page, in their order."""
    asked = QueryDict(mutable=True)
    asked.update({"q": query} | more)
    target, path = Target("search", language=language), search_path(language)
    built = run(lambda visit: found.results(visit, asked), path, target, AT)
    assert built.status == 200, (query, built.status)
    return HEADLINE.findall(built.body.decode())


def score(queries: Sequence[Query]) -> SearchScore:
    """Return how well the page answers the queries."""
    wanted = got = firsts = right = 0
    missed: dict[str, list[str]] = {}
    wrong: dict[str, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for one in queries:
        hits, name = shown(one["query"], one["language"]), f"{one['language']} {one['query']}"
        wanted += len(one["find"])
        got += len({*one["find"]} & {*hits})
        if missing := sorted({*one["find"]} - {*hits}):
            missed[name] = missing
        if not one["others"] and (others := sorted({*hits} - {*one["find"]})):
            wrong[name] = others
        if "first" in one:
            firsts += 1
            right += hits[:1] == [one["first"]]
            if hits[:1] != [one["first"]]:
                behind[name] = hits[:3]
    return SearchScore(got / wanted, len(wrong), right / firsts, missed, wrong, behind)
