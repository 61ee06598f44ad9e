"""What is refused or not there stands in the log as one line with who asked; what has failed keeps its traceback."""

import logging

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from newsroom import urls
from newsroom.refusals import Strangers
from tests.builders import make_newsroom, make_user

pytestmark = pytest.mark.django_db


def fail(request: HttpRequest) -> None:
    raise RuntimeError("no such luck")


urlpatterns = [path("fail/", fail), *urls.urlpatterns]


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged of requests, each as the house prints it."""
    return [logging.Formatter("%(message)s").format(one) for one in caplog.records if one.name == "django.request"]


def test_a_refusal_is_one_line_with_the_user(caplog: pytest.LogCaptureFixture) -> None:
    make_newsroom()
    reporter, client = make_user("Reporter"), Client()
    client.force_login(reporter)
    assert client.get("/admin/articles/site/").status_code == 403
    assert lines(caplog) == [f"Forbidden (Permission denied): /admin/articles/site/ (user {reporter.pk})"]


def test_what_is_not_there_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    make_newsroom()
    assert Client().get("/en/2026/01/01/nothing/").status_code == 404
    assert lines(caplog) == ["Not Found: /en/2026/01/01/nothing/ (anonymous)"]


def test_what_a_stranger_tries_is_one_line_without_a_traceback() -> None:
    error = (RuntimeError, RuntimeError("no such host"), None)
    record = logging.LogRecord("django.security.DisallowedHost", logging.ERROR, "", 1, "Invalid host", None, error)
    assert Strangers().filter(record)
    assert logging.Formatter("%(levelname)s %(message)s").format(record) == "WARNING Invalid host"
    assert "strangers" in settings.LOGGING["handlers"]["console"]["filters"]


def test_a_failure_keeps_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        Client(raise_request_exception=False).get("/fail/")
    (line,) = lines(caplog)
    assert line.startswith("Internal Server Error: /fail/\nTraceback") and "no such luck" in line
