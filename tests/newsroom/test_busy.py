"""A database on which others write for too long: who sends a form is told so, a reader is served."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, OperationalError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from articles.models.busy import is_busy
from articles.outage import outage_of
from newsroom.busy import answer
from tests.newsroom import readers
from tests.newsroom.locked import SCRIPT, TOLD
from tests.own import own_newsroom

TOKEN = "t" * 43


def test_a_locked_sqlite_is_told_and_hinders_no_reader(tmp_path: Path) -> None:
    assert own_newsroom(tmp_path).python(SCRIPT).splitlines() == TOLD


def test_who_reads_waits_for_nobody_who_writes(tmp_path: Path) -> None:
    assert own_newsroom(tmp_path, furnished=False).python(readers.SCRIPT).splitlines() == readers.TOLD


class Fault(Exception):
    """An error of a driver."""

    def __init__(self, **signs: str) -> None:
        self.__dict__.update(signs)


def raised(kind: type[Exception], **signs: str) -> Exception:
    error = kind("refused")
    error.__cause__ = Fault(**signs)
    return error


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        (raised(OperationalError, sqlite_errorname="SQLITE_BUSY"), True),
        (raised(OperationalError, sqlite_errorname="SQLITE_BUSY_SNAPSHOT"), True),
        (raised(OperationalError, sqlite_errorname="SQLITE_LOCKED_SHAREDCACHE"), True),
        (raised(OperationalError, sqlite_errorname="SQLITE_FULL"), False),
        (raised(OperationalError, sqlstate="55P03"), True),
        (raised(OperationalError, sqlstate="40001"), True),
        (raised(OperationalError, sqlstate="40P01"), True),
        (raised(OperationalError, sqlstate="53100"), False),
        (raised(DataError, sqlstate="40001"), False),
        (OperationalError("the server is away"), False),
        (ValueError("another"), False),
    ],
)
def test_busy_is_neither_full_nor_away(error: Exception, busy: bool) -> None:
    assert is_busy(error) == busy
    told = answer(RequestFactory().post("/admin/"), error)
    assert (told is not None) == (busy or bool(outage_of(error)))
    assert told is None or ("The newsroom is busy" in told.content.decode()) == busy


def test_the_driver_gives_these_signs(tmp_path: Path) -> None:
    first, second = (sqlite3.connect(tmp_path / "file", timeout=0, isolation_level=None) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as refused:
        second.execute("BEGIN IMMEDIATE")
    error = OperationalError()
    error.__cause__ = refused.value
    assert is_busy(error)


@pytest.mark.django_db(transaction=True)
def test_what_came_after_saving_is_not_said_to_be_unsaved() -> None:
    def follow() -> None:
        raise raised(OperationalError, sqlite_errorname="SQLITE_BUSY")

    with pytest.raises(OperationalError) as refused, transaction.atomic():
        transaction.on_commit(follow)
    assert answer(RequestFactory().post("/admin/"), refused.value) is None


@pytest.mark.django_db
def test_the_page_is_written_in_both_languages_the_reader_s_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: Any, **_kwargs: Any) -> HttpResponse:
        raise raised(OperationalError, sqlstate="55P03")

    monkeypatch.setattr("articles.reader.preview.open_link", busy)
    response = client.get(f"/preview/{TOKEN}/", headers={"accept-language": "ru"})
    page = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (503, "no-store")
    assert page.index('<div lang="ru">') < page.index('<div lang="en">')


@pytest.mark.parametrize(("origin", "holds"), [("http://testserver", True), ("http://evil.example", False)])
@pytest.mark.django_db
def test_a_form_of_the_desk_comes_back_with_what_was_typed_to_our_own_pages(
    monkeypatch: pytest.MonkeyPatch, origin: str, holds: bool
) -> None:
    def busy(*_args: Any, **_kwargs: Any) -> bool:
        raise raised(OperationalError, sqlstate="55P03")

    monkeypatch.setattr("django.contrib.admin.sites.AdminSite.has_permission", busy)
    sent = {"words": 'a "<word>"', "password1": "secret", "name": ["one", "two"]}
    client = Client(raise_request_exception=False)
    page = client.post("/admin/articles/stylerule/add/", sent, headers={"origin": origin})
    text = page.content.decode()
    assert page.status_code == 503
    assert ('name="words" value="a &quot;&lt;word&gt;&quot;"' in text) == holds == (text.count('name="name"') == 2)
    assert "secret" not in text
