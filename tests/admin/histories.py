"""An article with a history, and what its page says of it."""

import re
from datetime import timedelta
from html import unescape

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleVersion
from articles.publishing import cancel, keep_version, publish, schedule
from tests.builders import make_article

DAY = timedelta(days=1)


def saved(article: Article, by: User, **fields: object) -> ArticleVersion:
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return keep_version(article, by=by, at=timezone.now())


def lived(by: User) -> Article:
    """Return an article that was saved, published, corrected, scheduled anew and called off."""
    article = make_article(body="<p>The first text of the port.</p><p>What stays as it is.</p>")
    saved(article, by)
    publish(article, by=by, at=timezone.now())
    saved(article, by, body="<p>The second text of the port.</p><p>What stays as it is.</p>")
    publish(article, by=by, at=timezone.now(), reason="correction", note="It was the second text.")
    saved(article, by, headline="Later news")
    schedule(article, by=by, at=timezone.now(), live_at=timezone.now() + DAY)
    cancel(article, by=by, at=timezone.now())
    return article


def history(client: Client, article: Article, **asked: str) -> str:
    response = client.get(reverse("admin:articles_article_history", args=[article.pk]), asked)
    assert response.status_code == 200
    return unescape(response.content.decode())


def rows(page: str) -> list[str]:
    """The rows of the time line in words, without those on top of it."""
    found = re.findall(r'<tr class="(?:version|edition|event|record)[^"]*">(.*?)</tr>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in found]


def changes(page: str) -> dict[str, str]:
    """What a page says has changed, by the names of the fields: [-gone-], {+come+}, and notes in brackets."""
    found = re.findall(r'<section class="changed" aria-labelledby="changed-(\w+)">(.*?)</section>', page, re.DOTALL)
    return {name: in_signs(text) for name, text in found}


def in_signs(text: str) -> str:
    text = re.sub(r"<h3.*?</h3>|<details.*?</details>", "", text, flags=re.DOTALL)
    text = re.sub(r'<span class="visually-hidden">.*?</span>', "", text, flags=re.DOTALL)
    text = re.sub(r'<small class="look">(.*?)</small>', r"(\1)", text)
    for tag, begin, end in (("del", "[-", "-]"), ("ins", "{+", "+}")):
        text = text.replace(f"<{tag}>", begin).replace(f"</{tag}>", end)
    return " ".join(re.sub(r"<[^>]*>", "", text).split())
