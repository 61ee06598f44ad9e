"""Statements written by hand: SQLite is asked without Django's cursor, and must answer as with it."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from articles.shown.sql import ask, for_sqlite

MOMENT = datetime(2026, 3, 4, 5, 6, 7, 890, UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("SELECT %s, 'a%%' || %s", [1, "ё%s"]),
        ("SELECT %(one)s, '%%(one)s', %(two)s, %(one)s", {"one": 1, "two": "%(one)s"}),
        ("SELECT CAST(%s AS text), CAST(%s AS text)", [MOMENT, date(2026, 3, 4)]),
        ("SELECT name_en, time_zone FROM articles_site WHERE id > %s", [0]),
    ],
)
def test_the_answer_is_that_of_djangos_cursor(statement, values):
    plain = ask(statement, values)
    with CaptureQueriesContext(connection) as captured:
        assert ask(statement, values) == plain
    assert len(captured) == 1  # who counts queries sees it


def test_an_error_is_one_of_djangos():
    with pytest.raises(DatabaseError):
        ask("SELECT nothing FROM nowhere WHERE id = %s", [1])


def test_nothing_is_asked_in_a_transaction_that_has_failed():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            ask("SELECT %s", [1])


def test_a_wrapper_sees_the_statement():
    seen = []

    def note(execute, sql, *others):
        seen.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        ask("SELECT %s", [1])
    assert seen == ["SELECT %s"]


def test_places_are_written_in_sqlites_way():
    assert for_sqlite("SELECT %(at)s, '5%%', '%%s' WHERE id = %(id)s") == "SELECT :at, '5%', '%s' WHERE id = :id"
    assert for_sqlite("SELECT '%%' WHERE id IN (%s, %s)") == "SELECT '%' WHERE id IN (?, ?)"
