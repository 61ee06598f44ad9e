"""Whoever has left, and is erased, stands in no table and no file: neither name, nor login, nor address."""

from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles.accounts.addresses import take_as_confirmed
from articles.accounts.erasing import erase_person
from articles.models import AccountChange, Outbox, PublicationRecord, StaffId
from articles.publishing import Refused, publish
from articles.publishing.logins import note_refused
from articles.publishing.people import Account, note_account
from articles.publishing.record import verify
from articles.publishing.roles import staff_id
from tests.accounts.conftest import PASSWORD, App, log_in, with_password
from tests.builders import make_article, make_user
from tests.publishing.erasing import files_with, places_of

WORDS = ("quokkaberg", "numbatova", "bettongia")  # the login and the address, and both parts of the name


@pytest.fixture
def left(newsroom: object, media: Path) -> User:
    """Somebody with a second factor who has published, logged in and been written about."""
    user = with_password("Editor", "quokkaberg")
    User.objects.filter(pk=user.pk).update(first_name="Bettongia", last_name="Numbatova")
    user.refresh_from_db()
    chief, now = make_user("Managing editor"), timezone.now()
    take_as_confirmed(user)
    log_in(Client(HTTP_USER_AGENT="quokkaberg's browser"), user)
    App(user)
    publish(make_article(), by=user, at=now)
    make_article("draft", created_by=staff_id(user))
    note_refused(user.username, at=now)
    note_account(user, Account(), by=chief, at=now, changed=["email"], new=True)
    AccountChange.objects.create(
        kind="address", user=user, address="other@quokkaberg.example", reason="Numbatova asked", asked_at=now
    )
    for to in (user.email, chief.email or "chief@outlet.invalid"):
        Outbox.objects.create(to=to, subject="Bettongia Numbatova asks", body="quokkaberg wrote.", made_at=now)
    LogEntry.objects.create(
        user=chief,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr="quokkaberg",
        action_flag=CHANGE,
    )
    return user


@pytest.fixture
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path


def places() -> set[str]:
    return {place for word in WORDS for place in places_of(word)}


def test_an_account_that_is_closed_leaves_nothing_of_its_owner(left: User, media: Path) -> None:
    assert {"auth_user", "account_emailaddress", "usersessions_usersession", "articles_outbox"} <= places()
    User.objects.filter(pk=left.pk).update(is_active=False)
    assert erase_person(User.objects.get(pk=left.pk), by=None, at=timezone.now() + timedelta(minutes=1))
    assert places() == set()
    assert [file for word in WORDS for file in files_with(media, word)] == []
    row = User.objects.get(pk=left.pk)
    assert not row.is_staff and not row.has_usable_password() and not row.groups.exists()
    assert (row.last_login, StaffId.objects.filter(user=row).exists()) == (None, False)
    assert verify() == [] and PublicationRecord.objects.get().staff_code
    assert Outbox.objects.get().subject == "[…] asks", "what was for others stays for them"
    assert not log_in(Client(), User(username="quokkaberg"), PASSWORD).wsgi_request.user.is_authenticated


def test_an_account_that_is_open_keeps_what_its_owner_logs_in_with(left: User) -> None:
    assert not erase_person(left, by=None, at=timezone.now())
    assert User.objects.get(pk=left.pk).username == "quokkaberg" and EmailAddress.objects.filter(user=left).exists()
    with pytest.raises(Refused):
        erase_person(left, by=None, at=timezone.now())
    User.objects.filter(pk=left.pk).update(is_active=False)
    assert erase_person(User.objects.get(pk=left.pk), by=None, at=timezone.now()), "who had gone on under no pseudonym"
    assert places() == set()


def test_the_command_says_which_of_both_it_has_done(left: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("erase_staff", "quokkaberg")
    assert "close it" in capsys.readouterr().out
    User.objects.filter(pk=left.pk).update(is_active=False)
    call_command("erase_staff", "quokkaberg")
    assert "nobody's" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no user"):
        call_command("erase_staff", "quokkaberg")
