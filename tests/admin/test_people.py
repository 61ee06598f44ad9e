"""Accounts: nobody gives roles to themselves, touches a superuser, or sets another's password; each change is told."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.accounts.addresses import password_link
from articles.models import Event, Site, StaffId
from articles.models.freeze import Freeze
from articles.publishing import Refused
from articles.publishing.people import Account, account_of, check_account, send_password_link
from tests.builders import make_user

pytestmark = pytest.mark.django_db

As = Callable[[str], Client]


def change(client: Client, user: User, **given: Any) -> Any:
    """Post the form of an account as it stands, with what is given."""
    values = {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_staff": "on" if user.is_staff else "",
        "is_active": "on" if user.is_active else "",
        "groups": list(user.groups.values_list("pk", flat=True)),
    } | given
    sent = {key: value for key, value in values.items() if value not in ("", None)}
    return client.post(reverse("admin:auth_user_change", args=[user.pk]), sent)


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def events(kind: str) -> list[Event]:
    return list(Event.objects.filter(kind=kind).order_by("pk"))


def second_administrator() -> User:
    user = User.objects.create_user("ada", "ada@outlet.invalid", "correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get(name="Administrator"))
    return user


def test_nobody_gives_a_role_to_themselves(client_as: As) -> None:
    client, second = client_as("Administrator"), second_administrator()
    me = User.objects.get(username="administrator")
    before = account_of(me)
    change(client, me, groups=[role("Administrator"), role("Managing editor")], user_permissions=["1"])
    change(client, me, is_superuser="on")
    change(client, me, is_active=None)
    assert account_of(me) == before and not User.objects.filter(is_superuser=True).exists()
    with pytest.raises(Refused):
        check_account(me, Account(frozenset({"Editor"}), True, True), by=me)
    change(client, second, groups=[role("Legal")])
    assert account_of(second).roles == {"Legal"}, "another's he gives, and an event says so"


def test_no_form_makes_a_superuser_or_gives_single_permissions(client_as: As) -> None:
    client, editor = client_as("Administrator"), make_user("Editor")
    change(client, editor, is_superuser="on", user_permissions=["1", "2"], password="pbkdf2_sha256$1$a$b")
    editor.refresh_from_db()
    assert not editor.is_superuser and not editor.user_permissions.exists()
    assert editor.check_password("correct horse battery")
    words = {"username": "vela", "email": "vela@outlet.invalid", "is_staff": "on", "is_superuser": "on"}
    client.post(reverse("admin:auth_user_add"), words | {"password1": "correct horse", "password2": "correct horse"})
    assert not User.objects.get(username="vela").is_superuser
    assert not User.objects.get(username="vela").has_usable_password()


def test_a_superuser_is_nobody_s_to_touch(client_as: As) -> None:
    client = client_as("Administrator")
    root = User.objects.create_superuser("root", "root@outlet.invalid", "correct horse battery")
    assert change(client, root, email="mine@outlet.invalid").status_code == 403
    assert change(client, root, is_active=None).status_code == 403
    assert client.post(reverse("admin:auth_user_link", args=[root.pk])).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 403
    other = Client()
    other.force_login(User.objects.create_superuser("second", "second@outlet.invalid", "correct horse battery"))
    assert change(other, root, is_active=None).status_code == 403
    root.refresh_from_db()
    assert root.is_active and root.email == "root@outlet.invalid" and not mail.outbox


@pytest.mark.parametrize("who", ["Administrator", "superuser"])
def test_nobody_sets_anothers_password(client_as: As, who: str) -> None:
    client, editor = client_as("Administrator"), make_user("Editor")
    if who == "superuser":
        client.force_login(User.objects.create_superuser("root", "root@outlet.invalid", "correct horse battery"))
    words = {"password1": "another horse battery", "password2": "another horse battery", "usable_password": "true"}
    address = reverse("admin:auth_user_password_change", args=[editor.pk])
    assert client.get(address).status_code == client.post(address, words).status_code == 403
    editor.refresh_from_db()
    assert editor.check_password("correct horse battery")
    form = client.get(reverse("admin:auth_user_change", args=[editor.pk])).content.decode()
    assert "pbkdf2" not in form and "../password/" not in form


def test_the_last_administrator_stays(client_as: As) -> None:
    client, second = client_as("Administrator"), second_administrator()
    change(client, second, is_active=None)
    assert not account_of(second).is_active
    first = User.objects.get(username="administrator")
    change(client, second, is_active="on")
    other = Client()
    other.force_login(second)
    for given in ({"groups": []}, {"is_active": None}, {"is_staff": None}):
        User.objects.filter(pk=second.pk).update(is_superuser=True)  # who is no administrator and may all the same
        second.groups.clear()
        answer = change(other, first, **given)
        assert answer.status_code == 200 and "last administrator" in answer.content.decode()
    assert account_of(first).administers


def test_no_account_is_deleted_by_whatever_door(client_as: As) -> None:
    client, editor = client_as("Administrator"), make_user("Editor")
    client.force_login(User.objects.create_superuser("root", "root@outlet.invalid", "correct horse battery"))
    assert client.post(reverse("admin:auth_user_delete", args=[editor.pk]), {"post": "yes"}).status_code == 403
    words = {"action": "delete_selected", "_selected_action": [editor.pk], "post": "yes"}
    client.post(reverse("admin:auth_user_changelist"), words)
    assert User.objects.filter(pk=editor.pk).exists()


@pytest.mark.parametrize("who", ["Administrator", "superuser"])
def test_a_role_is_given_and_never_edited(client_as: As, who: str) -> None:
    client, group = client_as("Administrator"), Group.objects.get(name="Reporter")
    if who == "superuser":
        client.force_login(User.objects.create_superuser("root", "root@outlet.invalid", "correct horse battery"))
    held = set(group.permissions.values_list("codename", flat=True))
    for name, args in (("change", [group.pk]), ("delete", [group.pk]), ("add", [])):
        words = {"name": "Reporter", "permissions": ["1", "2"], "post": "yes"}
        assert client.post(reverse(f"admin:auth_group_{name}", args=args), words).status_code == 403
    words = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
    client.post(reverse("admin:auth_group_changelist"), words)
    assert set(Group.objects.get(name="Reporter").permissions.values_list("codename", flat=True)) == held


def test_the_address_of_one_who_has_a_password_is_theirs(client_as: As) -> None:
    client, editor = client_as("Administrator"), make_user("Editor")
    User.objects.filter(pk=editor.pk).update(email="editor@outlet.invalid")
    change(client, editor, email="mine@outlet.invalid")
    editor.refresh_from_db()
    assert editor.email == "editor@outlet.invalid"


def test_a_password_is_set_by_a_link_that_works_once(
    client_as: As, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    client = client_as("Administrator")
    words = {"username": "vela", "email": "vela@outlet.invalid", "is_staff": "on", "groups": [role("Legal")]}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:auth_user_add"), words)
    assert [one.to for one in mail.outbox] == [["vela@outlet.invalid"]]
    found = re.search(r"https?://[^/]+(/admin/password/reset/key/\S+)", mail.outbox[0].body)
    assert found is not None
    link, fresh = found[1], Client()
    page = fresh.get(link, follow=True)
    assert "vela" in page.content.decode() and link not in page.content.decode()
    weak = fresh.post(page.request["PATH_INFO"], {"password1": "vela", "password2": "vela"})
    assert "too similar" in weak.content.decode() and "too short" in weak.content.decode()
    words = {"password1": "quiet tern harbour", "password2": "quiet tern harbour"}
    assert fresh.post(page.request["PATH_INFO"], words)["Location"] == reverse("account_login")
    assert User.objects.get(username="vela").check_password("quiet tern harbour")
    assert "no longer works" in Client().get(link, follow=True).content.decode()
    vela = StaffId.objects.get(user__username="vela")
    assert [one.about for one in events("password set") + events("password link sent")] == [vela, vela]


def test_a_mail_that_cannot_be_sent_is_not_said_to_be(
    newsroom: Site, django_capture_on_commit_callbacks: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> None:
        raise ConnectionRefusedError

    user, told = User.objects.create_user("vela", "vela@outlet.invalid"), list[bool]()
    for send in (None, away):
        if send:
            monkeypatch.setattr("articles.publishing.people.send_mail", send)
        with django_capture_on_commit_callbacks(execute=True):
            send_password_link(
                user, password_link(user), by=make_user("Administrator"), at=timezone.now(), tell=told.append
            )
    assert told == [True, False] and len(mail.outbox) == 1


def test_each_change_of_an_account_is_an_event(client_as: As) -> None:
    client, editor = client_as("Administrator"), make_user("Editor")
    change(client, editor, groups=[role("Legal")], first_name="Vela", is_active=None)
    event = events("account changed")[-1]
    assert event.staff is not None and event.staff.user == User.objects.get(username="administrator")
    assert event.about is not None and event.about.user == editor
    assert event.detail == {"given": ["Legal"], "taken": ["Editor"], "closed": True, "fields": ["first_name"]}
    change(client, editor, groups=[role("Legal")], first_name="Vela", is_active=None)
    assert len(events("account changed")) == 1, "what changes nothing is none"


def test_changes_of_settings_and_what_is_taken_out_are_events(client_as: As) -> None:
    client = client_as("Managing editor")
    category = reverse("admin:articles_category_add")
    client.post(category, {"name_en": "Sea", "name_ru": "Море", "slug": "sea", "position": "0", "iptc_code": ""})
    assert [one.detail["record"] for one in events("settings added")] == ["category: Sea"]
    from articles.models import Register

    for form in ("json", "csv"):
        client.get(reverse("admin:articles_register_export", args=[Register.objects.earliest("pk").pk, form]))
    assert len({one.detail["what"] for one in events("export")}) == 2


def test_logins_and_refused_ones_are_events_without_addresses(client_as: As) -> None:
    client_as("Editor")
    Event.objects.all().delete()
    address = reverse("admin:login")
    for name, password in (("editor", "wrong"), ("editor", "wrong"), ("Secret1!", "x"), ("editor", None)):
        words = {"username": name, "password": password or "correct horse battery"}
        Client().post(address, words, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Tern/1")
    editor = StaffId.objects.get(user__username="editor")
    told = [(one.kind, one.staff, one.about, one.detail) for one in Event.objects.order_by("pk")]
    assert told == [
        ("login refused", None, editor, {"times": 2}),
        ("login refused", None, None, {"login": "S…", "times": 1}),
        ("login", editor, None, {}),
    ]


@pytest.mark.parametrize(
    ("reads", "roles"), [(True, ("Legal", "Managing editor", "Administrator")), (False, ("Editor",))]
)
def test_those_who_audit_read_them_at_the_desk(client_as: As, reads: bool, roles: tuple[str, ...]) -> None:
    for one in roles:
        client = client_as(one)
        shown = client.get(reverse("admin:articles_event_changelist"))
        assert ("logged in" in shown.content.decode()) is reads
        event = Event.objects.filter(kind="login").latest("pk")
        assert (client.get(reverse("admin:articles_event_change", args=[event.pk])).status_code == 200) is reads


def test_under_a_freeze_nobody_gets_a_role_and_accounts_are_closed_all_the_same(client_as: As) -> None:
    client, editor = client_as("Administrator"), make_user("Editor")
    Freeze.objects.create(scope="publishing", reason="A phone was lost.", begun_at=timezone.now())
    answer = change(client, editor, groups=[role("Editor"), role("Legal")])
    assert "A phone was lost." in answer.content.decode() and account_of(editor).roles == {"Editor"}
    change(client, editor, is_active=None)
    assert not account_of(editor).is_active


def test_the_server_s_owner_makes_an_administrator(newsroom: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    call_command("create_administrator", "--username", "vela", "--email", "v@outlet.invalid", "--link", stdout=out)
    found = re.search(r"/admin/password/reset/key/\S+", out.getvalue())
    assert found is not None and Client().get(found[0], follow=True).status_code == 200
    answers = iter(["mira", "mira@outlet.invalid"])
    monkeypatch.setattr("builtins.input", lambda _asked: next(answers))
    monkeypatch.setattr(
        "articles.management.commands.create_administrator.getpass", lambda _asked: "quiet tern harbour"
    )
    call_command("create_administrator", stdout=out)
    assert User.objects.get(username="mira").check_password("quiet tern harbour")
    assert all(account_of(user).administers for user in User.objects.filter(username__in=("vela", "mira")))
    assert [one.staff for one in events("account made")] == [None, None]
    with pytest.raises(CommandError, match="already exists"):
        call_command("create_administrator", "--username", "vela", "--email", "v@outlet.invalid", "--link")
    monkeypatch.setattr("articles.management.commands.create_administrator.getpass", lambda _asked: "123")
    with pytest.raises(CommandError, match="too short"):
        call_command("create_administrator", "--username", "third", "--email", "t@outlet.invalid")


def test_refusals_long_ago_are_another_event(client_as: As) -> None:
    from articles.publishing.logins import note_refused

    now = timezone.now()
    for minutes in (0, 1, 7):
        note_refused("nobody", at=now + timedelta(minutes=minutes))
    assert [one.detail["times"] for one in events("login refused")] == [2, 1]
