"""Photos as they came: kept only where it is set, encrypted, beside all that is served; gone with their photo; and read
back by who has the key."""

import errno
import io
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from articles.models import Article, CameraFile, Event, LeftFile, Photo, Slot
from articles.photos import stripping, upload
from articles.photos.camera import is_served, read_back
from articles.photos.files import camera_folder, original_path
from articles.photos.upload import PhotoError, add_photo
from articles.publishing import erase_draft, put_in_bin
from articles.publishing.photo_acts import delete, turn
from articles.publishing.record import erase, finish_erasures, verify
from articles.sealing import SealError, new_identity, read_identities
from articles.watching.growing import growth
from newsroom.checks import camera_files_are_sealed
from tests.admin.forms import change_article, errors
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.publishing.erasing import withdrawn
from tests.test_photos import picture, telling
from tests.word_files import word_file

pytestmark = pytest.mark.django_db
Capture = Callable[..., AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Path) -> Path:
    """Give the secret key of a newsroom that keeps files as they come."""
    settings.MEDIA_ROOT, settings.PAGES_DIR = tmp_path / "media", tmp_path / "pages"
    settings.CAMERA_DIR, settings.KEEP_CAMERA_FILES = tmp_path / "camera", True
    settings.CAMERA_RECIPIENTS = [new_identity(tmp_path / "key")]
    return tmp_path / "key"


@pytest.fixture
def managing() -> User:
    make_newsroom()
    return make_user("Managing editor")


@pytest.fixture
def desk(managing: User) -> Client:
    client = Client()
    client.force_login(managing)
    return client


def lying() -> list[Path]:
    """Return the files that are kept as they came."""
    return list(camera_folder().iterdir()) if camera_folder().is_dir() else []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_file_is_kept_as_it_came_and_only_the_key_opens_it(kind: str, key: Path, tmp_path: Path) -> None:
    came = telling(kind).getvalue()  # once: a profile of colours holds the time
    photo = add_photo(io.BytesIO(came))
    (kept,) = lying()
    assert read_back(photo, read_identities(key)) == came
    new_identity(tmp_path / "other")
    with pytest.raises(SealError, match="cannot be decrypted"):
        read_back(photo, read_identities(tmp_path / "other"))
    readable = [one for one in tmp_path.rglob("*") if one.is_file() and b"TELLS" in one.read_bytes()]
    assert readable == [] and photo.token not in kept.name
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    row = CameraFile.objects.get(photo=photo)
    assert (row.name, row.size) == (kept.name, kept.stat().st_size)
    assert next(one for one in growth() if one.key == "camera_files").size == row.size


def test_nothing_is_kept_unless_it_is_set(settings: Any) -> None:
    from newsroom.settings import env

    assert env.flag("KEEP_CAMERA_FILES", default=False) is False
    settings.KEEP_CAMERA_FILES = False
    add_photo(telling("JPEG"))
    assert lying() == [] and not CameraFile.objects.exists()


@pytest.mark.parametrize(
    ("setting", "value", "what"),
    [
        ("CAMERA_RECIPIENTS", [], "key"),
        ("CAMERA_RECIPIENTS", ["age1nothing"], "key"),
        ("CAMERA_DIR", "media/camera", "folder"),
        ("CAMERA_DIR", "pages", "folder"),
        ("CAMERA_DIR", "link", "folder"),
    ],
)
def test_where_it_cannot_be_kept_the_photo_is_refused_and_the_check_says_why(
    setting: str, value: Any, what: str, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "pages")
    setattr(settings, setting, tmp_path / value if what == "folder" else value)
    with pytest.raises(PhotoError, match="tell an administrator"):
        add_photo(telling("JPEG"))
    assert not Photo.objects.exists() and not list(tmp_path.rglob("*.age")) and not list(tmp_path.rglob("*.jpg"))
    assert [one.id for one in camera_files_are_sealed(None)] == ["newsroom.E006"]
    settings.KEEP_CAMERA_FILES = False
    assert camera_files_are_sealed(None) == []


