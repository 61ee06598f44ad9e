"""A backup is whole or not there: what is refused, what a failure leaves, what is kept, when one is due."""

import gzip
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from articles import backups
from articles.backups import archive, folder, nightly, programs, restoring, taking
from articles.backups.retention import Keep, kept
from articles.models import Backup, Rendition, Site
from articles.sealing import new_identity
from tests.backups.conftest import Take
from tests.builders import NOW


def archives(place: Path) -> list[str]:
    return sorted(path.name for path in place.glob("newsroom-*.tar.gz*"))


def objects(place: Path) -> set[str]:
    return {path.name for path in (place / "media").glob("*/*")}


def test_a_backup_is_an_archive_a_note_and_an_object_for_each_photo(take: Take, place: Path) -> None:
    backup = take()
    assert archives(place) == [backup.name] == ["newsroom-20260310T120000Z.tar.gz"]
    manifest = archive.read(place / backup.name)
    assert manifest["rows"] == {"one": 0} and list(manifest["media"]) == ["web/one.jpg"]
    assert len(objects(place)) == 1 and backup.detail["media"] == 1
    assert backups.last_backup() == backup and backup.verified and backup.sent is None
    assert all(path.stat().st_mode & 0o077 == 0 for path in place.rglob("*") if path.is_file())


def test_what_is_made_of_photos_is_not_backed_up_and_made_again(take: Take, place: Path, tmp_path: Path) -> None:
    made = tmp_path / "media" / "renditions" / "one" / "wide-360.avif"
    made.parent.mkdir(parents=True)
    made.write_bytes(b"smaller")
    assert list(archive.read(place / take().name)["media"]) == ["web/one.jpg"]

    Rendition.objects.create(web="one.jpg", wanted="1", made="1", files=[{"name": made.name}])
    restoring.forget_renditions({"rows": {"articles_photo": 1}})
    assert Rendition.objects.exists()
    restoring.forget_renditions({"rows": {"articles_rendition": 1}})
    assert not Rendition.objects.exists()


def test_in_production_a_backup_is_encrypted_or_plain_by_will(take: Take, settings: Any, tmp_path: Path) -> None:
    settings.PRODUCTION = True
    with pytest.raises(backups.BackupRefused, match="BACKUP_RECIPIENTS"):
        take(plain=False)
    assert not Backup.objects.exists()
    sealed = take(plain=False, keys=(new_identity(tmp_path / "key"),))
    assert sealed.name.endswith(".age")
    assert take().name.endswith(".gz")


@pytest.mark.parametrize("keys", [("age1nothing",), ("ssh-ed25519 AAAA",)])
def test_what_is_no_key_is_refused(take: Take, keys: tuple[str, ...]) -> None:
    with pytest.raises(backups.BackupRefused, match="no public key"):
        take(keys=keys)


@pytest.mark.parametrize("where", ["media/backups", "pages/backups", "camera/backups"])
def test_a_folder_that_is_served_or_backed_up_is_refused(take: Take, tmp_path: Path, where: str) -> None:
    with pytest.raises(backups.BackupRefused, match="choose another"):
        take(folder=tmp_path / where)


