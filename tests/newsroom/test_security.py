"""What the pages let a browser do, and whom the demo newsroom answers."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from newsroom.security import ask_again, content_policy, loopback_only


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(getattr(request, "csp_nonce", ""))


def test_a_reader_s_page_may_run_no_script() -> None:
    response = content_policy(answer)(RequestFactory().get("/en/"))
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "script" not in policy and "unsafe" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"


def test_an_inline_script_of_the_admin_needs_the_nonce_of_its_answer() -> None:
    first, second = (content_policy(answer)(RequestFactory().get("/admin/")) for _ in range(2))
    assert f"'nonce-{first.content.decode()}'" in first.headers["Content-Security-Policy"]
    assert first.content != second.content
    assert "script-src 'self' 'unsafe-eval'" in first.headers["Content-Security-Policy"]


def test_a_view_s_own_policy_is_kept() -> None:
    def own(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'self'"})

    response = content_policy(own)(RequestFactory().get("/en/"))
    assert response.headers["Content-Security-Policy"] == "default-src 'self'"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_the_demo_answers_on_this_machine(address: str) -> None:
    assert loopback_only(answer)(RequestFactory(REMOTE_ADDR=address).get("/")).status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::1", "", "unknown"])
def test_the_demo_answers_nobody_else(address: str) -> None:
    assert loopback_only(answer)(RequestFactory(REMOTE_ADDR=address).get("/")).status_code == 403


@pytest.mark.parametrize("status", [301, 308])
def test_a_browser_asks_again_where_something_has_moved(status: int) -> None:
    def moved(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=status, headers={"Location": "/en/", "Cache-Control": "max-age=600"})

    assert ask_again(moved)(RequestFactory().get("/en")).headers["Cache-Control"] == "no-cache"
    assert "Cache-Control" not in ask_again(answer)(RequestFactory().get("/en/")).headers


@pytest.mark.django_db
def test_so_it_does_where_django_itself_leads_on() -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        leading = Client().get("/en/")
    assert (leading.status_code, leading["Cache-Control"]) == (301, "no-cache")


@pytest.mark.django_db
def test_the_login_page_carries_the_headers_and_its_style_is_served() -> None:
    client = Client()
    response = client.get("/admin/login/")
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert client.get("/static/unfold/css/styles.css").status_code == 200
