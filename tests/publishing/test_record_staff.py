"""Who stands behind a pseudonym can be erased; the record stays whole."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from articles.models import Event, PublicationRecord, StaffId
from articles.publishing import Refused, publish
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
