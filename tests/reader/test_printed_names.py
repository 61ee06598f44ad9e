"""Designated names in the names that pages print of themselves: the mark of the block in headings and where an article
is filed, with one note beneath; the status in brackets everywhere else; and pages follow the registers."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from lxml import html

from articles import baking, pagestore
from articles.models import Article, Category, Designation, Page, Region, Register, Site, Topic
from articles.pagemap import touch
from articles.publishing import publish
from articles.publishing.relabel import apply_version, follow_dates, reverse
from articles.reader.pages import build
from articles.registers import compile_version, load_register_data, refresh_version
from tests.builders import NOW, make_article, make_newsroom, make_user, organization, registers_data
from tests.persons import HER_PARTS, person, registers_with_persons

LATER = NOW + timedelta(hours=1)
GREY = "Grey Dune League (listed as terrorist)"
HARBOUR = "Pelican Circle (listed as foreign agents)"
PAGES = (
    "/en/",
    "/en/news/",
    "/en/archive/",
    "/en/archive/2026/03/10/",
    "/en/category/courts/",
    "/en/region/north/",
    "/en/topic/elections/",
    "/en/corrections/",
    "/en/feed.xml",
    "/en/category/courts/feed.xml",
    "/en/topic/elections/feed.xml",
)


@pytest.fixture
def article(db: None) -> Article:
    """An outlet with a listed name in its tagline, in a category, a region and a topic; and an article filed there."""
    site = make_newsroom(publisher="own-outlet")
    site.tagline_en = "With the Grey Dune League against the tide"
    site.save()
    Category.objects.filter(slug="courts").update(name_en="Trials of the Grey Dune League")
    Region.objects.update(name_en="Home of the Grey Dune League")
    Topic.objects.update(name_en="The Grey Dune League before the Tern Herald")
    article = make_article(category="courts", headline="Rain", summary="", body="<p>It rained.</p>")
    publish(article, by=make_user("Editor"), at=NOW)
    return article


def page(path: str) -> str:
    built = build(path, LATER)
    assert built.status == 200, path
    return built.body.decode()


def text_of(html: str) -> str:
    return html.replace("&#x27;", "'")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_prints_the_bare_name(article: Article, path: str) -> None:
    shown = text_of(page(path))
    assert GREY in shown
    assert re.findall(r"Grey Dune League(?! \(listed as terrorist\)|\*|<sup)", shown) == []
    assert not re.search(r"Tern Herald( \(|\*|<sup)", shown), "the outlet's own name never"


NOTE, NOTES = "*The organization is listed as terrorist.", "*The organizations are listed as terrorist."


def tree(path: str) -> html.HtmlElement:
    return html.document_fromstring(page(path))


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def notes(element: html.HtmlElement) -> list[str]:
    return [text(note) for note in element.find_class("legal-note")]


@pytest.mark.parametrize(
    ("path", "heading", "bare_title"),
    [
        ("/en/category/courts/", "Trials of the Grey Dune League*", "Trials of the Grey Dune League* – Tern Herald"),
        (
            "/en/category/courts/2026/03/",
            "Trials of the Grey Dune League*, March 2026",
            "Trials of the Grey Dune League*, March 2026 – Tern Herald",
        ),
        ("/en/region/north/", "Home of the Grey Dune League*", "Home of the Grey Dune League* – Tern Herald"),
        (
            "/en/topic/elections/",
            "The Grey Dune League* before the Tern Herald",
            "The Grey Dune League* before the Tern Herald – Tern Herald",
        ),
    ],
)
def test_a_rubrics_page_is_one_block_with_its_heading(
    article: Article, path: str, heading: str, bare_title: str
) -> None:
    """The heading gives the first glyph; the list goes on with it, and has the note of both."""
    shown = tree(path)
    assert text(shown.find(".//h1")) == heading
    assert shown.findtext(".//title") == bare_title
    assert notes(shown) == [NOTE]
    publish(make_article("two", category="courts", summary="The Twofold Bridge, the GDL."), by=editor(), at=NOW)
    assert notes(tree(path)) == [
        NOTE,
        "**The organization is listed as terrorist. The organization is listed as foreign agents.",
    ]


def editor() -> User:
    return make_user("Editor")


def test_a_heading_counts_for_the_number_of_the_note(article: Article) -> None:
    """It names one, an article of the list another."""
    rename_league("Ice Guard")
    publish(make_article("two", category="courts", headline="GDL", summary="", body="<p>GDL.</p>"), by=editor(), at=NOW)
    assert notes(tree("/en/category/courts/")) == [NOTES]
    assert notes(tree("/en/region/north/")) == [NOTE]


def rename_league(name: str) -> None:
    """Put another organization on the register, and name the category after it."""
    data = registers_data()
    names = [{"text": name, "language": "en", "strength": "strong"}]
    data["organizations"].append(organization("guard", names, "test-terrorist"))
    load_register_data(data)
    refresh_version(NOW)
    Category.objects.filter(slug="courts").update(name_en=f"Trials of the {name}")


def test_a_mark_of_a_heading_leads_to_its_note_and_back(article: Article) -> None:
    shown = tree("/en/category/courts/")
    [mark] = shown.xpath("//h1/sup[@class='mark']/a")
    [note] = shown.xpath("//p[@class='legal-note']")
    assert mark.get("href") == f"#{note.get('id')}"
    assert note.find("a").get("href") == f"#{mark.get('id')}"
    month = tree("/en/category/courts/2026/03/")
    assert not month.xpath("//h1//sup//a"), "no link stands in a link"


def test_an_empty_list_has_the_note_of_its_heading(article: Article) -> None:
    Category.objects.filter(slug="politics").update(name_en="The Grey Dune League")
    shown = tree("/en/category/politics/")
    assert text(shown.find(".//h1")) == "The Grey Dune League*"
    assert notes(shown) == [NOTE]


def test_the_sections_of_the_front_page_bear_marks(article: Article) -> None:
    for number in range(5):
        publish(make_article(f"lead-{number}", headline="Fog", summary="", body="<p>Fog.</p>"), by=editor(), at=NOW)
    section = next(one for one in tree("/en/").find_class("desk") if "Trials" in one.text_content())
    assert text(section.find("h2")) == "Trials of the Grey Dune League*"
    assert notes(section) == [NOTE]


def test_a_section_that_is_not_printed_gives_no_glyph(article: Article) -> None:
    """Its one article leads the page; the next section begins with the first glyph."""
    Category.objects.filter(slug="politics").update(name_en="The Twofold Bridge")
    for number in range(9):
        publish(make_article(f"lead-{number}", headline="Fog", summary="", body="<p>Fog.</p>"), by=editor(), at=NOW)
    Article.objects.filter(slug="dunes").update(category=Category.objects.get(slug="politics"))
    publish(Article.objects.get(slug="dunes"), by=editor(), at=NOW, reason="minor")
    [section] = tree("/en/").find_class("desk")
    assert text(section.find("h2")) == "The Twofold Bridge*"


def test_an_article_bears_the_mark_where_it_is_filed(article: Article) -> None:
    """Its own note stands beneath, where the article has none of it."""
    [filed] = tree("/en/2026/03/10/dunes/").find_class("rubrics")
    assert [text(one) for one in filed.iter("li")] == [
        "Home of the Grey Dune League*",
        "The Grey Dune League* before the Tern Herald",
    ]
    assert notes(filed) == [NOTE]


def test_the_note_of_an_article_is_not_printed_again_where_it_is_filed(article: Article) -> None:
    """The glyph is that which the register has in the article."""
    body = "<p>The Twofold Bridge met the GDL.</p>"
    publish(make_article("both", headline="Fog", summary="", body=body), by=editor(), at=NOW)
    shown = tree("/en/2026/03/10/both/")
    [filed] = shown.find_class("rubrics")
    assert next(text(one) for one in filed.iter("li")) == "Home of the Grey Dune League**"
    assert notes(filed) == []
    assert f"*{NOTE}" in notes(shown.get_element_by_id("story"))


def test_another_of_the_same_register_has_a_note_of_its_own_where_it_is_filed(article: Article) -> None:
    """The article's note speaks of one: it cannot speak of the other as well."""
    rename_league("Ice Guard")
    Region.objects.update(name_en="Home of the Ice Guard")
    publish(make_article("one", headline="Fog", summary="", body="<p>The GDL.</p>"), by=editor(), at=NOW)
    shown = tree("/en/2026/03/10/one/")
    assert notes(shown.get_element_by_id("story")) == [NOTE]
    [filed] = shown.find_class("rubrics")
    assert notes(filed) == [NOTES], "of region and topic"


