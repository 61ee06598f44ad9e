"""The list of mentions beside the form: what will be marked and why, what is unclear, what was typed or rejected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import editions
from ..footnotes.annotate import decision_key
from ..footnotes.types import Candidate, Mention
from ..models import Article, MentionDecision, Name, Register

FIELDS = {
    "headline": _("headline"),
    "summary": _("summary"),
    "body": _("text"),
    "photo_alt": _("alternative text"),
    "photo_caption": _("caption"),
    "photo_credit": _("credit"),
    "origin_outlet": _("origin"),
    "origin_translator": _("translator"),
    "source_line": _("source line"),
    "byline": _("byline"),
    "correction": _("correction"),
}


@dataclass(frozen=True)
class Line:
    """One mention or candidate as the editor reads it."""

    surface: str
    where: Any
    organization: str
    registers: list[str]
    why: str
    context: str
    key: str
    answer: str


@dataclass(frozen=True)
class MentionList:
    marked: list[Line]
    unclear: list[Line]
    typed: list[Line]
    rejected: list[Line]


def mention_list(article: Article, at: datetime) -> MentionList:
    """Check the saved working copy as publishing at `at` would."""
    found = editions.check(article, at)
    groups = (found.mentions, found.unclear, found.typed_marks, found.rejected)
    keys = {item.organization for group in groups for item in group}
    names = names_of(keys)
    titles = {register.key: register.get_status_display() for register in Register.objects.all()}
    answers = dict(MentionDecision.objects.filter(article=article).values_list("key", "answer"))

    def lines(items: Iterable[Mention | Candidate]) -> list[Line]:
        return [line_of(item, names, titles, answers) for item in items]

    return MentionList(*(lines(group) for group in groups))


def line_of(item: Mention | Candidate, names: dict[str, str], titles: dict[str, str], answers: dict[str, str]) -> Line:
    key = decision_key(item)
    return Line(
        surface=item.surface,
        where=FIELDS.get(item.field) or FIELDS.get(item.field.rpartition("_")[0], item.field),
        organization=names.get(item.organization, item.organization),
        registers=[str(titles.get(key.partition("@")[0], key)) for key in item.registers],
        why=item.why,
        context=item.context,
        key=key,
        answer=answers.get(key, ""),
    )


def names_of(keys: set[str]) -> dict[str, str]:
    """Return the first name of each organization in the editor's language, else in any."""
    own: dict[str, str] = {}
    first: dict[str, str] = {}
    rows = Name.objects.filter(organization__key__in=keys).order_by("position", "pk")
    for key, language, text in rows.values_list("organization__key", "language", "text"):
        first.setdefault(key, text)
        if language == get_language():
            own.setdefault(key, text)
    return first | own
