"""A fresh newsroom has no registers yet: the desk opens, says so, and publishes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Category, Release, Site
from tests.admin.forms import CHANGE, act
from tests.builders import make_user


@pytest.fixture
def managing(db: None) -> Client:
    Site(name_en="Tern Herald", name_ru="Вестник крачки", time_zone="Europe/Moscow").save()
    client = Client()
    client.force_login(make_user("Managing editor"))
    return client


def test_desk_opens_and_says_that_nothing_can_be_marked(managing: Client) -> None:
    response = managing.post(
        reverse("admin:articles_category_add"),
        {"name_en": "Sea", "name_ru": "Море", "slug": "sea", "position": "0"},
    )
    assert response.status_code == 302
    article = Article.objects.create(
        language="en", slug="port", headline="The port", body="<p>Text.</p>", category=Category.objects.get()
    )
    assert managing.get(reverse("admin:index")).status_code == 200
    assert "No registers have been loaded yet" in managing.get(reverse(CHANGE, args=[article.pk])).content.decode()
    preview = managing.get(reverse("admin:articles_article_preview", args=[article.pk]))
    assert "No registers have been loaded yet" in preview.content.decode()
    assert managing.get(reverse("admin:articles_article_act", args=[article.pk, "publish"])).status_code == 200
    act(managing, article, "publish")
    assert "No registers have been loaded yet" in managing.get(reverse(CHANGE, args=[article.pk])).content.decode()
    assert not Release.objects.exists()