def test_the_folder_by_default_is_not_served(settings: Any) -> None:
    settings.CAMERA_DIR = Path(settings.DATA_DIR) / "camera"
    assert not is_served(camera_folder())
    assert is_served(Path(settings.STATIC_ROOT)) and is_served(Path(settings.MEDIA_ROOT) / "originals")


def test_no_address_leads_to_it(desk: Client) -> None:
    photo = add_photo(telling("JPEG"))
    name = CameraFile.objects.get().name
    for address in (f"/media/{name}", f"/media/camera/{name}", f"/media/..%2Fcamera%2F{name}"):
        assert desk.get(address).status_code == 404
    page = desk.get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()
    assert "Kept encrypted" in page and name not in page


def test_who_uploads_is_told_what_is_kept(desk: Client, settings: Any) -> None:
    for address in ("/admin/articles/photo/add/", "/admin/articles/photo/upload/"):
        settings.KEEP_CAMERA_FILES = True
        assert "is kept encrypted" in desk.get(address).content.decode()
        settings.KEEP_CAMERA_FILES = False
        assert "is kept encrypted" not in desk.get(address).content.decode()


def erased_draft(photo: Photo, by: User) -> None:
    article = make_article(lead_photo=photo)
    put_in_bin(article, by=by, at=NOW)
    erase_draft(Article.objects.get(pk=article.pk), by=by, at=NOW)


def erased_article(photo: Photo, by: User) -> None:
    article = withdrawn(by, photo)
    erase(article, by=make_user("Legal"), at=NOW.replace(year=2027), reason="By law.")


def taken_out(photo: Photo, by: User) -> None:
    delete(photo, at=NOW)


