"""The newsroom that the reader's tests act in, and what readers see of it at a moment."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import User

from articles.reader.built import Built
from articles.reader.pages import build
from tests.builders import NOW, make_newsroom, make_user

See = Callable[..., str]


@pytest.fixture
def managing(db: None) -> User:
    """The newsroom with a user who may do every act."""
    make_newsroom()
    return make_user("Managing editor")


@pytest.fixture
def see(managing: User) -> See:
    """What stands at an address at a moment; the status must be as expected."""

    def seen(path: str, at: datetime = NOW, status: int = 200) -> str:
        built: Built = build(path, at)
        assert built.status == status, (path, built.status)
        return built.body.decode()

    return seen
