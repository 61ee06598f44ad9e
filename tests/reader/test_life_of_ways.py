"""One life cycle in the outputs that lead on: places of the front page, its breaking line, stories, what followed,
searches and their feeds, the sitemap, the card. Each act is tried, each output looked at."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Category, Designation, Name, Organization, Spot, Topic
from articles.publishing import Refused, arrange, cancel, publish, record, retract, schedule, withdraw
from articles.publishing.front import BreakingText, Placed, Sheet
from articles.publishing.relabel import apply_version, work_batches
from articles.reader.pages import build
from articles.registers import compile_version
from tests.builders import NOW, make_article

HOUR = timedelta(hours=1)
AT = NOW + 5 * HOUR
PAGE = "/en/2026/03/10/wetland/"
HEADLINE = "Cormorants of the GDL and the Pelican Circle"
LINE = "Cormorants are back"
MARKED = "Cormorants of the GDL{} and the Pelican Circle"
SUP, FEED, INLINE = '<sup class="mark">*</sup>', "*", " (listed as terrorist)"
OUTPUTS = {  # where the headline stands, and how a name is marked there
    "front place": SUP, "latest": SUP, "story": SUP, "story's month": SUP, "what followed": SUP, "search": SUP,
    "search feed": FEED, "story's feed": FEED, "sitemap": INLINE, "card": INLINE,
}  # fmt: skip
ALL = {*OUTPUTS}


@pytest.fixture
def earlier(managing: User) -> str:
    """An article of the same story, a month older; its address."""
    article = make_article("earlier", headline="Earlier", dated_at=NOW - timedelta(days=28))
    publish(article, by=managing, at=NOW - HOUR)
    return "/en/2026/02/10/earlier/"


@pytest.fixture
def article(earlier: str) -> Article:
    return make_article("wetland", headline=HEADLINE, summary="", body="<p>Cormorants.</p>")


def place(article: Article, by: User, at: object = NOW) -> None:
    """Let the article lead the front page, and let a breaking line lead to it as soon as it is public."""
    line = BreakingText(LINE, PAGE) if build(PAGE, at).status == 200 else None  # type: ignore[arg-type]
    arrange("en", Sheet(), Sheet({Spot("lead", 0, 0): Placed(article.pk)}, line), by=by, at=at)  # type: ignore[arg-type]


def outputs(client: Client, at: object = AT) -> dict[str, str]:
    """Return what each output says of articles: of the front page the first place, of a feed its items."""

    def ask(path: str, begin: str = "", end: str = "") -> str:
        answer = client.get(path)
        text = answer.content.decode() if answer.status_code == 200 else ""
        return text.partition(begin)[2].partition(end)[0] if begin else text

    with time_machine.travel(at, tick=False):  # type: ignore[arg-type]
        page = client.get(PAGE)
        return {
            "front place": ask("/en/", 'class="leads"', "</article>"),
            "latest": ask("/en/", 'class="wire"', "</section>"),
            "breaking": ask("/en/", 'class="breaking"', "</section>"),
            "story": ask("/en/topic/elections/", "<main", "</main>"),
            "story's month": ask("/en/topic/elections/2026/03/", "<main", "</main>"),
            "what followed": ask("/en/2026/02/10/earlier/", 'class="follow-ups"', "</section>"),
            "search": re.sub("</?mark>", "", ask("/en/search/?q=cormorant", "<main", "</main>")),
            "search feed": ask("/en/search/feed.xml?q=cormorant", "<item>", "</channel>"),
            "story's feed": ask("/en/topic/elections/feed.xml", "<item>", "</channel>"),
            "sitemap": ask("/sitemap.xml"),
            "card": page.content.decode().partition("</head>")[0],
        }


def shown(found: dict[str, str], word: str = "Cormorants") -> set[str]:
    return {name for name, text in found.items() if word in text and name != "breaking"}


def marked(found: dict[str, str]) -> set[str]:
    return {name for name, mark in OUTPUTS.items() if MARKED.format(mark) in found[name]}


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "embargoed", "cancelled"])
def test_what_is_not_public_is_in_none(client: Client, managing: User, article: Article, state: str) -> None:
    if state == "embargoed":
        Article.objects.filter(pk=article.pk).update(embargo_until=AT + HOUR)
        with pytest.raises(Refused):
            schedule(Article.objects.get(pk=article.pk), by=managing, at=NOW, live_at=AT)
    elif state == "cancelled":
        schedule(article, by=managing, at=NOW, live_at=AT - HOUR)
        place(article, managing)
        cancel(Article.objects.get(pk=article.pk), by=managing, at=NOW)
    else:
        Article.objects.filter(pk=article.pk).update(state=state)
    if state != "cancelled":
        with pytest.raises(Refused):
            place(article, managing)
    found = outputs(client)
    assert shown(found) == set() and LINE not in found["breaking"]


def test_what_is_scheduled_comes_at_its_second_everywhere(client: Client, managing: User, article: Article) -> None:
    schedule(article, by=managing, at=NOW, live_at=AT)
    place(article, managing)
    assert shown(outputs(client, AT - timedelta(microseconds=1))) == set()
    assert shown(outputs(client)) == ALL == marked(outputs(client))


@pytest.fixture
def published(managing: User, article: Article) -> Article:
    publish(article, by=managing, at=NOW)
    place(article, managing)
    return Article.objects.get(pk=article.pk)


def test_what_is_published_stands_everywhere_marked(client: Client, published: Article) -> None:
    found = outputs(client)
    assert shown(found) == ALL == marked(found)
    assert LINE in found["breaking"] and PAGE in found["breaking"]


@pytest.mark.parametrize("reason", ["minor", "update", "correction"])
def test_an_edit_is_seen_everywhere(client: Client, managing: User, published: Article, reason: str) -> None:
    Article.objects.filter(pk=published.pk).update(headline="Cormorants: the GDL was there")
    edited = Article.objects.get(pk=published.pk)
    publish(edited, by=managing, at=NOW + HOUR, reason=reason, note="The GDL was named late.")
    found = outputs(client)
    assert shown(found, "was there") == ALL and shown(found, "Pelican") == set()
    noted = {name for name, text in found.items() if "was named late" in text}
    assert noted == ({"search feed", "story's feed", "card"} if reason != "minor" else set())


def test_what_is_retracted_says_so_everywhere(client: Client, managing: User, published: Article) -> None:
    retract(published, by=managing, at=NOW + HOUR, note="The paper was forged.")
    found = outputs(client)
    assert shown(found) == ALL == shown(found, "Retracted:")
    assert LINE in found["breaking"], "its page is there and says why"


def test_what_is_withdrawn_is_nowhere_and_its_line_is_gone(client: Client, managing: User, published: Article) -> None:
    withdraw(published, by=managing, at=NOW + HOUR, note="By law.")
    found = outputs(client)
    assert shown(found) == set() and found["breaking"] == ""
    record.erase(Article.objects.get(pk=published.pk), by=managing, at=NOW + 2 * HOUR, reason="By law.")
    assert shown(outputs(client)) == set()


def relabelled(at: object = NOW + HOUR) -> None:
    apply_version(compile_version(at), by=None, at=at)  # type: ignore[arg-type]
    while work_batches(lambda: at):  # type: ignore[arg-type, return-value]
        pass


def test_a_name_that_is_listed_later_is_marked_everywhere(client: Client, published: Article) -> None:
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Pelican Circle", language="en", strength="strong", position=9)
    assert "foreign agents" not in str(outputs(client))
    relabelled()
    found = outputs(client)
    signs = {
        SUP: f"Pelican Circle{SUP.replace('*', '**')}",
        FEED: "Pelican Circle**",
        INLINE: "Circle (listed as foreign",
    }
    assert {name for name, mark in OUTPUTS.items() if signs[mark] in found[name]} == ALL


def test_a_designation_that_is_lifted_is_printed_everywhere_as_its_register_has_it(
    client: Client, published: Article
) -> None:
    Designation.objects.filter(organization__key="grey-wolves-league").update(designated_until=date(2026, 3, 9))
    relabelled()
    found = outputs(client)
    assert shown(found) == ALL
    assert "is listed as terrorist" not in str(found) and "(listed as" not in str(found)


Move = Callable[[Article], object]
MOVES: dict[str, tuple[Move, set[str]]] = {
    "slug": (lambda one: Article.objects.filter(pk=one.pk).update(slug="wetlands"), ALL - {"card"}),
    "category": (
        lambda one: Article.objects.filter(pk=one.pk).update(category=Category.objects.get(slug="courts")),
        ALL,
    ),
    "topic": (
        lambda one: one.topics.set([Topic.objects.create(slug="sea", name_en="Sea", name_ru="Море")]),
        ALL - {"story", "story's month", "what followed", "story's feed"},
    ),
    "day": (
        lambda one: Article.objects.filter(pk=one.pk).update(dated_at=NOW - timedelta(days=60)),
        ALL - {"story's month", "what followed", "card", "sitemap"},  # there its address stands without a news title
    ),
}


@pytest.mark.parametrize("what", MOVES)
def test_what_is_moved_is_where_it_belongs(client: Client, managing: User, published: Article, what: str) -> None:
    move, expected = MOVES[what]
    move(published)
    publish(Article.objects.get(pk=published.pk), by=managing, at=NOW + HOUR, reason="minor")
    found = outputs(client)
    assert shown(found) == expected
    assert LINE in found["breaking"]
    with time_machine.travel(AT, tick=False):
        assert client.get(PAGE, follow=True).status_code == 200, "the line leads on to it"
