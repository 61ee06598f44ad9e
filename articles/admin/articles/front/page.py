"""The front page at the desk: the page as storing now would print it, its places, and the articles to put there.

The script sends all that somebody has made, and gets the page; nothing is stored before they say so, in one act. The
page stands in a frame without scripts, as that of an article does.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST

from articles.editions import House, unclear_in_name
from articles.models import PLACE_KINDS, Category, Event, FrontPage, FrontPlace, Spot
from articles.models.front import PlaceKind
from articles.models.languages import KNOWN, desk_used
from articles.publishing import Refused, arrange, sheet_of
from articles.publishing.front import PlacesTaken, Sheet, checked_line, is_over
from articles.reader.front import Breaking
from articles.reader.unsaved_front import unsaved_front_page
from articles.registers import NoRegisters

from ...base import ReadOnlyAdmin, editor_of, name_of
from ...record.event import KINDS, in_words
from ...works.wake import wake
from ..live_preview import HEADERS, NO_REGISTERS, SANDBOX, framed
from ..typed import NotSo, answered, read
from .sent import articles_told, as_sent, line_told, offered, sheet_sent

EVENTS = ("front place", "front place emptied", "breaking line", "breaking line taken")
TOLD = ("place", "category", "position", "text", "until")  # of what an event holds
SHOWN = 12  # of the last events
LOOKED_BACK = timedelta(days=30)


@admin.register(FrontPage)
class FrontPageAdmin(ReadOnlyAdmin):
    def get_urls(self) -> list[URLPattern]:
        """There are the page and what its script asks; no list of rows, and no form of one."""
        wrap = self.admin_site.admin_view
        preview, store = (
            never_cache(csrf_protect(require_POST(self.telling(view)))) for view in (self.preview, self.store)
        )
        return [
            path("", wrap(require_GET(self.page_view)), name="articles_frontpage_changelist"),
            path("found/", wrap(require_GET(self.found_view)), name="articles_frontpage_found"),
            path("printed/", wrap(require_GET(self.printed_view)), name="articles_frontpage_printed"),
            path("preview/", preview, name="articles_frontpage_preview"),
            path("store/", store, name="articles_frontpage_store"),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.change_frontpage")

    def language_asked(self, request: HttpRequest, asked: Any) -> str:
        """Return the language asked for, or the outlet's first. Raise PermissionDenied for who may not make pages."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return asked if asked in desk_used() else desk_used()[0]

    def page_view(self, request: HttpRequest) -> HttpResponse:
        """Show the desk's page of a front page."""
        at, language = timezone.now(), self.language_asked(request, request.GET.get("language"))
        categories = list(Category.objects.all())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Front page"),
            "opts": self.opts,
            "is_fullwidth": "1",
            "language": language,
            "languages": [(code, KNOWN[code].label, code == language) for code in desk_used()],
            "groups": groups_of_places(categories, language),
            "told": {
                "user": request.user.pk,
                "language": language,
                "state": state_of(language, at),
                "found": offered("", language, at),
                "to": {name: reverse(f"admin:articles_frontpage_{name}") for name in ("found", "preview", "store")},
            },
            "printed": f"{reverse('admin:articles_frontpage_printed')}?language={language}",
            "sandbox": SANDBOX,
            "events": last_events(language, at),
        }
        return TemplateResponse(request, "admin/articles/front/page.html", context)

    def found_view(self, request: HttpRequest) -> JsonResponse:
        """Answer with the articles that can be placed, and have the words of `q` in their headlines."""
        language = self.language_asked(request, request.GET.get("language"))
        return JsonResponse({"articles": offered(request.GET.get("q", "")[:500], language, timezone.now())})

    def printed_view(self, request: HttpRequest) -> HttpResponse:
        """Show the page as it is stored: the script puts in its place what is made of it."""
        at, language = timezone.now(), self.language_asked(request, request.GET.get("language"))
        try:
            return framed(built_of(sheet_of(language, at), language, at)["page"].encode())
        except NoRegisters:
            return HttpResponse(NO_REGISTERS, content_type="text/plain; charset=utf-8", headers=HEADERS)

    def telling(self, view: Any) -> Any:
        """Return a view that answers a script: with what it is told, or why not."""

        def told(request: HttpRequest) -> JsonResponse:
            try:
                return answered(request, view(request))
            except NotSo as no:
                return answered(request, {"error": no.code, "says": no.says}, no.status)
            except Refused as refused:
                return answered(request, {"error": "refused", "says": str(refused), "field": refused.field}, 409)
            except NoRegisters:
                return answered(request, {"error": "refused", "says": str(NO_REGISTERS)}, 409)
            except DatabaseError:
                return answered(request, {"error": "away"}, 503)

        return told

    def sent(self, request: HttpRequest) -> tuple[dict[str, Any], str]:
        """Return what the script has sent, and of which language. Raise NotSo for whom it is not to be done."""
        if not self.admin_site.has_permission(request):
            raise NotSo("login", 401, _("You are logged out: log in in another tab, then go on here."))
        if not self.has_change_permission(request):
            raise NotSo("forbidden", 403, _("Your role does not allow this."))
        sent = read(request)
        if sent.get("user") != request.user.pk:
            raise NotSo("other", 409, _("Somebody else is logged in now in this browser. Nothing is sent as theirs."))
        if sent.get("language") not in desk_used():
            raise NotSo("broken", 400)
        return sent, sent["language"]

    def preview(self, request: HttpRequest) -> dict[str, Any]:
        """Return the page as storing now would print it, and what stands where."""
        sent, language = self.sent(request)
        return {"ok": True, **built_of(sheet_sent(sent.get("state")), language, timezone.now())}

    def store(self, request: HttpRequest) -> dict[str, Any]:
        """Store what was made, and return what there is then; where somebody was quicker, that alone."""
        sent, language = self.sent(request)
        was, becomes, at = sheet_sent(sent.get("was")), sheet_sent(sent.get("becomes")), timezone.now()
        try:
            is_merged = arrange(language, was, becomes, by=editor_of(request), at=at)
        except PlacesTaken as told:
            places = [place.key for place in told.places]
            both = {"error": "overtaken", "says": str(told), "places": places, "line": told.line}
            return both | {"state": state_of(language, at), "who": who_of(language, told.places)}
        except PermissionDenied as denied:
            raise NotSo("forbidden", 403, str(denied)) from None
        wake()
        says = _("Stored. What others have changed meanwhile stands beside it.") if is_merged else _("Stored.")
        return {"ok": True, "says": says, "state": state_of(language, at)}


