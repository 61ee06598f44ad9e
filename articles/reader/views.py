"""The views of the public site: they read the clock and the request, and leave the rest to the builders."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ..pagemap.addresses import Target, front_path, read_address, sitemap_path
from . import corrections, found, news, sitemaps
from .pages import build, run
from .stored import answer, moved, respond
from .visit import LANGUAGES, absolute


def preferred(request: HttpRequest) -> str:
    """Return the reader's language of the two."""
    language = translation.get_language_from_request(request)[:2]
    return language if language in LANGUAGES else "en"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the front page in the reader's language."""
    response = HttpResponseRedirect(front_path(preferred(request)))
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Answer any address of the site; one without its last slash leads to the one with it."""
    at, path = timezone.now(), request.path
    target = read_address(path)
    if target is None and not path.endswith("/") and read_address(f"{path}/"):
        built = build(f"{path}/", at)
        if built.status in (200, 301):
            return moved(built.location or f"{path}/")
    if target is None:  # it may hold what no database takes
        return respond(request, build(path, at, preferred(request)))
    if request.GET and target.kind in CHOOSING:
        choose = CHOOSING[target.kind]
        return respond(request, run(lambda visit: choose(visit, request.GET), path, target, at))
    return answer(request, at)


CHOOSING = {"news": news.filtered, "corrections": corrections.log_before}


@require_safe
def search(request: HttpRequest, language: str) -> HttpResponseBase:
    """Answer a search; never stored."""
    target = Target("search", language=language)
    built = run(lambda visit: found.results(visit, request.GET), request.path, target, timezone.now())
    return respond(request, built)


@require_safe
def month_sitemap(request: HttpRequest, year: str, month: str) -> HttpResponseBase:
    """Answer with the sitemap of a month."""
    built = run(
        lambda visit: sitemaps.sitemap_of_month(visit, int(year), int(month)), request.path, Target(""), timezone.now()
    )
    return respond(request, built)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that look for an icon at the old place to ours."""
    response = HttpResponseRedirect(static("articles/icon.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the admin, previews and searches, and show them the sitemap."""
    closed = ["/admin/", "/preview/", *(f"/{language}/search/" for language in LANGUAGES)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {absolute(sitemap_path())}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
