"""The front page: places filled by people and by rule, with however few or many articles; the breaking line."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from lxml import html

from articles.models import Article, Category, Site, Spot
from articles.pagemap.addresses import front_path
from articles.publishing import arrange, publish, retract, sheet_of
from articles.publishing.front import BreakingText, Placed, Sheet
from articles.reader.arranged import LEADS
from articles.reader.front import WIRE, Breaking
from articles.reader.pages import build
from articles.reader.unsaved_front import unsaved_front_page
from tests.builders import NOW, make_article, make_newsroom, make_user

pytestmark = pytest.mark.django_db
AT = NOW + timedelta(days=1)
LEAD = Spot("lead", 0, 0)
NUMBERS = (0, 1, 2, 3, 4, 5, 6, 12, 60)
CATEGORIES = ("politics", "courts", "sea", "sport")


@pytest.fixture
def editor() -> User:
    make_newsroom(publisher="own-outlet")
    for slug in CATEGORIES[2:]:
        Category.objects.get_or_create(slug=slug, defaults={"name_en": slug.title(), "name_ru": slug})
    return make_user("Editor")


def fill(editor: User, number: int, language: str = "en") -> list[Article]:
    """Publish so many, the newest last; a fifth in sport, which is the oldest of all."""
    made = []
    for at in range(number):
        category = "sport" if at < number // 5 else CATEGORIES[at % 3]
        words = {"headline": f"Story {at}.", "summary": "", "body": "<p>It rained.</p>"}
        made.append(make_article(f"story-{at}", language=language, category=category, **words))
        publish(made[-1], by=editor, at=NOW + timedelta(minutes=at))
    return made


def tree(language: str = "en", at: object = AT) -> html.HtmlElement:
    built = build(front_path(language), at)  # type: ignore[arg-type]
    assert built.status == 200
    return html.document_fromstring(built.body.decode())


def headlines(shown: html.HtmlElement, css: str) -> list[str]:
    return [one.text_content() for one in shown.xpath(f"//section[contains(@class, '{css}')]//h3/a")]


def latest(shown: html.HtmlElement) -> list[str]:
    return [one.text_content() for one in shown.xpath("//section[@class='wire']//li/a")]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("number", NUMBERS)
def test_latest_is_the_latest_no_category_vanishes_and_no_place_is_empty(
    editor: User, number: int, language: str
) -> None:
    made = fill(editor, number, language)
    shown = tree(language)
    newest = [article.headline for article in reversed(made)]

    assert latest(shown) == newest[:WIRE]
    assert headlines(shown, "leads") == newest[:LEADS]
    blocks = {block.get("class"): block for block in shown.xpath("//section[@class='desk']")}
    named = [re.search(r"/category/([^/]+)/", href)[1] for href in shown.xpath("//section[@class='desk']/h2/a/@href")]  # type: ignore[index]
    assert set(named) == {article.category.slug for article in made}, blocks
    assert all(len(block.xpath(".//article")) >= 1 for block in shown.xpath("//section[@class='desk']"))
    if not made:
        assert shown.xpath("//p[@class='nothing']")


def test_each_stands_in_one_place_unless_its_category_would_vanish(editor: User) -> None:
    fill(editor, 12)
    shown = tree()
    seen = Counter(headlines(shown, "leads") + headlines(shown, "desk"))
    again = [headline for headline, times in seen.items() if times > 1]
    assert again == [], "each category has others"
    few = tree(at=NOW + timedelta(minutes=1))
    assert headlines(few, "leads") == ["Story 1.", "Story 0."]
    assert sorted(headlines(few, "desk")) == ["Story 0.", "Story 1."], "without them their categories would vanish"


def test_what_people_place_stands_there_and_the_rule_fills_the_rest(editor: User) -> None:
    made = fill(editor, 60)
    sport, sea = (Category.objects.get(slug=slug) for slug in ("sport", "sea"))
    old, older, banner = made[0], made[1], made[30]
    places = {
        LEAD: old,
        Spot("second", 0, 2): made[59],
        Spot("banner", 0, 0): banner,
        Spot("box", sport.pk, 0): older,
        Spot("row", sea.pk, 1): next(one for one in made if one.category_id == sea.pk),
    }
    standing = {place: Placed(one.pk) for place, one in places.items()}
    arrange("en", Sheet(), Sheet(standing), by=editor, at=AT)

    shown = tree()
    assert headlines(shown, "banner") == [banner.headline]
    assert headlines(shown, "leads") == ["Story 0.", "Story 58.", "Story 57.", "Story 59.", "Story 56."]
    assert latest(shown) == [f"Story {number}." for number in range(59, 59 - WIRE, -1)], "Latest leaves out none"
    blocks = {block.xpath("./h2")[0].text_content(): block for block in shown.xpath("//section[@class='desk']")}
    in_sport = [one.text_content() for one in blocks["Sport"].xpath(".//h3/a")]
    assert in_sport == ["Story 1.", "Story 11.", "Story 10.", "Story 9."]
    in_sea = [one.text_content() for one in blocks["Sea"].xpath(".//h3/a")]
    assert in_sea[2] == places[Spot("row", sea.pk, 1)].headline and len(in_sea) == len(set(in_sea)) == 4
    assert not {"Story 0.", "Story 1.", banner.headline} & {*in_sea}


def test_what_is_retracted_leads_behind_the_rest_unless_somebody_has_placed_it(editor: User) -> None:
    made = fill(editor, 5)
    retract(made[-1], by=editor, at=NOW + timedelta(hours=2), note="It did not happen.")
    assert headlines(tree(), "leads")[-1] == "Story 4."
    arrange("en", Sheet(), Sheet({LEAD: Placed(made[-1].pk)}), by=editor, at=AT)
    assert headlines(tree(), "leads")[0] == "Story 4."


def test_an_article_that_was_filed_elsewhere_leaves_the_block_of_its_old_category(editor: User) -> None:
    made = fill(editor, 12)
    sport = Category.objects.get(slug="sport")
    arrange("en", Sheet(), Sheet({Spot("row", sport.pk, 2): Placed(made[0].pk)}), by=editor, at=AT)
    Article.objects.filter(pk=made[0].pk).update(category=Category.objects.get(slug="courts"))
    made[0].refresh_from_db()
    publish(made[0], by=editor, at=AT, reason="minor")
    shown = tree()
    blocks = {block.xpath("./h2")[0].text_content(): block for block in shown.xpath("//section[@class='desk']")}
    assert "Story 0." not in blocks["Sport"].text_content()


def test_only_the_box_of_a_category_tells_more_than_the_headline(editor: User) -> None:
    """And no note stands beneath of what is named in a summary that is not printed."""
    for number in range(9):
        text = {"headline": f"Story {number}", "summary": "" if number == 3 else "The GDL met."}
        publish(make_article(f"s-{number}", **text), by=editor, at=NOW + timedelta(minutes=number))
    [block] = tree().xpath("//section[@class='desk']")
    assert [one.text_content() for one in block.xpath(".//h3/a")] == [f"Story {number}" for number in (3, 2, 1, 0)]
    assert not block.xpath(".//p[@class='standfirst']")
    assert not block.find_class("legal-note")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_of_what_is_of_today_the_hour_alone_is_printed_and_the_page_changes_at_midnight(
    editor: User, language: str
) -> None:
    fill(editor, 6, language)
    shown = tree(language, NOW + timedelta(hours=1))
    assert {one.get("class") for one in shown.xpath("//article//time")} == {"clock"}
    midnight = build(front_path(language), NOW + timedelta(hours=1)).next_change_at
    assert midnight is not None and midnight.astimezone(Site.current().zone).hour == 0
    assert midnight - NOW < timedelta(days=1)
    for at in (midnight, AT):
        assert {one.get("class") for one in tree(language, at).xpath("//article//time")} == {"moment"}
        assert build(front_path(language), at).next_change_at is None


def line(editor: User, text: str, link: str = "") -> None:
    arrange("en", sheet_of("en", AT), Sheet(line=BreakingText(text, link)), by=editor, at=AT)


@pytest.mark.parametrize("link", ["", "/en/category/courts/"])
def test_the_breaking_line_is_a_text_of_the_house_with_its_notes_beneath(editor: User, link: str) -> None:
    fill(editor, 3)
    line(editor, "The Grey Dune League & the Tern Herald", link)
    shown = tree()
    [block] = shown.xpath("//section[@class='breaking']")
    words = " ".join(block.xpath("./p")[0].text_content().split())
    assert words == "Breaking The Grey Dune League* & the Tern Herald"
    assert [" ".join(note.text_content().split()) for note in block.find_class("legal-note")] == [
        "*The organization is listed as terrorist."
    ]
    assert block.xpath("./p/a/@href") == ([link] if link else [])
    assert bool(block.xpath(".//sup//a")) == (not link), "no link stands in a link"
    assert not tree("ru").xpath("//section[@class='breaking']")


def test_without_articles_the_page_stands_with_its_breaking_line(editor: User) -> None:
    line(editor, "We begin tomorrow")
    shown = tree()
    assert "We begin tomorrow" in shown.xpath("//section[@class='breaking']")[0].text_content()
    assert shown.xpath("//p[@class='nothing']")


def test_the_page_of_what_is_stored_is_the_readers_page(editor: User) -> None:
    """What the desk shows before storing is, once it is stored, what readers get: byte for byte."""
    made = fill(editor, 12)
    places = {LEAD: made[0].pk, Spot("second", 0, 3): made[1].pk}
    shown = unsaved_front_page("en", places, Breaking("The GDL is gone", "/en/category/courts/"), AT)
    sheet = Sheet(
        {place: Placed(pk) for place, pk in places.items()}, BreakingText("The GDL is gone", "/en/category/courts/")
    )
    assert build("/en/", AT).body != shown.built.body
    arrange("en", Sheet(), sheet, by=editor, at=AT)
    assert build("/en/", AT).body == shown.built.body
    assert shown.stands.lines[LEAD].article == made[0].pk


@pytest.mark.usefixtures("editor")
def test_an_unsaved_page_leaves_out_what_readers_do_not_see() -> None:
    draft = make_article("draft")
    shown = unsaved_front_page("en", {LEAD: draft.pk, Spot("second", 0, 0): draft.pk + 99}, None, AT)
    assert shown.stands.lines == {} and draft.headline not in shown.built.body.decode()
