"""An article that has left its words everywhere, and where they are found."""

import io
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from PIL import Image

from articles.models import (
    Article,
    Batch,
    Edition,
    Event,
    MentionDecision,
    Organization,
    Outbox,
    PassageNote,
    PassageNoteAnswer,
    Photo,
    PreviewToken,
    RegisterVersion,
    Slot,
    UnclearMention,
)
from articles.photos.upload import add_photo
from articles.publishing import keep_version, publish, withdraw
from articles.publishing.roles import staff_id
from articles.search import key_of
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
WORD = "quokkaberg"  # stands in every text of the article to be erased, and in no other


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
    Slot.objects.create(user=editor, article=article, client="c", sequence=1, fields={"body": WORD}, saved_at=NOW)
    PreviewToken.objects.create(article=article, made_at=NOW, expires_at=NOW + HOUR)
    kept = {"article": article, "surface": WORD, "organization": league}
    MentionDecision.objects.create(**kept, key=WORD, answer="not", made_by=staff, made_at=NOW)
    UnclearMention.objects.create(
        **kept, key="left behind", field="body", before=WORD, after=WORD, registers="", rule="", found_at=NOW
    )
    said = {"made_by": staff, "made_at": NOW, "text": WORD}
    note = PassageNote.objects.create(article=article, field="body", quotation=WORD, offset=12, **said)
    PassageNoteAnswer.objects.create(note=note, **said)
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
        cursor.execute("SELECT count(*) FROM articles_search WHERE rowid = %s", [key_of(edition)])
        return bool(cursor.fetchone()[0])


def files_with(folder: Path, word: str) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
