"""The first page: where the articles stand, what comes next, what needs an answer, and whether the jobs are alive."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from .. import baking, editions
from ..models import Article, JobRun, Release
from ..registers import NoRegisters
from .article_list import COLOURS, STATUSES, in_status
from .job import NAMES

COUNTED = 100
LOOKED_AT = 30
SHOWN = 6


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the page's context what the user may see."""
    at = timezone.now()
    if request.user.has_perm("articles.view_article"):
        context |= {"statuses": counts(), "coming": coming(at), "unclear": unclear(at), "latest": latest()}
    if request.user.has_perm("articles.view_jobrun"):
        context["runs"] = runs()
    return context | {"pulse": baking.pulse(at)}


def counts() -> list[dict[str, Any]]:
    """Count the articles of each status, up to COUNTED: the page costs the same in any archive."""
    found = []
    for key, label in STATUSES.items():
        number = in_status(key, Article.objects.order_by())[: COUNTED + 1].count()
        found.append(
            {
                "label": label,
                "colour": COLOURS[key],
                "number": f"{COUNTED}+" if number > COUNTED else str(number),
                "link": f"{reverse('admin:articles_article_changelist')}?status={key}",
            }
        )
    return found


def runs() -> list[JobRun]:
    """Return the last runs of jobs, each with its name for people."""
    found = list(JobRun.objects.order_by("-started_at", "-pk")[:SHOWN])
    for run in found:
        run.label = NAMES.get(run.job, run.job)  # type: ignore[attr-defined]
    return found


def coming(at: datetime) -> list[Release]:
    """Return the releases that go live next."""
    return list(Release.objects.scheduled(at).select_related("edition").order_by("live_at")[:SHOWN])


def latest() -> list[Article]:
    """Return the working copies saved last."""
    return list(Article.objects.order_by("-updated_at", "-pk")[:SHOWN])


def unclear(at: datetime) -> list[dict[str, Any]]:
    """Return the articles with unanswered mentions among the working copies saved last."""
    found = []
    articles = Article.objects.select_related("lead_photo", "origin_article")
    for article in articles.order_by("-updated_at", "-pk")[:LOOKED_AT]:
        try:
            names = [candidate.surface for candidate in editions.check(article, at).unclear]
        except NoRegisters:
            return []
        if names:
            found.append({"article": article, "names": list(dict.fromkeys(names))})
    return found
