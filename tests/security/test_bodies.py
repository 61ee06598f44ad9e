"""Whatever body is sent, to whatever address: an answer in words, never a failure of the server."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import lxml.html
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.once import made_once
from tests.security.asking import once, send, undone
from tests.security.hostile import FORM, HALF, JSON, ODD, Body, broken_json, odd_json, refused_forms, strange_forms
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
    assert wrong == [], wrong
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
    assert wrong == [], wrong
    assert len(asked) >= 5


def test_no_value_of_a_form_is_one(here: Everything, desk: Client) -> None:
    """Each form of the desk, each of its fields with the same odd value; then what counts its rows, too."""
    wrong, seen = [], 0
    for case in once(here):
        fields = fields_of(desk, case.address)
        counts = {name: value for name, value in fields.items() if name.endswith("_FORMS")}
        seen += bool(fields)
        for value, kept in ((odd, counts) for odd in ODD if fields):
            sent = urlencode(dict.fromkeys(fields, value) | kept, errors="surrogatepass").encode()
            status = send(desk, case.address, Body("", FORM, sent)).status_code
            wrong += [(case.page, value, status)] if status >= 500 else []
    assert wrong == [], wrong
    assert seen > 50


def fields_of(client: Client, address: str) -> dict[str, str]:
    """Return names and values of the longest form that the page sends to itself; none for a list."""
    with undone(client):
        page = client.get(address)
    if (
        getattr(page, "content", b"") == b""
        or not page.get("Content-Type", "").startswith("text/html")
        or page.status_code != 200
    ):
        return {}
    forms = [
        {one.name: str(one.value or "") for one in form.inputs if one.name}
        for form in lxml.html.fromstring(page.content).forms
        if form.method == "POST" and (form.action or "").partition("?")[0] in ("", address, ".")
    ]
    found = max(forms, key=len, default={})
    return {} if "action" in found else found
