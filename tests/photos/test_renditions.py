"""What is made of a photo: by a job, once, in the sizes that pages use; cut around the focal point; cleared away."""

import doctest
import errno
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from PIL import Image

from articles import pagestore
from articles.baking import bake_dirty, bake_everything, bake_paths, make_renditions, pictures, run_now
from articles.baking.verify import verify
from articles.models import EditionFigure, Page, Photo, PhotoFile, Release, Rendition
from articles.pagemap import media_path, pages_with_photos, releases_showing
from articles.photos import places
from articles.photos.files import original_file, original_path, rendition_file, rendition_folder, web_file, web_path
from articles.photos.places import PLACES, TYPES
from articles.publishing import publish, record, withdraw
from articles.watching import growth, look
from tests.builders import NOW, make_article, make_newsroom, make_user

from .shots import FACE, flat, portrait

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folders(settings: object, tmp_path: Path) -> Path:
    settings.PAGES_DIR, settings.MEDIA_ROOT = tmp_path / "pages", tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def newsroom() -> None:
    make_newsroom()


def made(photo: Photo) -> Rendition:
    make_renditions(NOW)
    return Rendition.objects.get(web=photo.web)


def files(photo: Photo) -> set[str]:
    folder = rendition_folder(photo.web)
    return {one.name for one in folder.iterdir()} if folder.is_dir() else set()


def generations() -> dict[str, int]:
    return dict(Page.objects.values_list("path", "generation"))


def test_a_photo_gets_every_width_format_and_crop_in_a_job() -> None:
    photo = flat((1600, 1000))
    assert files(photo) == set()  # nothing is made at upload, but the web size
    row = made(photo)
    assert (row.made, row.last_error, row.attempts) == (row.wanted, "", 0)
    found = {(one["place"], one["width"], one["format"]) for one in row.files}
    jpeg_that_is_there = {("whole", 1600, "jpeg")}
    cut = {("square-card", 1200, "jpeg"): ("square-card", 1000, "jpeg")}
    wanted = {
        cut.get((name, width, kind), (name, width, kind))
        for name, place in PLACES.items()
        for width in place.widths
        for kind in place.formats
    }
    assert found == wanted - jpeg_that_is_there
    for one in row.files:
        file = rendition_file(photo.web, one["name"])
        with Image.open(file) as opened:
            assert opened.size == (one["width"], one["height"])
            assert f"image/{str(opened.format).lower()}" == TYPES[one["format"]]
        assert file.stat().st_size == one["bytes"]
    assert row.size == sum(one["bytes"] for one in row.files)
    assert not make_renditions(NOW)  # and there is nothing more to do


