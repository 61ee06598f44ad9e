"""The difference between two states of an article's form, as people read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BaseForm, ChoiceField, ModelChoiceField
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles import worddiff
from articles.models import Article, Author
from articles.models.printed import WRITTEN

from .article_form import MOMENTS
from .figures import fields as figures
from .merging import AUTHORS, Merge


@dataclass(frozen=True)
class TypedChange:
    """`html`: the difference, what goes in `del` and what comes in `ins`."""

    label: str
    html: SafeString


def label_of_field(name: str, form: BaseForm) -> str:
    """Return the label of a field of the form, or of the bylines beneath it."""
    if name in form.fields:
        return str(form.fields[name].label)
    return capfirst(str(getattr(Article._meta.get_field(name), "verbose_name", name)))


def changes_of(merges: Iterable[Merge], form: BaseForm) -> list[TypedChange]:
    """Return what was typed of each field against what stands now, in the order of the form."""
    order = [*form.fields, AUTHORS]
    found = sorted(merges, key=lambda one: order.index(one.name) if one.name in order else len(order))
    return [
        TypedChange(label_of_field(one.name, form), difference(one.name, one.theirs, one.mine, form)) for one in found
    ]


def difference(name: str, old: Any, new: Any, form: BaseForm) -> SafeString:
    """Return one field's difference."""
    if name == "body":
        return body_difference(str(old), str(new))
    if name in WRITTEN:
        return words(str(old), str(new))
    return changed(in_words(name, old, form), in_words(name, new, form))


def body_difference(old: str, new: str) -> SafeString:
    """Return the blocks that differ, word by word; those that are the same are left out."""
    changes = [change for change in worddiff.diff_bodies(old, new) if change.op != "equal"]
    return format_html_join("", '<p class="changed">{}</p>', ((pieces_of(change),) for change in changes))


def pieces_of(change: worddiff.BlockChange) -> SafeString:
    """Return the words of a block; what only looks otherwise goes and comes."""
    tags = {"equal": ("{}",), "delete": ("<del>{}</del>",), "insert": ("<ins>{}</ins>",)}
    both = ("<del>{}</del>", "<ins>{}</ins>")
    rows = [(tag, piece.text) for piece in change.pieces for tag in tags.get(piece.op, both)]
    shown = format_html_join("", "{}", ((format_html(tag, text),) for tag, text in rows))
    return shown or changed(change.kind_before, change.kind)


def words(old: str, new: str) -> SafeString:
    """Return the difference of two texts without markup, word by word."""
    tags = {"equal": "{}", "delete": "<del>{}</del>", "insert": "<ins>{}</ins>"}
    return format_html_join("", "{}", ((format_html(tags[op], text),) for op, text in worddiff.diff_words(old, new)))


def changed(old: str, new: str) -> SafeString:
    went = format_html("<del>{}</del> ", old) if old else mark_safe("")
    return format_html("{}{}", went, format_html("<ins>{}</ins>", new) if new else "")


def in_words(name: str, value: Any, form: BaseForm) -> str:
    """Return a field's value as the form names it: a moment in the newsroom's zone, the name of a row, of a choice."""
    if not value:
        return _("empty")
    if name == "figure_texts":
        return figures.in_words(str(value))
    if name in MOMENTS:
        moment = moment_of(value)
        return date_format(timezone.localtime(moment), "j E Y, H:i") if moment else str(value)
    if name == AUTHORS:
        names: dict[str, str] = {str(author.pk): str(author) for author in Author.objects.filter(pk__in=keys_of(value))}
        return ", ".join(names.get(key) or str(key) for key in value)
    field = form.fields.get(name)
    if isinstance(field, ModelChoiceField) and field.queryset is not None:
        asked = value if isinstance(value, list) else [value]
        rows = {str(row.pk): str(row) for row in field.queryset.filter(pk__in=keys_of(asked))}
        return ", ".join(str(rows.get(key, key)) for key in asked)
    if isinstance(field, ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value)


def moment_of(value: str) -> datetime | None:
    """Return the moment that a state holds, None for what was typed and is none."""
    try:
        return parse_datetime(value)
    except ValueError:
        return None


def keys_of(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if value.isdecimal() and len(value) <= 18]
