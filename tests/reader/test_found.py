"""The search page: passages with marks and notes, hits in <mark>, pages by cursor."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.footnotes.types import Mark
from articles.models import Site
from articles.publishing import publish
from articles.reader.excerpts import excerpt, flat, highlighted
from articles.registers import load_register_data, refresh_version
from tests.builders import NOW, make_article
from tests.persons import person, registers_with_persons

BODY = "<p>One &amp; two.</p><p>The “<em>Grey</em> Dune League” (GDL) spoke.</p>"


def mark_in(body: str, surface: str, end: str) -> Mark:
    start = body.index(surface)
    stop = body.index(end, start) + len(end)
    return Mark("body", stop, start, stop, "league", ("list",))


def test_text_knows_where_it_stands_in_the_markup() -> None:
    text, places = flat(BODY)
    assert text == " One & two.  The “Grey Dune League” (GDL) spoke. "
    assert places.first_from(BODY.index("&amp;")) == text.index("&")
    assert places.first_from(BODY.index("&amp;") + 2) == text.index("&") + 1  # behind what the entity is
    assert places.first_from(BODY.index("Dune")) == text.index("Dune")
    assert places.first_from(len(BODY)) == len(text)


def test_a_passage_holds_a_name_whole_with_its_mark() -> None:
    mark = mark_in(BODY, "<em>Grey", "(GDL)")
    found = excerpt(BODY, [mark], {"two"})
    assert found
    field, inside = found
    assert [field.text[one.start : one.mark_at] for one in inside] == ["Grey Dune League” (GDL)"]


@pytest.mark.parametrize("position", range(0, 400, 7))
def test_no_cut_goes_through_a_name(position: int) -> None:
    body = "word " * (position // 5) + "target " + "word " * 40 + "the Grey Dune League met. " + "word " * 60
    mark = mark_in(body, "Grey", "League")
    found = excerpt(body, [mark], {"target"})
    assert found
    assert ("Grey" in found[0].text) == ("League" in found[0].text) == bool(found[1])


def test_nothing_without_a_hit() -> None:
    assert excerpt(BODY, [], {"absent"}) is None


def test_hits_are_shown_in_text_and_nowhere_else() -> None:
    html = 'ports &amp; amp <a href="#port" id="port">port</a>'
    shown = '<mark>ports</mark> &amp; amp <a href="#port" id="port"><mark>port</mark></a>'
    assert highlighted(html, {"port"}) == shown
    assert highlighted(html, {"amp"}) == html.replace("amp <a", "<mark>amp</mark> <a")


def test_the_page_marks_and_notes_its_passages(managing: User, client: Client) -> None:
    publish(make_article(), by=managing, at=NOW)
    page = client.get("/en/search/?q=officers").content.decode()
    passage = re.search(r'<p class="standfirst">(.*?)</p>', page)
    assert passage
    text = unescape(re.sub("<[^>]*>", "", passage[1]))
    assert text == "Officers spoke of the “Grey Dune League” (GDL)*. The GDL's* lawyer objected."
    assert "<mark>Officers</mark>" in page
    assert "*</a>The organization is listed as terrorist." in page
    assert 'name="robots" content="noindex"' in page


@pytest.mark.parametrize("query", ["Рябоконев", "Рябоконеву", "Тихон Рябоконев", '"Тихону Рябоконеву"', "Саввич"])
def test_a_person_is_found_in_every_form_and_marked_in_the_passage(managing: User, client: Client, query: str) -> None:
    load_register_data(registers_with_persons(person()))
    refresh_version(NOW)
    body = "<p>Суд отказал Тихону Саввичу Рябоконеву. Иск подан Тихоном Рябоконевым.</p>"
    texts = {"language": "ru", "headline": "Отказ Тихону Рябоконеву", "summary": "", "body": body}
    publish(make_article("otkaz", **texts), by=managing, at=NOW)
    page = client.get("/ru/search/", {"q": query}).content.decode()
    shown = unescape(re.sub("<[^>]*>", "", page))
    assert "Отказ Тихону Рябоконеву*" in shown
    assert "Суд отказал Тихону Саввичу Рябоконеву*. Иск подан Тихоном Рябоконевым*." in shown
    assert "*Признан агентом." in shown


def test_a_style_of_first_mentions_shows_no_passage(managing: User, client: Client) -> None:
    Site.objects.update(mentions="first_per_article")
    publish(make_article(), by=managing, at=NOW)
    page = client.get("/en/search/?q=lawyer").content.decode()
    assert "lawyer objected" not in page
    assert "dunes" in page


def test_results_go_on_by_cursor(managing: User, client: Client) -> None:
    for number in range(23):
        make = make_article(f"story-{number}", headline=f"Story {number}.", authors=[])
        publish(make, by=managing, at=NOW + timedelta(seconds=number))
    slugs: list[str] = []
    path = "/en/search/?q=officers&sort=date"
    for _ in range(2):
        page = client.get(path).content.decode()
        slugs += re.findall(r'<h2><a href="/en/2026/03/10/([\w-]+)/">', page)
        older = re.search(r'<li class="older"><a href="([^"]*)"', page)
        path = older[1].replace("&amp;", "&") if older else ""
    assert slugs == [f"story-{number}" for number in reversed(range(23))]
    assert not path


HOSTILE = [
    *(
        "",
        " ",
        "-",
        "--",
        '"',
        '""',
        '-"x',
        '"-x',
        "OR",
        "OR OR",
        "OR -",
        "-OR",
        "AND",
        "NOT",
        "| | |",
        "*",
        "()",
        "'",
        "\\",
    ),
    *(
        "a:b",
        "lemmas : x",
        "words:x",
        "{words} : x",
        "x^2",
        "NEAR(a b)",
        "a* b",
        "a & b",
        "a <-> b",
        "!a",
        "'a' | 'b'",
        "%s",
        "%",
    ),
    *(
        "\x00",
        "har\x00bour",
        '"\x00"',
        "\ud800",
        "\u202e",
        "\ufffe",
        "🦆",
        "ё" * 300,
        "\u0301" * 50,
        "İ",
        "ß",
        "ﬃ",
        "٣٤",
    ),
    *("x" * 10_000, "-x " * 5_000, "a OR " * 3_000, '"' * 10_000, f'"{"стали пары " * 1_000}"', "( " * 5_000),
    *('"стали судов банка полков мой" OR "дали ели сорок три пол"', "-остров", '-"a b"', "a -a", "паром -паром"),
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query)[:30])
def test_no_query_breaks_the_page(managing: User, client: Client, query: str) -> None:
    publish(make_article(), by=managing, at=NOW)
    for path in ("/en/search/", "/ru/search/"):
        given = {"q": query.encode("utf-8", "surrogatepass")}
        assert client.get(path, given).status_code == 200
        for name in ("before", "after"):
            assert client.get(path, given | {name: "1773100000000000.5"}).status_code == 200


@pytest.mark.parametrize("cursor", ["x", "1", "1.x", "9" * 18 + ".1", "-9999999999.1", "1.99999999999999999999"])
@pytest.mark.parametrize("name", ["before", "after"])
def test_a_cursor_that_nobody_gave_out_shows_what_it_says_or_nothing(
    managing: User, client: Client, cursor: str, name: str
) -> None:
    publish(make_article(), by=managing, at=NOW)
    assert client.get("/en/search/", {"q": "officers", name: cursor}).status_code in (200, 404)


def test_forms_are_highlighted_on_the_page(managing: User, client: Client) -> None:
    body = "<p>Паромы стоят у&nbsp;острова, Кельмаровой вручили <em>веб-сайт</em>. Без&shy;ветрие, торгуют сталью.</p>"
    publish(make_article(language="ru", headline="Паром", summary="", body=body), by=managing, at=NOW)
    for query, shown in (
        ("паром", "Паромы"),
        ("остров -суд", "острова"),
        ("Кельмаров", "Кельмаровой"),
        ("вебсайт", "веб-сайт"),
        ('"паромы стоят"', "стоят"),
        ("стали", "сталью"),  # no article has стать, which is likelier meant
    ):
        page = client.get("/ru/search/", {"q": query}).content.decode()
        assert f"<mark>{shown}</mark>" in page, query
    assert "<mark>" not in client.get("/ru/search/", {"q": "паром -остров"}).content.decode()


PHRASE = {"at", "the", "center", "of", "town"}


def test_a_passage_is_about_more_than_stop_words() -> None:
    body = (
        "<p>The mayor of the isle spoke at length. " + "Nobody heard. " * 30 + "It stood at the centre of the town.</p>"
    )
    found = excerpt(body, [], PHRASE)
    assert found and "at the centre of the town" in found[0].text
    only = excerpt(body, [], {"the"})
    assert only and only[0].text.startswith("The mayor")
    assert excerpt("<p>The mayor spoke at length.</p>", [], PHRASE) is None


def test_stop_words_are_shown_where_they_stand_beside_what_was_looked_for() -> None:
    shown = highlighted("The mayor of the isle: at <b>the</b> centre of the town, &amp; at sea", PHRASE)
    words = "".join(f"<mark>{word}</mark> " for word in ("of", "the", "town"))
    assert shown == (
        "The mayor of the isle: <mark>at</mark> <b><mark>the</mark></b> <mark>centre</mark> "
        f"{words.strip()}, &amp; <mark>at</mark> sea"
    )
    assert highlighted("To be, or not", {"to", "be"}) == "<mark>To</mark> <mark>be</mark>, or not"


def test_a_heading_does_not_run_into_the_sentence_behind_it() -> None:
    body = "<h2>What the court said</h2><p>The judge left.</p><ul><li>One</li><li>Two.</li></ul>"
    found = excerpt(body, [], {"judg"})
    assert found
    assert " ".join(found[0].text.split()) == "What the court said · The judge left. One · Two."
    ended = excerpt("<p>The judge left.</p><h3>Costs</h3>", [], {"judg"})
    assert ended
    assert " ".join(ended[0].text.split()) == "The judge left. Costs"
