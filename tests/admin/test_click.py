"""What publishing costs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.footnotes.annotate import marking, stripping
from articles.models import Article
from tests.admin.forms import CHANGE, act, change_article
from tests.builders import make_article


class Counted:
    runs = 0


@pytest.fixture
def counted(monkeypatch):
    c = Counted()
    for m in (marking, stripping):
        def f(*a, own=m.find_names, **k):
            c.runs += 1
            return own(*a, **k)
        monkeypatch.setattr(m, "find_names", f)
    return c


def show(name, c, do):
    c.runs = 0
    with CaptureQueriesContext(connection, ) as q:
        r = do()
    print("\n##", name, r.status_code, c.runs, len(q))
    import collections, os
    if os.environ.get("SHOWQ"):
        for x in q.captured_queries:
            print("   ", x["sql"][:230])
    return r


def test_x(editor: Client, counted, django_capture_on_commit_callbacks):
    article = make_article()
    change_article(editor, article, headline="GDL denies it")
    show("open", counted, lambda: editor.get(reverse(CHANGE, args=[article.pk])))
    show("save+button", counted, lambda: change_article(editor, article, headline="GDL denies it now", _act="publish"))
    show("ask", counted, lambda: editor.get(reverse("admin:articles_article_act", args=[article.pk, "publish"])))
    show("PUBLISH", counted, lambda: act(editor, article, "publish"))
    change_article(editor, article, body="<p>GDL and Harbour</p><p>*</p><p>GDL* other</p>")
    show("ask2", counted, lambda: editor.get(reverse("admin:articles_article_act", args=[article.pk, "correct"])))
    change_article(editor, article, body="<p>GDL was not there</p>")
    show("CORRECT", counted, lambda: act(editor, article, "correct", reason="correction", note="Who GDL was"))
    change_article(editor, article, body="<p>GDL was * not there, GDL*</p>")
    m = timezone.localtime(timezone.now() + timedelta(days=2))
    show("SCHEDULE", counted, lambda: act(editor, article, "schedule", reason="minor", live_at_0=f"{m:%Y-%m-%d}", live_at_1=f"{m:%H:%M}"))
    show("open", counted, lambda: editor.get(reverse(CHANGE, args=[article.pk])))
