"""Who stands behind a pseudonym can be erased; the record stays whole."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from articles.models import Event, Outbox, PublicationRecord, StaffId
from articles.publishing import Refused, publish
from articles.publishing.logins import note_login, note_refused
from articles.publishing.people import Account, note_account
from articles.publishing.record import erase_staff, verify
from articles.publishing.roles import staff_id
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)


@pytest.fixture
def acted(editor: User) -> str:
    """The pseudonym of an editor who has published and saved in the admin."""
    publish(make_article(), by=editor, at=NOW)
    LogEntry.objects.create(
        user=editor,
        content_type=ContentType.objects.get_for_model(StaffId),
        object_id="1",
        object_repr="x",
        action_flag=CHANGE,
    )
    return staff_id(editor).code


def test_link_is_gone_and_the_record_verifies(editor: User, acted: str) -> None:
    erase_staff(editor, by=None, at=NOW + HOUR)
    assert StaffId.objects.get(code=acted).user is None
    assert not LogEntry.objects.filter(user=editor).exists()
    assert PublicationRecord.objects.get().staff_code == acted
    assert verify() == []
    event = Event.objects.get(kind="staff erased")
    assert (event.staff, event.detail) == (None, {})


def test_nothing_of_the_person_stands_outside_the_pseudonym(editor: User, acted: str) -> None:
    User.objects.filter(pk=editor.pk).update(email="e@outlet.invalid")
    editor, chief = User.objects.get(pk=editor.pk), make_user("Managing editor")
    note_login(editor, at=NOW)
    note_refused("editor", at=NOW)
    note_account(editor, Account(), by=chief, at=NOW, changed=[], new=True)
    LogEntry.objects.create(
        user=chief,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(editor.pk),
        object_repr="editor",
        action_flag=CHANGE,
    )
    for sent_at in (NOW, None):
        Outbox.objects.create(to="e@outlet.invalid", subject="Alarm", body="…", made_at=NOW, sent_at=sent_at)
    erase_staff(editor, by=None, at=NOW + HOUR)
    assert set(Event.objects.values_list("kind", flat=True)) == {"first", "staff erased"}, "what they did stays"
    assert not LogEntry.objects.exists() and Outbox.objects.get().sent_at is None
    tables = (Event, LogEntry, PublicationRecord)
    assert not any("editor" in str(row) for table in tables for row in table.objects.values())


def test_who_goes_on_gets_another_pseudonym(editor: User, acted: str) -> None:
    erase_staff(editor, by=None, at=NOW + HOUR)
    publish(make_article("next"), by=editor, at=NOW + 2 * HOUR)
    codes = list(PublicationRecord.objects.values_list("staff_code", flat=True))
    assert codes[0] == acted != codes[1]
    assert verify() == []


def test_deleted_account_leaves_its_pseudonym(editor: User, acted: str) -> None:
    LogEntry.objects.all().delete()
    editor.delete()
    assert StaffId.objects.get(code=acted).user is None
    assert verify() == []


def test_only_the_administrator_may(editor: User, acted: str) -> None:
    for role in ("Reporter", "Editor", "Legal", "Managing editor"):
        with pytest.raises(PermissionDenied):
            erase_staff(editor, by=make_user(role), at=NOW + HOUR)
    erase_staff(editor, by=make_user("Administrator"), at=NOW + HOUR)
    assert StaffId.objects.get(code=acted).user is None


def test_user_without_a_pseudonym_is_refused(editor: User) -> None:
    with pytest.raises(Refused):
        erase_staff(editor, by=None, at=NOW)


def test_command(editor: User, acted: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("erase_staff", editor.username)
    assert acted not in capsys.readouterr().out
    assert StaffId.objects.get(code=acted).user is None
    with pytest.raises(CommandError, match="no pseudonym"):
        call_command("erase_staff", editor.username)
    with pytest.raises(CommandError, match="There is no user"):
        call_command("erase_staff", "nobody")
