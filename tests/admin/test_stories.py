"""A topic's own text at the desk: its pages, and no others, follow when it is written."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from articles.models import Page, Site, Topic
from articles.publishing import publish
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_user


def form_of(topic: Topic, **changes: str) -> dict[str, object]:
    names = ("name_en", "name_ru", "slug", "iptc_code", "position", "about_en", "about_ru")
    return {name: getattr(topic, name) for name in names} | changes


def dirty_after(client: Client, topic: Topic, **changes: str) -> set[str]:
    Page.objects.update(dirty_since=None)
    answer = client.post(reverse("admin:articles_topic_change", args=[topic.pk]), form_of(topic, **changes))
    assert answer.status_code == 302, answer.context["errors"]
    return set(Page.objects.exclude(dirty_since=None).values_list("path", flat=True))


def test_the_page_of_a_story_follows_its_text(client_as: Callable[[str], Client], newsroom: Site) -> None:
    publish(make_article(), by=make_user("Managing editor"), at=NOW)
    topic, client = Topic.objects.get(slug="elections"), client_as("Editor")
    own = {"/en/topic/elections/", "/ru/topic/elections/"}

    assert dirty_after(client, topic, about_en="The GDL came.\r\n\r\nIt left.") == own
    page = build("/en/topic/elections/", NOW).body.decode()
    assert "</sup> came.</p>\n<p>It left.</p>" in page

    topic.refresh_from_db()
    assert dirty_after(client, topic, iptc_code="medtop:11000000") == set()