def state_of(language: str, at: datetime) -> dict[str, Any]:
    """Return what holds, for the script, with what it shows of the articles."""
    sheet = sheet_of(language, at)
    told = articles_told(language, (one.article for one in sheet.places.values()), at)
    return {**as_sent(sheet), "articles": list(told.values())}


def who_of(language: str, places: list[Spot]) -> dict[str, str]:
    """Return who has filled these places last, by key; of those that are empty nobody."""
    rows = FrontPlace.objects.filter(language=language).select_related("placed_by__user")
    return {row.place.key: name_of(row.placed_by) for row in rows if row.place in places}


def built_of(sheet: Sheet, language: str, at: datetime) -> dict[str, Any]:
    """Return the page of a sheet, what stands in which of its places, in which the moment is past, and what is to be
    said of its breaking line."""
    line, trouble = sheet.line, ""
    try:
        line = checked_line(line, language, at)
    except Refused as refused:
        trouble, line = str(refused), None
    shown = Breaking(line.text, line.link) if line else None
    articles = {place: one.article for place, one in sheet.places.items() if not is_over(one.until, at)}
    unsaved = unsaved_front_page(language, articles, shown, at)
    names = {one.pk: one.name(language) for one in Category.objects.all()}
    unclear = unclear_in_name(shown.text, language, House.current(), timezone.localdate(at)) if shown else []
    return {
        "page": unsaved.built.body.decode(),
        "stands": {place.key: line_told(one, names) for place, one in unsaved.stands.lines.items()},
        "over": [place.key for place in sheet.places if place not in articles],
        "trouble": trouble,
        "unclear": ", ".join(f"“{words}”" for words in unclear),
    }


def groups_of_places(categories: list[Category], language: str) -> list[dict[str, Any]]:
    """Return the places for the page: those of the page itself, then those of each category."""
    head = [kind for kind in PLACE_KINDS.values() if not kind.of_category]
    block = [kind for kind in PLACE_KINDS.values() if kind.of_category]
    groups: list[dict[str, Any]] = [{"title": _("Head of the page"), "places": slots(head, 0), "category": 0}]
    for one in categories:
        groups.append({"title": one.name(language), "places": slots(block, one.pk), "category": one.pk})
    return groups


def slots(kinds: list[PlaceKind], category: int) -> list[dict[str, Any]]:
    return [
        {
            "key": Spot(kind.name, category, position).key,
            "kind": kind.name,
            "label": f"{kind.label} {position + 1}" if kind.number > 1 else str(kind.label),
            "is_ruled": kind.is_ruled,
        }
        for kind in kinds
        for position in range(kind.number)
    ]


def last_events(language: str, at: datetime) -> list[dict[str, Any]]:
    """Return what was done last to this front page."""
    rows = Event.objects.filter(at__gt=at - LOOKED_BACK, kind__in=EVENTS, detail__language=language)
    return [
        {
            "at": row.at,
            "who": name_of(row.staff),
            "what": KINDS[row.kind],
            "about": row.article,
            "how": "; ".join(in_words(key, row.detail[key]) for key in TOLD if row.detail.get(key)),
        }
        for row in rows.select_related("article", "staff__user")[:SHOWN]
    ]
