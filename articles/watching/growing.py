"""What grows with the years, how much of it there is, and what bounds it."""

import os
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..models import (
    ArticleVersion,
    CameraFile,
    Edition,
    Event,
    JobRun,
    KeeperLine,
    ListFile,
    ListRow,
    Mention,
    Outbox,
    Page,
    Photo,
    PreviewToken,
    PublicationRecord,
    ReadingForm,
    RegisterVersion,
    Rendition,
    Slot,
    Trouble,
)
from ..photos.files import media_folder

MOST = 1_000_000  # rows are counted up to here


@dataclass(frozen=True)
class Growing:
    """`number`: of rows, MOST + 1 for more than are counted. `size`: of their files, in bytes; None without any."""

    key: str
    label: str
    number: int
    policy: str
    size: int | None = None

    @property
    def is_more(self) -> bool:
        """Say whether there are more than are counted."""
        return self.number > MOST

    @property
    def shown(self) -> int:
        """Return the number that is shown."""
        return min(self.number, MOST)


KEPT = gettext_noop("Kept for good: the proof of what was shown hangs on it.")
WITH_ARTICLE = gettext_noop("One for each save; goes with its article, when a draft is erased from the bin.")
# (key, rows, label, policy)
ROWS: tuple[tuple[str, type[Model], str, str], ...] = (
    ("versions", ArticleVersion, gettext_noop("Saved versions"), WITH_ARTICLE),
    (
        "slots",
        Slot,
        gettext_noop("Typed and not saved"),
        gettext_noop("20 for each person and article; an ended one is cleared after 60 days, an open one never."),
    ),
    ("editions", Edition, gettext_noop("Editions"), KEPT),
    ("mentions", Mention, gettext_noop("Mentions in editions"), KEPT),
    (
        "forms",
        ReadingForm,
        gettext_noop("Reading forms"),
        gettext_noop("Compressed, one for each different text; kept for good, until an article is erased."),
    ),
    ("record", PublicationRecord, gettext_noop("Lines of the publication record"), KEPT),
    (
        "compiled",
        RegisterVersion,
        gettext_noop("Register versions"),
        gettext_noop("Their sources are kept; compiled forms that nothing goes by are dropped each night."),
    ),
    (
        "list_files",
        ListFile,
        gettext_noop("Keepers' files"),
        gettext_noop("The cells that the layout names are kept, without private data; the file itself is not."),
    ),
    (
        "list_rows",
        ListRow,
        gettext_noop("Rows of keepers' lists"),
        gettext_noop("Kept with their file."),
    ),
    (
        "list_lines",
        KeeperLine,
        gettext_noop("Lines known of keepers"),
        gettext_noop("One for each line of a list, whatever the number of files."),
    ),
    (
        "photos",
        Photo,
        gettext_noop("Photos"),
        gettext_noop("Nothing removes them by itself: MEDIA_DIR grows with each upload."),
    ),
    (
        "camera_files",
        CameraFile,
        gettext_noop("Photos as they came, encrypted"),
        gettext_noop("Only with KEEP_CAMERA_FILES: CAMERA_DIR grows with each upload. Each goes with its photo."),
    ),
    (
        "renditions",
        Rendition,
        gettext_noop("Photos in smaller sizes"),
        gettext_noop(
            "Made again when they are lost; cleared each night when no photo has them any more. In no backup."
        ),
    ),
    (
        "pages",
        Page,
        gettext_noop("Stored pages"),
        gettext_noop("One for each address; a page that nothing needs any more is dropped when the night checks them."),
    ),
    (
        "events",
        Event,
        gettext_noop("Events"),
        gettext_noop("One for each act; kept for good."),
    ),
    (
        "admin_log",
        LogEntry,
        gettext_noop("Lines of the admin's own log"),
        gettext_noop("One for each save in the admin; kept."),
    ),
    (
        "runs",
        JobRun,
        gettext_noop("Job runs"),
        gettext_noop("Some a day; cleared after 400 days, but the last of each job."),
    ),
    (
        "mails",
        Outbox,
        gettext_noop("Mails"),
        gettext_noop("Cleared 90 days after they were written, sent or not."),
    ),
    (
        "links",
        PreviewToken,
        gettext_noop("Preview links"),
        gettext_noop("They open for some days; cleared 90 days after they have expired."),
    ),
    (
        "sessions",
        Session,
        gettext_noop("Logins"),
        gettext_noop("Expired ones are cleared each night."),
    ),
    (
        "troubles",
        Trouble,
        gettext_noop("Troubles of the house"),
        gettext_noop("Cleared 400 days after they were over."),
    ),
)


def growth() -> list[Growing]:
    """Return what grows, in the language that is active; each statement reads MOST rows of an index at most."""
    sizes = {"photos": photo_size(), "camera_files": sum_of(CameraFile), "renditions": sum_of(Rendition)}
    return [Growing(key, _(label), counted(model), _(policy), sizes.get(key)) for key, model, label, policy in ROWS]


def sum_of(model: Any) -> int:
    """Return how many bytes the files of a model's rows take, by the rows."""
    return int(model._default_manager.aggregate(size=Sum("size"))["size"] or 0)


def photo_size() -> int:
    """Return how many bytes the originals and web sizes of photos take."""
    folders = [media_folder() / name for name in ("originals", "web")]
    return sum(one.stat().st_size for folder in folders if folder.is_dir() for one in os.scandir(folder))


def counted(model: Any) -> int:
    """Return how many rows there are, MOST + 1 for more."""
    rows: QuerySet[Any] = model._default_manager.order_by()
    return int(rows[: MOST + 1].count())