def test_what_came_before_on_a_topic_is_one_block_with_its_name(article: Article) -> None:
    other = make_article("after", headline="Snow", summary="", body="<p>Snow.</p>")
    publish(other, by=editor(), at=NOW + timedelta(minutes=5))
    [related] = tree("/en/2026/03/10/after/").find_class("related")
    assert text(related.find("h2")) == "More on The Grey Dune League* before the Tern Herald"
    assert notes(related) == [NOTE]


def test_a_person_is_marked_in_a_heading_like_an_organization(article: Article) -> None:
    load_register_data(registers_with_persons(person(parts=HER_PARTS)))
    refresh_version(NOW)
    Category.objects.filter(slug="courts").update(name_ru="Дело Инги Зеленоборской")
    shown = tree("/ru/category/courts/")
    assert text(shown.find(".//h1")) == "Дело Инги Зеленоборской*"
    assert notes(shown) == ["*Признана агентом."]
    assert "Дело Инги Зеленоборской (признана агентом)" in text(shown.find_class("sections")[0])


def test_pages_follow_a_note_that_only_headings_have(article: Article) -> None:
    """The note is worded otherwise, the words in brackets are what they were."""
    Site.objects.update(tagline_en="")
    make = registers_data()
    make["registers"][0]["notes"]["en"]["one"]["text"] = "Banned as terrorist."
    Page.objects.update(dirty_since=None)
    load_register_data(make)
    apply_version(compile_version(LATER), by=None, at=LATER)
    assert notes(tree("/en/category/courts/")) == ["*Banned as terrorist."]
    assert not Page.objects.filter(dirty_since=None).exists()


