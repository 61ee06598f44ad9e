"""The newsroom that these tests act in."""

import pytest
from django.contrib.auth.models import User

from tests.builders import make_newsroom, make_user


@pytest.fixture
def newsroom(db: None) -> None:
    make_newsroom()


@pytest.fixture
def editor(newsroom: None) -> User:
    return make_user("Editor")


@pytest.fixture
def legal(editor: User) -> User:
    return make_user("Legal")
