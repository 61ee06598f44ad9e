"""Stored pages: which files stand, which wait to be made anew, what went wrong."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from articles import pagemap
from articles.models import Page

from ..base import ReadOnlyAdmin
from .wake import wake

KINDS = {
    "front": _("front page"),
    "news": _("all news"),
    "article": _("article"),
    "archive": _("archive"),
    "year": _("year"),
    "month": _("month"),
    "day": _("day"),
    "rubric": _("rubric"),
    "rubric_month": _("month of a rubric"),
    "feed": _("feed"),
    "corrections": _("corrections"),
    "corrections_feed": _("feed of corrections"),
    "sitemap": _("sitemap"),
    "media": _("photo"),
}


class PageKind(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(key, str(label)) for key, label in KINDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> QuerySet[Page]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class PageState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [
            ("waiting", str(_("waits to be stored"))),
            ("failed", str(_("failed"))),
            ("stored", str(_("stored"))),
            ("none", str(_("no file"))),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> QuerySet[Page]:
        wanted = {
            "waiting": Q(dirty_since__isnull=False),
            "failed": ~Q(last_error=""),
            "stored": ~Q(file_hash="") & Q(dirty_since=None),
            "none": Q(file_hash=""),
        }
        return queryset.filter(wanted.get(self.value() or "", Q()))


@admin.register(Page)
class PageAdmin(ReadOnlyAdmin):
    list_display = ("path", "state", "stored_at", "dirty_since", "next_change_at", "attempts", "error")
    list_filter = (PageState, PageKind)
    search_fields = ("path",)
    actions = ("store_again",)
    fields = (
        "address",
        ("kind_name", "article"),
        ("stored_at", "dirty_since", "next_change_at"),
        ("generation", "file_hash", "content_type"),
        ("attempts", "not_before", "claimed_until"),
        "last_error",
    )
    readonly_fields = ("address", "kind_name")

    def has_store_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_page")

    @action(description=_("Store again"), permissions=["store"])
    def store_again(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        """Touch the pages: the next tick makes them anew."""
        paths = list(queryset.values_list("path", flat=True))
        pagemap.touch(paths, timezone.now())
        Page.objects.filter(path__in=paths).update(not_before=None, attempts=0, last_error="")
        transaction.on_commit(wake)
        count = len(paths)
        messages.success(
            request,
            ngettext("%(count)d page will be stored again.", "%(count)d pages will be stored again.", count)
            % {"count": count},
        )

    @display(
        description=_("state"),
        label={"failed": "danger", "waiting": "warning", "stored": "success", "none": "info"},
    )
    def state(self, page: Page) -> tuple[str, str]:
        if page.last_error:
            return "failed", str(_("failed"))
        if page.dirty_since:
            return "waiting", str(_("waits to be stored"))
        return ("stored", str(_("stored"))) if page.file_hash else ("none", str(_("no file")))

    @display(description=_("kind"))
    def kind_name(self, page: Page) -> str:
        return str(KINDS.get(page.kind, page.kind))

    @display(description=_("error"))
    def error(self, page: Page) -> str:
        return page.last_error.strip().rpartition("\n")[2][:120]

    @display(description=_("address"))
    def address(self, page: Page) -> str:
        return format_html('<a href="{}">{}</a>', page.path, page.path)
