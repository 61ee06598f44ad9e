"""What waits for what on PostgreSQL: an act holds its article, and whoever stores the article's page does not wait."""

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
