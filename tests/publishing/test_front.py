"""The front page made by people: one act stores what is changed; who may, what it refuses, and who was quicker."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles import pagestore
from articles.models import Article, BreakingLine, Category, Event, FrontPage, FrontPlace, Page, Spot
from articles.publishing import Refused, arrange, publish, record, schedule, sheet_of, withdraw
from articles.publishing.freezing import freeze
from articles.publishing.front import BreakingText, Placed, PlacesTaken, Sheet
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_newsroom, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = NOW + HOUR
MIDNIGHT = datetime(2026, 3, 10, 21, tzinfo=UTC)  # of the newsroom, when what is of today is so no longer
LEAD, SECOND = Spot("lead", 0, 0), Spot("second", 0, 1)
EMPTY = Sheet()


@pytest.fixture
def editor() -> User:
    make_newsroom()
    return make_user("Editor")


def story(slug: str, editor: User, **fields: object) -> Article:
    article = make_article(slug, **{"headline": slug.title(), "summary": "", "body": "<p>It rained.</p>"} | fields)
    publish(article, by=editor, at=NOW)
    return article


def put(editor: User, places: dict[Spot, Article], line: BreakingText | None = None, was: Sheet = EMPTY) -> bool:
    standing = {place: Placed(one.pk) for place, one in places.items()}
    return arrange("en", was, Sheet(standing, line), by=editor, at=LATER)


def page(at: object = LATER, language: str = "en") -> str:
    built = build(f"/{language}/", at)  # type: ignore[arg-type]
    return built.body.decode()


def test_one_act_stores_all_that_is_changed_with_its_events_and_marks_the_front_page(editor: User) -> None:
    one, two = story("one", editor), story("two", editor)
    Page.objects.update(dirty_since=None)
    other_pages = set(Page.objects.values_list("path", flat=True)) - {"/en/"}

    assert put(editor, {LEAD: one, SECOND: two}, BreakingText("The bridge is open", "/en/category/courts/")) is False

    assert sheet_of("en", LATER).places == {LEAD: Placed(one.pk), SECOND: Placed(two.pk)}
    assert sheet_of("ru", LATER) == EMPTY
    told = Event.objects.filter(at=LATER).order_by("pk")
    assert [(event.kind, event.article, event.detail) for event in told] == [
        ("front place", one, {"language": "en", "place": "lead", "until": ""}),
        ("front place", two, {"language": "en", "place": "second", "position": 2, "until": ""}),
        ("breaking line", None, {"language": "en", "text": "The bridge is open", "until": ""}),
    ]
    assert {event.staff for event in told} == {editor.staff_id}
    assert set(Page.objects.exclude(dirty_since=None).values_list("path", flat=True)) == {"/en/"}, other_pages
    assert FrontPage.objects.get().version == 1


def test_the_stored_file_is_gone_when_the_click_returns(
    editor: User, settings: object, tmp_path: object, django_capture_on_commit_callbacks: object
) -> None:
    settings.PAGES_DIR = tmp_path  # type: ignore[attr-defined]
    one = story("one", editor)
    pagestore.put("/en/", b"before", "text/html; charset=utf-8")
    pagestore.put("/ru/", b"before", "text/html; charset=utf-8")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        put(editor, {LEAD: one})
    assert pagestore.get("/en/") is None
    assert pagestore.get("/ru/") == b"before"


def test_storing_nothing_other_does_nothing(editor: User) -> None:
    one = story("one", editor)
    put(editor, {LEAD: one})
    events = Event.objects.count()
    now = sheet_of("en", LATER)
    assert arrange("en", now, now, by=editor, at=LATER + HOUR) is False
    assert arrange("en", EMPTY, now, by=editor, at=LATER + HOUR) is False, "both made it the same"
    assert (Event.objects.count(), FrontPage.objects.get().version) == (events, 1)


def test_what_two_have_changed_in_different_places_both_stands(editor: User) -> None:
    one, two, three = (story(slug, editor) for slug in ("one", "two", "three"))
    put(editor, {LEAD: one})
    seen = sheet_of("en", LATER)
    other = make_user("Managing editor")
    arrange("en", seen, Sheet({**seen.places, SECOND: Placed(two.pk)}), by=other, at=LATER)

    mine = Sheet({LEAD: Placed(three.pk)}, BreakingText("Open"))
    assert arrange("en", seen, mine, by=editor, at=LATER) is True

    expected = Sheet({LEAD: Placed(three.pk), SECOND: Placed(two.pk)}, BreakingText("Open"))
    assert sheet_of("en", LATER) == expected


def test_what_two_have_changed_in_one_place_is_told_and_nothing_is_lost(editor: User) -> None:
    one, two, three = (story(slug, editor) for slug in ("one", "two", "three"))
    put(editor, {LEAD: one}, BreakingText("First"))
    seen = sheet_of("en", LATER)
    other = make_user("Managing editor")
    theirs = Sheet({LEAD: Placed(two.pk)}, BreakingText("Second"))
    arrange("en", seen, theirs, by=other, at=LATER)

    with pytest.raises(PlacesTaken) as told:
        arrange("en", seen, Sheet({LEAD: Placed(three.pk)}, BreakingText("Third")), by=editor, at=LATER)
    assert (told.value.places, told.value.line) == ([LEAD], True)
    assert sheet_of("en", LATER) == theirs

    arrange("en", theirs, Sheet({LEAD: Placed(three.pk)}, BreakingText("Third")), by=editor, at=LATER)
    assert sheet_of("en", LATER) == Sheet({LEAD: Placed(three.pk)}, BreakingText("Third"))


def test_an_article_that_somebody_else_has_placed_meanwhile_is_told(editor: User) -> None:
    one = story("one", editor)
    put(make_user("Managing editor"), {SECOND: one})
    with pytest.raises(Refused, match="has one already"):
        put(editor, {LEAD: one})
    assert sheet_of("en", LATER).places == {SECOND: Placed(one.pk)}


@pytest.mark.parametrize("role", ["Reporter", "Legal", "Administrator"])
def test_who_may_not_changes_nothing(editor: User, role: str) -> None:
    one = story("one", editor)
    with pytest.raises(PermissionDenied):
        put(make_user(role), {LEAD: one})
    assert not FrontPlace.objects.exists()


def test_a_freeze_of_publishing_holds_the_front_page(editor: User) -> None:
    one = story("one", editor)
    freeze("publishing", by=None, at=NOW, reason="Something is wrong.")
    with pytest.raises(Refused, match="frozen"):
        put(editor, {LEAD: one})


def courts() -> int:
    return Category.objects.get(slug="courts").pk


REFUSED = {
    "an article that is nowhere": lambda one: {LEAD: Placed(one.pk + 10_000)},
    "twice the same": lambda one: {LEAD: Placed(one.pk), SECOND: Placed(one.pk)},
    "a moment that is past": lambda one: {LEAD: Placed(one.pk, LATER)},
    "a place that there is not": lambda one: {Spot("lead", 0, 1): Placed(one.pk)},
    "a place of no category": lambda one: {Spot("box", 0, 0): Placed(one.pk)},
    "a category that there is not": lambda one: {Spot("box", 10_000_000, 0): Placed(one.pk)},
    "a kind that there is not": lambda one: {Spot("tower", 0, 0): Placed(one.pk)},
    "another category": lambda one: {Spot("box", courts(), 0): Placed(one.pk)},
    "two hundred places": lambda one: {Spot("second", 0, number): Placed(one.pk + number) for number in range(200)},
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_front_page_can_show_is_refused(editor: User, what: str) -> None:
    one = story("one", editor)
    with pytest.raises(Refused):
        arrange("en", EMPTY, Sheet(REFUSED[what](one)), by=editor, at=LATER)
    assert not FrontPlace.objects.exists()


def test_what_is_not_released_in_the_language_is_refused(editor: User) -> None:
    draft = make_article("draft")
    russian = make_article("dyuny", language="ru")
    publish(russian, by=editor, at=NOW)
    gone = story("gone", editor)
    withdraw(gone, by=make_user("Managing editor"), at=NOW + HOUR / 2, note="By law.")
    for article in (draft, russian, gone):
        with pytest.raises(Refused, match="public or scheduled"):
            put(editor, {LEAD: article})


LINES = {
    "too long": BreakingText("x" * 201),
    "past": BreakingText("Open", "", LATER),
    "elsewhere": BreakingText("Open", "https://example.org/"),
    "a script": BreakingText("Open", "javascript:alert(1)"),
    "no page": BreakingText("Open", "/en/nowhere/"),
    "another language": BreakingText("Open", "/ru/"),
    "the desk": BreakingText("Open", "/admin/"),
    "what is not public": BreakingText("Open", "/en/2026/03/10/nothing/"),
    "no address at all": BreakingText("Open", "http://["),
    "a query": BreakingText("Open", "/en/news/?category=courts"),
}


@pytest.mark.parametrize("what", LINES)
def test_a_breaking_line_that_leads_nowhere_is_refused(editor: User, what: str) -> None:
    with pytest.raises(Refused):
        arrange("en", EMPTY, Sheet(line=LINES[what]), by=editor, at=LATER)
    assert not BreakingLine.objects.exists()


def test_a_breaking_line_is_one_line_without_typed_marks_and_its_link_a_path(editor: User) -> None:
    story("one", editor)
    line = BreakingText(" The Grey Dune League*\n has\x07 left ", "http://testserver/en/2026/03/10/one/")
    arrange("en", EMPTY, Sheet(line=line), by=editor, at=LATER)
    assert sheet_of("en", LATER).line == BreakingText("The Grey Dune League has left", "/en/2026/03/10/one/")


def test_a_place_holds_until_its_moment_and_the_page_knows_when(editor: User) -> None:
    one, two = story("one", editor), story("two", editor)
    until = LATER + HOUR
    places = {LEAD: Placed(one.pk, until)}
    arrange("en", EMPTY, Sheet(places, BreakingText("Open", until=until + HOUR)), by=editor, at=LATER)

    assert build("/en/", LATER).next_change_at == until
    assert build("/en/", until).next_change_at == until + HOUR
    assert build("/en/", until + HOUR).next_change_at == MIDNIGHT
    assert led_by(until - timedelta(microseconds=1)) == "One"
    assert led_by(until) == "Two", two
    assert "Open" in page(until) and "Open" not in page(until + HOUR)
    assert sheet_of("en", until).places == {}


def led_by(at: object) -> str:
    """Return the first headline of the page's lead."""
    return page(at).partition('class="leads"')[2].partition("<h3>")[2].partition("</a>")[0].rpartition(">")[2]


