"""Publishing, withdrawing and changes of rights ask again after a while, inside their form; what was typed stays."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from articles.admin.articles.acts import ACTS
from articles.models import Article, Release
from articles.publishing import publish
from tests.accounts.conftest import PASSWORD, App, is_in, log_in, with_password
from tests.builders import make_article

LATER = timedelta(minutes=settings.ASK_AGAIN_MINUTES + 1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now()) as traveller:
        yield traveller


@pytest.fixture
def desk(editor: User, clock: time_machine.Traveller) -> Client:
    """Somebody who has logged in a while ago."""
    client = Client()
    log_in(client, editor)
    clock.shift(LATER)
    return client


def act(article: Article, name: str) -> str:
    return reverse("admin:articles_article_act", args=[article.pk, name])


def test_an_act_asks_once_a_while_and_keeps_what_was_typed(editor: User, desk: Client) -> None:
    article = make_article()
    publish(article, by=editor, at=timezone.now() - timedelta(hours=1))
    typed = {"reason": "correction", "note": "The figures of the second paragraph were those of last year."}
    assert 'name="confirmation"' in desk.get(act(article, "correct")).content.decode()
    for answer in ({}, {"confirmation": "not the password"}, {"confirmation": "123456"}):
        page = desk.post(act(article, "correct"), typed | answer)
        assert page.status_code == 200
        assert typed["note"] in page.content.decode() and "not the password" not in page.content.decode()
        assert Release.objects.count() == 1
    assert desk.post(act(article, "correct"), typed | {"confirmation": PASSWORD}).status_code == 302
    assert Release.objects.count() == 2
    assert 'name="confirmation"' not in desk.get(act(article, "retract")).content.decode()


def test_a_code_of_the_second_factor_is_an_answer(editor: User, app: App, desk: Client) -> None:
    article = make_article()
    desk.post(reverse("mfa_authenticate"), {"code": app.code()})
    client = desk
    if not is_in(client):
        client.force_login(editor)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    assert client.post(act(article, "publish"), {"confirmation": "12345678"}).status_code == 200
    assert client.post(act(article, "publish"), {"confirmation": app.code()}).status_code == 302
    assert Release.objects.count() == 1


def test_answers_are_counted(desk: Client) -> None:
    article = make_article()
    for number in range(12):
        page = desk.post(act(article, "publish"), {"confirmation": f"wrong {number}"})
    assert re.search("Too many", page.content.decode())
    assert desk.post(act(article, "publish"), {"confirmation": PASSWORD}).status_code == 200
    assert not Release.objects.exists()


def test_the_acts_that_publish_and_withdraw_ask_and_each_has_a_form_to_ask_in() -> None:
    asking = {name for name, one in ACTS.items() if one.asks_again}
    assert asking == {"publish", "correct", "schedule", "override", "erase", "retract", "withdraw"}
    assert all(ACTS[name].asks for name in asking)
    publishing = {name for name, one in ACTS.items() if one.permission in ("publish_article", "withdraw_article")}
    assert publishing - asking == {"request", "cancel"}, "neither brings anything before readers"


def test_zero_minutes_ask_never(desk: Client, settings: Settings) -> None:
    settings.ASK_AGAIN_MINUTES = 0
    assert desk.post(act(make_article(), "publish")).status_code == 302


def test_rights_are_changed_by_who_shows_who_he_is(editor: User, clock: time_machine.Traveller) -> None:
    client = Client()
    log_in(client, with_password("Administrator"))
    path = reverse("admin:auth_user_change", args=[editor.pk])
    fresh = client.get(path).context["adminform"].form
    assert "confirmation" not in fresh.fields
    clock.shift(LATER)
    sent = {"username": editor.username, "first_name": "Vela", "is_staff": "on", "is_active": "on"}
    refused = client.post(path, sent)
    assert refused.status_code == 200 and 'value="Vela"' in refused.content.decode()
    assert editor.groups.exists()
    refused = client.post(path, sent | {"confirmation": "wrong"})
    assert "neither your password nor a code" in refused.content.decode()
    assert client.post(path, sent | {"confirmation": PASSWORD}).status_code == 302
    assert not editor.groups.exists() and User.objects.get(pk=editor.pk).first_name == "Vela"
    clock.shift(LATER)
    add = reverse("admin:auth_user_add")
    new = {"username": "new", "email": "new@outlet.invalid", "is_staff": "on", "is_active": "on"}
    assert client.post(add, new).status_code == 200
    assert client.post(add, new | {"confirmation": PASSWORD}).status_code == 302
    assert User.objects.filter(username="new").exists()


def test_the_second_factors_page_asks_after_a_while_too(editor: User, desk: Client) -> None:
    asked = desk.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert desk.post(asked["Location"], {"password": PASSWORD})["Location"] == reverse("mfa_activate_totp")
    assert desk.get(reverse("mfa_activate_totp")).status_code == 200
    assert 'name="confirmation"' not in desk.get(act(make_article(), "publish")).content.decode(), "one answer for both"
