"""A script inside a newsroom whose database somebody else keeps for longer than a request waits; it runs on both."""

SCRIPT = """
import threading, time
from datetime import timedelta
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from django.utils import timezone
from articles.models import Article, Event, PreviewToken
from articles.publishing.previews import make_link
from tests.admin.forms import filled
from tests.builders import make_article, make_user

setup_test_environment()
user = make_user("Managing editor")
article = make_article("locked")
made = make_link(article, by=user, at=timezone.now())
client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
client.force_login(user)
change = reverse("admin:articles_article_change", args=[article.pk])
form = filled(client.get(change), headline="Another headline")
held, done = threading.Event(), threading.Event()

def hold():
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(summary="held")
        PreviewToken.objects.update(made_at=timezone.now())
        held.set()
        done.wait(60)
        transaction.set_rollback(True)
    connection.close()

def patience(milliseconds):
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}" if sqlite else f"SET lock_timeout = {milliseconds}")

patience(500)
thread = threading.Thread(target=hold)
thread.start()
held.wait(30)
begun = time.monotonic()
preview = client.get(f"/preview/{made.token}/")
quick = time.monotonic() - begun < 15
posted = client.post(change, form)
done.set()
thread.join()
article.refresh_from_db()
page = posted.content.decode()
print(preview.status_code, quick, PreviewToken.objects.get(pk=made.link.pk).last_used_at)
print(posted.status_code, posted["Retry-After"], "Nothing of what you sent was saved" in page, 'lang="ru"' in page)
print(article.headline == "Another headline", client.post(change, form).status_code)
print(client.get(f"/preview/{made.token}/").status_code, PreviewToken.objects.get(pk=made.link.pk).last_used_at is None)
"""
TOLD = ["200 True None", "503 30 True True", "False 302", "200 False"]
