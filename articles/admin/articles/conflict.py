"""The questions where two have changed the same: what it was, what you wrote, what was saved meanwhile."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import editions, worddiff
from articles.models import Article, ArticleVersion
from articles.models.printed import WRITTEN

from ..base import name_of
from .difference import TypedChange, changes_of, difference, in_words, label_of_field
from .history.difference import shown_block, shown_pieces, text_pieces
from .merging import Merge

FOLDER = "admin/articles/article"


@dataclass(frozen=True)
class Choice:
    """`name`: of its radio buttons; `mine`, `theirs`: word by word against `base` where that is a known text; `both`:
    whether both answers can stand one behind the other."""

    name: str
    label: str
    base: SafeString
    mine: SafeString
    theirs: SafeString
    both: bool


def asked(
    admin: Any,
    request: HttpRequest,
    article: Article,
    merges: list[Merge],
    form: BaseForm,
    data: QueryDict,
    *,
    own: bool,
) -> HttpResponse:
    """Return the page that asks; `data`: what was typed, which it sends again with the answers; `own`: whether the
    other side is the same person's, from another window."""
    version = ArticleVersion.objects.filter(article=article, number=article.version).first()
    own = own and version is not None
    context = {
        **admin.admin_site.each_context(request),
        "title": _("You changed the same in another window") if own else _("Both of you changed the same"),
        "own": own,
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
        mine, theirs = (side_in_words(one, value, form) for value in (one.mine, one.theirs))
        return [Choice(name, label, told(base), mine, theirs, False) for name in one.asks]
    conflicts = [chunk for chunk in one.chunks if chunk.kind == "conflict"]
    return [
        Choice(
            name,
            _("%(field)s, place %(number)d of %(of)d") % {"field": label, "number": number, "of": len(conflicts)},
            blocks(chunk.base),
            against(chunk.base, chunk.mine),
            against(chunk.base, chunk.theirs),
            True,
        )
        for number, (name, chunk) in enumerate(zip(one.asks, conflicts, strict=True), 1)
    ]


def blocks(lines: tuple[str, ...]) -> SafeString:
    """Show paragraphs as text: clean HTML as it is stored."""
    return mark_safe("".join(editions.clean_html(line) for line in lines)) if lines else told(_("nothing"))


def against(base: tuple[str, ...], side: tuple[str, ...]) -> SafeString:
    """Show paragraphs word by word against what stood before; as they are where nothing did, or only markup differs."""
    changes = worddiff.diff_bodies("".join(base), "".join(side)) if base else []
    if all(change.op == "equal" for change in changes):
        return blocks(side)
    shown = (render_to_string(f"{FOLDER}/_block.html", {"block": shown_block(change)}) for change in changes)
    return format_html('<div class="text">{}</div>', format_html_join("", "{}", ((block,) for block in shown)))


def side_in_words(one: Merge, value: Any, form: BaseForm) -> SafeString:
    """Show one side of a field: of a text what differs from what stood before, of all else what it is called."""
    if one.name not in WRITTEN or not one.base:
        return told(in_words(one.name, value, form))
    pieces = tuple(shown_pieces(text_pieces(str(one.base), str(value))))
    return format_html('<p class="text">{}</p>', render_to_string(f"{FOLDER}/_pieces.html", {"pieces": pieces}))


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
