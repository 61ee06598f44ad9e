"""Who wrote an edition stands in it beside the printed names: filing, of which no hash and no reading form knows."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

from articles.editions import preview
from articles.models import Article, Author, Byline, Designation, Edition, PublicationRecord, ReadingForm
from articles.publishing import publish, retract, withdraw
from articles.publishing.record import erase, verify
from articles.publishing.relabel import apply_version, work_batches
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)


def author(slug: str, name_en: str, name_ru: str = "") -> Author:
    return Author.objects.create(slug=slug, name_en=name_en, name_ru=name_ru or name_en)


def ids() -> list[list[int | None]]:
    return list(Edition.objects.order_by("pk").values_list("author_ids", flat=True))


def test_each_edition_of_an_article_bears_the_ids_of_those_it_names(editor: User) -> None:
    gull, tern = author("gull", "Boris Gull"), author("tern", "Anna Tern")
    article = make_article(authors=[])
    for position, one in enumerate((gull, tern)):
        Byline.objects.create(article=article, author=one, position=position)
    publish(article, by=editor, at=NOW)
    publish(article, by=editor, at=NOW + HOUR, reason="correction", note="The GDL was elsewhere.")
    Designation.objects.filter(organization__key="grey-wolves-league").delete()
    apply_version(compile_version(NOW + HOUR), by=None, at=NOW + HOUR)
    while work_batches(lambda: NOW + 2 * HOUR):
        pass
    gull.name_en = "B. Gull"
    gull.save()
    article.bylines.all().delete()
    retract(article, by=editor, at=NOW + 3 * HOUR, note="Nothing of it holds.")
    reasons = list(Edition.objects.order_by("pk").values_list("reason", flat=True))
    assert reasons == ["first", "correction", "relabel", "retraction"]
    assert ids() == [[gull.pk, tern.pk]] * 4
    publish(article, by=editor, at=NOW + 4 * HOUR)
    assert ids()[-1] == []


def test_no_hash_and_no_reading_form_knows_of_them(editor: User) -> None:
    first, second = author("tern", "Anna Tern"), author("tern-2", "Anna Tern")
    article = make_article(authors=[])
    byline = Byline.objects.create(article=article, author=first)
    publish(article, by=editor, at=NOW)
    before = preview(article, NOW + HOUR).form.html
    byline.author = second
    byline.save()
    assert preview(article, NOW + HOUR).form.html == before
    publish(article, by=editor, at=NOW + HOUR)
    assert ids() == [[first.pk], [second.pk]]
    assert Edition.objects.values("content_hash").distinct().count() == ReadingForm.objects.count() == 1
    assert verify() == []


def test_they_are_erased_with_the_names(editor: User) -> None:
    article, managing = make_article(), make_user("Managing editor")
    publish(article, by=editor, at=NOW)
    withdraw(article, by=managing, at=NOW + HOUR, note="A court says so.")
    erase(article, by=managing, at=NOW + 2 * HOUR, reason="A court says so.")
    assert ids() == [[]] and verify() == []


def migrate() -> None:
    """Fill the editions as the migration does, with the models as it sees them."""
    apps = MigrationExecutor(connection).loader.project_state([("articles", "0021_author_ids")]).apps
    import_module("articles.migrations.0022_author_ids_filled").fill(apps, None)


@pytest.mark.parametrize("together", [1, 2, 2000])
def test_the_editions_of_before_get_those_whose_name_is_one_author_s(
    editor: User, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(import_module("articles.migrations.0022_author_ids_filled"), "SLICE", together)
    tern, gull = author("tern", "Anna Tern", "Анна Крачка"), author("gull", "Boris Gull", "Анна Крачка")
    named = make_article("named", authors=["Old Name"])
    two = make_article("two", authors=[])
    nobody = make_article("nobody", authors=[])
    russian = make_article("ru", language="ru", authors=[], headline="Дюны", summary="", body="<p>Дюны.</p>")
    for article, *authors in ((two, gull, tern), (russian, tern)):
        for position, one in enumerate(authors):
            Byline.objects.create(article=article, author=one, position=position)
    for article in (named, two, nobody, russian):
        publish(article, by=editor, at=NOW)
    Author.objects.filter(name_en="Old Name").update(name_en="Somebody Else")
    before = forget()
    migrate()
    assert ids() == [[None], [gull.pk, tern.pk], [], [None]]
    assert state() == before, "nothing else has changed, and the record says the same"


def test_what_was_filled_or_issued_since_is_left_alone_and_nothing_else_may_write_it(editor: User) -> None:
    publish(make_article(), by=editor, at=NOW)
    kept = ids()
    Author.objects.update(name_en="Somebody Else")
    migrate()
    assert ids() == kept != [[]]
    with pytest.raises(TypeError, match="never changed"):
        Edition.objects.update(author_ids=[])
    edition = Edition.objects.get()
    edition.author_ids = []
    with pytest.raises(TypeError, match="never changed"):
        edition.save()


def forget() -> Any:
    """Take the ids out of the editions, which then are as they were before; return their state."""
    models.QuerySet.update(Edition.objects.all(), author_ids=[])
    assert not any(ids())
    return state()


def state() -> Any:
    """Return all that must stay: what the record says of itself, its lines, the editions but for the ids, the forms."""
    columns = [one.attname for one in Edition._meta.concrete_fields if one.name != "author_ids"]
    return (
        verify(),
        list(PublicationRecord.objects.order_by("pk").values()),
        list(Edition.objects.order_by("pk").values(*columns)),
        sorted((pk, bytes(body)) for pk, body in ReadingForm.objects.values_list("pk", "body")),
        Article.objects.count(),
    )
