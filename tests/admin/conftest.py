"""A newsroom, and browsers logged in with each role."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Site
from tests.builders import make_newsroom, make_user

ROLES = ("Reporter", "Editor", "Legal", "Managing editor", "Administrator")


@pytest.fixture
def newsroom(db: None) -> Site:
    return make_newsroom()


@pytest.fixture
def client_as(newsroom: Site) -> Callable[[str], Client]:
    """Return a function: role → a client logged in with it."""

    def logged_in(role: str) -> Client:
        client = Client()
        client.force_login(make_user(role))
        return client

    return logged_in


@pytest.fixture
def editor(client_as: Callable[[str], Client]) -> Client:
    return client_as("Editor")


@pytest.fixture
def by(newsroom: object) -> User:
    return make_user("Editor")
