"""The publication record cannot be changed, and a change made behind the database's back is found."""

import zlib
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import Error, connection, transaction

from articles.models import PublicationRecord, ReadingForm, Release
from articles.models.triggers import drop_triggers
from articles.publishing import publish
from articles.publishing.record import verify
from tests.builders import NOW, make_article


@pytest.fixture
def record(editor: User) -> None:
    for number in range(3):
        publish(make_article(f"story-{number}"), by=editor, at=NOW + timedelta(minutes=number))


@pytest.mark.parametrize("statement", ["UPDATE {} SET act = 'end' WHERE number = 2", "DELETE FROM {} WHERE number = 2"])
def test_database_refuses_changes(record: None, statement: str) -> None:
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(PublicationRecord._meta.db_table))
    assert verify() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE {} SET staff_code = 'x' WHERE number = 2", "Line 2 was changed"),
        ("DELETE FROM {} WHERE number = 2", "Line 2 is missing"),
        ("DELETE FROM {} WHERE number = 3", "no line for its begin"),
        ("UPDATE {} SET number = number + 10 WHERE number = 3", "Lines 3 to 12 are missing"),
    ],
)
def test_change_behind_the_triggers_is_found(record: None, statement: str, said: str) -> None:
    drop_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(PublicationRecord._meta.db_table))
    assert any(said in problem for problem in verify())


def test_shortened_record_is_found_by_an_earlier_head(record: None) -> None:
    head = PublicationRecord.objects.order_by("-number").first()
    assert head is not None
    assert verify(head.hash) == []
    assert verify("f" * 64) != []


def test_changed_reading_form_is_found(record: None) -> None:
    form = Release.objects.earliest("pk").form
    ReadingForm.objects.filter(pk=form.pk).update(body=zlib.compress(b"<p>other</p>"))
    assert verify() == [f"Reading form {form.pk} was changed."]


def test_moved_release_is_found(record: None) -> None:
    Release.objects.filter(edition__slug="story-2").update(ended_at=NOW + timedelta(days=1))
    assert any("ends at another time" in problem for problem in verify())
