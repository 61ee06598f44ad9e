"""A script inside a newsroom whose database refuses: full, read-only, away, and well again; it runs on both.

On SQLite the disk of `FILL` is filled where it is one of its own (`tests.newsroom.test_outage` mounts it), else the
file may not grow.
"""

SCRIPT = """
import json, os
from pathlib import Path
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from django.utils import timezone
from articles.baking import announce_and_beat, bake_paths
from articles.models import Article, Slot
from articles.pagemap import article_path
from articles.publishing import publish
from articles.watching.checks import database
from tests.admin.forms import filled
from tests.builders import make_article, make_user

setup_test_environment()
user = make_user("Managing editor")
article = make_article("typed")
publish(article, by=user, at=timezone.now())
announce_and_beat(timezone.now())
release = article.releases.get()
public = article_path("en", release.published_date, "typed")
bake_paths([public, "/en/", "/en/feed.xml", "/sitemap.xml"], timezone.now())
client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
client.force_login(user)
change = reverse("admin:articles_article_change", args=[article.pk])
form = filled(client.get(change), headline="Another headline")
sqlite, name, port = connection.vendor == "sqlite", connection.settings_dict["NAME"], connection.settings_dict["PORT"]
filler = Path(settings.DATA_DIR, "filler")
DISK_FULL = '''
CREATE FUNCTION no_space() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END
$$ LANGUAGE plpgsql
'''
TABLES = ("articles_slot", "articles_article", "articles_heartbeat", "articles_presence")

def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

def fill():
    if not sqlite:
        on = "CREATE TRIGGER no_space BEFORE INSERT OR UPDATE ON %s EXECUTE FUNCTION no_space()"
        run(DISK_FULL, *(on % one for one in TABLES))
    elif os.environ.get("OWN_DISK"):
        run("PRAGMA wal_checkpoint(TRUNCATE)")
        with filler.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 512)
            except OSError:
                pass
    else:
        with connection.cursor() as cursor:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")

def empty():
    if not sqlite:
        run(*(f"DROP TRIGGER no_space ON {one}" for one in TABLES), "DROP FUNCTION no_space")
    elif os.environ.get("OWN_DISK"):
        filler.unlink()
    else:
        run("PRAGMA max_page_count = 1000000")

def read_only():
    run("PRAGMA query_only = 1" if sqlite else "SET default_transaction_read_only = on")

def writable():
    run("PRAGMA query_only = 0" if sqlite else "SET default_transaction_read_only = off")

def away():
    connection.close()
    connection.settings_dict |= {"NAME": "/nowhere/at/all.sqlite3"} if sqlite else {"PORT": "1"}

def back():
    connection.close()
    connection.settings_dict |= {"NAME": name, "PORT": port}

number = 0
def keep():
    global number
    number += 1
    body = {"user": user.pk, "article": article.pk, "client": "browser", "sequence": number, "base": article.version,
            "fields": {"headline": "typed " * 20000}}
    answer = client.post(reverse("admin:articles_article_keep"), json.dumps(body), content_type="application/json")
    told = answer.json() if answer["Content-Type"] == "application/json" else {}
    return answer.status_code, told.get("ok"), told.get("error", "away")

def asked():
    database.forget()
    status, ok, error = keep()
    posted = client.post(change, form)
    text = posted.content.decode()
    ready = client.get("/readyz")
    named = [one["trouble"] for one in ready.json()["troubles"] if one["trouble"].startswith("database")]
    says = "Nothing of what you sent was saved" in text, 'lang="ru"' in text
    return [status, ok, error, posted.status_code, *says, client.get(public).status_code, ready.status_code, *named]

for name_of_it, break_it, mend in (("full", fill, empty), ("read-only", read_only, writable), ("away", away, back)):
    break_it()
    print(name_of_it, *asked())
    mend()
    article.refresh_from_db()
    print("kept", keep()[:2], Slot.objects.get().sequence == number, article.headline == "Another headline")
def read(*paths):
    return [client.get(path).status_code for path in paths]

front = read("/en/", "/en/feed.xml", "/sitemap.xml")
away()
print(front, read("/en/", "/en/feed.xml", "/sitemap.xml", "/"), *read("/en/none/"))
back()
print(client.post(change, form).status_code)
"""
TOLD = [
    "full 503 None away 503 True True 200 503 database_full",
    "kept (200, True) True False",
    "read-only 503 None away 503 True True 200 503 database_read_only",
    "kept (200, True) True False",
    "away 503 None away 503 True True 200 503 database_away",
    "kept (200, True) True False",
    "[200, 200, 200] [200, 200, 200, 302] 503",
    "302",
]
