"""The list of mentions beside the form: what will be marked and why, what is unclear, what was typed or rejected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import editions
from articles.editions.content import Content, fields_of
from articles.editions.house import House
from articles.editions.words_beside import cut, plain
from articles.footnotes.annotate import answer_of, article_answer_of, decision_key
from articles.footnotes.ledger import Note
from articles.footnotes.rules import REASONS
from articles.footnotes.types import Candidate, Field, Mention
from articles.models import Article, Name, Organization, Register
from articles.models.printed import row_of

AROUND = 60  # characters of the text shown on each side of a name


@dataclass(frozen=True)
class MentionLine:
    """One mention or candidate as the editor reads it; `context` is HTML, `answer` what a person said of it."""

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
    """`notes`: what will be printed beneath the article."""

    marked: list[MentionLine]
    unclear: list[MentionLine]
    typed: list[MentionLine]
    rejected: list[MentionLine]
    notes: list[Note]


class Reader:
    """Turns what the engine found into lines, with the names and statuses as the editor knows them."""

    def __init__(self, article: Article, organizations: set[str], also_keys: Mapping[str, tuple[str, ...]]) -> None:
        self.names, self.also_keys = names_of(organizations), also_keys
        self.statuses = {register.key: str(register.get_status_display()) for register in Register.objects.all()}
        self.answers = editions.decisions_of(article)

    def lines(self, items: Iterable[Mention | Candidate], content: Content) -> list[MentionLine]:
        fields = {field.name: field for field in fields_of(content)}
        return [self.line(item, fields[item.field]) for item in items]

    def line(self, item: Mention | Candidate, field: Field) -> MentionLine:
        answer = answer_of(item, self.answers, self.also_keys)
        if not answer and item.rule.startswith("decided_"):
            answer = article_answer_of(item.organization, self.answers, self.also_keys)
        return MentionLine(
            surface=plain(item.surface, field),
            where=label_of(item.field),
            organization=self.names.get(item.organization, item.organization),
            registers=[self.statuses.get(register.partition("@")[0], register) for register in item.registers],
            why=item.why or _(REASONS[item.rule]),
            context=in_context(item, field),
            key=decision_key(item),
            answer=answer,
        )


def label_of(field: str) -> Any:
    """Return the word by which an editor knows an engine's field."""
    row = row_of(field)
    return row.label if row else field


def mention_list(article: Article, checked: editions.Checked) -> MentionList:
    """Return what the engine has found in the working copy, saved or typed, as an editor reads it."""
    found, as_typed, clean = checked.found, checked.as_typed, checked.clean
    groups = (found.mentions, found.unclear, found.typed_marks, found.rejected)
    organizations = {item.organization for group in groups for item in group}
    reader = Reader(article, organizations, checked.also_keys)
    return MentionList(
        marked=reader.lines(found.mentions, clean),
        unclear=reader.lines(found.unclear, clean),
        typed=reader.lines(found.typed_marks, as_typed),
        rejected=reader.lines(found.rejected, clean),
        notes=editions.notes_beneath(clean, found.mentions, House.current()),
    )


def in_context(item: Mention | Candidate, field: Field) -> str:
    """Return the words around the name, in its line, with the name in bold."""
    margin = 4 * AROUND  # tags take room too
    before = plain(field.text[max(0, item.start - margin) : item.start], field)
    after = plain(field.text[item.end : item.end + margin], field)
    before, after = cut(before[::-1], AROUND)[::-1], cut(after, AROUND)
    return format_html("{}<b>{}</b>{}", before.lstrip(), plain(item.surface, field), after.rstrip())


def names_of(keys: set[str]) -> dict[str, str]:
    """Return the first name of each organization in the editor's language, else in any; of one that waits to be merged
    into another the name of that."""
    found = first_names(keys)
    without = keys - found.keys()
    if not without:
        return found
    merged = Organization.objects.filter(key__in=without, merged_into__isnull=False)
    into = dict(merged.values_list("key", "merged_into__key"))
    names = first_names(set(into.values()))
    return found | {key: names[other] for key, other in into.items() if other in names}


def first_names(keys: set[str]) -> dict[str, str]:
    own: dict[str, str] = {}
    first: dict[str, str] = {}
    rows = Name.objects.filter(organization__key__in=keys).order_by("position", "pk")
    for key, language, text in rows.values_list("organization__key", "language", "text"):
        first.setdefault(key, text)
        if language == get_language():
            own.setdefault(key, text)
    return first | own
