"""The rows of editions against the hash that each was issued with: changed by SQL, they are named."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from articles.editions import Content
from articles.models import Category, Edition, Region, Topic
from articles.models.printed import COLUMNS
from articles.publishing import publish, retract, withdraw
from articles.publishing.record import erase, verify
from articles.publishing.relabel import relabel_all, work_batches
from tests.builders import NOW, make_article, make_user
from tests.publishing.erasing import make_photo

LATER = NOW + timedelta(hours=1)


def changed(column: str, value: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE articles_edition SET {column} = %s WHERE number = 1", [value])
    return verify()


@pytest.fixture
def issued(editor: User) -> Edition:
    article = make_article(summary="A summary.", source_line="The court", lead_photo=make_photo(alt_en="A ferry."))
    publish(article, by=editor, at=NOW)
    article.headline = "GDL cells, counted again"
    article.save()
    publish(article, by=editor, at=LATER, reason="correction", note="Counted again.")
    assert verify() == []
    return article.editions.get(number=1)


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["language", "slug", "category_id", "marks", "content_hash", *COLUMNS])
def test_each_column_that_the_hash_covers(issued: Edition, column: str) -> None:
    category = Category.objects.exclude(pk=issued.category_id).first() or Category.objects.create(slug="other")
    other: dict[str, Any] = {"language": "ru", "category_id": category.pk}
    is_json = Edition._meta.get_field(column).get_internal_type() == "JSONField"
    problems = changed(column, '["else"]' if is_json else other.get(column, "else"))
    assert problems == [f"Edition 1 of article {issued.article_id} does not hold what was issued."]


@pytest.mark.django_db
def test_rubrics_are_part_of_it(issued: Edition) -> None:
    issued.topics.clear()
    assert verify() == [f"Edition 1 of article {issued.article_id} does not hold what was issued."]


@pytest.mark.django_db
def test_the_command_names_it(issued: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    changed("body", "<p>Else.</p>")
    with pytest.raises(CommandError, match="1 problems"):
        call_command("verify_record")
    assert f"Edition 1 of article {issued.article_id} does not hold" in capsys.readouterr().err


@pytest.mark.django_db
def test_every_way_to_issue_one_leaves_a_row_that_fits(editor: User) -> None:
    places = [Region.objects.create(slug=f"r{n}", name_en="r", name_ru="р", position=9 - n) for n in range(3)]
    topics = [Topic.objects.create(slug=f"t{n}", name_en="t", name_ru="т", position=9 - n) for n in range(4)]
    article = make_article(summary="A summary.")
    article.regions.set(places)
    article.topics.set(topics)
    publish(article, by=editor, at=NOW)
    Topic.objects.filter(pk=topics[0].pk).update(position=0)
    relabel_all(by=None, at=NOW)
    work_batches(lambda: NOW)
    retract(article, by=editor, at=LATER, note="Wrong.")
    assert verify() == []


@pytest.mark.django_db
def test_rubrics_in_the_order_of_earlier_versions(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their hash covered the ids as the rubrics stood in the list then."""
    article = make_article()
    topics = [Topic.objects.create(slug=f"t{n}", name_en="t", name_ru="т", position=9 - n) for n in range(4)]
    article.topics.set(topics)
    as_listed = (topics[2].pk, topics[0].pk, topics[3].pk, topics[1].pk)
    columns = Content.columns
    monkeypatch.setattr(Content, "columns", lambda content: columns(content) | {"topic_ids": as_listed})
    publish(article, by=editor, at=NOW)
    monkeypatch.undo()
    assert verify() == []


@pytest.mark.django_db
def test_what_was_erased_is_empty_and_stays_so(issued: Edition) -> None:
    legal, article = make_user("Legal"), issued.article
    withdraw(article, by=legal, at=LATER + timedelta(hours=1), note="By order.")
    erase(article, by=legal, at=LATER + timedelta(hours=2), reason="By order.")
    assert verify() == []
    assert changed("headline", "Back") == [f"Edition 1 of article {article.pk} was erased, and holds text again."]


@pytest.mark.django_db
def test_emptied_in_silence_is_named(issued: Edition) -> None:
    Edition.objects.filter(pk=issued.pk).erase()
    assert verify() == [f"Edition 1 of article {issued.article_id} does not hold what was issued."]
