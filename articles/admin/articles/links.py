"""The link dialog's search for own articles: found by words of the headline, each with the address that readers know.

An address is given as `publishing.own_links` reads one: from the root on. What has none yet, or none any more, is told.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles.models import LANGUAGES, Address, Article, Release
from articles.models.languages import desk_used
from articles.pagemap.addresses import article_path
from articles.publishing import statuses

from ..base import NewsroomAdmin, as_key
from .article_list import STATUSES

SHORTEST = 2  # letters and digits that a search begins with
MOST_WORDS = 6
LONGEST_WORD = 40  # characters
LOOKED_AT = 200  # articles with these words, the newest, of which the best are offered
LOOKED_THROUGH = 200_000  # the newest articles; an older one is linked to by its address
OFFERED = 10
WORD = re.compile(r"[^\W_]+")


class OwnLinksAdmin(NewsroomAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_GET(self.own_links_view))
        return [path("own-links/", view, name="articles_article_own_links"), *super().get_urls()]

    def own_links_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the articles that `q` finds, those in `language` first; `article`: the one that is written."""
        writes = self.has_add_permission(request) or self.has_change_permission(request)
        if not (writes and self.has_view_permission(request)):
            raise PermissionDenied
        used, asked = desk_used(), request.GET.get("language", "")
        language = asked if asked in used else used[0]
        own = int(as_key(request.GET.get("article")) or 0)
        found = find(words_of(request.GET.get("q", "")), language, used, without=own, at=timezone.now())
        return JsonResponse({"articles": offered(found, language, timezone.now())})


def words_of(query: str) -> list[str]:
    """Return the words that are looked for; none for what is too short to look for."""
    words = WORD.findall(query[:500])[:MOST_WORDS]
    return [word[:LONGEST_WORD] for word in words] if sum(map(len, words)) >= SHORTEST else []


def begins(word: str) -> str:
    """Return a pattern for a text with a word that begins so, in small letters or large, "е" and "ё" alike.

    Each letter in both its shapes: SQLite, and PostgreSQL in some locales, know no others than ASCII's as the same.

    >>> begins("Её")
    '(^|\\\\W)[ЕеЁё][ЕеЁё]'
    """
    return r"(^|\W)" + "".join(f"[{''.join(shapes(letter))}]" for letter in word)


def may_begin(word: str) -> Q:
    """Return a condition that the pattern implies and databases answer several times as fast: two letters of the word,
    those with the fewest shapes, stand beside one another."""
    pairs = [[a + b for a in shapes(one) for b in shapes(two)] for one, two in pairwise(word)]
    fewest = min(pairs or [shapes(word)], key=len)
    return reduce(or_, (Q(headline__contains=pair) for pair in fewest))


def shapes(letter: str) -> list[str]:
    if letter in "ЕеЁё":
        return list("ЕеЁё")
    return sorted({one for one in (letter, letter.lower(), letter.upper()) if len(one) == 1})


def find(words: Sequence[str], language: str, languages: Iterable[str], *, without: int, at: datetime) -> list[Article]:
    """Return the articles whose headlines hold all the words: of `language` before others, public at `at` before
    others, the newest first. Reads each headline once, unless there are plenty of them: a row's text is not touched."""
    if not words:
        return []
    keys = newest_with(words, list(languages))
    if len(keys) == LOOKED_AT:  # so many that those of the language may be older than all of them
        keys += newest_with(words, [language])
    return list(
        Article.objects.kept()
        .filter(pk__in=keys)
        .exclude(pk=without)
        .annotate(
            is_other=Case(When(language=language, then=Value(0)), default=Value(1)),
            is_live=Exists(Release.objects.live(at).filter(article=OuterRef("pk"))),
        )
        .only("headline", "language", "slug", "state", "dated_at", "binned_at")
        .order_by("is_other", "-is_live", "-pk")[:OFFERED]
    )


def newest_with(words: Sequence[str], languages: Sequence[str]) -> list[int]:
    """Return the keys of the newest articles of these languages with all the words, at most LOOKED_AT."""
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = Article.objects.filter(pk__gt=newest - LOOKED_THROUGH, language__in=languages)
    for word in words:
        rows = rows.filter(may_begin(word), headline__regex=begins(word))
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT])


def offered(articles: list[Article], language: str, at: datetime) -> list[dict[str, Any]]:
    """Return what the dialog shows of each article: `path` is empty where there is no address to link to."""
    stands = statuses(articles, at)
    current = {one.article_id: one for one in Address.objects.filter(article__in=articles, current=True)}
    begin = dict(
        Release.objects.filter(article__in=articles)
        .not_ended(at)
        .order_by("-live_at")
        .values_list("article_id", "live_at")
    )
    lines = []
    for article in articles:
        status = stands[article.pk]
        address = address_of(article, status, current.get(article.pk))
        told = said_of(status, current.get(article.pk), begin.get(article.pk), bool(address))
        if article.language != language:
            told = f"{dict(LANGUAGES)[article.language]} · {told}"
        lines.append({"headline": article.headline, "path": address, "status": status, "told": told})
    return lines


def address_of(article: Article, status: str, current: Address | None) -> str:
    """Return where readers find the article, or will; "" where nobody can know yet, or it was withdrawn."""
    if status in ("live", "scheduled") and current is not None:
        return article_path(current.language, current.date, current.slug)
    if status in ("draft", "in_review", "approved") and article.dated_at and article.slug:
        return article_path(article.language, timezone.localdate(article.dated_at), article.slug)
    return ""


def said_of(status: str, current: Address | None, live_at: datetime | None, has_address: bool) -> str:
    """Say in a few words what stands at the address."""
    if status == "live" and current is not None:
        return _("published on %(day)s") % {"day": date_format(current.date, "j E Y")}
    if status == "scheduled" and live_at is not None:
        moment = date_format(timezone.localtime(live_at), "j E Y, H:i")
        return _("scheduled for %(moment)s: readers find nothing there before") % {"moment": moment}
    if status == "withdrawn":
        return _("withdrawn: readers are told so at its address")
    label = STATUSES.get(status, status)
    if has_address:
        return _("%(status)s: readers find nothing there before it is published") % {"status": label}
    return _("%(status)s: has no address before it is published or dated") % {"status": label}