@pytest.mark.parametrize("step", ["archive.write", "archive.check", "shutil.copyfile", "folder.write_note"])
def test_one_that_fails_leaves_no_archive_and_says_so(
    take: Take, place: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_args: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(f"articles.backups.taking.{step}", full)
        with pytest.raises(backups.BackupError, match="No space"):
            take()
    assert archives(place) == [] and backups.last_backup() is None
    assert "No space" in Backup.objects.get().error
    assert not list(place.parent.glob(".backup-*"))
    assert take().is_whole and list((place / ".aside").iterdir()) == []


def test_one_that_was_killed_is_told_of_by_the_next(take: Take) -> None:
    killed = Backup.objects.create(begun_at=NOW - timedelta(days=1))
    take()
    killed.refresh_from_db()
    assert killed.error and killed.ended_at == NOW and not killed.is_whole


def test_two_at_once_into_one_folder_are_one(take: Take, place: Path) -> None:
    with folder.locked(place), pytest.raises(backups.BackupBusy):
        take()
    assert not Backup.objects.exists()


def test_a_photo_is_stored_once_and_again_for_other_recipients(take: Take, place: Path, tmp_path: Path) -> None:
    assert take().added == len(b"a photo")
    assert take(NOW + timedelta(hours=1)).added == 0
    (tmp_path / "media" / "web" / "two.jpg").write_bytes(b"another")
    assert take(NOW + timedelta(hours=2)).added == len(b"another")
    key = new_identity(tmp_path / "key")
    assert take(NOW + timedelta(hours=3), keys=(key,)).added > 0
    assert take(NOW + timedelta(hours=4), keys=(key,)).added == 0
    assert take(NOW + timedelta(hours=5), keys=(key, new_identity(tmp_path / "other"))).added > 0
    assert len(objects(place)) == 6


def test_the_command_after_a_backup_gets_both_places_and_its_failure_counts(take: Take, tmp_path: Path) -> None:
    hook = tmp_path / "hook"
    hook.write_text(f'#!/bin/sh\necho "$1" "$2" >>{tmp_path}/told\ntest ! -e {tmp_path}/down\n')
    hook.chmod(0o700)
    first = take(hook=str(hook))
    assert (tmp_path / "told").read_text().split() == [f"{tmp_path}/backups/{first.name}", f"{tmp_path}/backups"]
    assert backups.last_backup() == first and first.sent
    (tmp_path / "down").touch()
    second = take(NOW + timedelta(hours=1), hook=str(hook))
    assert second.sent is False and second.error and backups.last_backup() == first


def test_days_weeks_and_months_keep_their_last_and_two_days_keep_all() -> None:
    begun = {f"{number}": NOW - timedelta(hours=12 * number) for number in range(800)}
    found = kept(begun, Keep(7, 4, 12))
    days = sorted({begun[name].date() for name in found}, reverse=True)
    assert days[:7] == [NOW.date() - timedelta(days=number) for number in range(7)]
    assert {"0", "1", "2", "3", "4"} <= found and "5" not in found
    assert len({day.strftime("%Y-%m") for day in days}) == 12 and len(found) < 30


def test_what_is_thinned_out_takes_only_what_nobody_needs(take: Take, place: Path, tmp_path: Path) -> None:
    photo = tmp_path / "media" / "web" / "one.jpg"
    first = take(NOW - timedelta(days=9), keep=Keep(1, 0, 0))
    photo.write_bytes(b"another photo")
    (tmp_path / "media" / "web" / "two.jpg").write_bytes(b"a second")
    take(NOW - timedelta(days=5), keep=Keep(2, 0, 0))
    assert first.name in archives(place) and len(objects(place)) == 3
    last = take(keep=Keep(1, 0, 0))
    assert archives(place) == [last.name] and len(objects(place)) == 2


def test_without_its_note_an_archive_keeps_all_objects(take: Take, place: Path, tmp_path: Path) -> None:
    kept_one = take(NOW - timedelta(days=9))
    (tmp_path / "media" / "web" / "one.jpg").write_bytes(b"another photo")
    folder.note_path(place, kept_one.name).unlink()
    take(keep=Keep(2, 0, 0))
    assert len(objects(place)) == 2


def test_an_archive_that_was_changed_is_refused(
    take: Take, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a byte of its database, not just anywhere: a changed byte between two members changes nothing."""
    monkeypatch.setattr(restoring, "restore_sqlite", lambda database: pytest.fail("It is put in the place of ours."))
    file = place / take().name
    data = bytearray(gzip.decompress(file.read_bytes()))
    with tarfile.open(fileobj=io.BytesIO(data)) as packed:
        member = packed.getmember("database.sqlite3")
    data[member.offset_data + member.size // 2] ^= 0xFF
    file.write_bytes(gzip.compress(data))
    room = tmp_path / "room"
    with pytest.raises(backups.BackupError, match="not as it was written"):
        backups.restore(file, room, identity=None, overwrite=True, tell=print)
    folder.note_path(place, file.name).unlink()
    with pytest.raises(backups.BackupError, match="was changed"):
        backups.restore(file, room, identity=None, overwrite=True, tell=print)


def test_an_archive_that_is_damaged_is_refused(
    take: Take, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "restore_sqlite", lambda database: pytest.fail("It is put in the place of ours."))
    file = place / take().name
    file.write_bytes(file.read_bytes()[:200])
    folder.note_path(place, file.name).unlink()
    with pytest.raises(backups.BackupError, match="cannot be read"):
        backups.restore(file, tmp_path / "room", identity=None, overwrite=True, tell=print)


def test_a_newsroom_is_not_overwritten_unless_told(take: Take, place: Path, tmp_path: Path) -> None:
    Site(name_en="Tern Herald", name_ru="Вестник крачки").save()
    with pytest.raises(backups.BackupRefused, match="--overwrite"):
        backups.restore(place / take().name, tmp_path / "room", identity=None, overwrite=False, tell=print)


def test_a_missing_photo_is_named_before_anything_is_changed(take: Take, place: Path, tmp_path: Path) -> None:
    file = place / take().name
    next((place / "media").glob("*/*")).unlink()
    manifest = archive.read(file)
    with pytest.raises(backups.BackupError, match=r"web/one\.jpg"):
        restoring.restore_media(place, manifest, tmp_path, None, print)


@pytest.mark.parametrize("is_sealed", [False, True])
def test_photos_as_they_came_go_along_encrypted_and_come_back(
    take: Take, place: Path, tmp_path: Path, is_sealed: bool
) -> None:
    camera, key = tmp_path / "camera", tmp_path / "key"
    camera.mkdir()
    (camera / "ab12.age").write_bytes(b"encrypted")
    (camera / ".trial-1").touch()  # of a check of the disk
    file = place / take(keys=(new_identity(key),) if is_sealed else ()).name
    (tmp_path / "room").mkdir()
    manifest = restoring.unpacked(file, key, tmp_path / "room")
    assert list(manifest["camera"]) == ["ab12.age"] and list(manifest["media"]) == ["web/one.jpg"]
    for folder_of in (camera, tmp_path / "media"):
        shutil.rmtree(folder_of)
    assert restoring.restore_media(place, manifest, tmp_path / "room", key if is_sealed else None, print) == 2
    assert (camera / "ab12.age").read_bytes() == b"encrypted" and camera.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "media" / "web" / "one.jpg").read_bytes() == b"a photo"
    del manifest["camera"]  # as an earlier version wrote it
    assert restoring.restore_media(place, manifest, tmp_path / "room", key if is_sealed else None, print) == 1


NIGHT = datetime.fromisoformat("2026-03-10T01:30:00+00:00")  # 4:30 in Moscow


@pytest.mark.parametrize(
    ("tried", "due"),
    [
        ([], True),
        ([(-24, True)], True),
        ([(-1, True)], False),  # since three o'clock
        ([(-2, True)], True),  # before
        ([(-0.5, False)], False),
        ([(-1.2, False)], True),
        ([(-1.4, False), (-1.3, False), (-1.2, False), (-1.1, False), (-1.05, False)], False),
        ([(48, True)], True),  # by a clock that was ahead
    ],
)
def test_one_is_due_each_night_and_again_after_a_failure(
    settings: Any, db: None, tmp_path: Path, tried: list[tuple[float, bool]], due: bool
) -> None:
    settings.BACKUP_DIR, settings.BACKUP_HOUR = tmp_path, 3
    for hours, whole in tried:
        begun = NIGHT + timedelta(hours=hours)
        Backup.objects.create(begun_at=begun, ended_at=begun, verified=whole, error="" if whole else "No space.")
    assert nightly.is_due(NIGHT) is due
    settings.BACKUP_HOUR = None
    assert not nightly.is_due(NIGHT)


def test_without_its_program_postgresql_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Server:
        pg_version = 150_004

    monkeypatch.setattr(programs, "connection", Server)
    monkeypatch.setattr(programs, "INSTALLED", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(backups.BackupRefused, match="apt install postgresql-client"):
        programs.program("pg_dump")
    for version in ("14", "15"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "pg_dump").touch(0o700)
    assert programs.program("pg_dump") == str(tmp_path / "15" / "bin" / "pg_dump")


def test_the_note_tells_nothing_of_what_is_encrypted(take: Take, place: Path, tmp_path: Path) -> None:
    backup = take(keys=(new_identity(tmp_path / "key"),))
    note = folder.read_note(place, backup.name)
    assert note is not None and note.keys() == {"sha256", "size", "objects"}
    plain = take(NOW + timedelta(hours=1))
    assert not set(note["objects"]) & set(archive.read(place / plain.name)["media"]["web/one.jpg"])
    assert "one.jpg" not in json.dumps(note)


def test_the_worker_is_told_to_end_between_two_files(take: Take, place: Path) -> None:
    stopping: Callable[[], bool] = lambda: True  # noqa: E731
    way = taking.Way(place, (), True, "", Keep(7, 4, 12))
    with pytest.raises(backups.BackupError, match="told to end"):
        backups.take(way, lambda: NOW, stopping=stopping)
    assert archives(place) == []
