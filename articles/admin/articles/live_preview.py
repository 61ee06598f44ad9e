"""The page as publishing now would print it: of the saved text, and of what stands in a form and is not saved.

The form's script sends what is typed as it does to keep it, and gets the whole page; nothing is stored. The page stands
in a frame without scripts, forms or a way out: its links open in a tab of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST

from articles import editions, publishing
from articles.editions import Prepared
from articles.models import Article, Author, Site
from articles.models.fields import printable
from articles.models.languages import KNOWN, desk_used
from articles.models.printed import WRITTEN
from articles.publishing.checklist import CHECKS
from articles.publishing.gate import questions_of
from articles.reader.unsaved import unsaved_page
from articles.registers import NoRegisters

from .difference import keys_of, label_of_field
from .merging import authors_in
from .offers import bound, form_data
from .preview_links import LinksAdmin
from .typed import NotSo, TypedAdmin, answered, are_fields, read

NO_REGISTERS = gettext_lazy("No registers have been loaded yet, so nothing can be marked or published.")
# The page may open links in a tab of their own, and nothing else; the desk's script reads and scrolls it.
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    f"form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox {SANDBOX}",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


class LivePreviewAdmin(LinksAdmin, TypedAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        live = never_cache(csrf_protect(require_POST(self.live_preview_view)))
        return [
            path("typed/preview/", live, name="articles_article_live_preview"),
            path("preview/", wrap(require_GET(self.empty_preview_view)), name="articles_article_preview_new"),
            path("preview/window/", wrap(require_GET(self.window_view)), name="articles_article_preview_window"),
            path("<int:article_id>/preview/", wrap(require_GET(self.preview_view)), name="articles_article_preview"),
            *super().get_urls(),
        ]

    def live_preview_view(self, request: HttpRequest) -> JsonResponse:
        """Answer with the page of what is typed, what is still missing in it, and the languages of the article."""
        try:
            answer = answered(request, self.live_preview(request))
        except NotSo as no:
            answer = answered(request, {"error": no.code, "says": no.says}, no.status)
        except NoRegisters:
            answer = answered(request, {"error": "registers", "says": str(NO_REGISTERS)}, 409)
        except DatabaseError:
            answer = answered(request, {"error": "away"}, 503)
        answer["X-Robots-Tag"] = HEADERS["X-Robots-Tag"]
        return answer

    def live_preview(self, request: HttpRequest) -> dict[str, Any]:
        self.check_login(request)
        sent = read(request)
        self.check_person(request, sent)
        article = self.article_of(request, sent.get("article"))
        fields, at = sent.get("fields"), timezone.now()
        if not isinstance(fields, dict) or not are_fields(fields):
            raise NotSo("broken", 400)
        typed = typed_in(bound(self, request, article, form_data(fields)))
        prepared = editions.preview_of(typed.article, typed.content, at)
        return {
            "ok": True,
            "page": unsaved_page(typed.article, prepared, at).body.decode(),
            "missing": missing(typed, prepared, at),
            "languages": languages_of(typed.article),
        }

    def preview_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Show the page that publishing the saved text now would give."""
        article, at = self.found(request, article_id), timezone.now()
        try:
            return framed(unsaved_page(article, editions.preview(article, at), at).body)
        except NoRegisters:
            return HttpResponse(NO_REGISTERS, content_type="text/plain; charset=utf-8")

    def empty_preview_view(self, request: HttpRequest) -> HttpResponse:
        """Show the page of an article in which nothing is written yet."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        article, at = Article(language=desk_used()[0]), timezone.now()
        try:
            return framed(unsaved_page(article, editions.preview(article, at), at).body)
        except NoRegisters:
            return HttpResponse(NO_REGISTERS, content_type="text/plain; charset=utf-8")

    def window_view(self, request: HttpRequest) -> HttpResponse:
        """Show the window that follows a form in another tab: it gets all that it shows from there."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {"sandbox": SANDBOX, "preview_address": reverse("admin:articles_article_preview_new")}
        return render(request, "admin/articles/article/preview_window.html", context)


def framed(body: bytes) -> HttpResponse:
    return HttpResponse(body, headers=HEADERS)


def context_of(article: Article | None) -> dict[str, str]:
    """Return what the form's page needs to know of the preview."""
    name = f"admin:articles_article_preview{'' if article else '_new'}"
    return {"sandbox": SANDBOX, "preview_address": reverse(name, args=[article.pk] if article else [])}


@dataclass(frozen=True)
class TypedIn:
    """An article with what is typed in its form, stored nowhere; `complaints`: why saving would refuse it."""

    article: Article
    content: editions.Content
    complaints: Sequence[str]


def typed_in(form: BaseForm) -> TypedIn:
    """Read a form that is sent as saving it would. What saving refuses is shown as far as it can be."""
    form.is_valid()
    article: Article = form.instance  # type: ignore[attr-defined]
    for name in form.errors:
        if name in WRITTEN:
            setattr(article, name, as_far_as_it_goes(form, name))
        elif name == "category":
            article.category = None  # type: ignore[assignment]
    article.language = article.language or desk_used()[0]
    keys = authors_in(form.data)  # type: ignore[arg-type]
    authors = Author.objects.in_bulk(keys_of(keys))
    content = editions.content_of_article(article, [authors[int(key)] for key in keys if int(key) in authors])
    content = replace(content, region_ids=keys_of_rows(form, "regions"), topic_ids=keys_of_rows(form, "topics"))
    complaints = [f"{label_of_field(name, form)}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
    return TypedIn(article, content, complaints)


def as_far_as_it_goes(form: BaseForm, name: str) -> str:
    """Return a text that saving refuses, as it would be printed; nothing of one that no parser should be given."""
    sent = printable(str(form.data.get(name, "")).replace("\r\n", "\n"))
    if name != "body":
        return sent.strip()
    return "" if editions.excess(sent) else editions.clean_html(sent)


def keys_of_rows(form: BaseForm, name: str) -> tuple[int, ...]:
    return tuple(row.pk for row in form.cleaned_data.get(name, ()))


def missing(typed: TypedIn, prepared: Prepared, at: Any) -> list[str]:
    """Say what keeps the text from going out as it is typed: the form's complaints, then those of publishing."""
    article = typed.article
    says = list(typed.complaints)
    if not prepared.content.printed["body"]:
        says.append(_("An article needs a text."))
    site = Site.current()
    required = {one.key for one in CHECKS if one.by_gate} | (set(site.required_points) if article.pk else set())
    questions = questions_of(article, prepared.annotation.unclear)
    points = publishing.points_of(
        publishing.Outgoing(article, at, site, questions), [one for one in CHECKS if one.key in required]
    )
    return says + [complaint.text for point in points for complaint in point.complaints]


def languages_of(article: Article) -> list[dict[str, Any]]:
    """Return the languages of the outlet: which is the text's own, and the page of the saved text in each other one;
    its address is empty where there is no translation yet."""
    own, root = article.language, article.origin_article_id or article.pk
    family = Article.objects.filter(Q(pk=root) | Q(origin_article=root), binned_at=None, erasure=None)
    others = dict(family.exclude(pk=article.pk).order_by("pk").values_list("language", "pk")) if root else {}
    return [
        {
            "name": KNOWN[code].own_name,
            "code": code,
            "is_own": code == own,
            "address": reverse("admin:articles_article_preview", args=[others[code]]) if code in others else "",
        }
        for code in dict.fromkeys((own, *desk_used()))
    ]
