"""Originals stored with place, device and author lose them; readers' files, and what the record says of them, stay."""

import hashlib
import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from PIL import Image

from articles.models import LeftFile, Photo
from articles.photos import stripping
from articles.photos.files import original_path, web_path
from articles.photos.upload import add_photo
from articles.publishing import publish
from articles.publishing.record import finish_erasures, verify
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.test_photos import picture, telling

pytestmark = pytest.mark.django_db
KINDS = ("JPEG", "PNG", "WEBP")


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def stored_before(kind: str) -> Photo:
    """Return a photo as an earlier version stored it: the file as it came."""
    photo, came = add_photo(picture(kind, (300, 200)), alt_en="A pier"), telling(kind).getvalue()
    original_path(photo).write_bytes(came)
    Photo.objects.filter(pk=photo.pk).update(sha256=hashlib.sha256(came).hexdigest())
    photo.refresh_from_db()
    return photo


def strip() -> list[str]:
    return [what for _photo, what in stripping.strip_all()]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_stored_with_it_loses_it_once_and_stays_a_picture(kind: str, media: Path) -> None:
    photo = stored_before(kind)
    web, old = web_path(photo).read_bytes(), original_path(photo)
    assert strip() == ["stripped"]
    photo.refresh_from_db()
    kept = original_path(photo).read_bytes()
    assert b"TELLS" not in kept and not stripping.tells(kept)
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == (kind, (200, 300)), "upright without being told so"
    assert photo.sha256 == hashlib.sha256(kept).hexdigest() and web_path(photo).read_bytes() == web
    assert not old.exists() and not LeftFile.objects.exists()
    assert strip() == ["plain"], "a second time changes nothing"
    assert original_path(photo).read_bytes() == kept
    assert len([path for path in media.rglob("*") if path.is_file()]) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_uploaded_today_is_left_alone(kind: str) -> None:
    photo = add_photo(telling(kind))
    before = original_path(photo).read_bytes()
    assert strip() == ["plain"]
    assert original_path(photo).read_bytes() == before


def test_the_record_of_what_readers_saw_stays_whole() -> None:
    make_newsroom()
    photo = stored_before("JPEG")
    editor: User = make_user("Managing editor")
    publish(make_article(lead_photo=photo, photo_alt="A pier"), by=editor, at=NOW)
    assert strip() == ["stripped"]
    assert verify() == []


def test_a_process_that_was_killed_leaves_the_old_file_to_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = stored_before("JPEG")
    old = original_path(photo)

    def killed(self: Path, missing_ok: bool = False) -> None:
        raise OSError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        assert strip() == ["stripped"]
    assert old.exists() and LeftFile.objects.count() == 1
    finish_erasures()
    assert not old.exists() and not LeftFile.objects.exists()


def test_the_command_says_what_it_did_and_what_it_could_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    stored_before("JPEG")
    add_photo(picture())
    call_command("strip_photos")
    assert "Written anew: 1. Held nothing but pixels: 1." in capsys.readouterr().out
    gone, broken = add_photo(picture()), add_photo(picture())
    original_path(gone).unlink()
    original_path(broken).write_bytes(b"no picture")
    with pytest.raises(CommandError, match="Not looked at: 2"):
        call_command("strip_photos")
    said = capsys.readouterr().err
    assert f"{gone.original} is missing" in said and f"{broken.original} is unreadable" in said
