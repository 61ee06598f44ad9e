"""Another's address and another's second factor: two administrators, or the command line. The reset link's address."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.account.views import PasswordResetFromKeyView
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.core import mail as mails
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from articles.accounts.addresses import password_link, send_reset_link, take_as_confirmed
from articles.accounts.views import SetPasswordPage
from articles.models import AccountChange, Event, Outbox
from articles.publishing.roles import staff_id
from tests.accounts.conftest import PASSWORD, App, factors, is_in, log_in, with_password

ADD = "admin:articles_accountchange_add"
ANSWER = "admin:articles_accountchange_answer"


@pytest.fixture
def first(newsroom: object) -> Client:
    client = Client()
    log_in(client, with_password("Administrator", "first"))
    return client


@pytest.fixture
def second(newsroom: object, first: Client) -> Client:
    client = Client()
    log_in(client, with_password("Administrator", "second"))
    return client


def asked(client: Client, user: User, kind: str, address: str = "") -> AccountChange:
    sent = {"kind": kind, "user": user.pk, "address": address, "reason": "Lost the telephone."}
    assert client.post(reverse(ADD), sent).status_code == 302
    return AccountChange.objects.get()


def answer(client: Client, change: AccountChange, what: str = "agree") -> None:
    client.post(reverse(ANSWER, args=[change.pk]), {what: "1"})


def test_a_second_administrator_agrees_before_the_factor_goes(
    editor: User, app: App, first: Client, second: Client, client: Client
) -> None:
    log_in(client, editor)
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    change = asked(first, editor, "second_factor")
    answer(first, change)
    assert factors(editor) == 2, "who asked does not agree"
    answer(second, change)
    assert factors(editor) == 0 and not is_in(client)
    told = list(Outbox.objects.filter(to=editor.email).order_by("pk").values_list("subject", flat=True))
    assert [one.split(" / ")[0] for one in told][-2:] == [
        "A change of your account is asked for",
        "Your account was changed",
    ]


def test_an_address_is_another_one_when_two_have_said_so_and_is_not_confirmed_then(
    editor: User, first: Client, second: Client
) -> None:
    take_as_confirmed(editor)
    change = asked(first, editor, "address", "new@outlet.invalid")
    assert User.objects.get(pk=editor.pk).email == "editor@outlet.invalid"
    answer(second, change)
    assert User.objects.get(pk=editor.pk).email == "new@outlet.invalid"
    assert not EmailAddress.objects.filter(user=editor, verified=True).exists()
    assert AccountChange.objects.get().agreed_by.username == "second"  # type: ignore[union-attr]
    told = list(Event.objects.filter(kind__startswith="account change").order_by("pk"))
    assert [(event.kind, str(event.staff.user)) for event in told] == [  # type: ignore[union-attr]
        ("account change asked", "first"),
        ("account changed by two", "second"),
    ]
    assert all(event.detail["account"] == editor.staff_id.code and "new@" not in str(event.detail) for event in told)


def test_what_was_thrown_away_is_not_done(editor: User, first: Client, second: Client) -> None:
    change = asked(first, editor, "address", "new@outlet.invalid")
    answer(first, change, "throw")
    answer(second, change)
    assert User.objects.get(pk=editor.pk).email == "editor@outlet.invalid"


def test_the_owner_does_not_agree_to_the_change_of_his_own_account(first: Client, second: Client) -> None:
    owner = User.objects.get(username="second")
    answer(second, asked(first, owner, "address", "new@outlet.invalid"))
    assert User.objects.get(pk=owner.pk).email == "second@outlet.invalid"


def test_the_form_of_a_user_takes_no_address_of_another(editor: User, first: Client) -> None:
    path = reverse("admin:auth_user_change", args=[editor.pk])
    sent = {"username": "editor", "email": "thief@outlet.invalid", "is_staff": "on", "is_active": "on"}
    assert first.post(path, sent).status_code == 302
    assert User.objects.get(pk=editor.pk).email == "editor@outlet.invalid"


def test_other_roles_neither_see_nor_answer(editor: User, first: Client, client: Client) -> None:
    change = asked(first, editor, "address", "new@outlet.invalid")
    log_in(client, with_password("Managing editor"))
    for path in (reverse(ADD), reverse(ANSWER, args=[change.pk]), reverse("admin:articles_accountchange_changelist")):
        assert client.get(path).status_code == 403
    answer(client, change)
    assert AccountChange.objects.get().ended_at is None


def test_what_makes_no_sense_is_said_at_its_field(editor: User, first: Client) -> None:
    for kind, says in (("address", "Name the new address."), ("second_factor", "This account has no second factor.")):
        page = first.post(reverse(ADD), {"kind": kind, "user": editor.pk, "reason": "x"})
        assert page.status_code == 200 and says in page.content.decode()


def test_the_command_line_takes_a_second_factor_away_and_sets_an_address(
    editor: User, app: App, client: Client
) -> None:
    client.force_login(editor)
    call_command("reset_second_factor", "editor")
    assert factors(editor) == 0 and not is_in(client)
    call_command("set_address", "editor", "new@outlet.invalid")
    assert User.objects.get(pk=editor.pk).email == "new@outlet.invalid"
    assert not EmailAddress.objects.filter(verified=True).exists()
    call_command("set_address", "editor", "newer@outlet.invalid", "--confirmed")
    assert EmailAddress.objects.get(verified=True).email == "newer@outlet.invalid"
    for wrong in (
        ("reset_second_factor", "nobody"),
        ("set_address", "nobody", "a@b.invalid"),
        ("set_address", "editor", "x"),
    ):
        with pytest.raises(CommandError):
            call_command(*wrong)


def link_in(mail: object) -> str:
    return re.search(r"https?://\S+(/admin/\S+)", str(mail.body))[1]  # type: ignore[attr-defined, index]


def test_a_reset_link_goes_to_a_confirmed_address_only(editor: User, client: Client) -> None:
    ask = reverse("account_reset_password")
    for address in (editor.email, "nobody@outlet.invalid"):
        assert client.post(ask, {"email": address})["Location"] == reverse("account_reset_password_done")
    assert not mails.outbox
    take_as_confirmed(editor)
    client.post(ask, {"email": editor.email.upper()})
    assert [mail.to for mail in mails.outbox] == [[editor.email]], "as the account has it, not as it was typed"
    form = client.get(link_in(mails.outbox[0]), follow=True)
    new = "another long password 77"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert User.objects.get(pk=editor.pk).check_password(new)
    assert not is_in(client), "the link is no login"
    assert Event.objects.get(kind="password set").about == staff_id(editor)


def test_every_link_that_sets_a_password_leads_to_the_one_page(editor: User, client: Client) -> None:
    take_as_confirmed(editor)
    client.post(reverse("account_reset_password"), {"email": editor.email})
    for link in (link_in(mails.outbox[0]), urlsplit(password_link(editor)).path):
        page = Client().get(link, follow=True)
        assert page.templates[0].name == "account/password_reset_from_key.html" and page.context["owner"] == editor
        assert link not in page.content.decode(), "it stands in the session"
    doors = (PasswordResetConfirmView, PasswordResetFromKeyView)
    views = {view for view in views_of(get_resolver()) if issubclass(view, doors)}
    assert views == {SetPasswordPage}


def views_of(resolver: Any) -> Iterator[type]:
    """Yield the class of each view that has one."""
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from views_of(one)
        elif view := getattr(one.callback, "view_class", None):
            yield view


def test_a_link_of_a_closed_account_opens_nothing(editor: User, client: Client) -> None:
    link = urlsplit(password_link(editor)).path
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert "no longer works" in client.get(link, follow=True).content.decode()


def test_the_link_is_not_among_the_outgoing_mails_of_the_desk(editor: User, client: Client) -> None:
    take_as_confirmed(editor)
    client.post(reverse("account_reset_password"), {"email": editor.email})
    assert mails.outbox and not Outbox.objects.filter(body__contains="/password/reset/").exists()


def test_a_changed_password_is_told_to_the_owner_among_the_outgoing_mails(editor: User, client: Client) -> None:
    log_in(client, editor)
    new = {"oldpassword": PASSWORD, "password1": "another long password 77", "password2": "another long password 77"}
    client.post(reverse("account_change_password"), new)
    told = Outbox.objects.order_by("-pk")[0]
    assert told.to == editor.email and "Your password has been changed" in told.body and "127.0.0.0/24" in told.body
    assert "Tern Herald" in told.body and "http://testserver" in told.body
    assert "Ваш пароль" in told.body


def test_a_reset_link_names_the_site_whatever_host_was_asked(editor: User, client: Client) -> None:
    take_as_confirmed(editor)
    client.post(reverse("account_reset_password"), {"email": editor.email}, headers={"Host": "localhost"})
    assert "http://testserver/admin/password/reset/key/" in str(mails.outbox[0].body)
    assert "localhost" not in str(mails.outbox[0].body)


def test_a_reset_link_ends_with_the_address(editor: User, client: Client) -> None:
    take_as_confirmed(editor)
    client.post(reverse("account_reset_password"), {"email": editor.email})
    call_command("set_address", "editor", "new@outlet.invalid")
    assert client.get(link_in(mails.outbox[0])).context["token_fail"]


def test_the_owner_confirms_the_address_while_logged_in_and_nobody_else(editor: User, client: Client) -> None:
    with time_machine.travel(timezone.now()) as clock:
        log_in(client, editor)
        client.post(reverse("account_email"))
        link = link_in(mails.outbox[-1])
        assert Client().get(link)["Location"].startswith("/admin/login/")
        thief = Client()
        log_in(thief, with_password("Legal"))
        assert thief.post(link).status_code == 404
        assert not EmailAddress.objects.filter(verified=True).exists()
        clock.shift(timedelta(days=4))
        log_in(client, editor)
        assert client.post(link).status_code == 404, "too old"
        client.post(reverse("account_email"))
        assert client.get(link_in(mails.outbox[-1])).status_code == 200
        client.post(link_in(mails.outbox[-1]))
        assert EmailAddress.objects.get(verified=True).user == editor


def test_an_administrator_sends_a_link_only_to_who_has_confirmed(editor: User, first: Client) -> None:
    request = first.get("/admin/").wsgi_request
    assert not send_reset_link(request, editor) and not mails.outbox


def test_a_login_from_a_new_device_is_told_in_both_languages(editor: User) -> None:
    client = Client(HTTP_USER_AGENT="A browser nobody knows", REMOTE_ADDR="203.0.113.77")
    for _ in range(2):
        log_in(client, editor)
        client.post("/admin/logout/")
    mail = Outbox.objects.get(to=editor.email)
    assert "A login from a new device" in mail.subject and "Вход с нового устройства" in mail.subject
    assert "A browser nobody knows" in mail.body and "203.0.113.0/24" in mail.body
    assert "203.0.113.77" not in mail.body
    log_in(Client(HTTP_USER_AGENT="Another", REMOTE_ADDR="203.0.113.78"), editor)
    assert Outbox.objects.filter(to=editor.email).count() == 2
    assert PASSWORD not in mail.body
