"""An unpublished article behind a link that nobody can guess: as publishing now would print it, in the site's frame."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .. import editions
from ..models import PreviewToken
from ..models.edition import files_shown
from ..pagemap.addresses import Target, front_path
from ..publishing.previews import note_use, open_link
from .built import Built
from .pages import run
from .read_only import read_only
from .stored import respond
from .visit import Head, Visit, fronts, page, titled


@read_only
def preview(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what the link was made for; never stored, never indexed; 404 once it has expired or was ended."""
    at = timezone.now()
    link = open_link(token, at)
    if link is None:
        built = run(ended, request.path, Target(""), at, get_language() or "en")
        return closed(respond(request, built, cache="no-store"))
    built = run(lambda visit: previewed(visit, link, token), request.path, Target(""), at, language_of(link))
    if request.method == "GET":
        note_use(link, at)
    return closed(respond(request, built, cache="no-store"))


def language_of(link: PreviewToken) -> str:
    return str(link.version.fields["language"]) if link.version else link.article.language


def previewed(visit: Visit, link: PreviewToken, token: str) -> Built:
    """Build the page. The photos' addresses carry the token, which opens them."""
    version = link.version
    prepared = editions.preview_version(version, visit.at) if version else editions.preview(link.article, visit.at)
    form, printed = prepared.form.html, prepared.content.printed
    for web in files_shown(printed["photo"], printed["figures"]):
        form = form.replace(web, f"{web}?preview={token}")
    context = {"form": mark_safe(form), "expires_at": link.expires_at, "number": version.number if version else None}
    return page(visit, "articles/preview.html", head_of(visit, _("Preview")), context)


def ended(visit: Visit) -> Built:
    """Build the page of a link that does not open, the same for one that never was: it says nothing of an article."""
    return page(visit, "articles/preview_ended.html", head_of(visit, _("Page not found")), {}, status=404)


def head_of(visit: Visit, title: str) -> Head:
    return Head(
        title=titled(title, visit),
        canonical=front_path(visit.language),
        alternates=fronts(visit),
        indexed=False,
    )


def closed(response: HttpResponseBase) -> HttpResponseBase:
    """Keep robots and other sites from learning of the address."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
