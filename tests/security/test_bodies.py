"""Whatever body is sent, to whatever address: an answer in words, never a failure of the server, and nothing is lost."""

import json
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from tests.once import made_once
from tests.security.hostile import HALF, JSON, Body, broken_json, odd_json, refused_forms, strange_forms
from tests.security.matrix import Case, cases
from tests.security.newsroom import Everything, furnish

pytestmark = pytest.mark.django_db
CLOSED = (403, 404, 405, 410)


@pytest.fixture(scope="module")
def here(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Everything]:
    """One of everything, met by somebody before whom no door is closed."""
    with pytest.MonkeyPatch.context() as patch, made_once(django_db_blocker):
        patch.setattr("django.conf.settings.MEDIA_ROOT", tmp_path_factory.mktemp("media"))
        yield furnish("Managing editor")


@pytest.fixture
def desk(here: Everything) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="root"))
    return client


def once(here: Everything) -> list[Case]:
    """Return one case for each address as it is written, and each act."""
    found: dict[str, Case] = {}
    for case in cases(here):
        found.setdefault(case.page, case)
    return list(found.values())


def send(client: Client, address: str, body: Body) -> HttpResponse:
    """Send it as it is; what it changes is undone, the session too, and no page is printed."""
    kept = client.cookies.output(header="", sep=";")
    with transaction.atomic(), mock.patch.object(SimpleTemplateResponse, "rendered_content", ""):
        answer = client.generic("POST", address, body.data, content_type=body.kind)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(kept)
    return answer


def test_no_body_is_a_failure_of_the_server(here: Everything, desk: Client) -> None:
    """Each address that takes anything gets each strange form, and JSON where it reads what is no form."""
    wrong, forms, scripts = [], 0, 0
    for case in once(here):
        first = send(desk, case.address, Body("half of it", JSON, HALF))  # an empty form to whoever takes forms
        if first.status_code in CLOSED:
            continue
        reads = "_body" in vars(first.wsgi_request)  # type: ignore[attr-defined]
        bodies = [*strange_forms(), *(broken_json() if reads else ())]
        found = {body.name: send(desk, case.address, body).status_code for body in bodies}
        wrong += [(case.page, name, status) for name, status in found.items() if status >= 500]
        forms, scripts = forms + 1, scripts + reads
    assert wrong == []
    assert forms > 100 and scripts > 4


@pytest.mark.parametrize("body", refused_forms(), ids=lambda body: body.name)
def test_a_form_that_cannot_be_read_is_refused_before_anything_is_done(
    here: Everything, desk: Client, body: Body
) -> None:
    """As in production, where the token is looked for in each form that is sent, whoever it is for."""
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(User.objects.get(username="root"))
    for client in (desk, strict):
        for name in ("admin:articles_article_add", "admin:articles_photo_add", "account_login", "set_language"):
            assert 400 <= send(client, reverse(name), body).status_code < 500, (name, client is strict)


def test_no_value_that_a_script_sends_is_one(here: Everything, desk: Client) -> None:
    asked = [case for case in once(here) if isinstance(case.sent, str)]
    wrong = [
        (case.page, body.name, status)
        for case in asked
        for body in odd_json(json.loads(case.sent))
        if (status := send(desk, case.address, body).status_code) >= 500
    ]
    assert wrong == []
    assert len(asked) >= 5
