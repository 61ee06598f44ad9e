"""A newsroom that is no demo begins: by a command and at the desk, and ends at an empty, right site."""

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from articles.models import Article, Register, RegisterVersion, Site
from tests.builders import make_user

pytestmark = pytest.mark.django_db
ACCOUNTS = "anna, anna@tern.example, Administrator\nboris, boris@tern.example, editor"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def begin(**options: Any) -> str:
    out = StringIO()
    given: dict[str, Any] = {
        "languages": "en ru",
        "name_en": "Tern Herald",
        "name_ru": "Вестник крачки",
        "zone": "Europe/Riga",
        "jurisdictions": "RU",
        "account": ACCOUNTS.splitlines(),
    }
    call_command("first_steps", stdout=out, stderr=StringIO(), **given | options)
    return out.getvalue()


def is_right() -> None:
    site = Site.objects.get()
    assert (site.name_en, site.name_ru, site.time_zone) == ("Tern Herald", "Вестник крачки", "Europe/Riga")
    assert (site.languages, site.jurisdictions) == ("en ru", ["RU"])
    assert Register.objects.exists() and RegisterVersion.objects.exists() and not Article.objects.exists()
    roles = {user.username: user.groups.get().name for user in User.objects.filter(username__in=("anna", "boris"))}
    assert roles == {"anna": "Administrator", "boris": "Editor"}
    assert all(Client().get(address).status_code == 200 for address in ("/en/", "/ru/", "/en/feed.xml"))


def test_the_command_ends_at_an_empty_site_whose_people_can_log_in() -> None:
    told = begin()
    is_right()
    password = re.search(r"boris +(\S+)", told)
    assert password and Client().login(username="boris", password=password[1])
    assert [letter.to for letter in mail.outbox] == [["anna@tern.example"]]


def test_an_answer_that_cannot_be_used_is_asked_for_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not when all other questions have been answered."""
    said = ["both", "en ru", "", "Tern Herald", "Вестник крачки", "Riga", "Europe/Riga", "RU", "anna, Administrator"]
    answers = iter([*said, *ACCOUNTS.splitlines(), ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    out, wrong = StringIO(), StringIO()
    call_command("first_steps", stdout=out, stderr=wrong)
    is_right()
    assert re.findall("both|Riga|anna, Administrator", wrong.getvalue()) == ["both", "Riga", "anna, Administrator"]


def test_at_the_desk_the_settings_lead_to_the_page_that_does_the_same() -> None:
    client = Client()
    client.force_login(make_user("Administrator"))
    page = reverse("admin:articles_site_first_steps")
    assert client.get(reverse("admin:articles_site_changelist")).headers["Location"] == page
    assert "Europe/Moscow" in client.get(page).content.decode()
    form = {"name_en": "Tern Herald", "name_ru": "Вестник крачки", "languages": "en ru", "time_zone": "Europe/Riga"}
    answer = client.post(page, form | {"jurisdictions": ["RU"], "accounts": ACCOUNTS}).content.decode()
    password = re.search(r"boris</th><td><code>(\S+)</code>", answer)
    assert password and Client().login(username="boris", password=password[1])
    is_right()
    again = client.post(page, form | {"accounts": ACCOUNTS}).content.decode()
    assert "begun already" in again


def test_only_who_makes_accounts_may_begin() -> None:
    client = Client()
    client.force_login(make_user("Editor"))
    assert client.get(reverse("admin:articles_site_first_steps")).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name_ru": " "}, "a name in each of its languages"),
        ({"zone": "Europe/Nowhere"}, "not a known time zone"),
        ({"account": ["anna, anna@tern.example, captain"]}, "the roles are"),
        ({"account": ["anna, nobody, Editor"]}, "anna: "),
        ({"account": ["boris, boris@tern.example, Editor"]}, "at least one administrator"),
        ({"account": ["anna, anna@tern.example, Administrator"] * 2}, "anna: "),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        begin(**wrong)
    assert not Site.objects.exists() and not User.objects.exists() and not Register.objects.exists()


def test_a_newsroom_that_was_begun_and_a_demo_are_refused(settings: Any) -> None:
    site = Site(name_en="Tern Herald", name_ru="Вестник крачки")
    site.save()
    with pytest.raises(CommandError, match="already"):
        begin()
    site.delete()
    settings.DEMO = True
    with pytest.raises(CommandError, match="demo"):
        begin()
