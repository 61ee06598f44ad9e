"""What somebody has typed and not saved, offered when they come back: go on with it, or throw it away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from articles.models import Article, Slot
from articles.publishing import slots

from ..base import editor_of
from . import merging
from .difference import TypedChange, changes_of


@dataclass(frozen=True)
class Offer:
    """`others`: whether somebody has saved the article since the typing began: both are put together then."""

    client: str
    saved_at: datetime
    others: bool
    changes: list[TypedChange]


def offers_of(admin: Any, request: HttpRequest, article: Article | None) -> list[Offer]:
    """Return what the person may go on with, the newest first; what says no more than the article does is left out."""
    kept = list(Slot.objects.open().filter(user=editor_of(request), article=article)[: slots.MOST])
    if not kept:
        return []
    form = unbound(admin, request, article)
    offers = (offer_of(slot, article, form) for slot in kept)
    return [offer for offer in offers if offer.changes]


def unbound(admin: Any, request: HttpRequest, article: Article | None) -> BaseForm:
    """Return the form of an article, or of one to be made, with no data."""
    return bound(admin, request, article, None)


def bound(admin: Any, request: HttpRequest, article: Article | None, data: QueryDict | None) -> BaseForm:
    """Return the form of an article, or of one to be made, as it would have been sent with these data."""
    fields = flatten_fieldsets(admin.get_fieldsets(request, article))
    made = admin.get_form(request, article, change=article is not None, fields=fields)
    form: BaseForm = made(data, instance=article)
    return form


def offer_of(slot: Slot, article: Article | None, form: BaseForm) -> Offer:
    theirs = merging.state_of_article(article) if article else merging.state_of_new(form)
    number = base_number(slot)
    base = merging.base_state(article, number) if article and number != article.version else theirs
    mine = merging.state_of_form(form, data_of(slot), theirs)
    typed = [one for one in merging.merge(base, mine, theirs) if one.mine not in (one.theirs, one.base)]
    others = article is not None and number is not None and number != article.version
    return Offer(slot.client, slot.saved_at, others, changes_of(typed, form))


def base_number(slot: Slot) -> int | None:
    """Return the version on which what is typed in a slot builds."""
    return max(filter(None, (slot.base, slot.became)), default=None)


def data_of(slot: Slot) -> QueryDict:
    """Return what is kept as the form would have sent it."""
    return form_data(slot.fields)


def form_data(fields: Mapping[str, str | list[str]]) -> QueryDict:
    """Return values of a form, as its script says them, as the form would have sent them."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data
