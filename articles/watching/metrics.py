"""The house in figures, for Prometheus: read from the database when they are asked for, and what processes count."""

import logging
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError
from django.db.models import Max, Min
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from .. import baking
from ..models import Batch, Heartbeat, JobRun, Outbox, Page, Register, RegisterVersion, Release
from .checks import look
from .checks.backups import last_backup_at
from .checks.disk import places
from .checks.jobs import LATE
from .counted import BUCKETS, added
from .kinds import KINDS

CONTENT_TYPE = CONTENT_TYPE_LATEST
Labelled = Iterable[tuple[list[str], float]]
logger = logging.getLogger(__name__)


def figures(at: datetime) -> bytes:
    """Return all figures at `at`, in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(HouseInFigures(at))
    return generate_latest(registry)


class HouseInFigures(Collector):
    """`at`: the moment that is asked for."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def describe(self) -> list[Metric]:
        """Return nothing: what there is depends on what can be read."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the families; without a database those that need none."""
        yield from counts()
        yield gauge("disk_free_bytes", "Free space where a folder lies", disk_space(), ["folder"])
        found = look(self.at)
        stops = any(one.kind.stops for one in found)
        there = {one.kind.key for one in found}
        yield gauge("ready", "Whether the house can do its work", [([], float(not stops))])
        yield gauge("trouble", "Whether there is this trouble", [([key], key in there) for key in KINDS], ["kind"])
        try:
            read = list(of_rows(self.at))
        except (DatabaseError, InterfaceError):
            logger.warning("The figures of the database cannot be read", exc_info=True)
            read = []
        yield gauge("database_up", "Whether the database answers", [([], float(bool(read)))])
        yield from read


def gauge(name: str, says: str, values: Labelled, labels: list[str] | None = None) -> Metric:
    """Make a family of figures that rise and fall."""
    family = GaugeMetricFamily(f"newsroom_{name}", says, labels=labels or [])
    for told, value in values:
        family.add_metric(told, float(value))
    return family


def disk_space() -> Labelled:
    return [([name], shutil.disk_usage(folder).free) for name, folder in places().items()]


def of_rows(at: datetime) -> Iterator[Metric]:
    """Yield what stands in rows."""
    yield from releases(at)
    yield gauge("queue_depth", "Rows that wait for a worker", queues(at), ["queue"])
    yield gauge("mails_unsent", "Mails not sent yet", [([], Outbox.objects.filter(sent_at=None).count())])
    oldest = Page.objects.dirty(at).aggregate(since=Min("dirty_since"))["since"]
    yield gauge("bake_age_seconds", "How long the oldest page has waited to be stored", [([], age(oldest, at))])
    beats = Heartbeat.objects.filter(job__in=LATE).order_by("job")
    yield gauge(
        "pulse_age_seconds", "Since a job was heard last", [([b.job], age(b.beat_at, at)) for b in beats], ["job"]
    )
    yield from registers(at)
    backup = last_backup_at()
    told: Labelled = [([], age(backup, at))] if backup else []
    yield gauge("backup_age_seconds", "Since the last backup; absent without one", told)


def releases(at: datetime) -> Iterator[Metric]:
    due = Release.objects.live(at).filter(announced_at=None).count()
    yield gauge("releases_due", "Releases that are live and not announced yet", [([], due)])
    yield gauge("releases_overdue", "Those that have waited for too long", [([], baking.overdue_releases(at).count())])
    yield gauge("releases_scheduled", "Releases still to come", [([], Release.objects.scheduled(at).count())])


def queues(at: datetime) -> Labelled:
    """Count what each queue finds to do, as rows; messages are wake-ups and say nothing."""
    runs = JobRun.objects.filter(state="running").count() + JobRun.objects.due(at).filter(state="failed").count()
    relabels = Batch.objects.filter(finished_at=None, stopped_at=None).count()
    return [
        (["announce"], Release.objects.live(at).filter(announced_at=None).count()),
        (["bake"], Page.objects.dirty(at).count()),
        (["relabel"], runs + relabels),
        (["media"], Page.objects.filter(stored_at__isnull=False, compressed_at=None).count()),
        (["mail"], Outbox.objects.filter(sent_at=None, attempts__lt=Outbox.MOST_ATTEMPTS).count()),
    ]


def registers(at: datetime) -> Iterator[Metric]:
    checked = [([one.key], age(one.checked_at, at)) for one in Register.objects.order_by("key") if one.checked_at]
    yield gauge("register_age_seconds", "Since a register was held against its keeper's list", checked, ["register"])
    applied = RegisterVersion.objects.aggregate(at=Max("applied_at"))["at"]
    told: Labelled = [([], age(applied, at))] if applied else []
    yield gauge("register_version_age_seconds", "Since the registers in force came into force", told)


def age(since: datetime | None, at: datetime) -> float:
    """Return how many seconds ago that was; 0 for nothing. Below 0: it lies in the future."""
    return (at - since) / timedelta(seconds=1) if since else 0.0


def counts() -> Iterator[Metric]:
    """Yield what the processes have counted, added up."""
    samples = added()
    yield requests(samples)
    answers = CounterMetricFamily("newsroom_answers", "Answers, by the first digit of their status", labels=["status"])
    for (name, labels), value in sorted(samples.items()):
        if name == "newsroom_answers_total":
            answers.add_metric([dict(labels)["status"]], value)
    yield answers
    refused = samples.get(("newsroom_logins_refused_total", ()), 0.0)
    yield CounterMetricFamily("newsroom_logins_refused", "Logins that were refused", value=refused)


def requests(samples: dict[tuple[str, tuple[tuple[str, str], ...]], float]) -> Metric:
    """Return the times of requests by view."""
    family = HistogramMetricFamily("newsroom_request_seconds", "Time of an answer, by view", labels=["view"])
    views = sorted({dict(labels)["view"] for name, labels in samples if name == "newsroom_request_seconds_sum"})
    for view in views:
        edges = [*(str(float(edge)) for edge in BUCKETS), "+Inf"]
        buckets = [
            (edge, samples.get(("newsroom_request_seconds_bucket", (("le", edge), ("view", view))), 0.0))
            for edge in edges
        ]
        family.add_metric([view], buckets, samples["newsroom_request_seconds_sum", (("view", view),)])
    return family
