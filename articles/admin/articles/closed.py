"""A form of an article that its sender may no longer change, or that is gone: what was typed is not lost with it.

The page that answers shows it, to be copied, and begins a new article with it where the person may write one.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from articles import editions
from articles.models import Article
from articles.models.printed import WRITTEN

from . import merging
from .difference import in_words, label_of_field
from .offers import unbound

ITS_OWN = ("slug", "seen_version", "typed_user", "typed_client", "typed_sequence", "_save", "_act", "_answered")
BYLINES = f"{merging.BYLINES}-"


def closed(admin: Any, request: HttpRequest, article: Article | None) -> HttpResponse:
    """Return the page with what was typed, 403; 410 where there is no such article any more."""
    form = unbound(admin, request, None)
    empty = merging.state_of_new(form)
    typed = merging.state_of_form(form, request.POST, empty)
    context = {
        "article": article if article and admin.has_view_permission(request, article) else None,
        "gone": article is None,
        "texts": [
            (label_of_field(name, form), shown(name, typed[name], form))
            for name in form.fields
            if name not in ITS_OWN and typed.get(name) and typed[name] != empty.get(name)
        ],
        "may_begin": admin.has_add_permission(request),
        "sent": [(name, value) for name, values in as_new(request.POST).lists() for value in values],
        "files": bool(request.FILES),
    }
    return render(request, "admin/articles/article/closed.html", context, status=403 if article else 410)


def shown(name: str, value: Any, form: Any) -> SafeString:
    """Return what was typed in a field: its words, the text as it will look."""
    if name == "body":
        return mark_safe(editions.clean_html(value))
    words = value if name in WRITTEN else in_words(name, value, form)
    return mark_safe(linebreaks(words, autoescape=True))


def as_new(sent: QueryDict) -> QueryDict:
    """Return what was sent as the form of a new article, to be looked through, that takes the place of what is kept."""
    data = sent.copy()
    client, number = sent.get("typed_client", ""), sent.get("typed_sequence", "")
    for name in [name for name in data if name in ITS_OWN or name.startswith("choice-") or "csrf" in name]:
        del data[name]
    for name in [name for name in data if name.startswith(BYLINES) and name.endswith(("-id", "-article"))]:
        data[name] = ""
    if f"{BYLINES}INITIAL_FORMS" in data:
        data[f"{BYLINES}INITIAL_FORMS"] = "0"
    data["_look_through"] = "typed"
    data["typed_takes"] = f"{client}:{number}" if client else ""
    return data
