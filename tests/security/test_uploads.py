"""Each file that wants to be more than it seems, at each door of the desk that takes one: refused in words, or taken as
what it is, with nothing of what it brought along."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Article, Category, ListFile, Photo, Register, Slot
from tests.admin.forms import filled
from tests.once import made_once
from tests.security.asking import unprinted
from tests.security.files import BOMBS, SCRIPT, STRANGE, TWO_IN_ONE, picture
from tests.security.newsroom import Everything, furnish

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
HOSTILE = TWO_IN_ONE | BOMBS | STRANGE
# Where a file is sent, under which names, and what else the form asks for.
DOORS: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "photo": ("photo_add", ("file",), {"alt_en": "A pier", "credit": "Anna Tern"}),
    "photo of an article": (
        "article_add",
        ("new_photo",),
        {"headline": "A pier", "language": "en", "body": "<p>x</p>"},
    ),
    "Word file": ("article_add", ("word_file",), {"_word_file": "1"}),
    "register": ("registerimport_add", ("file", "mapping"), {"register": "REGISTER"}),
    "keeper's list": ("listfile_add", ("file",), {"register": "REGISTER"}),
    "layout": ("listlayout_add", ("file",), {}),
}
BESIDE = ("keeper's list", "layout")  # what is wrong with a file stands beside its rows, not at the field


@pytest.fixture(scope="module")
def here(django_db_setup: None, django_db_blocker: Any, media: Path) -> Iterator[Everything]:
    with made_once(django_db_blocker):
        yield furnish("Managing editor")


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("data") / "media"
        patch.setattr("django.conf.settings.MEDIA_ROOT", folder)
        yield folder


@pytest.fixture
def desk(here: Everything) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="root"))
    return client


def send(client: Client, door: str, name: str, data: bytes) -> Any:
    """Send a form that lacks nothing else, as far as it can be filled in."""
    page, fields, more = DOORS[door]
    address = reverse(f"admin:articles_{page}")
    sent: dict[str, Any] = filled(client.get(address)) if page in ("photo_add", "article_add") else {}
    sent |= {key: value.replace("REGISTER", str(Register.objects.earliest("pk").pk)) for key, value in more.items()}
    sent |= {"category": Category.objects.earliest("pk").pk} if page == "article_add" else {}
    with unprinted():
        return client.post(address, sent | {field: SimpleUploadedFile(name, data) for field in fields})


def complaints(answer: Any) -> dict[str, Any]:
    """Return what the form says at its fields."""
    shown = answer.context_data
    return dict((shown["adminform"].form if "adminform" in shown else shown["form"]).errors)


def files(folder: Path) -> set[Path]:
    return {path for path in folder.parent.rglob("*") if path.is_file()}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in TWO_IN_ONE])
def test_no_file_is_a_failure_of_the_server_and_none_of_these_is_taken(
    desk: Client, media: Path, door: str, name: str
) -> None:
    before, rows = files(media), [model.objects.count() for model in (Photo, Article, Slot, Register, ListFile)]
    answer = send(desk, door, "../../up.jpg", HOSTILE[name])
    assert answer.status_code == 200
    said = complaints(answer)
    assert (said or door in BESIDE) and said.keys() <= set(DOORS[door][1]), said
    assert files(media) == before
    assert [model.objects.count() for model in (Photo, Article, Slot, Register, ListFile)] == rows


@pytest.mark.parametrize("name", TWO_IN_ONE)
def test_of_a_picture_that_is_something_else_too_only_the_picture_is_kept(desk: Client, media: Path, name: str) -> None:
    before = files(media)
    assert send(desk, "photo", "pier.html", TWO_IN_ONE[name]).status_code == 302
    stored = files(media) - before
    assert len(stored) == 2
    for file in stored:
        assert file.suffix in (".jpg", ".png", ".webp") and SCRIPT not in file.read_bytes()
        assert not any(mark in file.read_bytes() for mark in (b"PK\x03\x04", b"<?php", b"script"))
    for door in DOORS.keys() - {"photo", "photo of an article"}:
        assert send(desk, door, "pier.jpg", TWO_IN_ONE[name]).status_code == 200, door


def test_a_picture_is_sent_as_a_picture_and_never_as_a_page(desk: Client, media: Path) -> None:
    assert send(desk, "photo", "pier.html", picture()).status_code == 302
    answer = desk.get(f"/media/{Photo.objects.latest('pk').web}")
    assert answer.headers["Content-Type"] == "image/jpeg" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
