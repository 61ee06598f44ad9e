"""A list of rows inside a form, a page at a time: with search within it, and new rows in a box of their own above it.

What is sent is a page of rows, named by their ids: whoever adds or deletes some meanwhile moves nothing beneath the
hands of another, and the number of fields of the form stays bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from articles.models.fields import printable

from ..base import LONGEST_KEY

LONGEST_QUERY = 200


def pattern(query: str) -> str:
    """Return the words as a pattern that takes small letters for capitals and е for ё; SQLite's LIKE takes only Latin
    letters so.

    >>> pattern("Ёж (1)")
    '[её]ж\\\\ \\\\(1\\\\)'
    """
    return re.sub("[её]", "[её]", re.escape(query.lower()))


def as_id(text: Any) -> int:
    """Return the id that was sent, 0 for what can be none."""
    sent = str(text or "")
    return int(sent) if sent.isdecimal() and len(sent) <= LONGEST_KEY else 0


@dataclass(frozen=True)
class RowsAsked:
    """Which page of the rows that hold the words; `others`: what else the address says."""

    number: int = 1
    query: str = ""
    others: QueryDict | None = None

    @classmethod
    def of(cls, request: HttpRequest, prefix: str) -> "RowsAsked":
        """Return what the form that was sent says, else the address."""
        sent = request.POST if f"{prefix}-page" in request.POST else request.GET
        number = sent.get(f"{prefix}-page", "")
        query = printable(sent.get(f"{prefix}-q", ""))[:LONGEST_QUERY].strip()
        others = request.GET.copy()
        for name in ("page", "q"):
            others.pop(f"{prefix}-{name}", None)
        return cls(as_id(number) or 1, query, others)


class PagedFormSet(BaseInlineFormSet):
    """`size`: rows of a page; `searched`: the column that is searched within; `named`: the prefix."""

    size = 50
    searched = "text"
    named = ""

    @classmethod
    def get_default_prefix(cls) -> str:
        return cls.named

    def __init__(self, *args: Any, asked: RowsAsked | None = None, **kwargs: Any) -> None:
        self.asked = asked or RowsAsked()
        super().__init__(*args, **kwargs)
        self.rows: Any = self.queryset
        self.row_class: Any = self.model

    def get_queryset(self) -> Any:
        """Return the rows of the page that is shown, or those that were sent."""
        if not hasattr(self, "_queryset"):
            self._queryset = self.sent_rows() if self.is_bound else list(self.page.object_list)
        return self._queryset

    @property
    def matching(self) -> QuerySet[Model]:
        rows: QuerySet[Model] = self.rows if self.rows.ordered else self.rows.order_by("pk")
        return rows.filter(**{f"{self.searched}__iregex": pattern(self.asked.query)}) if self.asked.query else rows

    @property
    def page(self) -> Page:
        """The page that was asked for, else the last."""
        if not hasattr(self, "_page"):
            self._page: Page = Paginator(self.matching, self.size).get_page(self.asked.number)
        return self._page

    @property
    def is_paged(self) -> bool:
        return bool(self.asked.query) or self.page.has_other_pages()

    def links(self) -> Iterator[dict[str, Any]]:
        """Yield the pages with their addresses, "" for the one that is shown and for those left out."""
        for number in self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1):
            is_link = isinstance(number, int) and number != self.page.number
            yield {"number": number, "address": self.address(int(number)) if is_link else ""}

    def address(self, number: int) -> str:
        """Return the query of a page of these rows."""
        query = self.asked.others.copy() if self.asked.others is not None else QueryDict(mutable=True)
        query[f"{self.prefix}-page"] = str(number)
        if self.asked.query:
            query[f"{self.prefix}-q"] = self.asked.query
        return f"?{query.urlencode()}#{self.prefix}-group"

    def sent_rows(self) -> list[Any]:
        """Return the rows that the form names, in its order; in place of one that is gone a row without an id."""
        ids = [as_id(self.data.get(f"{self.prefix}-{number}-id")) for number in range(self.initial_form_count())]
        rows = self.rows.in_bulk([one for one in ids if one])
        none = self.row_class(**{self.fk.name: self.instance})
        return [rows.get(one, none) for one in ids]

    def clean(self) -> None:
        """Refuse what was written about a row that somebody has deleted since the page was opened."""
        super().clean()
        kept = [form for form in self.initial_forms if form not in self.deleted_forms]
        if any(form.instance.pk is None for form in kept):
            raise ValidationError(_("Somebody has deleted a row of this page: open it again, then write what is new."))


def new_of(prefix: str) -> str:
    """Return the prefix of the new rows of a list."""
    return f"new_{prefix}"


class NewRowsFormSet(BaseInlineFormSet):
    """New rows alone: none that is stored stands here. `named`: the prefix of the list that they go to."""

    named = ""

    @classmethod
    def get_default_prefix(cls) -> str:
        return new_of(cls.named)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["queryset"] = kwargs["queryset"].none()
        super().__init__(*args, **kwargs)
