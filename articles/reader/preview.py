"""An unpublished article behind a link that nobody can guess: as publishing now would print it, in the site's frame."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .. import editions
from ..models import PreviewToken
from ..pagemap.addresses import Target, front_path
from .built import Built
from .pages import run
from .read_only import read_only
from .stored import respond
from .visit import LANGUAGES, Head, Visit, page, titled


@read_only
def preview(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the working copy; never stored, never indexed; 404 for a token that is unknown or has expired."""
    at = timezone.now()
    found = PreviewToken.objects.filter(token=token, expires_at__gt=at).select_related("article").first()
    if found is None:
        return closed(respond(request, run(None, request.path, Target(""), at), cache="no-store"))
    target = Target("preview", language=found.article.language)
    built = run(lambda visit: previewed(visit, found), request.path, target, at)
    return closed(respond(request, built, cache="no-store"))


def previewed(visit: Visit, token: PreviewToken) -> Built:
    """Build the page. The photo's address carries the token, which opens it."""
    form = editions.preview(token.article, visit.at).form.html
    photo = token.article.lead_photo
    if photo is not None:
        form = form.replace(photo.web, f"{photo.web}?preview={token.token}")
    head = Head(
        title=titled(_("Preview"), visit),
        canonical=front_path(visit.language),
        alternates={code: front_path(code) for code in LANGUAGES},
        indexed=False,
    )
    context = {"form": mark_safe(form), "expires_at": token.expires_at}
    return page(visit, "articles/preview.html", head, context)


def closed(response: HttpResponseBase) -> HttpResponseBase:
    """Keep robots and other sites from learning of the address."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
