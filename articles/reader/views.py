"""The views of the public site: they read the clock and the request, and leave the rest to the builders."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.urls import resolve
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from ..models import CODES
from ..pagemap.addresses import Target, archive_path, front_path, news_path, read_address, search_path, sitemap_path
from . import archive, corrections, found, found_feed, listing, news, sitemaps
from .asking import query_of
from .frame import read_frame
from .pages import build, run
from .read_only import read_only
from .stored import answer, respond
from .visit import absolute


def preferred(request: HttpRequest, used: Sequence[str] = CODES) -> str:
    """Return the reader's language, if it is one of these, else the first of them."""
    language = translation.get_language_from_request(request)[:2]
    return language if language in used else used[0]


@read_only
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the front page in the reader's language, or in the only one that there is."""
    used = read_frame().site.used
    response = HttpResponseRedirect(front_path(preferred(request, used)))
    response["Cache-Control"] = "no-cache"
    if len(used) > 1:
        patch_vary_headers(response, ["Accept-Language"])
    else:
        response.same_for_all = True  # type: ignore[attr-defined]
    return response


@read_only
def page(request: HttpRequest) -> HttpResponseBase:
    """Answer any address of the site; one without its last slash leads to the one with it."""
    at, path = timezone.now(), request.path
    target = read_address(path)
    if target is None and not path.endswith("/") and (location := with_slash(path, at)):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{location}?{query}" if query else location)
    if target is None:  # it may hold what no database takes
        return respond(request, build(path, at, preferred(request)))
    query = query_of(request)
    if query and target.kind in CHOOSING:
        choose = CHOOSING[target.kind]
        return respond(request, run(lambda visit: choose(visit, query), path, target, at))
    return answer(request, at)


def with_slash(path: str, at: datetime) -> str:
    """Return where an address without its last slash leads, such as /admin; empty where nothing is."""
    slashed = f"{path}/"
    if read_address(slashed) is None:
        return slashed if resolve(slashed).func is not page else ""
    built = build(slashed, at)
    return built.location or (slashed if built.status == 200 else "")


CHOOSING = {
    "news": news.filtered,
    "corrections": corrections.log_before,
    "archive": archive.at_day,
    "rubric_month": listing.another_month,
}


@read_only
def period(request: HttpRequest, language: str, **numbers: str) -> HttpResponseBase:
    """Lead from the address of an article, cut short to its day, month or year, to that of the archive."""
    at, path = timezone.now(), "/".join([archive_path(language)[:-1], *filter(None, numbers.values()), ""])
    if read_address(path) is not None and build(path, at).status == 200:
        return HttpResponsePermanentRedirect(path)
    return respond(request, build(request.path, at))


@read_only
def search(request: HttpRequest, language: str) -> HttpResponseBase:
    """Answer a search; never stored. The language is one of its filters, and stands in the address."""
    chosen = request.GET.get("language", "")
    if chosen not in ("", language) and chosen in read_frame().site.used:
        query = request.GET.copy()
        del query["language"]
        return HttpResponseRedirect(f"{search_path(chosen)}?{query.urlencode()}")
    target = Target("search", language=language)
    built = run(lambda visit: found.results(visit, request.GET), request.path, target, timezone.now())
    return respond(request, built)


@read_only
def search_feed(request: HttpRequest, language: str) -> HttpResponseBase:
    """Answer with the feed of a search; never stored, and no robot's."""
    target = Target("search", language=language)
    built = run(lambda visit: found_feed.feed(visit, request.GET), request.path, target, timezone.now())
    response = respond(request, built)
    response["X-Robots-Tag"] = "noindex"
    return response


@read_only
def month_sitemap(request: HttpRequest, year: str, month: str) -> HttpResponseBase:
    """Answer with the sitemap of a month."""
    built = run(
        lambda visit: sitemaps.sitemap_of_month(visit, int(year), int(month)), request.path, Target(""), timezone.now()
    )
    return respond(request, built)


@read_only
def lists_sitemap(request: HttpRequest) -> HttpResponseBase:
    """Answer with the sitemap of the pages that list articles."""
    return respond(request, run(sitemaps.sitemap_of_lists, request.path, Target(""), timezone.now()))


@read_only
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that look for an icon at the old place to ours."""
    response = HttpResponseRedirect(static("articles/icon.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the admin, previews, searches and what filters choose, and show them the sitemap."""
    used = read_frame().site.used
    asking = [*(f"{path}?" for code in used for path in (news_path(code), archive_path(code))), "/*?turn="]
    closed = ["/admin/", "/preview/", *(search_path(code) for code in used), *asking]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {absolute(sitemap_path())}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