def test_the_other_language_has_its_own_formula(article: Article) -> None:
    Category.objects.filter(slug="courts").update(name_ru="Суды над Лигой серых дюн")
    assert "Суды над Лигой серых дюн (в перечне: террористические)" in page("/ru/")


def test_pages_follow_a_name_that_is_listed_later(article: Article) -> None:
    """All stored pages are touched when the registers make a printed name another one, and only then."""
    Topic.objects.update(name_en="Friends of the Pelican Circle")
    assert "(listed as foreign agents)" not in page("/en/topic/elections/")
    Page.objects.update(dirty_since=None)
    data = {**registers_data(), "organizations": [pelicans(since="2020-01-01")]}
    load_register_data(data)
    apply_version(compile_version(LATER), by=None, at=LATER)
    assert HARBOUR in page("/en/topic/elections/")
    assert not Page.objects.filter(dirty_since=None).exists()
    Page.objects.update(dirty_since=None)
    terns = {**pelicans(since="2020-01-01", name="Tern Circle"), "key": "terns"}
    load_register_data({**registers_data(), "organizations": [terns]})
    apply_version(compile_version(LATER), by=None, at=LATER + timedelta(hours=1))
    assert Page.objects.filter(dirty_since=None).exists(), "no printed name holds this one"


def test_pages_follow_a_name_in_what_is_written_of_a_story(article: Article) -> None:
    Topic.objects.update(about_en="Friends of the Pelican Circle.")
    assert "Pelican Circle<sup" not in page("/en/topic/elections/")
    Page.objects.update(dirty_since=None)
    load_register_data({**registers_data(), "organizations": [pelicans(since="2020-01-01")]})
    apply_version(compile_version(LATER), by=None, at=LATER)
    assert "Pelican Circle<sup" in page("/en/topic/elections/")
    assert not Page.objects.filter(dirty_since=None).exists()


