"""The log of corrections goes on by cursor in both directions, to its ends, and to a day."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article
from articles.publishing import publish
from tests.builders import NOW, make_article

DAY = timedelta(days=1)
AT = NOW + 8 * DAY
LOG = "/en/corrections/"
TEXT = re.compile(r"<p>Number (\d)\.</p>")


@pytest.fixture
def seven(managing: User, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Seven corrections, one a day, in parts of two."""
    monkeypatch.setattr("articles.reader.corrections.SIZE", 2)
    article = make_article(body="<p>Rain.</p>", headline="Rain", summary="")
    publish(article, by=managing, at=NOW)
    for number in range(7):
        changed = Article.objects.get(pk=article.pk)
        publish(changed, by=managing, at=NOW + number * DAY, reason="correction", note=f"Number {number}.")
    return list(range(7))


def ways(page: str) -> dict[str, str]:
    pager = (re.search(r'<nav class="pager".*?</nav>', page, re.DOTALL) or [""])[0]
    found = re.findall(r'<li class="(\w+)"><a href="([^"]*)"', pager)
    return {name: address.replace("&amp;", "&") for name, address in found}


def test_it_goes_on_to_its_ends_and_back(client: Client, seven: list[int]) -> None:
    def see(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode()

    with time_machine.travel(AT, tick=False):
        address, seen = LOG, list[int]()
        while address:
            page = see(address)
            seen += map(int, TEXT.findall(page))
            assert ("first" in ways(page)) == (address != LOG)
            address, last = ways(page).get("older", ""), address
        assert seen == seven[::-1]
        end = see(f"{LOG}?page=last")
        assert TEXT.findall(end) == ["1", "0"] and {*ways(end)} == {"first", "newer"}
        address, seen = last, list[int]()
        while address:
            page = see(address)
            seen += map(int, TEXT.findall(page)[::-1])
            address = ways(page).get("newer", "")
        assert seen == seven
        assert ways(see(LOG)) == {"older": ways(see(LOG))["older"], "last": f"{LOG}?page=last"}


@pytest.mark.parametrize(
    ("day", "shown"), [("2026-03-12", ["2", "1"]), ("2999-01-01", ["6", "5"]), ("2026-03-01", []), ("x", ["6", "5"])]
)
def test_it_begins_at_a_day(client: Client, seven: list[int], day: str, shown: list[str]) -> None:
    with time_machine.travel(AT, tick=False):
        page = client.get(LOG, {"day": day}).content.decode()
    assert TEXT.findall(page) == shown
    assert ("Nothing had been put right by then." in page) == (not shown)
    assert 'id="jump-day" name="day" type="date"' in page
    assert f'href="{LOG}"' in page and '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("query", ["before=x", "after=x", "after=1.x", "before=" + "9" * 40 + ".1"])
def test_a_cursor_that_we_did_not_give_out_is_no_address(client: Client, seven: list[int], query: str) -> None:
    assert client.get(f"{LOG}?{query}").status_code == 404


@pytest.mark.parametrize("query", ["after=9" + "0" * 15 + ".1", "page=99", "page=", "day=9999-12-31", "day=0001-01-01"])
def test_what_lies_beyond_its_ends_is_a_clean_answer(client: Client, seven: list[int], query: str) -> None:
    with time_machine.travel(AT, tick=False):
        answer = client.get(f"{LOG}?{query}")
    assert answer.status_code == 200, query
