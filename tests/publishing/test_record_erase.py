"""Erasing a withdrawn article: its text is nowhere any more, the record is whole and says so."""

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from PIL import Image

from articles import pagestore
from articles.baking import tick
from articles.baking import verify as verify_pages
from articles.models import (
    Address,
    Article,
    Batch,
    Correction,
    Draft,
    Edition,
    Erasure,
    Event,
    MentionDecision,
    Organization,
    Outbox,
    Page,
    Photo,
    PreviewToken,
    PublicationRecord,
    ReadingForm,
    RegisterVersion,
    Release,
    UnclearMention,
)
from articles.photos import add_photo, original_path, web_path
from articles.publishing import Refused, keep_version, publish, schedule, withdraw
from articles.publishing.record import erase, erased, finish_erasures, verify
from articles.publishing.roles import staff_id
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
WORD = "quokkaberg"  # stands in every text of the article to be erased, and in no other
REASON = "Order of the district court."
Capture = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def folders(settings: object, tmp_path: Path) -> Path:
    settings.PAGES_DIR, settings.MEDIA_ROOT = tmp_path / "pages", tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def legal(editor: User) -> User:
    return make_user("Legal")


def make_photo(**texts: str) -> Photo:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    file.seek(0)
    return add_photo(file, **texts)


def written(editor: User, slug: str = "dunes", word: str = WORD, photo: Photo | None = None) -> Article:
    """Return an article whose every text holds the word, with what editing leaves behind."""
    article = make_article(
        slug,
        headline=f"GDL seen in {word}",
        summary=f"The {word} summary.",
        body=f"<p>Officers of {word} spoke of the Grey Dune League.</p>",
        photo_caption=f"Caption {word}",
        photo_alt=f"Alt {word}",
        source_line=f"Source {word}",
        origin_outlet=f"Outlet {word}",
        origin_published_at=NOW - HOUR,
        origin_zone="MSK",
        translation_method="human",
        origin_url=f"https://{word}.example/",
        translator=f"Translator {word}",
        lead_photo=photo,
        authors=["Anna Tern"],
    )
    keep_version(article, by=editor, at=NOW)
    return article


def leave_traces(article: Article, editor: User) -> None:
    """Leave what drafts, answers, mails, logs and failed jobs keep of a text."""
    staff, league = staff_id(editor), Organization.objects.first()
    assert league is not None
    Draft.objects.create(article=article, staff=staff, fields={"body": WORD}, saved_at=NOW)
    PreviewToken.objects.create(article=article, made_at=NOW, expires_at=NOW + HOUR)
    kept = {"article": article, "surface": WORD, "organization": league}
    MentionDecision.objects.create(**kept, key=WORD, answer="not", made_by=staff, made_at=NOW)
    UnclearMention.objects.create(
        **kept, key="left behind", field="body", before=WORD, after=WORD, registers="", rule="", found_at=NOW
    )
    Event.objects.create(at=NOW, kind="answer", article=article, detail={"surface": WORD, "answer": "not"})
    Outbox.objects.create(to="desk@outlet.invalid", subject="Unclear", body=f"See {article.headline}.", made_at=NOW)
    Batch.objects.create(
        register_version=RegisterVersion.objects.latest("number"),
        made_at=NOW,
        finished_at=NOW,
        failed=[{"article": article.pk, "error": WORD}, {"article": 0, "error": "other"}],
    )
    for row in (article, *article.corrections.all()):
        LogEntry.objects.create(
            user=editor,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row)[:200],
            action_flag=CHANGE,
        )


def withdrawn(editor: User, photo: Photo | None = None, slug: str = "dunes") -> Article:
    """Return an article that was published, corrected and withdrawn."""
    article = written(editor, slug, photo=photo)
    publish(article, by=editor, at=NOW)
    note = f"The number of {WORD} was wrong."
    publish(article, by=editor, at=NOW + HOUR, reason="correction", note=note)
    withdraw(article, by=make_user("Legal"), at=NOW + 2 * HOUR, note=f"By order about {WORD}.")
    leave_traces(article, editor)
    return article


