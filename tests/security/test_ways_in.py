"""What a stranger tries at every address, or somebody of the desk who wants more: redirects to elsewhere, hosts that
are not ours, sessions made beforehand, guessed links, forms with one field too many."""

import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from articles.models.preview import digest_of
from tests.accounts.conftest import PASSWORD
from tests.once import made_once
from tests.security.asking import once, undone, unprinted
from tests.security.newsroom import ROLES, TOKENS, Everything, furnish

pytestmark = pytest.mark.django_db
ELSEWHERE = "elsewhere.invalid"
PLACES = (f"https://{ELSEWHERE}/", f"//{ELSEWHERE}/", f"/\\{ELSEWHERE}", f"https:{ELSEWHERE}", f"\t//{ELSEWHERE}")
NAMES = ("next", "url", "to", "return", "back", "redirect", "redirect_to", "r", "goto", "_popup", "_to")


@pytest.fixture(scope="module")
def here(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Everything]:
    with pytest.MonkeyPatch.context() as patch, made_once(django_db_blocker):
        patch.setattr("django.conf.settings.MEDIA_ROOT", tmp_path_factory.mktemp("media"))
        yield furnish("Editor")


def logged_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


@pytest.mark.parametrize("who", ["", "root"])
def test_nobody_is_led_to_another_site(here: Everything, who: str) -> None:
    """Each address, with each usual name of a place to go on to, by the address, the form and the page before."""
    client, wrong, led = logged_in(who) if who else Client(), [], 0
    for number, case in enumerate(once(here)):
        place = PLACES[number % len(PLACES)]
        asked = dict.fromkeys(NAMES, place)
        for method in (client.get, client.post):
            with undone(client), unprinted():
                answer = method(case.address, asked, headers={"Referer": place, "X-Forwarded-Host": ELSEWHERE})
            found = answer.get("Location", "")
            led += bool(found)
            # What browsers make of it: a backslash is a slash to them, blanks before it are none.
            wrong += [(case.page, found)] if urlsplit(found.strip().replace("\\", "/")).hostname == ELSEWHERE else []
    assert wrong == []
    assert led > 50


def test_after_the_login_and_the_choice_of_a_language_one_stays_here(here: Everything) -> None:
    User.objects.get(username="vela").groups.add(Group.objects.get(name="Reporter"))
    for place in PLACES:
        sent = {"username": "vela", "password": PASSWORD, "next": place}
        assert urlsplit(Client().post("/admin/login/", sent)["Location"]).hostname is None, place
        chosen = Client().post(reverse("set_language"), {"language": "ru", "next": place}, headers={"Referer": place})
        assert urlsplit(chosen["Location"].replace("\\", "/")).hostname is None, place


@pytest.mark.parametrize(
    "host", [ELSEWHERE, f"testserver.{ELSEWHERE}", f"testserver@{ELSEWHERE}", "testserver:80:80", ""]
)
def test_a_host_that_is_not_ours_is_refused(here: Everything, host: str) -> None:
    for address in ("/", "/en/", "/admin/login/", reverse("account_reset_password"), "/en/feed.xml", "/sitemap.xml"):
        assert Client().get(address, headers={"Host": host}).status_code == 400, address


def test_what_a_proxy_is_said_to_have_said_names_no_host(here: Everything) -> None:
    told = {
        "X-Forwarded-Host": ELSEWHERE,
        "X-Host": ELSEWHERE,
        "Forwarded": f"host={ELSEWHERE}",
        "X-Original-URL": "/admin/",
    }
    for address in ("/en/", "/en/feed.xml", "/sitemap.xml", "/admin/login/", reverse("account_reset_password")):
        answer = Client().get(address, headers=told, follow=True)
        assert ELSEWHERE not in answer.content.decode() and "/admin/" not in answer.get("Location", ""), address


