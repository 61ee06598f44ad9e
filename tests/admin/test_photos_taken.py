"""Photos at the desk: several taken in at once, described together, turned, kept while in use."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from articles.admin.articles.pictures import taking
from articles.editions.uses import note_saved
from articles.models import Article, Category, KeptPost, Photo
from articles.photos import upload
from articles.photos.files import original_path, rendition_file, web_path
from tests.admin.forms import add_article, filled
from tests.builders import NOW, make_article
from tests.heic import HEIC
from tests.test_photos import bomb
from tests.word_files import word_file

UPLOAD, SHEET = "/admin/articles/photo/upload/", "/admin/articles/photo/sheet/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(colour: str = "teal", size: tuple[int, int] = (320, 200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def sent(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def send(client: Client, *files: SimpleUploadedFile, script: bool = True) -> HttpResponse:
    headers = {"Accept": "application/json"} if script else {}
    return client.post(UPLOAD, {"photos": list(files)}, headers=headers)


def said(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_each_file_is_answered_by_itself(editor: Client) -> None:
    first = send(editor, sent("pier.jpg", picture()))
    assert first.status_code == 200
    told = first.json()
    photo = Photo.objects.get()
    assert (told["id"], told["thumb"], told["same"]) == (photo.pk, f"/media/{photo.web}", [])
    assert photo.file_name == "pier.jpg"
    for bad in (sent("x.jpg", b"no picture"), sent("bomb.png", bomb().read()), sent("x.heic", HEIC[:300])):
        answer = send(editor, bad)
        assert answer.status_code == 422 and answer.json()["error"], bad.name
    assert send(editor, sent("IMG_1.HEIC", HEIC)).status_code == 200
    assert Photo.objects.count() == 2
    assert send(editor).status_code == 422


def test_same_picture_is_told_with_a_link_and_kept(editor: Client) -> None:
    first = send(editor, sent("pier.jpg", picture())).json()
    again = send(editor, sent("other name.jpg", picture())).json()
    assert [one["url"] for one in again["same"]] == [first["change"]]
    assert Photo.objects.count() == 2
    assert f'href="{first["change"]}"' in said(editor, again["change"]).partition("The same picture")[2]


def test_without_the_script_all_come_in_one_form_and_the_bad_one_is_named(editor: Client) -> None:
    files = [sent("pier.jpg", picture()), sent("bad.jpg", b"<svg/>"), sent("sea.jpg", picture("blue"))]
    answer = send(editor, *files, script=False)
    made = list(Photo.objects.order_by("pk").values_list("pk", flat=True))
    assert answer.status_code == 302 and answer["Location"] == f"{SHEET}?ids={made[0]},{made[1]}"
    page = said(editor, answer["Location"])
    assert "bad.jpg: SVG files are not accepted" in page
    assert page.count('class="card photo-row"') == 2
    only = send(editor, sent("bad.jpg", b""), script=False)
    assert only["Location"] == UPLOAD and "bad.jpg: " in said(editor, UPLOAD)


def test_too_many_for_one_form_are_told_and_the_others_stay(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 15))
    monkeypatch.setattr(taking.time, "monotonic", lambda: next(clock))
    answer = send(editor, *[sent(f"{n}.jpg", picture()) for n in range(4)], script=False)
    assert Photo.objects.count() == 1
    assert "3 files were not read" in said(editor, answer["Location"])


def test_a_hundred_in_one_form_come_in_and_each_bad_one_is_named(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "PATIENCE", 600.0)
    files = [sent(f"{n}.jpg", b"<svg/>" if n in (3, 50) else picture(size=(8 + n, 8))) for n in range(100)]
    answer = send(editor, *files, script=False)
    assert Photo.objects.count() == 98 and answer["Location"].count(",") == 97
    page = said(editor, answer["Location"])
    assert page.count('class="card photo-row"') == 98
    assert re.findall(r"(\d+)\.jpg: SVG files", page) == ["3", "50"]


def test_full_disk_is_told_at_the_file_and_the_next_goes_on(
    editor: Client, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = upload.keep

    def full(path: Path, content: bytes) -> None:
        kept(path, content[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as away:
        away.setattr(upload, "keep", full)
        answer = send(editor, sent("pier.jpg", picture()))
    assert answer.status_code == 422 and "disk is full" in answer.json()["error"]
    assert not Photo.objects.exists() and not list(media.rglob("*.*"))
    assert send(editor, sent("pier.jpg", picture())).status_code == 200


DOORS: dict[str, Callable[[Client], HttpResponse]] = {
    "photo": lambda client: client.post(
        "/admin/articles/photo/add/",
        filled(client.get("/admin/articles/photo/add/")) | {"alt_en": "A pier", "file": sent("pier.jpg", picture())},
    ),
    "photo of an article": lambda client: add_article(
        client,
        headline="The port",
        category=Category.objects.earliest("pk").pk,
        body="<p>Text</p>",
        new_photo=sent("pier.jpg", picture()),
    ),
    "Word file": lambda client: client.post(
        "/admin/articles/article/add/",
        {"_word_file": "1", "word_file": sent("text.docx", word_file(word__media__image1_dot_png=picture()))},
    ),
    "card": lambda client: client.post(
        "/admin/articles/keptpost/add/",
        {"link": "https://t.me/tern_herald/7", "text": "A pier", "file": sent("pier.jpg", picture())},
    ),
    "dialog of cards": lambda client: client.post(
        "/admin/articles/keptpost/keep/",
        {"link": "https://t.me/tern_herald/7", "text": "A pier", "file": sent("pier.jpg", picture())},
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_full_disk_is_told_beside_the_file_wherever_one_is_sent(
    editor: Client, media: Path, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    def full(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as away:
        away.setattr(upload, "keep", full)
        answer = DOORS[door](editor)
    shown = answer.content.decode()
    assert answer.status_code in (200, 422) and "disk is full" in shown
    assert not Photo.objects.exists() and not Article.objects.exists() and not KeptPost.objects.exists()
    assert not [one for one in media.rglob("*") if one.is_file()]
    if door in ("photo", "photo of an article", "card"):
        assert 'value="A pier"' in shown or "The port" in shown or ">A pier<" in shown, "what was typed stands there"


def rows(photos: list[Photo], **texts: str) -> dict[str, str]:
    """Return the form of the sheet, each photo with these texts."""
    form = {"photo-TOTAL_FORMS": str(len(photos)), "photo-INITIAL_FORMS": str(len(photos))}
    for number, photo in enumerate(photos):
        columns = ("alt_en", "alt_ru", "caption_en", "caption_ru", "credit", "licence")
        form |= {f"photo-{number}-{name}": texts.get(name, getattr(photo, name)) for name in columns}
        form[f"photo-{number}-id"] = str(photo.pk)
    return form | {"all-credit": texts.get("all_credit", ""), "all-licence": texts.get("all_licence", "")}


def taken(client: Client, number: int) -> list[Photo]:
    for n in range(number):
        assert send(client, sent(f"{n}.jpg", picture(size=(200 + n, 100)))).status_code == 200
    return list(Photo.objects.order_by("pk"))


def test_texts_of_all_are_saved_together_and_credit_once_for_all(editor: Client) -> None:
    photos = taken(editor, 20)
    Photo.objects.filter(pk=photos[3].pk).update(credit="Anna Tern")
    photos[3].refresh_from_db()
    address = f"{SHEET}?ids={','.join(str(one.pk) for one in photos)}"
    assert said(editor, address).count('class="card photo-row"') == 20
    answer = editor.post(address, rows(photos, alt_en="A pier", all_credit="Port Agency", all_licence="CC BY 4.0"))
    assert answer.status_code == 302
    found = list(Photo.objects.order_by("pk").values_list("alt_en", "credit", "licence"))
    assert found[3] == ("A pier", "Anna Tern", "CC BY 4.0")
    assert {*found[:3], *found[4:]} == {("A pier", "Port Agency", "CC BY 4.0")}


def test_sheet_in_a_window_tells_the_articles_form(editor: Client) -> None:
    photos = taken(editor, 2)
    ids = ",".join(str(one.pk) for one in photos)
    answer = editor.post(f"{SHEET}?ids={ids}&_popup=1", rows(photos, alt_en="A pier"))
    assert f'data-done="{ids}"' in said(editor, answer["Location"])


def test_sheet_takes_only_the_photos_that_it_names(editor: Client) -> None:
    mine, other = taken(editor, 2)
    sneaked = rows([other], alt_en="Sneaked")
    for address in (f"{SHEET}?ids={mine.pk}", f"{SHEET}?ids=", SHEET + "?ids=x,-1,99999999999999999999"):
        assert editor.post(address, sneaked).status_code in (200, 302)
    long = editor.post(f"{SHEET}?ids={mine.pk}", rows([mine], alt_en="x" * 301))
    assert long.status_code == 200 and "300" in long.content.decode()
    assert set(Photo.objects.values_list("alt_en", flat=True)) == {""}


def test_photo_is_turned_with_its_focal_point(
    editor: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    out = io.BytesIO()
    split = Image.new("RGB", (400, 200), "red")
    split.paste("blue", (200, 0, 400, 200))
    split.save(out, "JPEG")
    send(editor, sent("pier.jpg", out.getvalue()))
    photo = Photo.objects.get()
    Photo.objects.update(focal_x=0.25, focal_y=0.5)
    before = [original_path(photo), web_path(photo)]
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(f"/admin/articles/photo/{photo.pk}/turn/right/").status_code == 302
    turned = Photo.objects.get()
    assert (turned.width, turned.height) == (200, 400)
    assert (turned.focal_x, turned.focal_y) == (0.5, 0.25), "the red half, now on top"
    with Image.open(web_path(turned)) as web, Image.open(original_path(turned)) as kept:
        for one in (web, kept):
            red, _green, blue = one.convert("RGB").getpixel((100, 50))  # type: ignore[misc]
            assert one.size == (200, 400) and red > 200 > blue
    assert not any(path.exists() for path in before), "nobody has published it"
    assert turned.web != photo.web and turned.sha256 != photo.sha256 and turned.pixels != photo.pixels
    for _ in range(3):
        editor.post(f"/admin/articles/photo/{photo.pk}/turn/right/")
    assert (Photo.objects.get().width, Photo.objects.get().focal_x) == (400, 0.25)


def test_turning_what_is_no_photo_or_has_lost_its_file_is_told(editor: Client) -> None:
    [photo] = taken(editor, 1)
    assert editor.post(f"/admin/articles/photo/{photo.pk}/turn/round/").status_code == 404
    assert editor.post("/admin/articles/photo/0/turn/left/").status_code == 404
    original_path(photo).write_bytes(b"broken")
    answer = editor.post(f"/admin/articles/photo/{photo.pk}/turn/left/", follow=True)
    assert "missing or damaged" in answer.content.decode()
    assert Photo.objects.get().web == photo.web and web_path(photo).is_file()


def test_photo_in_use_stays_and_the_articles_are_named(editor: Client) -> None:
    used, figure, free = taken(editor, 3)
    make_article("port", headline="The port", lead_photo=used)
    in_text = make_article("pier", headline="The pier", body=f'<figure data-photo="{figure.pk}"></figure>')
    note_saved(in_text)
    for photo, name in ((used, "The port"), (figure, "The pier")):
        page = said(editor, f"/admin/articles/photo/{photo.pk}/change/")
        assert name in page.partition('id="uses-title"')[2]
        asked = said(editor, f"/admin/articles/photo/{photo.pk}/delete/")
        assert f"The photo is in use and stays: “{name}”" in asked
        editor.post(f"/admin/articles/photo/{photo.pk}/delete/", {"post": "yes"})
    ids = [one.pk for one in (used, figure, free)]
    editor.post("/admin/articles/photo/", {"action": "delete_selected", "_selected_action": ids, "post": "yes"})
    assert Photo.objects.count() == 3
    answer = editor.post(f"/admin/articles/photo/{free.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302 and not Photo.objects.filter(pk=free.pk).exists()


def test_files_of_a_deleted_photo_go_when_it_is_committed(
    editor: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    [photo] = taken(editor, 1)
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"/admin/articles/photo/{photo.pk}/delete/", {"post": "yes"})
    assert not original_path(photo).exists() and not web_path(photo).exists()


@pytest.mark.parametrize("role", ["Reporter", "Legal", "Administrator"])
def test_who_may_not_is_refused(role: str, client_as: Callable[[str], Client], editor: Client) -> None:
    [photo] = taken(editor, 1)
    client, may_write = client_as(role), role == "Reporter"
    assert client.post(f"/admin/articles/photo/{photo.pk}/delete/", {"post": "yes"}).status_code == 403
    assert (send(client, sent("x.jpg", picture("red"))).status_code == 200) is may_write
    assert (client.post(f"{SHEET}?ids={photo.pk}", rows([photo], alt_en="x")).status_code == 302) is may_write
    assert (client.post(f"/admin/articles/photo/{photo.pk}/turn/left/").status_code == 302) is may_write
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_side_views_ask_for_the_rights_of_what_they_show(editor: Client, client: Client) -> None:
    """Who may see photos but no articles is told of none; originals are nobody's, crops of drafts no reader's."""
    [photo] = taken(editor, 1)
    post = KeptPost.objects.create(kind="telegram", number="7", link="https://t.me/tern_herald/7", kept_at=NOW)
    body = f'<p>x</p><figure data-photo="{photo.pk}"></figure><figure data-post="{post.pk}"></figure>'
    note_saved(make_article("port", headline="The port", body=body))
    pages = [f"/admin/articles/photo/{photo.pk}/change/", f"/admin/articles/keptpost/{post.pk}/change/"]
    assert all("The port" in said(editor, page) for page in pages)
    person = User.objects.create_user("looker", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=("view_photo", "view_keptpost")))
    client.force_login(person)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200 and "The port" not in answer.content.decode()
    crop = rendition_file(photo.web, "wide-360.jpg")
    crop.parent.mkdir(parents=True)
    crop.write_bytes(b"x")
    assert Client().get(f"/media/{photo.token}/wide-360.jpg").status_code == 404
    for one in (editor, client, Client()):
        assert one.get(f"/media/{photo.original}").status_code == 404
        assert one.get(f"/media/originals/{photo.original}").status_code == 404
    posts = [
        f"photo/{photo.pk}/turn/left/",
        f"photo/{photo.pk}/delete/",
        f"keptpost/{post.pk}/delete/",
        "photo/upload/",
    ]
    assert [client.post(f"/admin/articles/{one}", {"post": "yes"}).status_code for one in posts] == [403] * 4
    assert client.get(f"{SHEET}?ids={photo.pk}").status_code == 403


def test_file_name_is_told_at_the_desk_alone(editor: Client) -> None:
    [photo] = taken(editor, 1)
    assert re.search(r">\s*0\.jpg\s*<", said(editor, f"/admin/articles/photo/{photo.pk}/change/"))
    assert "0.jpg" not in said(editor, "/admin/articles/photo/choose/")


def test_rights_are_written_and_told_of_anew(editor: Client) -> None:
    [photo] = taken(editor, 1)
    Photo.objects.update(rights_told_at=NOW)
    form = dict.fromkeys(("alt_en", "alt_ru", "caption_en", "caption_ru", "credit", "licence"), "")
    form |= {"focal_x": "0.1", "focal_y": "0.9", "rights_until_0": "2026-04-01", "rights_until_1": "12:00"}
    assert editor.post(f"/admin/articles/photo/{photo.pk}/change/", form).status_code == 302
    photo.refresh_from_db()
    assert photo.rights_until is not None and photo.rights_until.isoformat() == "2026-04-01T09:00:00+00:00"
    assert photo.rights_told_at is None and photo.focal_x == 0.1
