"""Own photos as a list for scripts: found by words in either shape of letters, named by number, page by page."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.admin.articles.pictures import choose
from articles.models import Photo
from tests.builders import make_newsroom, make_user

pytestmark = pytest.mark.django_db


def make(number: int, **texts: str) -> Photo:
    return Photo.objects.create(original=f"{number}.jpg", web=f"{number}.jpg", width=1600, height=900, **texts)


def ask(query: str = "") -> dict:
    client = Client()
    client.force_login(User.objects.filter(groups__name="Reporter").first() or make_user("Reporter"))
    return client.get(f"/admin/articles/photo/choose/{query}").json()


def test_photos_are_found_by_words_in_any_letters_and_named_by_number() -> None:
    make_newsroom()
    pier = make(1, alt_en="A pier at dawn", caption_en="The old pier", credit="Anna Tern")
    sea = make(2, alt_ru="Ёлки у моря", caption_ru="Зимнее море")
    assert [one["id"] for one in ask()["photos"]] == [sea.pk, pier.pk], "the newest first"
    assert [one["id"] for one in ask("?q=елки")["photos"]] == [sea.pk]
    assert [one["id"] for one in ask("?q=PIER tern")["photos"]] == [pier.pk]
    assert ask("?q=nowhere") == {"photos": [], "next": None}
    assert [one["id"] for one in ask(f"?ids={pier.pk},x,99999999999999999999")["photos"]] == [pier.pk]
    assert ask("?q=tern&language=en")["photos"][0] == {
        "id": pier.pk,
        "thumb": f"/media/{pier.web}",
        "alt": "A pier at dawn",
        "caption": "The old pier",
        "credit": "Anna Tern",
        "width": 1600,
        "height": 900,
    }


def test_pages_follow_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    make_newsroom()
    monkeypatch.setattr(choose, "OFFERED", 2)
    made = [make(number).pk for number in range(5)]
    first, second, third = ask(), ask("?page=2"), ask("?page=3")
    assert [one["id"] for page in (first, second, third) for one in page["photos"]] == made[::-1]
    assert [first["next"], second["next"], third["next"]] == [2, 3, None]
    assert ask("?page=x")["next"] == 2


def test_who_may_not_see_photos_gets_no_list() -> None:
    make_newsroom()
    client = Client()
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert client.get("/admin/articles/photo/choose/").status_code == 403
