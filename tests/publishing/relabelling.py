"""A change of the registers, and the batch that brings it to the archive."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User

from articles.models import Batch, Name, Organization, Release
from articles.publishing.relabel import apply_version, work_batches
from articles.registers import compile_version
from tests.builders import NOW

HOUR = timedelta(hours=1)
LATER = NOW + HOUR


def work(at: datetime = LATER) -> None:
    while work_batches(lambda: at):
        pass


def add_name(key: str, text: str, language: str = "en") -> None:
    Name.objects.create(
        organization=Organization.objects.get(key=key), text=text, language=language, strength="strong", position=9
    )


def surfaces(release: Release | None) -> list[str]:
    assert release is not None
    return list(release.edition.mentions.order_by("pk").values_list("surface", flat=True))


def change(legal: User, at: datetime = LATER) -> Batch:
    batch = apply_version(compile_version(at), by=legal, at=at, reason="The keeper's list of today.")
    work(at)
    batch.refresh_from_db()
    return batch
