"""The editor's button “Typography”: where the signs of the texts as they are typed are to be written otherwise."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models.languages import desk_used
from articles.typography import LONGEST, edits

from ..base import NewsroomAdmin, body_of

MOST = 20_000  # paragraphs


class TypesettingAdmin(NewsroomAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.typography_view))
        return [path("typography/", view, name="articles_article_typography"), *super().get_urls()]

    def typography_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the edits of each text that was sent, `[from, to, sign]` in code points; nothing is stored."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        try:
            texts = sent_texts(body_of(request))
        except ValueError as error:
            return JsonResponse({"problem": str(error)}, status=422)
        return JsonResponse({"edits": [edits(one["text"], one["language"], one["kept"]) for one in texts]})


def sent_texts(body: bytes) -> list[dict[str, Any]]:
    """Return the texts of a request: `{"language": "ru", "texts": [{"text", "language", "kept"}]}`, of each text its
    own language and what stays only where there are such. Raises ValueError, in words."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError(_("What was sent is no JSON.")) from error
    texts = sent.get("texts") if isinstance(sent, dict) else None
    if not isinstance(texts, list) or len(texts) > MOST or not all(is_text(one) for one in texts):
        raise ValueError(_("A list of texts is expected."))
    if sum(len(one["text"]) for one in texts) > LONGEST:
        raise ValueError(_("The text is too long: divide it into several articles."))
    whole = str(sent.get("language") or desk_used()[0])
    return [
        {"text": one["text"], "language": primary(one.get("language") or whole), "kept": one.get("kept") or []}
        for one in texts
    ]


def is_text(one: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("text"), str):
        return False
    kept = one.get("kept") or []
    return (
        isinstance(one.get("language") or "", str)
        and isinstance(kept, list)
        and all(isinstance(span, list) and len(span) == 2 and all(type(at) is int for at in span) for span in kept)
    )


def primary(language: str) -> str:
    """Return the language of a tag: `en` of `en-GB`."""
    return language.partition("-")[0].lower()
