"""The login: two fields, a second step for who has one, and no way around it."""

import logging
import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import resolve, reverse

from articles.models import Throttle
from tests.accounts.conftest import LOGIN, PASSWORD, App, is_in, log_in, with_password


def test_two_fields_are_enough_without_a_second_factor(editor: User, client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert re.findall(r'<input type="(?:text|password)" name="(\w+)"', page) == ["username", "password"]
    assert log_in(client, editor)["Location"] == "/admin/"
    assert is_in(client)
    assert client.post("/admin/logout/")["Location"] == LOGIN
    assert not is_in(client)


def test_who_was_led_to_the_login_goes_on_where_they_were(editor: User, client: Client) -> None:
    led = client.get("/admin/articles/article/")["Location"]
    assert led == "/admin/login/?next=/admin/articles/article/"
    page = client.get(led).content.decode()
    assert '<input type="hidden" name="next" value="/admin/articles/article/"' in page
    sent = {"username": editor.username, "password": PASSWORD, "next": "/admin/articles/article/"}
    assert client.post(LOGIN, sent)["Location"] == "/admin/articles/article/"


def test_the_second_step_is_asked_before_the_desk_opens(editor: User, app: App, client: Client) -> None:
    assert log_in(client, editor)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200 and not is_in(client)
    code = app.code()
    assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == "/admin/"
    assert is_in(client)
    other = Client()
    log_in(other, editor)
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_in(other), "a code is good once, in every process"
    other.post(reverse("mfa_authenticate"), {"code": app.recovery[0]})
    assert is_in(other)


def test_the_admins_own_login_is_no_way_around(editor: User, app: App, client: Client) -> None:
    assert resolve(reverse("admin:login")).url_name == "account_login"
    assert resolve(reverse("admin:logout")).url_name == "account_logout"
    for path in (reverse("admin:login"), "/admin/", "/admin/articles/article/add/", "/admin/auth/user/"):
        client.post(path, {"username": editor.username, "password": PASSWORD, "this_is_the_login_form": "1"})
        assert not is_in(client)
    assert admin.site.login.__wrapped__.__name__ == "login", "led to the address of allauth's"


def test_who_does_not_work_at_the_desk_is_refused_like_a_wrong_password(editor: User, client: Client) -> None:
    User.objects.filter(pk=editor.pk).update(is_staff=False)
    refused = log_in(client, editor)
    assert "Name or password is wrong" in refused.content.decode()
    assert client.get("/admin/").status_code == 302


def test_who_loses_the_desk_while_logged_in_is_shown_the_login(editor: User, client: Client) -> None:
    log_in(client, editor)
    User.objects.filter(pk=editor.pk).update(is_staff=False)
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 200 and answer.redirect_chain[-1][0].startswith(LOGIN)


def test_two_hundred_wrong_passwords_are_refused_and_logged_one_by_one(
    editor: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for number in range(200):
            answer = log_in(client, editor, f"wrong {number}")
    lines = [record.getMessage() for record in caplog.records if record.name == "articles.accounts.watch"]
    assert len(lines) == 200
    assert {line.split(", ")[1] for line in lines} == {"wrong password", "too many attempts"}
    assert sum("wrong password" in line for line in lines) <= 10
    assert all(line.endswith("from 127.0.0.0/24") for line in lines)
    assert "Too many failed attempts. Wait five minutes" in answer.content.decode()
    log_in(client, editor)
    assert not is_in(client), "the right one, too, has to wait"


def test_the_refusals_are_said_in_russian(editor: User, client: Client) -> None:
    russian = {"headers": {"Accept-Language": "ru"}}
    said = [log_in(client, editor, "wrong", **russian).content.decode() for _ in range(6)]
    assert "Имя или пароль неверны" in said[0]
    assert "Слишком много неудачных попыток. Подождите пять минут" in said[5]


def test_attempts_count_in_the_database_without_an_address_or_a_name(editor: User, client: Client) -> None:
    log_in(client, editor, "wrong", REMOTE_ADDR="203.0.113.77")
    rows = list(Throttle.objects.values_list("cache_key", flat=True))
    assert rows and all(re.fullmatch(r"[0-9a-f]{64}", key) for key in rows)


def test_another_address_is_not_locked_out_by_wrong_passwords_elsewhere(editor: User, client: Client) -> None:
    for number in range(30):
        log_in(Client(), editor, f"wrong {number}", REMOTE_ADDR="203.0.113.77")
    log_in(client, editor, REMOTE_ADDR="198.51.100.7")
    assert is_in(client)


def test_from_everywhere_together_a_name_is_limited_but_not_for_a_browser_it_knows(editor: User) -> None:
    known = Client(REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT="The editor's")
    log_in(known, editor)
    known.post("/admin/logout/")
    for number in range(65):
        log_in(Client(), editor, f"wrong {number}", REMOTE_ADDR=f"203.0.{number}.77")
    stranger = Client(REMOTE_ADDR="192.0.2.200")
    log_in(stranger, editor)
    assert not is_in(stranger)
    log_in(known, editor)
    assert is_in(known)


def test_a_name_nobody_has_is_not_written_to_the_log(
    editor: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.post(LOGIN, {"username": "my secret password", "password": "typed in the wrong field"})
    assert "an unknown name, wrong password" in caplog.text
    assert "secret" not in caplog.text


def test_a_wrong_code_counts_among_the_refused_logins(
    editor: User, app: App, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    log_in(client, editor)
    for _ in range(8):
        answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "wrong code or key" in caplog.text
    assert "Too many failed attempts" in answer.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert not is_in(client), "the right one, too, has to wait"


def test_the_name_of_an_account_decides_nothing_about_the_limit(newsroom: object, client: Client) -> None:
    user = with_password("Legal", "Vela")
    for _ in range(6):
        client.post(LOGIN, {"username": "VELA", "password": "wrong"})
    log_in(client, user)
    assert not is_in(client), "capital letters are no other counter"
