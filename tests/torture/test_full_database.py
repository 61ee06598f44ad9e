"""No space left for SQLite's file: acts are refused whole, readers are served, and with space all goes on."""

from pathlib import Path

from tests.own import own_newsroom

FILL = """
import json
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from articles.baking import tick, verify
from articles.models import Article, Edition, Page, PublicationRecord, Release
from articles.publishing import publish, record
from tests.builders import make_article, make_user

def pragma(text):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {text}")
        return cursor.fetchone()[0]

def rows():
    return [model.objects.count() for model in (Edition, Release, PublicationRecord, Page)]

managing = make_user("Managing editor")
articles = [make_article(f"n{number}", body="<p>" + "The GDL met again. " * 60 + "</p>") for number in range(80)]
publish(articles[0], by=managing, at=timezone.now())
pragma(f"max_page_count = {pragma('page_count') + 100}")  # SQLite refuses as on a full disk
refused, published = "", 1
for article in articles[1:]:
    before = rows()
    try:
        publish(article, by=managing, at=timezone.now())
    except OperationalError as error:
        refused = str(error)
        break
    published += 1
whole = rows() == before and record.verify() == []
read = Client(headers={"host": "127.0.0.1"}).get("/en/").status_code
pragma("max_page_count = 1000000")
for article in Article.objects.filter(slug__in=[one.slug for one in articles], releases=None):
    publish(article, by=managing, at=timezone.now())
for _ in range(60):
    at = timezone.now()
    if not tick(at)["dirty"]:
        break
print(json.dumps({
    "refused": refused, "enough": published > 1, "whole": whole, "read": read,
    "released": Release.objects.count(), "record": record.verify(), "pages": [str(one) for one in verify(at)],
}))
"""


def test_a_full_disk_refuses_acts_whole(tmp_path: Path) -> None:
    expected = '"refused": "database or disk is full", "enough": true, "whole": true, "read": 200'
    printed = own_newsroom(tmp_path).python(FILL)
    assert printed.strip() == "{" + expected + ', "released": 80, "record": [], "pages": []}'
