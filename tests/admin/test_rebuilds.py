"""Before an act is confirmed its page says which pages it rebuilds: those that it then marks, in both languages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Page, Topic
from articles.publishing import publish
from tests.admin.forms import act
from tests.builders import make_article, make_user


def told(client: Client, article: Article, name: str) -> dict[str, str]:
    return dict(client.get(reverse("admin:articles_article_act", args=[article.pk, name])).context["rebuilds"])


def marked() -> set[str]:
    return set(Page.objects.filter(dirty_since__isnull=False).values_list("path", flat=True))


@pytest.fixture
def managing(client_as: Callable[[str], Client]) -> Client:
    return client_as("Managing editor")


@pytest.fixture
def article(managing: Client) -> Article:
    """An article that follows another one of its day and of its topic."""
    by = make_user("Managing editor")
    for slug in ("first", "second"):
        publish(make_article(slug, dated_at=None), by=by, at=timezone.now())
    Page.objects.update(dirty_since=None)
    return make_article("third", dated_at=None)


def test_publishing_rebuilds_what_it_says(managing: Client, article: Article) -> None:
    expected = told(managing, article, "publish")
    act(managing, article, "publish")

    assert expected.keys() == marked()
    assert expected["/en/"] == "front page"
    assert sum(kind == "article" for kind in expected.values()) == 3  # its own, and the two before it on its story


def test_a_change_rebuilds_the_pages_it_leaves_and_those_it_comes_to(managing: Client, article: Article) -> None:
    act(managing, article, "publish")
    Page.objects.update(dirty_since=None)
    article.topics.set([Topic.objects.get_or_create(slug="sea", defaults={"name_en": "Sea", "name_ru": "Море"})[0]])

    expected = told(managing, article, "correct")
    act(managing, article, "correct", reason="minor")

    assert expected.keys() == marked()
    assert {"/en/topic/sea/", "/en/topic/elections/"} <= expected.keys()


@pytest.mark.parametrize("name", ["retract", "withdraw"])
def test_taking_back_rebuilds_what_it_says(name: str, managing: Client, article: Article) -> None:
    act(managing, article, "publish")
    Page.objects.update(dirty_since=None)

    expected = told(managing, article, name)
    act(managing, article, name, note="It did not happen.")

    assert marked() - expected.keys() <= {"/en/corrections/", "/en/corrections/feed.xml"}
    assert expected.keys() <= marked()


def test_the_number_can_be_unfolded_into_the_list(managing: Client, article: Article) -> None:
    address = reverse("admin:articles_article_act", args=[article.pk, "publish"])
    number = len(told(managing, article, "publish"))
    english = managing.get(address).content.decode()
    russian = managing.get(address, headers={"accept-language": "ru"}).content.decode()

    assert f"This rebuilds {number} pages." in english
    assert "<code>/en/archive/</code>" in english
    assert re.search(rf"построен[аоы] заново {number} страниц", russian)


def test_an_act_that_shows_readers_nothing_rebuilds_nothing(managing: Client, article: Article) -> None:
    assert told(managing, article, "request") == {}