@pytest.mark.parametrize("act", [erased_draft, erased_article, taken_out])
def test_it_goes_with_its_photo(
    act: Callable[[Photo, User], None], managing: User, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo, other = add_photo(telling("JPEG")), add_photo(telling("PNG"))
        act(photo, managing)
    assert not Photo.objects.filter(pk=photo.pk).exists() and not original_path(photo).exists()
    assert [one.name for one in lying()] == [CameraFile.objects.get().name]
    assert CameraFile.objects.get().photo == other and not LeftFile.objects.exists()
    assert verify() == []


def test_what_a_killed_process_has_left_a_worker_removes(managing: User) -> None:
    """The callbacks of the commit are not run: so it is left by a process that was killed there."""
    delete(add_photo(telling("JPEG")), at=NOW)
    assert len(lying()) == 1
    finish_erasures()
    assert lying() == [] and not LeftFile.objects.exists()


def test_turning_and_stripping_leave_it_alone(key: Path, managing: User) -> None:
    came = telling("JPEG").getvalue()
    photo = add_photo(io.BytesIO(came))
    turn(photo, "left", at=NOW)
    assert {what for _photo, what in stripping.strip_all()} == {"plain"}
    assert read_back(Photo.objects.get(), read_identities(key)) == came


def full(monkeypatch: pytest.MonkeyPatch, number: int = errno.ENOSPC) -> None:
    """Let the disk of the encrypted files fill up in the middle of one."""
    kept = upload.keep

    def keep(path: Path, content: bytes) -> None:
        kept(path, content[:100])
        if path.parent == camera_folder():
            raise OSError(number, os.strerror(number))
        kept(path, content)

    monkeypatch.setattr(upload, "keep", keep)


def sent() -> SimpleUploadedFile:
    return SimpleUploadedFile("pier.jpg", telling("JPEG").getvalue(), "image/jpeg")


def several(desk: Client) -> str:
    """The page for many, and the dialog of the text."""
    answer = desk.post("/admin/articles/photo/upload/", {"photos": sent()}, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    return str(answer.json()["error"])


def own_page(desk: Client) -> str:
    answer = desk.post("/admin/articles/photo/add/", {"file": sent(), "focal_x": "0.5", "focal_y": "0.5"})
    assert answer.status_code == 200
    return errors(answer)["file"][0]


def lead_photo(desk: Client) -> str:
    article = make_article()
    answer = change_article(desk, article, new_photo=sent(), headline="What was typed stays")
    assert answer.status_code == 200 and "What was typed stays" in answer.content.decode()
    assert Article.objects.get().headline != "What was typed stays"
    return errors(answer)["new_photo"][0]


def of_a_post(desk: Client) -> str:
    data = {"link": "https://t.me/pier/1", "text": "Words", "file": sent(), "source": "typed"}
    answer = desk.post("/admin/articles/keptpost/add/", data)
    assert answer.status_code == 200
    return errors(answer)["file"][0]


def of_a_word_file(desk: Client) -> str:
    file = SimpleUploadedFile("draft.docx", word_file(word__media__image1_dot_png=picture("PNG").getvalue()))
    answer = desk.post("/admin/articles/article/add/", {"_word_file": "1", "word_file": file})
    assert answer.status_code == 200 and not Slot.objects.exists()
    return str(answer.context["form"].errors["word_file"][0])


FULL, READ_ONLY = (errno.ENOSPC, "disk is full"), (errno.EROFS, "takes no changes")
DOORS = [(one, *FULL) for one in (several, own_page, lead_photo, of_a_post, of_a_word_file)]


@pytest.mark.parametrize(("door", "number", "says"), [*DOORS, (several, *READ_ONLY)])
def test_a_disk_that_takes_no_more_is_told_at_the_file_and_nothing_is_half_done(
    door: Callable[[Client], str], number: int, says: str, desk: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    full(monkeypatch, number)
    assert says in door(desk)
    assert not Photo.objects.exists() and not CameraFile.objects.exists()
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["key"]


def test_the_command_writes_what_came_for_who_has_the_key(key: Path, tmp_path: Path) -> None:
    came = telling("JPEG").getvalue()
    photo = add_photo(io.BytesIO(came))
    call_command("camera_original", str(photo.pk), identity=key, to=tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == came
    assert (tmp_path / "out.jpg").stat().st_mode & 0o777 == 0o600
    call_command("camera_original", str(photo.pk), to=tmp_path / "out.age")
    assert (tmp_path / "out.age").read_bytes() == lying()[0].read_bytes()
    events = Event.objects.filter(kind="export").values_list("detail__what", flat=True)
    assert list(events) == [f"photo {photo.pk} as it came"] * 2


def test_the_command_refuses_and_writes_nothing(key: Path, settings: Any, tmp_path: Path) -> None:
    photo = add_photo(telling("JPEG"))
    settings.KEEP_CAMERA_FILES = False
    without = add_photo(picture())
    new_identity(tmp_path / "other")
    (tmp_path / "there").write_text("something")

    def refused(number: int, identity: Path, to: str = "out") -> str:
        with pytest.raises(CommandError) as error:
            call_command("camera_original", str(number), identity=identity, to=tmp_path / to)
        assert error.value.returncode == 2
        return str(error.value)

    assert "cannot be decrypted" in refused(photo.pk, tmp_path / "other")
    assert "was not kept" in refused(without.pk, key)
    assert "no photo" in refused(without.pk + 1, key)
    assert "cannot be made" in refused(photo.pk, key, "there")
    assert "secret key" in refused(photo.pk, tmp_path / "there")
    lying()[0].write_bytes(lying()[0].read_bytes() + b"x")
    assert "not as it was written" in refused(photo.pk, key)
    lying()[0].unlink()
    assert "cannot be read" in refused(photo.pk, key)
    assert not (tmp_path / "out").exists() and (tmp_path / "there").read_text() == "something"
    assert not Event.objects.filter(kind="export").exists()
