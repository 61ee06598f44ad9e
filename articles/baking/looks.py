"""All pages anew after an upgrade: when templates, texts or the code that prints pages are not those of the last time.

A process looks once, at its first minute. While two versions run beside each other, the one that was started later has
the last word, so that they do not take turns.
"""

from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from ..models import Heartbeat, JobRun, Page
from ..models.work import AHEAD
from .everything import BAKE_ALL
from .pulse import beat
from .runs import plan

LOOKS = "looks"
ROOMS = ("articles/reader", "articles/editions", "articles/shown", "articles/templatetags", "articles/footnotes")
KINDS = {".html", ".xml", ".py", ".mo", ".css", ".js", ".svg", ".json"}


@cache
def looks_digest() -> str:
    """Return a digest of the files that pages are made with, as this process has found them."""
    base = Path(settings.BASE_DIR)
    folders = [base / "templates", Path(settings.TEMPLATES_DIR), base / "articles/locale", base / "articles/static"]
    found = sha256()
    for folder in [*folders, *(base / room for room in ROOMS)]:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in KINDS and path.is_file()):
            content = path.read_bytes()
            found.update(f"\0{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


_begun: list[datetime] = []  # when this process has looked first


def follow_looks(at: datetime) -> JobRun | None:
    """Plan that all pages are stored anew if they were made with other files; return the run."""
    if not _begun:
        _begun.append(at)
    if is_told(Heartbeat.objects.filter(job=LOOKS).first(), at):
        return None
    with transaction.atomic():
        Heartbeat.objects.get_or_create(job=LOOKS, defaults={"beat_at": at})
        if is_told(Heartbeat.objects.select_for_update().get(job=LOOKS), at):
            return None
        beat(LOOKS, at, {"digest": looks_digest(), "since": _begun[0].isoformat()})
        return plan(BAKE_ALL, looks_digest()[:12], at) if Page.objects.exclude(file_hash="").exists() else None


def is_told(known: Heartbeat | None, at: datetime) -> bool:
    """Say whether nothing is to be done: the pages are made with these files, or by a process that began later."""
    if known is None or "digest" not in known.detail:
        return False
    since = datetime.fromisoformat(known.detail["since"])
    return bool(known.detail["digest"] == looks_digest() or _begun[0] < since <= at + AHEAD)
