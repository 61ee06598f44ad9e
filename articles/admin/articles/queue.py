"""The review queue: every unclear mention with its sentence, answered by one key or one click."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Page
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import publishing
from articles.footnotes.rules import REASONS
from articles.models import Article, MentionDecision, Register, UnclearMention

from ..base import BoundedPaginator, ReadOnlyAdmin, editor_of, name_of, turn
from ..works.wake import wake
from .article_list import COLOURS, STATUSES
from .mentions import label_of, names_of

NEVER = "admin:articles_organization_never"
ON_A_PAGE = 20
COUNTED = 99
ANSWERED = 8  # answers shown under the queue


@admin.register(UnclearMention)
class UnclearMentionAdmin(ReadOnlyAdmin):
    list_select_related = ("article", "organization")
    fields = ("article", "surface", "is_released", "found_at")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/answer/", wrap(require_POST(self.answer_view)), name="articles_unclearmention_answer"),
            path("back/<int:pk>/", wrap(require_POST(self.back_view)), name="articles_unclearmention_back"),
            *super().get_urls(),
        ]

    def has_view_permission(self, request: HttpRequest, obj: UnclearMention | None = None) -> bool:
        return request.user.has_perm("articles.answer_mention")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show one page of the queue, and the last answers."""
        self.refuse_strangers(request)
        rows = UnclearMention.objects.select_related("article", "organization")
        page = BoundedPaginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Unclear mentions"),
            "opts": self.opts,
            "page": page,
            "rows": described(page, request.user.has_perm("articles.change_organization")),
            "answered": last_answers(),
        }
        return TemplateResponse(request, "admin/articles/queue.html", context)

    def answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep an answer; a script gets what to show as JSON, a plain form the page again."""
        self.refuse_strangers(request)
        row = UnclearMention.objects.select_related("article").filter(pk=pk).first()
        if row is None:
            return self.reply(request, error=_("This has been answered already."), gone=[pk])
        before = set(row.article.unclear_mentions.values_list("pk", flat=True))
        try:
            with turn(row.article) as at:
                decision = publishing.answer_mention(
                    row.article,
                    row.key,
                    request.POST.get("answer", ""),
                    by=editor_of(request),
                    at=at,
                    reason=request.POST.get("reason", ""),
                    always=bool(request.POST.get("always")),
                )
        except publishing.Refused as refused:
            if not refused.field:
                publishing.queue.refresh(row.article, timezone.now())
            return self.reply(request, error=str(refused), gone=[] if refused.field else [pk])
        transaction.on_commit(wake)
        left = set(row.article.unclear_mentions.values_list("pk", flat=True))
        return self.reply(request, decision=decision, gone=sorted(before - left))

    def back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take an answer back; its question stands in the queue again."""
        self.refuse_strangers(request)
        decision = get_object_or_404(MentionDecision, pk=pk)
        with turn(decision.article) as at:
            publishing.take_back_answer(decision, by=editor_of(request), at=at)
        transaction.on_commit(wake)
        messages.success(request, _("The answer is taken back."))
        return self.again(request)

    def reply(
        self, request: HttpRequest, *, gone: list[int], decision: MentionDecision | None = None, error: str = ""
    ) -> HttpResponse:
        """Say what came of an answer: `gone` are the rows that ask no more."""
        if request.headers.get("Accept") == "application/json":
            shown = ""
            if decision is not None:
                shown = render_to_string("admin/articles/_answered.html", {"one": told(decision)}, request)
            return JsonResponse({"gone": gone, "error": error, "answered": shown, "left": waiting()})
        if error:
            messages.error(request, error)
        elif decision is not None:
            messages.success(request, "{surface}: {said}".format(**told(decision)))
        return self.again(request)

    def again(self, request: HttpRequest) -> HttpResponse:
        page = request.POST.get("page", "")
        query = f"?page={page}" if page.isdecimal() else ""
        return redirect(reverse("admin:articles_unclearmention_changelist") + query)

    def refuse_strangers(self, request: HttpRequest) -> None:
        publishing.roles.require(request.user, "answer_mention")


def described(page: Page, may_change: bool) -> list[dict[str, Any]]:
    """Return the rows of a page with what an editor must know, in a handful of queries.

    `may_change`: whether words may be named beside which a person is never meant.
    """
    rows: list[UnclearMention] = list(page.object_list)
    articles = {row.article_id: row.article for row in rows}
    standing = publishing.statuses(list(articles.values()), timezone.now())
    names = names_of({row.organization.key for row in rows})
    statuses = {register.key: register.get_status_display() for register in Register.objects.all()}
    return [
        {
            "row": row,
            "article": row.article,
            "status": STATUSES.get(standing[row.article_id], standing[row.article_id]),
            "colour": COLOURS.get(standing[row.article_id], "default"),
            "only_draft": not row.is_released and standing[row.article_id] in ("live", "scheduled"),
            "where": label_of(row.field),
            "organization": names.get(row.organization.key, row.organization.key),
            "registers": registers_of(row, statuses),
            "never": reverse(NEVER, args=[row.organization_id]) if may_change and row.organization.is_person else "",
            "why": _(REASONS[row.rule]) if row.rule in REASONS else "",
        }
        for row in rows
    ]


def registers_of(row: UnclearMention, statuses: dict[str, str]) -> list[str]:
    keys: Iterable[str] = filter(None, row.registers.split("+"))
    return [str(statuses.get(key.partition("@")[0], key)) for key in keys]


def last_answers() -> list[dict[str, Any]]:
    """Return the answers given last, with their authors and reasons."""
    given = MentionDecision.objects.select_related("article", "organization", "made_by__user")
    return [told(decision) for decision in given.order_by("-made_at", "-pk")[:ANSWERED]]


def told(decision: MentionDecision) -> dict[str, Any]:
    """Return an answer as people read it."""
    always = decision.key.startswith("*:")
    said = {
        ("mark", False): _("marked"),
        ("not", False): _("not the one listed"),
        ("mark", True): _("always marked in this article"),
        ("not", True): _("never the one listed in this article"),
    }[decision.answer, always]
    return {
        "pk": decision.pk,
        "surface": decision.surface,
        "said": said,
        "article": decision.article,
        "who": name_of(decision.made_by),
        "reason": decision.reason,
        "at": decision.made_at,
    }


def waiting() -> str:
    """Return how many questions wait, up to COUNTED: counting costs the same in any archive."""
    number = UnclearMention.objects.order_by()[: COUNTED + 1].count()
    return f"{COUNTED}+" if number > COUNTED else str(number)


def first_articles(number: int) -> list[Article]:
    """Return the articles at the head of the queue, each with the `names` it asks about."""
    articles: dict[int, Article] = {}
    for row in UnclearMention.objects.select_related("article").defer("before", "after")[: number * 5]:
        article = articles.setdefault(row.article_id, row.article)
        article.names = list(dict.fromkeys([*getattr(article, "names", []), row.surface]))  # type: ignore[attr-defined]
    return list(articles.values())[:number]
