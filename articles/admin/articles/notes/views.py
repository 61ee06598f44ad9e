"""What notes to colleagues are written, answered and closed by: forms, sent by the script or without one.

The script asks for JSON and gets the panel as it stands then, or why not; a plain form leads back to the article.
Neither saves the article, nor what is typed in it.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import publishing
from articles.models import Article, PassageNote
from articles.publishing.passage_notes import FARTHEST, Passage

from ...base import editor_of, turn
from ..again import wants_json
from ..preview_links import LinksAdmin
from ..typed import answered
from .panel import notes_panel

Act = Callable[[Any], object]  # given the moment


class NotesAdmin(LinksAdmin):
    """Stands before the admin of what is beside the form, and puts the panel there."""

    def get_urls(self) -> list[URLPattern]:
        notes = self.for_both(require_http_methods(["GET", "POST"])(self.notes_view))
        note = self.for_both(require_POST(self.note_view))
        return [
            path("<int:article_id>/notes/", notes, name="articles_article_notes"),
            path("<int:article_id>/notes/<int:note_id>/<slug:act>/", note, name="articles_article_note"),
            *super().get_urls(),
        ]

    def for_both(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Ask who is not logged in to log in: a person by the page for it, a script in words that it reads."""
        page = self.admin_site.admin_view(view)

        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if wants_json(request) and not self.admin_site.has_permission(request):
                return answered(request, {"error": "login"}, 401)
            return page(request, *args, **kwargs)

        return asked

    def notes_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Show the notes as they stand; write one when it is posted."""
        article = self.found(request, article_id)
        if request.method == "GET":
            return self.panel_told(request, article)
        passage, text = passage_in(request), request.POST.get("text", "")
        by = editor_of(request)
        return self.done(request, article, lambda at: publishing.write_note(article, passage, text, by=by, at=at))

    def note_view(self, request: HttpRequest, article_id: int, note_id: int, act: str) -> HttpResponse:
        """Answer a note, close it or open it again."""
        article, by = self.found(request, article_id), editor_of(request)
        note = get_object_or_404(PassageNote.objects.select_related("article"), pk=note_id, article=article)
        text = request.POST.get("text", "")
        acts: dict[str, Act] = {
            "answer": lambda at: publishing.answer_note(note, text, by=by, at=at),
            "close": lambda at: publishing.close_note(note, by=by, at=at),
            "reopen": lambda at: publishing.reopen_note(note, by=by, at=at),
        }
        if act not in acts:
            raise Http404
        return self.done(request, article, acts[act])

    def done(self, request: HttpRequest, article: Article, act: Act) -> HttpResponse:
        """Do it for the person for whom the page was made, and show the notes as they stand then."""
        if request.POST.get("user") not in (None, str(request.user.pk)):
            says = _("Somebody else is logged in now in this browser. Nothing is sent as theirs.")
            return self.refused(request, article, "other", says, 409)
        try:
            with turn(article) as at:
                act(at)
        except publishing.Refused as refused:
            return self.refused(request, article, "refused", str(refused.message), 422)
        except PermissionDenied as denied:
            return self.refused(request, article, "forbidden", str(denied), 403)
        if wants_json(request):
            return self.panel_told(request, article)
        return redirect(reverse("admin:articles_article_change", args=[article.pk]) + "#notes")

    def refused(self, request: HttpRequest, article: Article, code: str, says: str, status: int) -> HttpResponse:
        """Say why not: to the script, which keeps what was typed, or above the article's form."""
        if wants_json(request):
            return answered(request, {"error": code, "says": says}, status)
        if code == "forbidden":
            raise PermissionDenied(says)
        messages.error(request, says)
        return redirect("admin:articles_article_change", article.pk)

    def panel_told(self, request: HttpRequest, article: Article) -> HttpResponse:
        if not request.user.has_perm("articles.view_passagenote"):
            raise PermissionDenied
        context = {"article": article, "notes": notes_panel(article, editor_of(request))}
        panel = render_to_string("admin/articles/article/notes/panel.html", context, request)
        return answered(request, {"ok": True, "panel": panel})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        if article is not None:
            context["notes"] = notes_panel(article, editor_of(request))
        return super().render_change_form(request, context, *args, **kwargs)


def passage_in(request: HttpRequest) -> Passage:
    """Return the passage that a form names; without a readable offset it is looked for in the saved text."""
    offset = request.POST.get("offset", "")
    number = min(int(offset), FARTHEST) if offset.isdecimal() and len(offset) < 17 else None
    return Passage(request.POST.get("field", ""), request.POST.get("quotation", ""), number)