def test_a_portrait_keeps_its_face_in_every_crop() -> None:
    photo = portrait()
    for one in made(photo).files:
        if one["place"] == "whole":
            continue
        with Image.open(rendition_file(photo.web, one["name"])) as opened:
            middle = opened.convert("RGB").getpixel((one["width"] // 2, one["height"] // 6))
        assert all(abs(a - b) < 60 for a, b in zip(middle, FACE, strict=True)), one  # type: ignore[arg-type]


def test_a_small_picture_is_never_blown_up() -> None:
    row = made(flat((260, 180)))
    assert {one["width"] for one in row.files if one["place"] == "whole"} == {260}
    assert max(one["width"] for one in row.files) <= 260
    assert max(one["height"] for one in row.files) <= 180


def test_examples() -> None:
    assert doctest.testmod(places) == (0, 2)


def test_another_focal_point_makes_other_crops_under_other_names() -> None:
    photo = portrait()
    before = {one["place"]: one["name"] for one in made(photo).files if one["format"] == "jpeg"}
    Photo.objects.filter(pk=photo.pk).update(focal_y=0.9)
    assert make_renditions(NOW + MINUTE)
    after = {one["place"]: one["name"] for one in Rendition.objects.get().files if one["format"] == "jpeg"}
    assert before["whole"] == after["whole"] and before["wide"] != after["wide"]
    assert {before["wide"], after["wide"]} <= files(photo)  # a page that is open may still ask for the old one
    run_now("clear_out", "", NOW + 900 * DAY)
    assert before["wide"] not in files(photo) and after["wide"] in files(photo)


def refusing(name: str) -> Callable[[str | os.PathLike[str], str | os.PathLike[str]], None]:
    replace = os.replace

    def refuse(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
        if name in os.fspath(target):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fspath(target))
        replace(source, target)

    return refuse


def test_a_full_disk_or_a_broken_file_is_said_in_the_row_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    well, full, broken = flat(), flat(colour="olive"), flat(colour="navy")
    web_file(broken.web).write_bytes(web_file(broken.web).read_bytes()[:300])
    monkeypatch.setattr("articles.photos.making.os.replace", refusing(places_of(full)))
    while make_renditions(NOW):
        pass
    rows = {row.web: row for row in Rendition.objects.all()}
    assert rows[well.web].made and not rows[well.web].last_error
    assert rows[full.web].last_error == "OSError: No space left on device" and files(full) == set()
    assert "truncated" in rows[broken.web].last_error
    assert not rows[full.web].made and not rows[broken.web].made
    assert [one.kind.key for one in look(NOW) if "sizes" in one.says] == ["failing_renditions"]

    monkeypatch.undo()
    assert not make_renditions(NOW)
    assert make_renditions(NOW + 2 * MINUTE)  # put off, and tried again by itself


def places_of(photo: Photo) -> str:
    return f"/{photo.token}/"


def test_a_job_that_was_killed_is_taken_over() -> None:
    photo = flat()
    Rendition.objects.create(web=photo.web, wanted=places.wanted(photo))
    assert Rendition.objects.due(NOW).claim_first(NOW)
    assert not make_renditions(NOW)
    assert make_renditions(NOW + MINUTE) and Rendition.objects.get().made


# Pages


@pytest.fixture
def shown(newsroom: None) -> Iterator[Photo]:
    photo = flat()
    publish(make_article(lead_photo=photo), by=make_user("Managing editor"), at=NOW)
    publish(make_article("without"), by=make_user("Managing editor"), at=NOW + MINUTE)
    bake_everything(NOW + MINUTE)
    assert not Page.objects.dirty(NOW + MINUTE).exists()
    yield photo


def test_pages_that_show_the_photo_become_dirty_once(shown: Photo) -> None:
    before = generations()
    assert make_renditions(NOW + 2 * MINUTE)
    moved = {path for path, generation in generations().items() if generation != before.get(path)}
    assert moved == pages_with_photos(Release.objects.filter(article__lead_photo=shown), NOW + 2 * MINUTE)
    assert moved >= {"/en/", "/en/news/", "/en/2026/03/10/dunes/", "/en/category/politics/", media_path(shown.web)}
    # A page that names the article by its headline alone, and those that print none of it.
    assert not moved & {"/en/2026/03/10/without/", "/en/feed.xml", "/sitemap.xml", "/en/archive/", "/ru/"}
    assert {generations()[path] - before[path] for path in moved} == {1}
    bake_dirty(NOW + 2 * MINUTE)
    after = generations()
    while make_renditions(NOW + 3 * MINUTE):
        pass
    assert generations() == after


def test_the_store_has_the_files_beside_the_photo_while_it_is_shown(shown: Photo) -> None:
    path = media_path(shown.web)
    assert pagestore.beside(path) == {}
    make_renditions(NOW + MINUTE)
    bake_dirty(NOW + MINUTE)
    row = Rendition.objects.get()
    assert pagestore.beside(path) == {one["name"]: one["bytes"] for one in row.files}
    assert list(verify(NOW + MINUTE)) == []
    assert not [one for one in pagestore.stored_paths() if "avif" in one]  # each goes with its photo

    one = Path(str(pagestore._folder_beside(path)), row.files[0]["name"])
    one.unlink()
    assert [str(found) for found in verify(NOW + MINUTE)] == [f"altered: {path} (what is made of it)"]
    assert bake_paths([path], NOW + MINUTE) == {"stored": 1}
    assert list(verify(NOW + MINUTE)) == []


def test_a_file_that_lies_beside_no_photo_is_found_and_removed(shown: Photo) -> None:
    stray = f"/media/{'ab' * 16}/wide-360-0123456789ab.avif"
    pagestore.put(stray, b"withdrawn", "image/avif")
    assert [str(one) for one in verify(NOW + MINUTE)] == [f"foreign: {stray}"]
    run_now("verify_pages", "repair", NOW + MINUTE)
    assert list(verify(NOW + MINUTE)) == []


def test_withdrawal_takes_the_renditions_along(shown: Photo, django_capture_on_commit_callbacks: object) -> None:
    make_renditions(NOW + MINUTE)
    bake_dirty(NOW + MINUTE)
    article = Release.objects.get(article__lead_photo=shown).article
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw(article, by=make_user("Managing editor"), at=NOW + 2 * MINUTE, note="By law.")
    assert pagestore.get(media_path(shown.web)) is None
    assert pagestore.beside(media_path(shown.web)) == {}
    bake_dirty(NOW + 2 * MINUTE)
    assert pagestore.beside(media_path(shown.web)) == {} and list(verify(NOW + 2 * MINUTE)) == []


def test_erasure_takes_the_renditions_along(shown: Photo, django_capture_on_commit_callbacks: object) -> None:
    make_renditions(NOW + MINUTE)
    assert files(shown)
    article, legal = Release.objects.get(article__lead_photo=shown).article, make_user("Managing editor")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw(article, by=legal, at=NOW + 2 * MINUTE, note="By law.")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        record.erase(article, by=make_user("Legal"), at=NOW + 3 * MINUTE, reason="By order.")
    assert not rendition_folder(shown.web).exists() and not Rendition.objects.exists()


def test_an_erasure_during_the_job_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = flat()
    keep = pictures.keep

    def erased(row: Rendition, *others: Any) -> None:
        Rendition.objects.filter(pk=row.pk).delete()
        keep(row, *others)

    monkeypatch.setattr(pictures, "keep", erased)
    assert make_renditions(NOW)
    assert not rendition_folder(photo.web).exists()


# Cleared


def test_what_no_photo_has_any_more_is_cleared_by_night() -> None:
    photo, kept = flat(), flat(colour="olive")
    while make_renditions(NOW):
        pass
    Photo.objects.filter(pk=photo.pk).delete()
    run = run_now("clear_out", "", NOW + 900 * DAY)
    assert run.detail["kinds"]["renditions"] == 1 and run.detail["kinds"]["rendition_files"] >= 20
    assert not rendition_folder(photo.web).exists() and files(kept)
    assert [row.web for row in Rendition.objects.all()] == [kept.web]


def test_files_of_a_web_size_that_a_live_release_still_prints_stay(shown: Photo) -> None:
    make_renditions(NOW + MINUTE)
    Photo.objects.filter(pk=shown.pk).update(web="replaced.jpg")
    run_now("clear_out", "", NOW + 900 * DAY)
    assert Rendition.objects.filter(web=shown.web).exists() and files(shown)


def test_files_that_no_row_names_go_by_night_and_all_others_stay(shown: Photo) -> None:
    free, turned, figure = flat(colour="olive"), flat(colour="navy"), flat(colour="maroon")
    PhotoFile.objects.create(photo=turned, web="before.jpg", replaced_at=NOW)
    edition = Release.objects.order_by("pk")[0].edition
    EditionFigure.objects.create(edition=edition, photo=figure, web="printed.jpg")
    Photo.objects.filter(pk=shown.pk).update(web="new.jpg")
    named = {web_file(name) for name in ("before.jpg", "printed.jpg", "new.jpg", shown.web)}
    for path in named:
        path.write_bytes(b"x")
    named |= {path(one) for one in (free, turned, figure) for path in (web_path, original_path)} | {
        original_path(shown)
    }
    lost = [web_file("lost.jpg"), original_file("lost.png")]
    for path in lost:
        path.write_bytes(b"written by a process that was killed")
    run_now("clear_out", "", NOW)  # they may be somebody's who is still writing
    assert all(path.is_file() for path in (*named, *lost))
    run = run_now("clear_out", "x", NOW + 900 * DAY)
    assert run.detail["kinds"]["photo_files"] == 2
    assert not any(path.exists() for path in lost) and all(path.is_file() for path in named)


def test_a_lost_file_is_made_again() -> None:
    photo = flat()
    rendition_file(photo.web, made(photo).files[0]["name"]).unlink()
    run_now("clear_out", "", NOW + DAY)
    assert make_renditions(NOW + DAY)
    assert {one["name"] for one in Rendition.objects.get().files} == files(photo)


def test_the_desk_shows_the_space() -> None:
    photo = flat()
    made(photo)
    found = {one.key: one.size for one in growth()}
    assert found["renditions"] == sum(rendition_file(photo.web, name).stat().st_size for name in files(photo))
    assert found["photos"] and found["photos"] > web_file(photo.web).stat().st_size
    assert found["versions"] is None


def test_who_shows_a_photo_is_found_by_an_index(newsroom: None) -> None:
    """A request for a photo that nobody shows would read every edition."""
    if connection.vendor == "sqlite":  # PostgreSQL reads so small a table whole
        assert "edition_photo_web" in releases_showing(["none.jpg"], NOW).explain()
