"""The click that publishes asks the engine once, refuses without it what it can, and makes few queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.editions import preview, preview_version, reading_form
from articles.footnotes.annotate import marking, stripping
from articles.models import Article, ArticleVersion, Erasure, Release, Site, UnclearMention
from articles.publishing import Refused, cancel, publish, queue, schedule, withdraw
from articles.publishing.roles import staff_id
from articles.publishing.saving import saved_fields
from tests.admin.forms import CHANGE, act, change_article
from tests.builders import make_article, make_user
from tests.publishing.erasing import make_photo

MOST_RUNS = 2
# PostgreSQL is asked for two locks besides, and for the neighbours of an entry by the wording of the question.
MOST_QUERIES = 73 + (4 if connection.vendor == "postgresql" else 0)
OnCommit = Callable[..., Any]
HOUR = timedelta(hours=1)
UNCLEAR = "<p>Lawyers of Harbour issued a statement.</p>"


@dataclass
class Counted:
    """How often the engine has looked for names, and what the database was asked, until the click has returned."""

    on_commit: OnCommit
    runs: int = 0
    queries: list[str] = field(default_factory=list)

    def click(self, do: Callable[[], Any]) -> Any:
        self.runs = 0
        with CaptureQueriesContext(connection) as asked, self.on_commit(execute=True):
            response = do()
        self.queries = [query["sql"] for query in asked.captured_queries]
        return response


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: OnCommit) -> Iterator[Counted]:
    found = Counted(django_capture_on_commit_callbacks)
    for module in (marking, stripping):

        def find_names(*args: Any, own: Any = module.find_names, **options: Any) -> None:
            found.runs += 1
            own(*args, **options)

        monkeypatch.setattr(module, "find_names", find_names)
    yield found


def moment(days: int) -> dict[str, str]:
    at = timezone.localtime(timezone.now() + timedelta(days=days))
    return {"live_at_0": f"{at:%Y-%m-%d}", "live_at_1": f"{at:%H:%M}"}


def translated() -> Article:
    """Return an article with all that costs a query: a photo, an origin, two authors."""
    article = make_article(authors=["Anna Tern", "Boris Gull"], body="<p>GDL* spoke. The League (GDL) did not.</p>")
    article.lead_photo = make_photo(alt_en="A pier")
    article.origin_article = make_article("dunes-ru", language="ru", headline="Дюны", body="<p>Дюны.</p>")
    article.save()
    return article


def test_a_click_asks_the_engine_at_most_twice_and_makes_few_queries(editor: Client, counted: Counted) -> None:
    article = translated()
    for name, change, answers in (
        ("publish", {"headline": "GDL denies it"}, {}),
        ("correct", {"body": "<p>GDL* was elsewhere.</p>"}, {"reason": "correction", "note": "Where the GDL was."}),
        ("correct", {"body": "<p>GDL was nowhere.</p>"}, {"reason": "minor"}),
        ("schedule", {"summary": "GDL* again."}, {"reason": "update", "note": "The GDL spoke."} | moment(2)),
    ):
        change_article(editor, article, **change)
        response = counted.click(lambda name=name, answers=answers: act(editor, article, name, **answers))
        assert response.status_code == 302, name
        said = "\n".join([f"{name}: {counted.runs} runs, {len(counted.queries)} queries", *counted.queries])
        assert counted.runs <= MOST_RUNS and len(counted.queries) <= MOST_QUERIES, said
    assert Release.objects.filter(article=article).count() == 4


def test_a_schedule_that_takes_the_place_of_another_asks_about_what_readers_see_until_then(
    editor: Client, counted: Counted
) -> None:
    article = make_article()
    act(editor, article, "publish")
    act(editor, article, "schedule", reason="minor", **moment(2))
    counted.click(lambda: act(editor, article, "schedule", reason="minor", **moment(3)))
    assert counted.runs == 2


@pytest.mark.parametrize("page", ["change", "publish", "schedule"])
def test_a_page_of_the_desk_asks_the_engine_once(editor: Client, counted: Counted, page: str) -> None:
    article = make_article()
    path = reverse(CHANGE, args=[article.pk])
    if page != "change":
        path = reverse("admin:articles_article_act", args=[article.pk, page])
    assert counted.click(lambda: editor.get(path)).status_code == 200
    assert counted.runs == 1


def withdrawn(article: Article) -> None:
    managing = make_user("Managing editor")
    publish(article, by=managing, at=timezone.now())
    withdraw(article, by=managing, at=timezone.now(), note="A court says so.")


def erased(article: Article) -> None:
    """Leave of the article what an erasure leaves, and a text that somebody has written into it since."""
    withdrawn(article)
    Erasure.objects.create(article=article, reason="So.", made_at=timezone.now())


def taken(article: Article) -> None:
    publish(make_article("other", body="<p>Quiet.</p>"), by=make_user("Editor"), at=timezone.now())
    written(article, slug="other")


def public(article: Article) -> None:
    publish(article, by=make_user("Editor"), at=timezone.now())


def written(article: Article, **columns: Any) -> None:
    Article.objects.filter(pk=article.pk).update(**columns)
    article.refresh_from_db()


REFUSALS: dict[str, tuple[str, Callable[[Article], None], dict[str, str], str | None]] = {
    "role": ("Reporter", lambda article: None, {}, None),
    "withdrawn": ("Editor", withdrawn, {}, None),
    "erased": ("Managing editor", erased, {}, ""),
    "kind": ("Editor", public, {"reason": "wonderful"}, "reason"),
    "note": ("Editor", public, {"reason": "correction"}, "note"),
    "embargo": ("Editor", lambda one: written(one, embargo_until=timezone.now() + HOUR), {}, "live_at"),
    "date": ("Editor", lambda one: written(one, dated_at=timezone.now() + HOUR), {}, "dated_at"),
    "address": ("Editor", taken, {}, "slug"),
    "headline": ("Editor", lambda one: written(one, headline=" "), {}, "headline"),
    "text": ("Editor", lambda one: written(one, summary="Harbour", body="<p> </p><script>x</script>"), {}, "body"),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_what_is_cheap_to_refuse_is_refused_before_the_engine_is_asked(
    newsroom: Site, counted: Counted, why: str
) -> None:
    """The text has an open question too, which would cost an answer in vain."""
    role, make_so, options, field_name = REFUSALS[why]
    article = make_article(headline="Quiet day", summary="", body="<p>Quiet.</p>")
    make_so(article)
    if why != "text":
        written(article, body=UNCLEAR)
    counted.runs = 0
    with pytest.raises(Refused if field_name is not None else PermissionDenied) as refused:
        publish(article, by=make_user(role), at=timezone.now(), **options)
    assert getattr(refused.value, "field", None) == field_name
    assert counted.runs == 0


def rows_of(article: Article) -> list[Any]:
    columns = [one.attname for one in UnclearMention._meta.concrete_fields if one.name not in ("id", "found_at")]
    return sorted(UnclearMention.objects.filter(article=article).values_list(*columns))


def test_the_queue_says_after_each_act_what_it_would_say_if_it_asked_the_engine(
    newsroom: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was prepared is asked of; it is what stands in the working copy and what readers see or will see."""
    article, editor, at = (
        make_article(headline="Quiet day", summary="", body=UNCLEAR),
        make_user("Editor"),
        timezone.now(),
    )
    monkeypatch.setattr(import_module("articles.publishing.publish"), "pass_gate", lambda *given: None)
    asked = set()
    for number, (do, body, options) in enumerate(
        (
            (publish, UNCLEAR, {}),
            (publish, "<p>Quiet. Port.</p>", {"reason": "correction", "note": "The note is of Harbour."}),
            (
                publish,
                "<p>Workers of Harbour came.</p>",
                {"reason": "update", "note": "Another note of Harbour is here."},
            ),
            (
                schedule,
                "<p>The staff of Harbour.</p>",
                {"live_at": at + 20 * HOUR, "reason": "update", "note": "News of Harbour."},
            ),
            (schedule, "<p>* Harbour * was it.</p>", {"live_at": at + 30 * HOUR}),
            (cancel, "<p>Quiet.</p>", {}),
            (publish, "<p>Friends of Harbour again.</p>", {"reason": "minor"}),
        )
    ):
        now = at + number * HOUR
        written(article, body=body)
        do(article, by=editor, at=now, **options)
        kept = rows_of(article)
        queue.refresh(article, now)
        assert kept == rows_of(article), number
        asked.add(len(kept))
    assert len(asked) > 2, "the acts differ in what is unclear"


def test_what_a_row_holds_is_cleaned_before_it_is_printed_however_it_came(newsroom: Site) -> None:
    """The doors clean; an article stored past them, as by a command of somebody's own, must be safe all the same."""
    hostile = '<p onclick="x()">GDL <script>alert(1)</script><a href="javascript:x()" title="GDL">was</a> here.</p>'
    article, editor, at = make_article(body=hostile), make_user("Editor"), timezone.now()
    version = ArticleVersion.objects.create(
        article=article, number=1, fields=saved_fields(article), saved_by=staff_id(editor), saved_at=at
    )
    previews = [preview(article, at).form.html, preview_version(version, at).form.html]
    release = publish(article, by=editor, at=at)
    assert release.edition.body == "<p>GDL was here.</p>"
    for form in (*previews, reading_form(release)):
        assert not any(word in form for word in ("onclick", "script", "title=")), form
