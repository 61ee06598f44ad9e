"""Sessions: by idleness, by age, by their owner's hand, by the closing of the account."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from articles.accounts import address, sessions
from articles.accounts.forget import forget_old
from articles.models import KnownDevice, Outbox, Throttle
from tests.accounts.conftest import PASSWORD, is_in, log_in, with_password

IDLE, AGE = timedelta(minutes=settings.SESSION_IDLE_MINUTES), timedelta(seconds=settings.SESSION_COOKIE_AGE)


def test_a_session_ends_when_nobody_uses_it(editor: User, client: Client) -> None:
    begin = timezone.now()
    with time_machine.travel(begin) as clock:
        log_in(client, editor)
        for _ in range(3):
            clock.shift(IDLE - timedelta(minutes=5))
            assert is_in(client), "use puts the end off"
        clock.shift(IDLE + timedelta(minutes=5))
        assert not is_in(client)


def test_the_ping_of_an_open_page_is_no_use(editor: User, client: Client) -> None:
    with time_machine.travel(timezone.now()) as clock:
        log_in(client, editor)
        for _ in range(9):
            clock.shift(IDLE / 8)
            client.get("/admin/articles/article/typed/offers/", headers={"X-Quiet": "1"})
            client.get("/admin/", headers={"HX-Request": "true"})
        assert not is_in(client)


def test_a_session_ends_by_age_however_much_it_is_used(editor: User, client: Client) -> None:
    with time_machine.travel(timezone.now()) as clock:
        log_in(client, editor)
        passed = timedelta(0)
        while passed + IDLE / 2 < AGE:
            clock.shift(IDLE / 2)
            passed += IDLE / 2
            session = client.session
            session["touched"] = passed.total_seconds()
            session.save()  # whoever stores something in it
            assert is_in(client), passed
        clock.shift(IDLE / 2 + timedelta(minutes=1))
        assert not is_in(client)


def test_a_session_of_before_the_upgrade_ends_by_age_too(editor: User, client: Client) -> None:
    log_in(client, editor)
    session = client.session
    del session["began_at"]
    session.save()
    sessions.WRITTEN.at.clear()
    assert is_in(client) and isinstance(client.session["began_at"], int)


def test_use_costs_two_statements_a_minute_and_none_between(
    editor: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = RequestFactory().get("/admin/")
    client.force_login(editor)
    request.session = client.session  # type: ignore[assignment]
    at = timezone.now()
    assert "began_at" in request.session
    with django_assert_num_queries(0):
        sessions.use(request, at + timedelta(seconds=20))
    with django_assert_num_queries(2):
        sessions.use(request, at + timedelta(seconds=90))
        sessions.use(request, at + timedelta(seconds=100))


def test_closing_an_account_ends_its_sessions_and_opening_it_revives_none(editor: User, client: Client) -> None:
    log_in(client, editor)
    editor.is_active = False
    editor.save()
    assert not Session.objects.filter(pk=client.cookies["sessionid"].value).exists()
    editor.is_active = True
    editor.save()
    assert not is_in(client)


def test_an_account_closed_past_the_form_revives_no_session_either(editor: User, client: Client) -> None:
    log_in(client, editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    user = User.objects.get(pk=editor.pk)
    user.is_active = True
    user.save()
    assert not is_in(client)


def test_an_account_saved_for_another_reason_keeps_its_sessions(editor: User, client: Client) -> None:
    log_in(client, editor)
    editor.first_name = "Vela"
    editor.save()
    assert is_in(client)


def test_the_owner_ends_one_the_others_or_all(editor: User) -> None:
    here, there, third = Client(HTTP_USER_AGENT="Here"), Client(HTTP_USER_AGENT="There"), Client()
    for client in (here, there, third):
        log_in(client, editor)
    page = here.get("/admin/sessions/").content.decode()
    assert page.count("this session") == 1 and "There" in page
    row = UserSession.objects.get(user_agent="There")
    here.post("/admin/sessions/", {"end": row.pk})
    assert (is_in(there), is_in(third), is_in(here)) == (False, True, True)
    here.post("/admin/sessions/", {"others": "1"})
    assert (is_in(third), is_in(here)) == (False, True)
    here.post("/admin/sessions/", {"all": "1"})
    assert not is_in(here)


def test_nobody_ends_a_session_of_another(editor: User, newsroom: object) -> None:
    mine, other = Client(), Client()
    log_in(mine, editor)
    log_in(other, with_password("Legal"))
    other.post("/admin/sessions/", {"end": UserSession.objects.get(user=editor).pk})
    assert is_in(mine)


def test_a_new_password_ends_the_other_sessions(editor: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        log_in(client, editor)
    new = "another long password 77"
    here.post("/admin/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(here), is_in(there)) == (True, False)


def test_of_an_address_the_network_is_kept_and_for_thirty_days(editor: User) -> None:
    at = timezone.now()
    for number, place in enumerate(("203.0.113.77", "2001:db8:1:2::7")):
        log_in(Client(HTTP_USER_AGENT=f"Browser {number}"), editor, REMOTE_ADDR=place)
    kept = sorted(UserSession.objects.values_list("ip", flat=True))
    assert kept == ["2001:db8:1::", "203.0.113.0"]
    texts = " ".join(Outbox.objects.values_list("body", flat=True))
    assert "203.0.113.0/24" in texts and "203.0.113.77" not in texts and "2:0:0:0" not in texts and "::7" not in texts
    forget_old(at + timedelta(days=29))
    assert UserSession.objects.count() == 2 and KnownDevice.objects.count() == 2
    forget_old(at + timedelta(days=31))
    assert not UserSession.objects.exists() and not KnownDevice.objects.exists()
    assert not Session.objects.exists() and not Throttle.objects.exists()


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (0, "198.51.100.7", "203.0.113.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "198.51.100.7"),
        (1, "", "203.0.113.1"),
        (1, "rubbish", "0.0.0.0"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_the_client_is_who_the_outermost_of_our_proxies_saw(
    settings: Settings, trusted: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = trusted
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address.client_address(RequestFactory().get("/", REMOTE_ADDR="203.0.113.1", **more)) == expected