def test_a_session_made_beforehand_is_not_the_one_that_is_logged_in(here: Everything) -> None:
    thief, victim = Client(), Client()
    thief.get("/admin/login/")
    thief.session.save()
    known, token = thief.cookies["sessionid"].value, thief.cookies["csrftoken"].value
    victim.cookies["sessionid"], victim.cookies["csrftoken"] = known, token
    vela = User.objects.get(username="vela")
    assert victim.post("/admin/login/", {"username": vela.username, "password": PASSWORD}).status_code == 302
    assert victim.cookies["sessionid"].value != known and victim.cookies["csrftoken"].value != token
    assert "/login/" in thief.get("/admin/")["Location"]
    made_up = Client()
    made_up.cookies["sessionid"] = "a" * 32
    made_up.post("/admin/login/", {"username": vela.username, "password": PASSWORD})
    assert made_up.cookies["sessionid"].value != "a" * 32, "no session is begun under a name that a browser brings"


def test_no_preview_link_is_guessed(here: Everything) -> None:
    """By chance, from one that is known, from what is stored, or under another article's."""
    right = TOKENS["open"]
    near = [
        right[:-1],
        right + "x",
        right.upper(),
        right[::-1],
        digest_of(right),
        right[:20],
        f"{right}%00",
        f"{right}/",
    ]
    near += [right[:place] + "y" + right[place + 1 :] for place in range(0, 40, 5)]
    for token in [*near, *(secrets.token_urlsafe(32) for _ in range(100)), TOKENS["revoked"], TOKENS["expired"]]:
        answer = Client().get(f"/preview/{token}/")
        assert answer.status_code in (404, 410) and b"Quiet harbour" not in answer.content, token
    assert Client().get(f"/preview/{right}/").status_code == 200


def rights() -> dict[str, Any]:
    """Return what nobody's form may change, whoever they are."""
    people = User.objects.exclude(username="new")
    return {
        "superusers": sorted(User.objects.filter(is_superuser=True).values_list("username", flat=True)),
        "passwords": dict(people.values_list("username", "password")),
        "single": list(User.user_permissions.through.objects.values_list("user", "permission")),
        "roles": sorted(Group.permissions.through.objects.values_list("group", "permission")),
        "groups": sorted(Group.objects.values_list("name", flat=True)),
    }


@pytest.mark.parametrize("role", ROLES)
def test_no_form_gives_more_than_its_role(here: Everything, role: str) -> None:
    """Forms of accounts and roles with every field that Django's own have, sent by each role to each account."""
    own = User.objects.filter(username=role.lower().replace(" ", "-")).first() or User.objects.create_user(
        role, f"{role[:3]}@outlet.invalid", PASSWORD, is_staff=True
    )
    own.groups.set([Group.objects.get(name=role)])
    client, before, roles = logged_in(own.username), rights(), set(own.groups.values_list("name", flat=True))
    more: dict[str, Any] = {"is_superuser": "on", "is_staff": "on", "is_active": "on", "_save": "1"}
    more |= {"groups": list(Group.objects.values_list("pk", flat=True)), "password": "x", "confirmation": PASSWORD}
    more |= {"user_permissions": list(Permission.objects.values_list("pk", flat=True)[:5]), "name": "New role"}
    more |= {"permissions": more["user_permissions"], "password1": "a long one 77 x", "password2": "a long one 77 x"}
    more |= {"new_password1": "a long one 77 x", "new_password2": "a long one 77 x", "email": "own@outlet.invalid"}
    people = [*here.users.values(), own]
    pages = [f"/admin/auth/user/{one.pk}/{end}/" for one in people for end in ("change", "password")]
    pages += [f"/admin/auth/group/{one.pk}/change/" for one in Group.objects.all()]
    pages += [
        "/admin/auth/user/add/",
        "/admin/auth/group/add/",
        "/admin/auth/permission/add/",
        "/admin/password_change/",
    ]
    for page in pages:
        with undone(client):
            name = (
                "new"
                if page.endswith("user/add/")
                else User.objects.get(pk=page.split("/")[4]).username
                if ("/user/" in page)
                else "new"
            )
            assert client.post(page, more | {"username": name}).status_code < 500
            assert rights() == before, page
            assert set(own.groups.values_list("name", flat=True)) == roles, page
