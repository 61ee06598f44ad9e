"""The login in place goes on with the second factor, by the script and without it; what was typed stays."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.accounts.conftest import PASSWORD, App, is_in
from tests.admin.forms import filled
from tests.admin.test_conflict import hidden
from tests.builders import make_article

LOGIN = "/admin/articles/article/typed/login/"


def sent(user: User, **more: str) -> dict[str, str]:
    return {"username": user.username, "password": PASSWORD, "user": str(user.pk)} | more


def test_the_password_alone_lets_nobody_in_who_has_a_second_factor(editor: User, app: App, client: Client) -> None:
    reply = client.post(LOGIN, sent(editor))
    assert reply.json()["error"] == "second" and reply.json()["token"]
    assert not is_in(client)
    wrong = client.post(LOGIN, sent(editor, code="000000"))
    assert wrong.status_code == 400 and wrong.json()["says"]
    assert not is_in(client)
    assert client.post(LOGIN, sent(editor, code=app.code())).json()["ok"]
    assert is_in(client)


def test_a_code_without_the_password_is_worth_nothing(editor: User, app: App, client: Client) -> None:
    reply = client.post(LOGIN, sent(editor, code=app.code(), password="wrong"))
    assert reply.json()["error"] == "wrong"
    assert not is_in(client)


@pytest.mark.parametrize("name", ["", "\x00", "editor\x00", "n" * 5000, "\ud800".encode("utf-8", "replace").decode()])
def test_no_name_is_too_odd_to_be_refused(editor: User, app: App, client: Client, name: str) -> None:
    assert client.post(LOGIN, sent(editor, username=name, password="wrong")).status_code == 400


RUBBISH = ["{", "[]", "{}", "1", '{"id": 1}', '{"id": "AA", "rawId": "AA", "response": {}, "type": "x"}', "[" * 100_000]


@pytest.mark.parametrize("credential", RUBBISH)
def test_rubbish_in_place_of_a_keys_answer_is_refused(editor: User, app: App, client: Client, credential: str) -> None:
    assert client.post(LOGIN, sent(editor, credential=credential)).status_code == 400
    assert not is_in(client)


@pytest.mark.parametrize("credential", RUBBISH)
def test_rubbish_at_the_pages_of_keys_is_refused_in_words(
    editor: User, app: App, client: Client, credential: str
) -> None:
    client.post("/admin/login/", {"username": editor.username, "password": PASSWORD})
    for path in ("mfa_authenticate", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
        assert client.post(reverse(path), {"credential": credential}).status_code < 500, path
        if path == "mfa_authenticate":
            assert not is_in(client)
            client.force_login(editor)


def test_attempts_in_place_are_counted_with_those_at_the_login(editor: User, client: Client) -> None:
    for number in range(6):
        reply = client.post(LOGIN, sent(editor, password=f"wrong {number}"))
    assert "Too many failed attempts" in reply.json()["says"]
    assert client.post(LOGIN, sent(editor)).json()["error"] == "wrong"


def test_a_form_sent_without_a_session_asks_for_the_code_too_and_holds_what_was_typed(
    editor: User, app: App, client: Client
) -> None:
    article, own = make_article(), Client(headers={"Origin": "http://testserver"})
    path = reverse("admin:articles_article_change", args=[article.pk])
    own.force_login(editor)
    typed = filled(own.get(path), headline="Typed before the session ended", _save="")
    own.logout()
    kept = hidden(own.post(path, typed), "again")
    login = {"_username": editor.username, "_password": PASSWORD}
    asked = client.post(path, kept | login)
    assert asked.status_code == 401 and 'name="_code"' in asked.content.decode()
    assert PASSWORD not in asked.content.decode()
    assert hidden(asked, "again")["headline"] == ["Typed before the session ended"]
    assert client.post(path, kept | login | {"_code": "000000"}).status_code == 401
    assert client.post(path, kept | login | {"_code": app.code()}).status_code == 302
    assert Article.objects.get().headline == "Typed before the session ended"
