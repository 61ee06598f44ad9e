"""The list before publishing: each point where it is fine and where it is not, required or not, in both languages."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from articles.models import Article, Category, KeptPost, Organization, Release, Resource, Site, Topic
from articles.models.languages import ALL
from articles.photos import upload
from articles.publishing import (
    Refused,
    answer_mention,
    close_note,
    open_questions,
    publish,
    retract,
    schedule,
    withdraw,
    write_note,
)
from articles.publishing.checklist import CHECKS, CHOICES, Outgoing, points_of
from articles.publishing.own_links import broken_own_links, nothing_at
from articles.publishing.passage_notes import Passage
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_user
from tests.test_photos import picture

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLAIN: dict[str, Any] = {"headline": "Quiet day", "summary": "", "body": "<p>Nothing happened.</p>"}
UNCLEAR = "<p>Lawyers of Harbour issued a statement.</p>"


def with_photo(**texts: Any) -> Article:
    return make_article("pictured", **PLAIN, lead_photo=upload.store(upload.prepare(picture(), **texts)))


def plain(slug: str = "quiet", **fields: Any) -> Article:
    return make_article(slug, **PLAIN | fields)


def beside_another(by: User) -> Article:
    publish(plain("other"), by=by, at=NOW - DAY)
    return plain()


def noted(by: User, *, is_closed: bool = False) -> Article:
    article = plain("noted")
    note = write_note(article, Passage("headline", "Quiet"), "Was it?", by=by, at=NOW)
    if is_closed:
        close_note(note, by=by, at=NOW)
    return article


def with_post(account: str) -> Article:
    """Return an article with a post of an account, beside an entry that is listed with the account `tern_herald`."""
    listed = Organization.objects.get(key="northern-lamp")
    Resource.objects.get_or_create(organization=listed, kind="account", service="t.me", value="Tern_Herald")
    link = f"https://t.me/{account}/7"
    post = KeptPost.objects.create(kind="telegram", number="7", link=link, text="Look", kept_at=NOW)
    return plain("posted", body=f'<p>x</p><figure data-post="{post.pk}"></figure>')


# By the key of each check: an article that is fine, and one that is not.
Cases = dict[str, tuple[Callable[[], Article], Callable[[], Article]]]


@pytest.fixture
def cases(editor: User, settings: Any, tmp_path: Path) -> Cases:
    settings.MEDIA_ROOT = tmp_path
    return {
        "questions": (plain, lambda: plain(body=UNCLEAR)),
        "alt": (lambda: with_photo(alt_en="A pier"), lambda: with_photo(alt_ru="Причал")),
        "credit": (lambda: with_photo(credit="Anna Tern"), lambda: with_photo()),
        "licence": (lambda: with_photo(licence="CC BY 4.0"), lambda: with_photo()),
        "rights": (lambda: with_photo(rights_until=NOW + DAY), lambda: with_photo(rights_until=NOW)),
        "symbols": (lambda: with_photo(alt_en="A pier"), lambda: with_photo(alt_en="A flag of Grey Dune League")),
        "origin": (plain, lambda: plain(translator="Anna Tern")),
        "links": (
            lambda: plain(body='<p><a href="/en/">all</a></p>'),
            lambda: plain(body='<p><a href="/x/">x</a></p>'),
        ),
        "posts": (lambda: with_post("another"), lambda: with_post("tern_herald")),
        "category": (lambda: beside_another(editor), plain),
        "date": (lambda: plain(dated_at=NOW - DAY), lambda: plain(dated_at=NOW - 400 * DAY)),
        "notes": (lambda: noted(editor, is_closed=True), lambda: noted(editor)),
        "dated": (lambda: plain(dated_at=NOW - DAY), plain),
    }


def looked(article: Article, live_at: Any = NOW) -> Outgoing:
    return Outgoing(article, live_at, Site.current(), open_questions(article, live_at))


def require(*keys: str) -> None:
    Site.objects.update(required_points=list(keys))


@pytest.mark.parametrize("number", [0, 1], ids=["fine", "against"])
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.key)
def test_each_point_has_a_case_where_it_is_fine_and_one_where_it_is_not(check: Any, number: int, cases: Cases) -> None:
    assert cases.keys() == {one.key for one in CHECKS}
    require(check.key)
    article = cases[check.key][number]()
    found = {point.check.key: point for point in points_of(looked(article))}
    assert bool(found[check.key].complaints) is bool(number)
    assert found[check.key].is_required


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.key)
def test_each_point_is_told_in_both_languages(check: Any, cases: Cases) -> None:
    article, told = cases[check.key][1](), {}
    for language in ("en", "ru"):
        with translation.override(language):
            told[language] = [str(check.name), str(check.fine), *[one.text for one in check.look(looked(article))]]
    assert len(told["en"]) == len(told["ru"]) >= 3
    assert not set(told["en"]) & set(told["ru"])


@pytest.mark.parametrize("act", ["publish", "schedule"])
@pytest.mark.parametrize("key", [key for key, _name in CHOICES])
def test_what_is_required_holds_up_each_way_of_publishing(key: str, act: str, cases: Cases, editor: User) -> None:
    article = cases[key][1]()

    def release() -> Release:
        if act == "publish":
            return publish(article, by=editor, at=NOW)
        return schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)

    require(key)
    with pytest.raises(Refused) as refused:
        release()
    [check] = [one for one in CHECKS if one.key == key]
    assert refused.value.field == check.look(looked(article))[0].field
    assert not article.releases.exists()
    require()
    assert release()


def test_nothing_required_by_another_point_is_in_the_way(cases: Cases, editor: User) -> None:
    require("alt", "credit", "links", "date")
    assert publish(plain(), by=editor, at=NOW)


def test_the_gate_keeps_its_own_points(editor: User) -> None:
    require("questions")
    article = plain(body=UNCLEAR)
    with pytest.raises(Refused) as refused:
        publish(article, by=editor, at=NOW)
    assert refused.value.field == "gate"
    answer_mention(article, open_questions(article, NOW)[0].key, "not", by=editor, at=NOW)
    assert publish(article, by=editor, at=NOW)


def test_what_stands_against_it_comes_first_the_required_before_the_rest(editor: User) -> None:
    require("dated")
    points = points_of(looked(plain()))
    assert [point.check.key for point in points[:2]] == ["dated", "category"]
    assert not any(point.complaints for point in points[2:])


def test_retracting_asks_for_nothing(editor: User) -> None:
    article = plain()
    publish(article, by=editor, at=NOW)
    require("dated")
    assert retract(article, by=editor, at=NOW + HOUR, note="All of it was wrong.")


def addresses(editor: User, managing: User) -> list[str]:
    """Publish, move, withdraw and schedule articles; return their addresses and others, public or not."""
    moved, gone, ahead = plain("moved"), plain("gone"), plain("ahead")
    publish(moved, by=editor, at=NOW - 2 * DAY)
    moved.slug = "moved-on"
    moved.save()
    publish(moved, by=editor, at=NOW - DAY)
    publish(gone, by=editor, at=NOW - 2 * DAY)
    withdraw(gone, by=managing, at=NOW - DAY, note="All of it.")
    schedule(ahead, by=editor, at=NOW, live_at=NOW + DAY)
    Topic.objects.create(slug="unused", name_en="Unused", name_ru="Пусто")
    Category.objects.create(slug="bare", name_en="Bare", name_ru="Пусто")
    paths = """/en/ /ru/ /en/news/ /en/archive/ /en/archive/2026/ /en/archive/2025/ /en/archive/2026/03/
        /en/archive/2026/03/08/ /en/archive/2026/03/07/ /en/archive/2026/03/11/ /en/archive/2026/03/08/2/
        /en/category/politics/ /en/category/nowhere/ /en/category/bare/ /en/category/politics/2/ /en/topic/elections/
        /en/topic/unused/ /ru/topic/elections/ /en/region/north/ /en/category/politics/2026/03/
        /en/category/politics/2026/02/ /en/topic/elections/2026/03/ /en/category/politics/feed.xml
        /en/topic/unused/feed.xml /en/feed.xml /en/corrections/ /sitemap.xml /en/2026/03/08/moved/
        /en/2026/03/08/moved-on/ /en/2026/03/08/gone/ /en/2026/03/11/ahead/ /en/2026/03/08/never/ /en/nonsense/ /x"""
    return paths.split()


@pytest.mark.parametrize("used", [ALL, "en"], ids=["both", "one"])
@pytest.mark.parametrize("at", [NOW, NOW + 2 * DAY], ids=["now", "later"])
def test_a_link_is_broken_where_readers_find_nothing(used: str, at: Any, editor: User) -> None:

    paths = addresses(editor, make_user("Managing editor"))
    Site.objects.update(languages=used)
    # Its own rubrics are another's, so that it fills none of these lists itself.
    article, site = plain("asking", category="courts"), Site.current()
    article.topics.clear()
    article.regions.clear()
    found = {path: bool(nothing_at(path, article, at, site)) for path in paths}
    answered = {path: build(path, at).status in (404, 410) for path in paths}
    assert found == answered
    assert len(set(found.values())) == 2


@pytest.mark.parametrize(
    ("link", "is_broken"),
    [
        ("https://elsewhere.example/en/nonsense/", False),
        ("mailto:desk@outlet.example", False),
        ("#below", False),
        ("?page=2", False),
        ("http://testserver/en/", False),
        ("http://TESTSERVER", False),
        ("https://testserver/en/nonsense/", True),
        ("//testserver/en/nonsense/", True),
        ("/en", False),
        ("/en/search/?q=x", False),
        ("/robots.txt", False),
        ("/static/articles/icon.svg", False),
        ("/admin/", True),
        ("/preview/aaaaaaaaaaaaaaaaaaaaaaaaaaaa/", True),
        ("/media/none.jpg", True),
        ("/en/nonsense/#x", True),
        ("/%D1%80%D1%83/", True),
    ],
)
def test_only_links_to_this_site_are_asked(link: str, is_broken: bool, editor: User) -> None:
    article = plain(body=f'<p><a href="{link}">see</a></p>')
    assert bool(broken_own_links(article, NOW, Site.current())) is is_broken


def test_each_broken_link_is_told_once_with_its_words(editor: User) -> None:
    body = '<p><a href="/x/">first</a> <a href="/x/#y">second</a> <a href="/z/">third</a></p>'
    assert [one.words for one in broken_own_links(plain(body=body), NOW, Site.current())] == ["first", "third"]


def test_an_article_may_link_to_itself_and_to_its_own_rubrics(editor: User) -> None:
    article = plain(body='<p><a href="/en/topic/elections/">all of it</a></p>')
    assert not broken_own_links(article, NOW, Site.current())


FIGURE = '<p>Text</p><figure data-photo="%d"></figure>'


def test_photos_of_figures_are_looked_at_like_the_lead_photo(cases: Cases) -> None:
    photo = upload.store(upload.prepare(picture(), alt_en="A pier", caption_en="The old pier", rights_until=NOW))
    require("licence")
    article = plain(body=FIGURE % photo.pk)
    found = {point.check.key: point.complaints for point in points_of(looked(article))}
    for key in ("credit", "licence", "rights"):
        [complaint] = found[key]
        assert complaint.field == "body" and "The old pier" in complaint.text, key


@pytest.mark.parametrize("name", ["Grey Dune League.jpg", "grey_dune_league-2.JPG", "лига_серых_дюн.jpg"])
def test_names_of_files_and_captions_ask_for_banned_symbols(name: str, cases: Cases) -> None:
    [check] = [one for one in CHECKS if one.key == "symbols"]
    file = picture()
    file.name = name
    photo = upload.store(upload.prepare(file))
    article = plain(lead_photo=photo)
    [complaint] = check.look(looked(article))
    assert "file name" in complaint.text and complaint.field == "lead_photo"
    assert not check.may_be_required
