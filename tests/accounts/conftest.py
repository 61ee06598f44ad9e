"""People with passwords, apps that make codes, and browsers at the login."""

import itertools
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.test import Client

from articles.accounts import sessions
from articles.models import Site
from tests.builders import make_newsroom, make_user

PASSWORD = "correct horse battery"
LOGIN = "/admin/login/"


@pytest.fixture
def newsroom(db: None) -> Site:
    return make_newsroom()


@pytest.fixture
def editor(newsroom: Site) -> User:
    return with_password("Editor")


@pytest.fixture(autouse=True)
def nothing_written() -> Iterator[None]:
    """Forget which sessions this process has written down."""
    sessions.WRITTEN.at.clear()
    yield
    sessions.WRITTEN.at.clear()


def with_password(role: str, name: str | None = None) -> User:
    user = make_user(role)
    user.username = name or user.username
    user.set_password(PASSWORD)
    user.email = f"{user.username}@outlet.invalid"
    user.save()
    return user


class App:
    """An app that makes codes: each call gives one that was not used."""

    def __init__(self, user: User) -> None:
        self.secret, self.steps = generate_totp_secret(), itertools.cycle((0, -1, 1))
        TOTP.activate(user, self.secret)
        self.recovery = RecoveryCodes.activate(user).get_unused_codes()

    @classmethod
    def of_secret(cls, secret: str) -> "App":
        """Return an app that somebody has shown a secret to."""
        made = cls.__new__(cls)
        made.secret, made.steps, made.recovery = secret, itertools.cycle((0, -1, 1)), []
        return made

    def code(self) -> str:
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30 + next(self.steps)))


@pytest.fixture
def app(editor: User) -> App:
    return App(editor)


def log_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> object:
    return client.post(LOGIN, {"username": user.username, "password": password}, **more)  # type: ignore[arg-type]


def is_in(client: Client) -> bool:
    """Say whether the desk opens."""
    return client.get("/admin/").status_code == 200


def factors(user: User) -> int:
    return Authenticator.objects.filter(user=user).count()