def places_of(word: str) -> Iterator[str]:
    """Yield each table, and each file, in which a word stands, compressed or not."""
    wanted = word.lower()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor, include_views=False):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(wanted in text_of(value).lower() for row in cursor.fetchall() for value in row):
                yield table


def text_of(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        data = bytes(value)
        with suppress(zlib.error):
            data = zlib.decompress(data)
        return data.decode("utf-8", "replace")
    return str(value)


def is_indexed(edition: Edition) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_search WHERE rowid = %s", [edition.pk])
        return bool(cursor.fetchone()[0])


def files_with(folder: Path, word: str) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_text_stood_in_many_places_and_stands_nowhere_after(
    editor: User, legal: User, folders: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = make_photo(caption_en=f"Photo of {WORD}", credit=WORD)
        article = withdrawn(editor, photo)
    assert set(places_of(WORD)) >= {
        "articles_article",
        "articles_articleversion",
        "articles_batch",
        "articles_correction",
        "articles_draft",
        "articles_edition",
        "articles_event",
        "articles_mentiondecision",
        "articles_outbox",
        "articles_photo",
        "articles_readingform",
        "articles_unclearmention",
        "django_admin_log",
    }
    edition = Edition.objects.latest("pk")
    assert "articles_mention" in set(places_of("GDL")) and is_indexed(edition)
    assert original_path(photo).exists() and web_path(photo).exists()

    with django_capture_on_commit_callbacks(execute=True):
        erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)

    left = set(places_of(WORD))
    assert left - {"articles_search_data"} == set(), left  # SQLite's index keeps words, of no text, until it is merged
    assert not is_indexed(edition)
    assert not edition.mentions.exists()
    assert files_with(folders, WORD) == []
    assert not original_path(photo).exists() and not web_path(photo).exists()
    assert verify() == []


def test_hash_dates_and_reason_stay(editor: User, legal: User, folders: Path) -> None:
    article = withdrawn(editor)
    before = list(Release.objects.order_by("pk").values_list("pk", "form_id", "live_at", "ended_at", "published_at"))
    hashes = list(Edition.objects.order_by("pk").values_list("content_hash", "register_version_id", "issued_at"))
    erasure = erase(article, by=legal, at=NOW + 3 * HOUR, reason=f"  {REASON} ")
    after = list(Release.objects.order_by("pk").values_list("pk", "form_id", "live_at", "ended_at", "published_at"))
    assert before == after
    assert hashes == list(
        Edition.objects.order_by("pk").values_list("content_hash", "register_version_id", "issued_at")
    )
    assert (erasure.reason, erasure.made_at, erasure.made_by) == (REASON, NOW + 3 * HOUR, staff_id(legal))
    assert erased() == [f"Article {article.pk} was erased on 2026-03-10: {REASON}"]
    assert list(Correction.objects.values_list("kind", "text", "made_at")) == [("correction", "", NOW + HOUR)]
    lines = PublicationRecord.objects.filter(act="erase").order_by("number")
    assert [line.release_id for line in lines] == [row[0] for row in before]
    assert set(lines.values_list("staff_code", flat=True)) == {staff_id(legal).code}


def test_address_goes_on_saying_that_the_article_is_gone(
    editor: User, legal: User, folders: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = withdrawn(editor)
        publish(make_article("other"), by=editor, at=NOW + HOUR)
    with django_capture_on_commit_callbacks(execute=True):
        erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    at = NOW + 4 * HOUR
    assert build("/en/2026/03/10/dunes/", at).status == 410
    for path in ("/en/", "/en/feed.xml", "/en/corrections/", "/en/archive/2026/03/10/", "/sitemap.xml"):
        assert build(path, at).status == 200
    while tick(at)["dirty"]:
        at += timedelta(seconds=1)
    assert list(verify_pages(at)) == []
    assert pagestore.get("/en/2026/03/10/dunes/") is None
    assert not Page.objects.filter(article=article).exists()


def test_other_articles_are_not_touched(editor: User, legal: User, folders: Path) -> None:
    other = written(editor, "other", "wombatville")
    release = publish(other, by=editor, at=NOW)
    erase(withdrawn(editor), by=legal, at=NOW + 3 * HOUR, reason=REASON)
    assert "wombatville" in build("/en/2026/03/10/other/", NOW + 4 * HOUR).body.decode()
    assert "wombatville" in Edition.objects.get(pk=release.edition_id).body
    assert other.versions.exists() and release.edition.mentions.exists()
    assert is_indexed(release.edition)


@pytest.mark.parametrize("use", ["live", "earlier edition", "saved version"])
def test_photo_that_another_article_uses_stays(editor: User, legal: User, folders: Path, use: str) -> None:
    photo = make_photo(caption_en="Shared")
    other = make_article("other", lead_photo=photo)
    keep_version(other, by=editor, at=NOW)
    if use != "saved version":
        publish(other, by=editor, at=NOW)
    if use != "live":
        Article.objects.filter(pk=other.pk).update(lead_photo=None)
    article = withdrawn(editor, photo)
    erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    finish_erasures()
    assert web_path(photo).exists() and original_path(photo).exists()
    article.refresh_from_db()
    assert article.lead_photo is None


def test_files_that_a_killed_process_has_left_are_removed_later(editor: User, legal: User, folders: Path) -> None:
    """Nothing runs at commit here: as if the process had died there."""
    photo = make_photo()
    erase(withdrawn(editor, photo), by=legal, at=NOW + 3 * HOUR, reason=REASON)
    assert web_path(photo).exists()
    assert finish_erasures() == 4
    assert not web_path(photo).exists()
    assert finish_erasures() == 0


def test_reading_form_that_another_article_shows_stays(editor: User, legal: User, folders: Path) -> None:
    article, twin = make_article("one"), make_article("two")
    release, shared = (publish(each, by=editor, at=NOW) for each in (article, twin))
    assert release.form_id == shared.form_id
    withdraw(article, by=legal, at=NOW + HOUR, note="By order.")
    erase(article, by=legal, at=NOW + 2 * HOUR, reason=REASON)
    assert "Officers spoke" in build("/en/2026/03/10/two/", NOW + 3 * HOUR).body.decode()
    assert verify() == []
    withdraw(twin, by=legal, at=NOW + 4 * HOUR, note="By order.")
    erase(twin, by=legal, at=NOW + 5 * HOUR, reason=REASON)
    assert not ReadingForm.objects.get().body
    assert verify() == []


def test_same_words_published_by_another_article_later_are_shown(editor: User, legal: User, folders: Path) -> None:
    first = make_article("one")
    publish(first, by=editor, at=NOW)
    withdraw(first, by=legal, at=NOW + HOUR, note="By order.")
    erase(first, by=legal, at=NOW + 2 * HOUR, reason=REASON)
    publish(make_article("two", dated_at=NOW), by=editor, at=NOW + 3 * HOUR)
    assert ReadingForm.objects.count() == 1
    assert "Officers spoke" in build("/en/2026/03/10/two/", NOW + 3 * HOUR).body.decode()
    assert verify() == []


def refused(article: Article, by: User | None, at: object = NOW + 3 * HOUR, reason: str = REASON) -> str:
    with pytest.raises(Refused) as caught:
        erase(article, by=by, at=at, reason=reason)  # type: ignore[arg-type]
    assert not Erasure.objects.exclude(article=article).exists()
    return str(caught.value)


def test_only_a_withdrawn_article_can_be_erased(editor: User, legal: User) -> None:
    article = make_article()
    assert "withdraw it first" in refused(article, legal)
    publish(article, by=editor, at=NOW)
    assert "withdraw it first" in refused(article, legal)
    withdraw(article, by=legal, at=NOW + HOUR, note="By order.")
    schedule(article, by=editor, at=NOW + HOUR, live_at=NOW + 9 * HOUR)
    assert "withdraw it first" in refused(article, legal)
    assert Edition.objects.exclude(headline="").count() == 2
    assert verify() == []


def test_erasure_needs_a_reason_and_happens_once(editor: User, legal: User) -> None:
    article = withdrawn(editor)
    assert "Say why" in refused(article, legal, reason="  ")
    erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    assert "already" in refused(article, legal)


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Administrator"])
def test_roles_that_may_not_erase(editor: User, role: str) -> None:
    article = withdrawn(editor)
    with pytest.raises(PermissionDenied):
        erase(article, by=make_user(role), at=NOW + 3 * HOUR, reason=REASON)
    assert not Erasure.objects.exists()


def test_managing_editor_may_erase(editor: User) -> None:
    erase(withdrawn(editor), by=make_user("Managing editor"), at=NOW + 3 * HOUR, reason=REASON)
    assert Erasure.objects.exists()


def test_erased_article_cannot_be_published_again(editor: User, legal: User) -> None:
    article = withdrawn(editor)
    version = Article.objects.get(pk=article.pk).version
    erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    article.refresh_from_db()
    assert (article.headline, article.body, article.slug) == ("[erased]", "", "dunes")
    assert article.version > version
    assert Address.objects.get(current=True).slug == "dunes"
    article.body = "<p>Back again.</p>"
    article.save()
    with pytest.raises(Refused, match="erased"):
        publish(article, by=editor, at=NOW + 4 * HOUR)


def test_edition_is_changed_by_nothing_but_an_erasure(editor: User) -> None:
    release = publish(make_article(), by=editor, at=NOW)
    edition = Edition.objects.get(pk=release.edition_id)
    edition.headline = "Other"
    for change in (
        edition.save,
        lambda: Edition.objects.update(headline="Other"),
        lambda: Edition.objects.filter(pk=edition.pk).update(headline="Other"),
        lambda: edition.article.editions.update(headline="Other"),
        lambda: Edition.objects.bulk_update([edition], ["headline"]),
    ):
        with pytest.raises(TypeError, match="never changed"), transaction.atomic():
            change()
    assert Edition.objects.get().headline == "GDL cells found in the harbour"


def test_form_that_was_emptied_in_silence_is_broken_not_erased(editor: User) -> None:
    form = publish(make_article(), by=editor, at=NOW).form
    ReadingForm.objects.update(body=b"")
    assert verify() == [f"Reading form {form.pk} is empty, and no line says that it was erased."]


def test_erased_form_that_is_put_back_is_found(editor: User, legal: User) -> None:
    article = withdrawn(editor)
    kept = list(ReadingForm.objects.all())
    erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    for form in kept:
        form.save()
    assert verify() == [f"Reading form {pk} was erased, and is there again." for pk in sorted(f.pk for f in kept)]


def test_command_erases_by_number_or_address(editor: User, folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = withdrawn(editor)
    call_command("erase", "https://testserver/en/2026/03/10/dunes/", reason=REASON)
    assert Erasure.objects.get().article == article
    assert Erasure.objects.get().made_by is None
    call_command("verify_record")
    out = capsys.readouterr().out
    assert f"Article {article.pk} was erased on" in out and "The record is whole: 6 lines" in out
    with pytest.raises(CommandError, match="already"):
        call_command("erase", str(article.pk), reason=REASON)
    for name in ("999999", "0", "/en/2026/03/10/nothing/", "nonsense", ""):
        with pytest.raises(CommandError, match="There is no article"):
            call_command("erase", name, reason=REASON)
