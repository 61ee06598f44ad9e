"""Each address once, and a request to it that leaves everything as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from unittest import mock

from django.db import transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from unfold.sites import UnfoldAdminSite

from tests.security.hostile import Body
from tests.security.matrix import Case, cases
from tests.security.newsroom import Everything


def once(here: Everything) -> list[Case]:
    """Return one case for each address as it is written, and each act."""
    found: dict[str, Case] = {}
    for case in cases(here):
        found.setdefault(case.page, case)
    return list(found.values())


def send(client: Client, address: str, body: Body) -> HttpResponse:
    """Send it as it is; no page is printed."""
    with undone(client), unprinted():
        return client.generic("POST", address, body.data, content_type=body.kind)


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Leave the database as it was, and the session."""
    kept = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(kept)


@contextmanager
def unprinted() -> Iterator[None]:
    """Print no page, and no list of pages beside it, which takes most of the time."""
    with (
        mock.patch.object(SimpleTemplateResponse, "rendered_content", ""),
        mock.patch.object(UnfoldAdminSite, "get_sidebar_list", lambda self, request: []),
        mock.patch.object(UnfoldAdminSite, "get_app_list", lambda self, request, label=None: []),
    ):
        yield
