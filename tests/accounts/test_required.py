"""Who must have a second factor and has none is led to set it up, and sees nothing else."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from articles.accounts.second_factor import is_required
from articles.publishing.roles import ROLES
from tests.accounts.conftest import App, factors, is_in, log_in, with_password

MUST = ["Editor", "Managing editor", "Legal", "Administrator"]


@pytest.fixture(autouse=True)
def must(settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = MUST


def test_all_who_publish_and_legal_and_administrators_must_in_production() -> None:
    from newsroom.settings import MUST_HAVE_SECOND_FACTOR

    publish = {role for role, held in ROLES.items() if held & {"publish_article", "withdraw_article"}}
    rights = {role for role, held in ROLES.items() if "change_user" in held}
    assert set(MUST_HAVE_SECOND_FACTOR) == publish | rights | {"Legal"} and set(MUST) == set(MUST_HAVE_SECOND_FACTOR)


def test_led_to_set_it_up_and_nothing_else_opens(editor: User, client: Client) -> None:
    log_in(client, editor)
    for path in ("/admin/", "/admin/articles/article/", "/admin/articles/article/add/", "/admin/sessions/"):
        assert client.get(path)["Location"] == reverse("mfa_index"), path
        assert client.post(path, {"headline": "x"})["Location"] == reverse("mfa_index"), path
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Your role needs a second factor" in page
    assert "/admin/articles/" not in page.split("<main")[1], "no way on from there"
    keep = client.post(
        reverse("admin:articles_article_keep"), "{}", "application/json", headers={"Accept": "application/json"}
    )
    assert keep.status_code == 403 and keep.json() == {"error": "second factor"}


def test_with_one_set_up_the_desk_opens_and_other_sessions_have_ended(
    editor: User, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    other = Client()
    log_in(other, editor)
    log_in(client, editor)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200, "the login has just shown who it is"
    secret = page.context["form"].secret
    app = App.of_secret(secret)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": app.code()})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert len(client.get(done["Location"]).context["unused_codes"]) == 10
    assert is_in(client)
    assert other.get("/admin/")["Location"].startswith("/admin/login/")


def test_a_role_that_needs_none_is_not_asked(newsroom: object, client: Client) -> None:
    log_in(client, with_password("Reporter"))
    assert is_in(client)


def test_superusers_must_where_anybody_must(newsroom: object) -> None:
    assert is_required(User(pk=1, is_superuser=True))


def test_the_last_one_cannot_be_given_up_by_who_must_have_one(editor: User, app: App, client: Client) -> None:
    client.force_login(editor)
    refused = client.post(reverse("mfa_deactivate_totp"))
    assert "Your role needs a second factor" in refused.content.decode()
    assert factors(editor) == 1 + 1, "the app and its recovery codes"


def test_secrets_are_encrypted_in_the_database_and_die_with_the_key(
    editor: User, app: App, client: Client, settings: Settings
) -> None:
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert app.secret not in stored
    log_in(client, editor)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key altogether, long enough to be taken 0123456789"
    client = Client()
    log_in(client, editor)
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert not is_in(client)
    settings.SECRET_KEY_FALLBACKS = [old]
    client.post(reverse("mfa_authenticate"), {"code": app.recovery[1]})
    assert is_in(client), "a key that was replaced still reads"


def test_setting_it_up_keeps_no_secret_in_a_session_for_long(editor: User, client: Client) -> None:
    log_in(client, editor)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    held = [row for row in Session.objects.all() if secret in json.dumps(row.get_decoded())]
    assert len(held) == 1, "until it is confirmed"
    app = App.of_secret(secret)
    client.post(reverse("mfa_activate_totp"), {"code": app.code()})
    assert not [row for row in Session.objects.all() if secret in json.dumps(row.get_decoded())]
