"""The questions where two have changed the same: what it was, what you wrote, what was saved meanwhile."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import editions
from articles.models import Article, ArticleVersion

from ..base import name_of
from .difference import TypedChange, changes_of, difference, in_words, label_of_field
from .merging import Merge


@dataclass(frozen=True)
class Choice:
    """`name`: of its radio buttons; `both`: whether both answers can stand one behind the other."""

    name: str
    label: str
    base: SafeString
    mine: SafeString
    theirs: SafeString
    both: bool


def asked(
    admin: Any, request: HttpRequest, article: Article, merges: list[Merge], form: BaseForm, data: QueryDict
) -> HttpResponse:
    """Return the page that asks; `data`: what was typed, which it sends again with the answers."""
    version = ArticleVersion.objects.filter(article=article, number=article.version).first()
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Both of you changed the same"),
        "opts": admin.opts,
        "article": article,
        "questions": [question for one in merges for question in questions_of(one, form)],
        "together": clear_of(merges, form),
        "typed": [(name, value) for name, values in data.lists() for value in values],
        "files": bool(request.FILES),
        "version": version,
        "who": name_of(version.saved_by) if version else "",
        "address": request.path,
    }
    return TemplateResponse(request, "admin/articles/article/conflict.html", context)


def questions_of(one: Merge, form: BaseForm) -> list[Choice]:
    """Return what is asked of a field."""
    label = label_of_field(one.name, form)
    if not one.chunks:
        base = _("no longer kept") if one.base is None else in_words(one.name, one.base, form)
        mine, theirs = (in_words(one.name, value, form) for value in (one.mine, one.theirs))
        shown = told(base), told(mine), told(theirs)
        return [Choice(name, label, *shown, False) for name in one.asks]
    conflicts = [chunk for chunk in one.chunks if chunk.kind == "conflict"]
    return [
        Choice(
            name,
            _("%(field)s, place %(number)d of %(of)d") % {"field": label, "number": number, "of": len(conflicts)},
            blocks(chunk.base),
            blocks(chunk.mine),
            blocks(chunk.theirs),
            True,
        )
        for number, (name, chunk) in enumerate(zip(one.asks, conflicts, strict=True), 1)
    ]


def blocks(lines: tuple[str, ...]) -> SafeString:
    """Show paragraphs as text: clean HTML as it is stored."""
    return mark_safe("".join(editions.clean_html(line) for line in lines)) if lines else told(_("nothing"))


def told(text: str) -> SafeString:
    return format_html("<p>{}</p>", text)


def clear_of(merges: list[Merge], form: BaseForm) -> list[TypedChange]:
    """Return what others have changed and nobody has to be asked about."""
    whole = [Merge(one.name, None, one.theirs, one.base) for one in merges if not one.asks and one.is_theirs]
    changes = changes_of([one for one in whole if one.theirs is not None], form)
    for one in merges:
        taken = [chunk for chunk in one.chunks if chunk.kind == "theirs"]
        if one.asks and taken:
            pairs = [("".join(chunk.base), "".join(chunk.theirs)) for chunk in taken]
            html = format_html_join("", "{}", ((difference(one.name, old, new, form),) for old, new in pairs))
            changes.append(TypedChange(label_of_field(one.name, form), html))
    return changes