def test_a_withdrawn_article_gives_its_place_up_for_good(editor: User) -> None:
    one, two = story("one", editor), story("two", editor)
    put(editor, {LEAD: one}, BreakingText("One is out", "/en/2026/03/10/one/"))
    assert led_by(LATER) == "One" and "One is out" in page()

    gone_at = LATER + HOUR
    withdraw(one, by=make_user("Managing editor"), at=gone_at, note="By law.")
    assert led_by(gone_at) == "Two", two
    assert "One" not in page(gone_at)
    kinds = set(Event.objects.filter(at=gone_at).values_list("kind", flat=True))
    assert kinds >= {"front place emptied", "breaking line taken"}

    publish(one, by=make_user("Managing editor"), at=gone_at + HOUR)
    assert sheet_of("en", gone_at + HOUR) == EMPTY


def test_a_scheduled_article_takes_its_place_when_it_goes_live(editor: User) -> None:
    story("one", editor)
    coming = make_article("coming", headline="Coming", summary="", body="<p>It rains.</p>", dated_at=NOW - 9 * HOUR)
    due = LATER + HOUR
    schedule(coming, by=editor, at=NOW, live_at=due)
    put(editor, {LEAD: coming})
    assert led_by(due - timedelta(seconds=1)) == "One"
    assert build("/en/", LATER).next_change_at == due
    assert led_by(due) == "Coming"


def test_erasing_an_article_leaves_nothing_of_it(editor: User) -> None:
    one, managing = story("one", editor), make_user("Managing editor")
    put(editor, {LEAD: one}, BreakingText("Secret words", "/en/2026/03/10/one/"))
    withdraw(one, by=managing, at=LATER + HOUR, note="By law.")
    record.erase(one, by=managing, at=LATER + 2 * HOUR, reason="By law.")
    assert not FrontPlace.objects.exists() and not BreakingLine.objects.exists()
    assert not [event for event in Event.objects.all() if "Secret" in str(event.detail)]
