"""What waits for what on PostgreSQL: an act holds its article, and whoever stores the article's page does not wait."""

from tests.newsroom import refused
from tests.newsroom.locked import SCRIPT, TOLD
from tests.services.conftest import Newsroom

STORE = """
import threading
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from articles.models import Page, Release
from articles.publishing.releasing import lock

release = Release.objects.live(timezone.now()).first()
page = Page.objects.create(path="/en/2001/01/01/locks/", kind="article")

def store():
    try:
        with transaction.atomic():
            connection.cursor().execute("SET LOCAL lock_timeout = '3s'")
            Page.objects.filter(pk=page.pk).update(article=release.article)
        print("stored")
    except DatabaseError as error:
        print(error)
    finally:
        connection.close()

with transaction.atomic():
    lock(release.article)
    thread = threading.Thread(target=store)
    thread.start()
    thread.join()
page.delete()
"""


def test_a_page_is_stored_while_an_act_holds_its_article(newsroom: Newsroom) -> None:
    """Or the two would wait for each other: the act goes on to mark that page."""
    assert newsroom.python(STORE) == "stored"


HELD = """
import sys
from types import SimpleNamespace
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from articles.editions import House
from articles.models import Release
from articles.publishing import publish
from articles.publishing.errors import Refused
from articles.publishing.force import LOCK
from articles.publishing.relabel import batch
from articles.publishing.relabel.answered import relabel_article

def tell():
    with connection.cursor() as cursor:
        own = "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND pid = pg_backend_pid()"
        cursor.execute(own, [LOCK])
        print(*[mode for mode, in cursor.fetchall()])

def held(store):
    with transaction.atomic():
        store()
        tell()

def refuse(*args, **options):
    tell()
    raise Refused("gate", "Asked.")

article = Release.objects.live(timezone.now()).first().article
held(lambda: relabel_article(article, timezone.now(), None))
bulk = SimpleNamespace(pk=None, made_by=None)
course = SimpleNamespace(batch=bulk, house=House.current(), scopes=None, clock=timezone.now)
held(lambda: batch.store([], course))
sys.modules["articles.publishing.publish"].pass_gate = refuse
try:
    publish(article, by=User.objects.get(username="editor"), at=timezone.now())
except Refused:
    pass
"""


def test_the_registers_are_not_replaced_while_an_act_asks_or_stores_by_them(newsroom: Newsroom) -> None:
    """Or an edition under the old ones could be stored after the change has looked which articles it concerns."""
    assert newsroom.python(HELD).split() == ["ShareLock"] * 3


ORDERED = """
from django.db import connection, transaction
from articles.models import Page

paths = [f"/en/region/{name}" for name in ("law/", "law-courts/", "law/2026/", "lawn/", "Law/")]
with transaction.atomic():
    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE articles_page ALTER COLUMN path TYPE varchar(300) COLLATE "en-US-x-icu"')
    Page.objects.bulk_create(Page(path=path, kind="rubric") for path in paths)
    made = Page.objects.filter(path__in=paths)
    for found in (made.order_by("path"), made.in_order()):
        print([page.path for page in found.select_for_update()] == sorted(paths))
    transaction.set_rollback(True)
"""


def test_pages_are_locked_in_one_order_whatever_the_locale_of_the_database(newsroom: Newsroom) -> None:
    """An act marks them in the order of Python; in two orders it and a bake would wait for each other."""
    assert newsroom.as_owner().python(ORDERED).split() == ["False", "True"]


CLICKED = """
import threading
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from articles.baking.counts import reconcile
from articles.models import Article, Release
from articles.publishing import publish
from articles.publishing.releasing import lock

editor = User.objects.get(username="editor")
source = Release.objects.live(timezone.now()).first().article
article = Article.objects.create(language="en", slug="clicked", headline="Ferry timetable changes",
    body="<p>The first ferry leaves at six.</p>", category=source.category, state="approved")
publish(article, by=editor, at=timezone.now())
client = Client(headers={"host": "127.0.0.1"})
client.force_login(editor)

def click():
    client.post(reverse("admin:articles_article_act", args=[article.pk, "correct"]), {"reason": "minor"})
    connection.close()

def waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else it is read once in a transaction
        own = "datname = current_database() AND wait_event_type = 'Lock'"
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE " + own)
        return cursor.fetchone()[0]

with transaction.atomic():
    lock(article)
    thread = threading.Thread(target=click)
    thread.start()
    while thread.is_alive() and not waits():
        thread.join(0.05)
    publish(article, by=editor, at=timezone.now())
thread.join()
print(*[release.ending or "open" for release in article.releases.order_by("pk")], reconcile(timezone.now()))
"""


def test_a_click_that_has_waited_for_another_act_comes_after_it(newsroom: Newsroom) -> None:
    """Or what readers saw since that act would stand in the record as cancelled before it began."""
    assert newsroom.python(CLICKED) == "superseded superseded open []"


RACED = """
import threading
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from articles.baking.claim import claim
from articles.baking.runs import claim_run, plan
from articles.models import Batch, JobRun, Outbox, Page, Release
from articles.notices import outbox
from articles.pagemap import touch
from articles.publishing import announce
from articles.publishing.relabel import batch, relabel_all

at = timezone.now()
release = Release.objects.live(at).first()
Release.objects.filter(pk=release.pk).update(announced_at=None)
touch(["/en/2001/01/01/raced/"], at)
relabel, run = relabel_all(by=None, at=at), plan("raced", "", at)
mail = Outbox.objects.create(to="desk@outlet.invalid", subject="Raced", body="", made_at=at)
TAKEN = {
    Release: lambda: announce.claim(at),
    Page: lambda: [page.pk for page in claim(at, 1)],
    Batch: lambda: [one.pk for one in [batch.claim(at)] if one],
    JobRun: lambda: [one.pk for one in [claim_run(at, ["raced"])] if one],
    Outbox: lambda: [one.pk for one in [outbox.claim(at, at)] if one],
}

def second(model, taken):
    connection.cursor().execute("SET lock_timeout = '3s'")
    try:
        taken += TAKEN[model]()
        model.objects.filter(pk__in=taken).let_go()
    except DatabaseError as error:
        print(error)
    finally:
        connection.close()

for model, take in TAKEN.items():
    with transaction.atomic():
        first, others = take(), []
        thread = threading.Thread(target=second, args=(model, others))
        thread.start()
        thread.join()
    print(len(first), len(set(first) & set(others)))

Release.objects.filter(pk=release.pk).done(announced_at=release.announced_at, attempts=release.attempts)
Page.objects.filter(path="/en/2001/01/01/raced/").delete()
Page.objects.filter(claimed_until__gt=at).let_go()
for row in (relabel, run, mail):
    row.delete()
"""


def test_two_workers_that_look_at_once_never_claim_the_same_row_nor_wait(newsroom: Newsroom) -> None:
    """The second looks while the first one's claim is not committed yet."""
    assert newsroom.python(RACED).splitlines() == ["1 0"] * 5


def test_a_lock_that_is_not_to_be_had_is_told_and_hinders_no_reader(own_newsroom: Newsroom) -> None:
    """The same as on SQLite: a form is not saved, and its sender is told so; a preview is shown."""
    assert own_newsroom.python(SCRIPT).splitlines() == TOLD


def test_a_server_that_refuses_loses_nothing(own_newsroom: Newsroom) -> None:
    assert own_newsroom.as_owner().python(refused.SCRIPT).splitlines() == refused.TOLD