def test_pages_follow_the_day_on_which_a_name_is_listed(article: Article) -> None:
    Topic.objects.update(name_en="Friends of the Pelican Circle")
    load_register_data({**registers_data(), "organizations": [pelicans(since="2026-03-12")]})
    refresh_version(NOW)
    assert "(listed as foreign agents)" not in page("/en/topic/elections/")
    Page.objects.update(dirty_since=None)
    day = Designation.objects.get(organization__key="pelicans").designated_from
    assert day is not None
    follow_dates(day - timedelta(days=1), day, NOW + timedelta(days=2))
    assert not Page.objects.filter(dirty_since=None).exists()
    assert HARBOUR in build("/en/topic/elections/", NOW + timedelta(days=2)).body.decode()


def pelicans(*, since: str, name: str = "Pelican Circle") -> dict[str, object]:
    names = [{"text": name, "language": "en", "strength": "strong"}]
    return organization("pelicans", names, "test-agents", since=since)


def test_without_registers_names_are_printed_as_they_are(db: None) -> None:
    Site.objects.create(name_en="Tern Herald", name_ru="Вестник", tagline_en="With the Grey Dune League")
    assert "With the Grey Dune League" in build("/en/corrections/", NOW).body.decode()


def test_pages_follow_a_person_designated_later_by_themselves(
    article: Article, settings: object, tmp_path: object
) -> None:
    """Applied long before, and nothing is done by hand when the day begins: the clock of the jobs alone."""
    settings.PAGES_DIR = tmp_path  # type: ignore[attr-defined]
    load_register_data(registers_with_persons(person(parts=HER_PARTS, since="2026-03-12")))
    refresh_version(NOW)
    Category.objects.filter(slug="courts").update(name_ru="Дело Инги Зеленоборской")
    Site.objects.update(tagline_ru="Газета о Зеленоборской Инге")
    paths = ("/ru/", "/ru/category/courts/", "/ru/category/courts/feed.xml", "/ru/archive/")
    evening = datetime(2026, 3, 11, 20, 59, 59, tzinfo=UTC)
    baking.each_minute(evening)
    baking.close_periods(evening)
    touch(paths, evening)
    bake(evening)
    assert all("признана агентом" not in stored(path) for path in paths)
    midnight = evening + timedelta(seconds=2)
    baking.each_minute(midnight)
    baking.close_periods(midnight)
    bake(midnight)
    assert all("Инги Зеленоборской (признана агентом)" in stored(path) for path in paths)
    assert "Газета о Зеленоборской Инге (признана агентом)" in stored("/ru/")
    heading = html.document_fromstring(stored("/ru/category/courts/"))
    assert (text(heading.find(".//h1")), notes(heading)) == ("Дело Инги Зеленоборской*", ["*Признана агентом."])


def bake(at: datetime) -> None:
    while baking.bake_dirty(at, seconds=60):
        pass


def stored(path: str) -> str:
    body = pagestore.get(path)
    assert body is not None, path
    return body.decode()


def test_pages_follow_the_jurisdictions(article: Article) -> None:
    """Registers outside the chosen ones leave the names of pages, too; taken back, they return."""
    Register.objects.update(jurisdiction="KZ")
    refresh_version(NOW)
    Site.objects.update(jurisdictions=["RU"])
    Page.objects.update(dirty_since=None)
    batch = apply_version(compile_version(LATER), by=None, at=LATER)
    assert "Grey Dune League*" not in page("/en/category/courts/")
    assert "(listed as terrorist)" not in page("/en/")
    assert not Page.objects.filter(dirty_since=None).exists()
    reverse(batch, by=make_user("Legal"), at=LATER, reason="No.")
    assert Site.current().jurisdictions == []
    assert GREY in text_of(page("/en/"))
