"""A version of an article brought back from its history: by whom, with what they have seen, as a new version."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.publishing import status
from tests.admin.histories import changes, history, lived, rows


def test_bringing_a_version_back(by: User, client_as: Callable[[str], Client]) -> None:
    article = lived(by)
    client = client_as("Editor")
    address = reverse("admin:articles_article_restore", args=[article.pk, 2])
    page = unescape(client.get(address).content.decode())
    assert changes(page)["headline"] == "[-Later news-]{+GDL cells found in the harbour+}"
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    assert status(article, timezone.now()) == "live"
    answer = client.post(address, {"seen": seen}, follow=True)
    assert "Version 2 is the working copy again, as version 5." in unescape(answer.content.decode())
    article.refresh_from_db()
    assert article.body.startswith("<p>The first text")
    assert status(article, timezone.now()) == "live"
    assert any("Version 2 brought back as version 5" in row for row in rows(history(client, article)))
    late = unescape(client.post(address, {"seen": seen}, follow=True).content.decode())
    assert "Someone else saved this article meanwhile." in late
    assert article.versions.count() == 4


def test_bringing_back_needs_a_token_and_a_post(by: User) -> None:
    article = lived(by)
    client = Client(enforce_csrf_checks=True)
    client.force_login(by)
    address = reverse("admin:articles_article_restore", args=[article.pk, 2])
    assert client.post(address, {"seen": article.version}).status_code == 403
    client.get(address)
    assert article.versions.count() == 3


@pytest.mark.parametrize("role", ["Reporter", "Legal", "Administrator"])
def test_bringing_back_is_for_those_who_may_edit(by: User, client_as: Callable[[str], Client], role: str) -> None:
    article = lived(by)
    client = client_as(role)
    address = reverse("admin:articles_article_restore", args=[article.pk, 2])
    assert "/restore/" not in history(client, article)
    assert client.get(address).status_code == 302
    assert client.post(address, {"seen": article.version}).status_code == 403
    assert article.versions.count() == 3
