"""The pages of an article's history: the time line, a comparison of any two texts, bringing a version back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Article, Erasure
from articles.publishing.restoring import gone_since
from articles.publishing.roles import may_edit

from ...base import LONGEST_KEY, editor_of, turn
from ...works.wake import wake
from ..preview_links import LinksAdmin
from .difference import TextComparison, difference, label_of
from .sides import TextSide, side_of, sides_of
from .timeline import cursor_of, time_line

# The acts on whose page stands what they would change for readers.
CHANGING = ("publish", "correct", "schedule", "request", "override")


class HistoryAdmin(LinksAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:article_id>/history/compare/", wrap(self.compare_view), name="articles_article_compare"),
            path(
                "<int:article_id>/history/<int:number>/restore/",
                wrap(self.restore_view),
                name="articles_article_restore",
            ),
            *super().get_urls(),
        ]

    def page(self, request: HttpRequest, article: Article, template: str, **context: Any) -> HttpResponse:
        frame = self.admin_site.each_context(request)
        context = {**frame, "opts": self.opts, "original": article, "article": article, **context}
        return TemplateResponse(request, f"admin/articles/article/{template}.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the time line, where Django shows its own log of forms; with the radio buttons as they were left."""
        article, now = self.found(request, key_or_404(object_id)), timezone.now()
        erasure = Erasure.objects.filter(article=article).first()
        before = cursor_of(request.GET.get("before", ""))
        line = time_line(article, editor_of(request), now, before, is_erased=erasure is not None)
        chosen = {"old": request.GET.get("old", ""), "new": request.GET.get("new", "") or "now"}
        shown = {row.key for row in line.rows} | {"now", "live", ""}
        return self.page(
            request,
            article,
            "history",
            title=_("History: %(headline)s") % {"headline": article.headline},
            line=line,
            is_first=before is None,
            erasure=erasure,
            chosen=chosen,
            elsewhere=elsewhere(article, [key for key in chosen.values() if key not in shown], now)
            if not erasure
            else [],
            live=publishing.live_release(article, now) or publishing.open_release(article),
            versions=article.versions.count(),
            may_restore=erasure is None and may_edit(editor_of(request), article),
            **(extra_context or {}),
        )

    def compare_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Show what differs between two texts of the article."""
        article, now = self.found(request, article_id), timezone.now()
        keys = request.GET.get("old", ""), request.GET.get("new", "")
        if not all(keys):
            messages.info(request, _("Choose an older and a newer text to compare."))
            return redirect("admin:articles_article_history", article.pk)
        old, new = sides_or_404(article, *keys, now)
        return self.page(
            request,
            article,
            "compare",
            title=_("What differs: %(headline)s") % {"headline": article.headline},
            difference=difference(old, new),
            restorable=[side for side in (old, new) if side.version] if may_edit(editor_of(request), article) else [],
        )

    def restore_view(self, request: HttpRequest, article_id: int, number: int) -> HttpResponse:
        """Say what bringing a version back would change; do it when it is posted."""
        article, now = self.found(request, article_id), timezone.now()
        if request.method == "POST":
            return self.restore(request, article, number)
        if not may_edit(editor_of(request), article):
            messages.error(request, _("Your role does not allow this."))
            return redirect("admin:articles_article_history", article.pk)
        old, new = sides_or_404(article, "now", f"v{number}", now)
        gone = gone_since(article.versions.get(number=number))
        return self.page(
            request,
            article,
            "restore",
            title=_("Bring version %(number)s back: %(headline)s") % {"number": number, "headline": article.headline},
            number=number,
            difference=difference(old, new),
            gone=[label_of(name) for name in gone],
            live=publishing.live_release(article, now),
        )

    def restore(self, request: HttpRequest, article: Article, number: int) -> HttpResponse:
        """Do it, and go to the form with what was brought back; what is refused is said on the page before."""
        seen = request.POST.get("seen", "")
        try:
            with turn(article) as at:
                restored = publishing.restore(
                    article,
                    number,
                    by=editor_of(request),
                    at=at,
                    seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
                )
                self.log_change(request, article, _("Brought version %(number)s back.") % {"number": number})
        except publishing.Refused as refused:
            messages.error(request, str(refused.message))
            return redirect("admin:articles_article_history", article.pk)
        transaction.on_commit(wake)
        new = {"old": number, "number": restored.version.number}
        messages.success(request, _("Version %(old)s is the working copy again, as version %(number)s.") % new)
        if restored.gone:
            fields = ", ".join(label_of(name) for name in restored.gone)
            messages.warning(
                request, _("What no longer exists could not be brought back: %(fields)s.") % {"fields": fields}
            )
        return redirect("admin:articles_article_change", article.pk)


def key_or_404(object_id: str) -> int:
    """Return the id that Django's own address of the history names."""
    if not object_id.isdecimal() or len(object_id) > LONGEST_KEY:
        raise Http404
    return int(object_id)


def sides_or_404(article: Article, old: str, new: str, now: datetime) -> tuple[TextSide, TextSide]:
    """Return two texts of the article; of an erased one there is none."""
    if Erasure.objects.filter(article=article).exists():
        raise Http404
    one, other = sides_of(article, old, new, now)
    if one is None or other is None:
        raise Http404
    return one, other


def elsewhere(article: Article, keys: list[str], now: datetime) -> list[TextSide]:
    """Return what was chosen on another page of the time line."""
    return [side for key in dict.fromkeys(keys) if (side := side_of(article, key, now)) is not None]


def since_live(article: Article, act: str, now: datetime) -> TextComparison | None:
    """Return what an act would change for readers, for its page; None for an act that changes no text, and before there
    is one that they see or are to see.

    The cancelling of a schedule: what they would have seen.
    """
    if act not in (*CHANGING, "cancel") or Erasure.objects.filter(article=article).exists():
        return None
    old, new = sides_of(article, "live", planned_key(article) if act == "cancel" else "now", now)
    return difference(old, new) if old is not None and new is not None and old.key != new.key else None


def since_seen(article: Article, number: int, now: datetime) -> TextComparison | None:
    """Return what was saved since a page has shown that version; None if nothing was, or nobody knows what stood."""
    kept = article.versions.filter(number__lte=number).first()
    if number >= article.version or kept is None:
        return None
    old, new = sides_of(article, f"v{kept.number}", "now", now)
    return difference(old, new) if old is not None and new is not None else None


def planned_key(article: Article) -> str:
    """Return the key of the edition that is scheduled, or, if none is, of what readers see."""
    planned = publishing.open_release(article)
    return f"e{planned.edition.number}" if planned is not None else "live"
