"""The list of articles: what state each is in, found with one query a page, and the filter by it."""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Mention, Organization, PassageNote, Release
from articles.publishing import slots, statuses

from ..base import BoundedChangeList, name_of_user

STATUSES = {
    "draft": _("draft"),
    "in_review": _("in review"),
    "approved": _("approved"),
    "scheduled": _("scheduled"),
    "live": _("live"),
    "withdrawn": _("withdrawn"),
    "bin": _("in the bin"),
}
COLOURS = {
    "draft": "default",
    "in_review": "warning",
    "approved": "info",
    "scheduled": "primary",
    "live": "success",
    "withdrawn": "danger",
    "bin": "default",
}


class ArticleChangeList(BoundedChangeList):
    result_list: Any

    def get_results(self, request: HttpRequest) -> None:
        """Find status and publication date of the page's articles, who is at them, and how many notes to colleagues are
        open, four queries for all."""
        super().get_results(request)
        articles: list[Any] = list(self.result_list)
        found = statuses(articles, timezone.now())
        dates = dict(
            Release.objects.filter(article__in=articles)
            .order_by("live_at", "pk")
            .values_list("article_id", "published_at")
        )
        at_work: dict[int, list[str]] = {}
        for one in slots.present([article.pk for article in articles], timezone.now()):
            if one.user_id != request.user.pk:
                at_work.setdefault(one.article_id, []).append(name_of_user(one.user))
        notes = open_notes(articles) if request.user.has_perm("articles.view_passagenote") else {}
        for article in articles:
            article.open_notes = notes.get(article.pk, 0)
            article.at_work = at_work.get(article.pk, [])
            article.status_now = found[article.pk]
            article.dated_now = dates.get(article.pk) or article.dated_at
        self.result_list = articles


def open_notes(articles: list[Article]) -> dict[int, int]:
    """Return how many notes to colleagues are open, of those articles that have any."""
    rows = PassageNote.objects.open().filter(article__in=articles).order_by().values("article")
    return dict(rows.annotate(number=Count("pk")).values_list("article", "number"))


class StatusFilter(SimpleListFilter):
    """What lies in the bin is shown only where it is asked for."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(key, str(label)) for key, label in STATUSES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        wanted = self.value()
        return (
            queryset.filter(pk__in=in_status(wanted, queryset))
            if wanted in STATUSES
            else queryset.filter(binned_at=None)
        )


def in_status(status: str, queryset: QuerySet[Article]) -> QuerySet[Article]:
    """Return the articles that `publishing.workflow.status` would name so now."""
    if status == "bin":
        return queryset.filter(binned_at__isnull=False)
    at, queryset = timezone.now(), queryset.filter(binned_at=None)
    own = Release.objects.filter(article=OuterRef("pk"))
    live, scheduled = Exists(own.live(at)), Exists(own.scheduled(at))
    withdrawn = Exists(own.filter(ending="withdrawn", ended_at__lte=at))
    if status == "live":
        return queryset.filter(live)
    if status == "scheduled":
        return queryset.filter(scheduled).exclude(live)
    if status == "withdrawn":
        return queryset.filter(withdrawn).exclude(live).exclude(scheduled)
    return queryset.filter(state=status).exclude(live).exclude(scheduled).exclude(withdrawn)


class NotesFilter(SimpleListFilter):
    """Articles with a note to colleagues that nobody has closed; for those who may see notes."""

    title = _("notes to colleagues")
    parameter_name = "notes"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("open", str(_("with open ones")))] if request.user.has_perm("articles.view_passagenote") else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() != "open":
            return queryset
        return queryset.filter(pk__in=PassageNote.objects.open().order_by().values("article"))


class MentionsFilter(SimpleListFilter):
    """Articles that readers see, or will see, with a mark for an entry of the registers, whose page leads here."""

    title = _("mentions")
    parameter_name = "mentions"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Offer the one that was asked for: there are a thousand."""
        asked = Organization.objects.filter(key=request.GET.get(self.parameter_name, "")).first()
        return [(asked.key, (asked.merged_into or asked).shown_name())] if asked else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(pk__in=mentioning(self.value() or "")) if self.value() else queryset


def mentioning(key: str) -> QuerySet[Release, int]:
    """Return the ids of the articles that readers see, or will see, with a mark for the entry of this key: its own, or
    that of an entry merged with it."""
    same = Organization.objects.filter(Q(key=key) | Q(merged_into__key=key) | Q(merged__key=key))
    marking = Mention.objects.filter(organization__in=list(same.values_list("pk", flat=True))).values("edition")
    return Release.objects.not_ended(timezone.now()).filter(edition__in=marking).values_list("article_id", flat=True)
