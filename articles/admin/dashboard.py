"""The first page: where the articles stand, what comes next, what needs an answer, and whether the jobs are alive."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from .. import backups, baking, watching
from ..models import Article, Backup, JobRun, Release
from ..publishing import statuses
from .articles.article_list import STATUSES
from .articles.queue import first_articles, waiting

COUNTED = 500
SHOWN = 6


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the page's context what the user may see."""
    at = timezone.now()
    if request.user.has_perm("articles.view_article"):
        context |= {
            "statuses": counts(at),
            "counted": COUNTED,
            "coming": coming(at),
            "latest": latest(),
        }
    if request.user.has_perm("articles.answer_mention"):
        context |= {"unclear": first_articles(SHOWN), "waiting": waiting()}
    if request.user.has_perm("articles.view_jobrun"):
        context |= {"runs": runs(), "overdue": overdue(at), "backup": backup(at)}
    return context | {"pulse": baking.pulse(at), "findings": troubles(request, at)}


def troubles(request: HttpRequest, at: datetime) -> list[watching.Finding]:
    """Return what is wrong with the house: to those who look after it all of it, to the others what stops the work."""
    if request.user.has_perm("articles.view_trouble"):
        return watching.look(at)
    return watching.blocking(at)


def counts(at: datetime) -> list[dict[str, Any]]:
    """Count the statuses of the COUNTED articles saved last: the page costs the same in any archive."""
    recent = list(Article.objects.kept().only("pk", "state", "binned_at").order_by("-updated_at", "-pk")[:COUNTED])
    found = Counter(statuses(recent, at).values())
    address = reverse("admin:articles_article_changelist")
    return [
        {"label": label, "number": found[key], "link": f"{address}?status={key}"}
        for key, label in STATUSES.items()
        if key != "bin"
    ]


def runs() -> list[JobRun]:
    """Return the last runs of jobs."""
    return list(JobRun.objects.order_by("-started_at", "-pk")[:SHOWN])


def backup(at: datetime) -> dict[str, Any]:
    """Return the last whole backup, whether it is too old, and why the last one that was begun is not whole."""
    last, tried = backups.last_backup(), Backup.objects.by(at).first()
    error = tried.error if tried and not tried.is_whole else ""
    return {"last": last, "old": backups.is_old(last, at), "error": error}


def overdue(at: datetime) -> list[Release]:
    """Return the releases that have waited longest for being announced; each has its last error, if it is that."""
    return list(baking.overdue_releases(at).select_related("edition").order_by("live_at", "pk")[:SHOWN])


def coming(at: datetime) -> list[Release]:
    """Return the releases that go live next."""
    return list(Release.objects.scheduled(at).select_related("edition").order_by("live_at")[:SHOWN])


def latest() -> list[Article]:
    """Return the working copies saved last."""
    return list(Article.objects.kept().order_by("-updated_at", "-pk")[:SHOWN])
