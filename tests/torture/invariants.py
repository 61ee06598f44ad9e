"""What must hold when the newsroom has come to rest, whatever was killed before. Each check yields what is wrong."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max

from articles import pagestore
from articles.baking import verify
from articles.baking.counts import reconcile
from articles.editions import Asked, House, annotate_content, content_of_edition, decisions_of, mark_data, reading_form
from articles.models import Batch, Edition, Outbox, Page, RegisterVersion, Release
from articles.pagemap.addresses import article_path
from articles.publishing import record


def announced_once(at: datetime) -> Iterator[str]:
    """Whatever has begun was announced, and not before it began."""
    begun = Release.objects.filter(live_at__lte=at)
    for release in begun.exclude(ending="cancelled").filter(announced_at=None):
        yield f"release {release.pk} has begun at {release.live_at} and was never announced: {release.last_error}"
    for release in Release.objects.filter(announced_at__isnull=False):
        if release.announced_at and release.announced_at < release.live_at:
            yield f"release {release.pk} was announced {release.live_at - release.announced_at} early"


def periods(at: datetime) -> Iterator[str]:
    """An article shows one release at a time, and its editions are numbered without a gap."""
    ends: dict[int, datetime | None] = {}
    for release in Release.objects.order_by("article_id", "live_at", "pk"):
        if release.ended_at == release.live_at:
            continue
        if release.article_id in ends:
            before = ends[release.article_id]
            if before is None or before > release.live_at:
                yield f"release {release.pk} overlaps with the one before it"
        ends[release.article_id] = release.ended_at
    numbered = Edition.objects.values("article").annotate(last=Max("number"), editions=Count("pk"))
    for row in numbered:
        if row["last"] != row["editions"]:
            yield f"article {row['article']} has {row['editions']} editions, numbered up to {row['last']}"


def whole_record(at: datetime) -> Iterator[str]:
    yield from record.verify()


def right_counts(at: datetime) -> Iterator[str]:
    yield from map(str, reconcile(at))


def true_pages(at: datetime) -> Iterator[str]:
    yield from map(str, verify(at))


def marks(at: datetime) -> Iterator[str]:
    """Each live edition bears the marks that its own register version demands, and those of the one in force; the
    stored page shows them."""
    house, houses = House.current(), {}
    for release in Release.objects.live(at).select_related("edition", "form", "article"):
        edition = release.edition
        version = edition.register_version_id
        if version not in houses:
            houses[version] = House.under(RegisterVersion.objects.get(pk=version))
        for under in {version: houses[version], house.version.pk: house}.values():
            asked = Asked(release.live_at, edition.published_at, decisions_of(release.article))
            found = annotate_content(content_of_edition(edition), under, asked)
            if [mark_data(mention) for mention in found.mentions] != edition.marks:
                yield f"edition {edition.pk} bears other marks than version {under.version.number} demands"
        path = article_path(release.language, release.published_date, edition.slug)
        stored = pagestore.get(path)
        if stored is not None and reading_form(release).encode() not in stored:
            yield f"{path} does not hold the form of release {release.pk}"


def relabels(at: datetime) -> Iterator[str]:
    for batch in Batch.objects.all():
        if batch.finished_at is None or batch.failed:
            yield f"relabel {batch.pk}: ended {batch.finished_at}, failed {batch.failed}"


def nothing_withdrawn(at: datetime) -> Iterator[str]:
    """No stored page tells of an article that nobody may see."""
    shown = set(Release.objects.live(at).values_list("article__slug", flat=True))
    every = set(Release.objects.values_list("article__slug", flat=True))
    hidden = {slug.partition("-")[0] for slug in every} - {slug.partition("-")[0] for slug in shown}
    for path in pagestore.stored_paths():
        text = (pagestore.get(path) or b"").decode(errors="replace")
        told = hidden.intersection(re.findall(r"\bzq[a-z]\d+", text))
        if told:
            yield f"{path} tells of {sorted(told)}"


def mails(at: datetime) -> Iterator[str]:
    """Each mail went out; one that went out twice bears the same Message-ID, by which programs know it.

    What an alarm says of the kills is written while all is looked at already, and left alone.
    """
    folder = Path(settings.EMAIL_FILE_PATH)
    texts = [path.read_text(errors="replace") for path in folder.glob("*.log")] if folder.exists() else []
    sent = Counter(re.findall(r"^Message-ID: <newsroom-(\d+)-", "\n".join(texts), re.MULTILINE))
    for mail in Outbox.objects.filter(made_at__lt=at - timedelta(seconds=30)):
        if mail.sent_at is None or not sent[str(mail.pk)]:
            yield f"mail {mail.pk} was not sent: {mail.last_error}"
    foreign = set(sent) - {str(mail.pk) for mail in Outbox.objects.only("pk")}
    if foreign:
        yield f"mails without a row: {sorted(foreign)}"


def no_claims(at: datetime) -> Iterator[str]:
    for model in (Release, Page, Batch, Outbox):
        for row in model.objects.filter(claimed_until__gt=at)[:5]:
            yield f"{model.__name__} {row} is still claimed until {row.claimed_until}"
    for page in Page.objects.exclude(last_error="")[:5]:
        yield f"{page} bears the error {page.last_error}"


CHECKS: dict[str, Callable[[datetime], Iterator[str]]] = {
    "announced": announced_once,
    "periods": periods,
    "record": whole_record,
    "pages": true_pages,
    "counts": right_counts,
    "marks": marks,
    "relabels": relabels,
    "withdrawn": nothing_withdrawn,
    "mails": mails,
    "claims": no_claims,
}
