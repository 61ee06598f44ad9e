"""A form that was opened before somebody else saved: what it was, what was typed, what stands now, field by field.

Values are compared as the saved versions hold them, so that neither the editor's way of writing HTML nor the zone of a
time is taken for a change. The text is put together by paragraph, rubrics one by one, every other field as a whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import editions, threeway
from articles.models import Article, ArticleVersion
from articles.publishing.saving import saved_fields

from .article_form import MOMENTS
from .figures import fields as figures

LISTS = ("regions", "topics")
AUTHORS = "authors"
BYLINES = "bylines"  # prefix of their forms
CHOICES = ("mine", "theirs", "both")
State = dict[str, Any]


@dataclass
class Merge:
    """How one field was put together. `base`, `mine`, `theirs`: of a `State`; `chunks`: of the text, by paragraph."""

    name: str
    base: Any
    mine: Any
    theirs: Any
    chunks: list[threeway.Chunk] = field(default_factory=list)
    result: Any = None

    @property
    def asks(self) -> list[str]:
        """The names of the questions that only a person can answer."""
        if self.chunks:
            return [f"{self.name}-{number}" for number, one in enumerate(self.chunks) if one.kind == "conflict"]
        return [self.name] if self.result is None else []

    @property
    def is_theirs(self) -> bool:
        """Whether others have changed something of it that I have not."""
        return self.mine != self.theirs and self.base != self.theirs

    def answered(self, answers: Mapping[str, str]) -> Any:
        """Return the value with these answers, "mine", "theirs" or "both"."""
        if self.chunks:
            lines = [one.text(answers.get(f"{self.name}-{number}", "both")) for number, one in enumerate(self.chunks)]
            return "".join(line for some in lines for line in some)
        if self.result is not None:
            return self.result
        return self.mine if answers.get(self.name) == "mine" else self.theirs


def state_of_article(article: Article) -> State:
    """Return what stands in the working copy."""
    return state_of_version(saved_fields(article))


def base_state(article: Article, number: int | None) -> State | None:
    """Return what a saved version holds; None for one that was not kept."""
    version = ArticleVersion.objects.filter(article=article, number=number).first() if number else None
    return state_of_version(version.fields) if version else None


def state_of_version(fields: dict[str, Any]) -> State:
    state = {name: as_state(name, value) for name, value in fields.items()}
    return state | {"body": editions.clean_html(fields["body"])} if "body" in fields else state


def as_state(name: str, value: Any) -> Any:
    """Return a value as texts: a key, a list of keys, a moment in UTC, or the text itself with plain line breaks."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, list | tuple | QuerySet):
        keys = [str(one.pk if isinstance(one, Model) else one) for one in value]
        return keys if name == AUTHORS else sorted(keys)
    if name in MOMENTS and isinstance(value, str):
        value = parse_datetime(value) or value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return "" if value is None else str(value).replace("\r\n", "\n")


def state_of_form(form: forms.BaseForm, data: QueryDict, theirs: State) -> State:
    """Return what was typed; a field that the form does not ask for is as it stands."""
    state = dict(theirs)
    for name in theirs.keys() & form.fields.keys():
        bound = form.fields[name]
        raw = bound.widget.value_from_datadict(data, {}, name)
        try:
            state[name] = as_state(name, bound.clean(raw))
        except forms.ValidationError:
            parts = raw if isinstance(raw, list) else [raw]
            sent = [str(one) for one in parts if one not in (None, "")]
            state[name] = sorted(sent) if name in LISTS else " ".join(sent).replace("\r\n", "\n")
    if f"{BYLINES}-TOTAL_FORMS" in data:
        state[AUTHORS] = authors_in(data)
    return state


def authors_in(data: QueryDict) -> list[str]:
    """Return the keys of the authors whose bylines a form holds, in their order."""
    total = data.get(f"{BYLINES}-TOTAL_FORMS", "0")
    found = []
    for number in range(min(int(total) if total.isdecimal() else 0, 1000)):
        row = {key: data.get(f"{BYLINES}-{number}-{key}", "") for key in ("author", "position", "DELETE")}
        if row["author"] and not row["DELETE"]:
            found.append((int(row["position"]) if row["position"].isdecimal() else 0, number, row["author"]))
    return [author for _position, _number, author in sorted(found)]


def merge(base: State | None, mine: State, theirs: State) -> list[Merge]:
    """Put every field together that one of us has changed. `base`: None where nobody knows it any more."""
    return [
        merged(name, base.get(name, "") if base is not None else None, mine[name], theirs[name])
        for name in theirs
        if base is None or not (mine[name] == theirs[name] == base.get(name, ""))
    ]


def merged(name: str, base: Any, mine: Any, theirs: Any) -> Merge:
    one = Merge(name, base, mine, theirs)
    if mine == theirs:
        one.result = mine
    elif name == "body" and {type(mine), type(theirs)} == {str}:
        one.chunks = chunks_of(base, mine, theirs)
    elif base is None:
        pass  # only a person can tell
    elif mine == base or theirs == base:
        one.result = theirs if mine == base else mine
    elif name == "figure_texts":
        one.result = figures.merged(base, mine, theirs)
    elif name in LISTS:
        one.result = sorted((set(theirs) | (set(mine) - set(base))) - (set(base) - set(mine)))
    return one


def chunks_of(base: str | None, mine: str, theirs: str) -> list[threeway.Chunk]:
    sides = threeway.paragraphs(mine), threeway.paragraphs(theirs)
    before = threeway.common(*sides, threeway.blank) if base is None else threeway.paragraphs(base)
    return threeway.merge(before, *sides, threeway.blank)


def questions(merges: Iterable[Merge]) -> list[str]:
    return [name for one in merges for name in one.asks]


def answers_in(data: Mapping[str, Any], merges: Iterable[Merge]) -> dict[str, str]:
    """Return the answers that a person has given to the questions of these merges."""
    given = {name: data.get(f"choice-{name}", "") for name in questions(merges)}
    return {name: answer for name, answer in given.items() if answer in CHOICES}


def fill(data: QueryDict, merges: Iterable[Merge], answers: Mapping[str, str], form: forms.BaseForm) -> None:
    """Write what the merges have come to into a form's data where it is not what was typed."""
    for one in merges:
        value = one.answered(answers)
        if value == one.mine and (one.name != AUTHORS or one.base == one.theirs):  # rows that were sent may be gone
            continue
        if one.name == AUTHORS:
            fill_bylines(data, value, form.instance)  # type: ignore[attr-defined]
        elif one.name in form.fields:
            fill_field(data, one.name, value, form.fields[one.name].widget)


def fill_field(data: QueryDict, name: str, value: Any, widget: Any) -> None:
    if isinstance(value, list):
        data.setlist(name, value)
    elif isinstance(widget, forms.MultiWidget):
        moment = parse_datetime(value) if value else None
        parts = widget.decompress(timezone.localtime(moment) if moment else None) or ()
        for number, (part, sub) in enumerate(zip(parts, widget.widgets, strict=True)):
            data[f"{name}_{number}"] = sub.format_value(part) or ""
    else:
        data[name] = value


def fill_bylines(data: QueryDict, authors: list[str], article: Article) -> None:
    """Write the bylines as a form of the article's rows, as they stand, would send these authors."""
    for name in [key for key in data if key.startswith(f"{BYLINES}-") and not key.endswith("_FORMS")]:
        del data[name]
    rows = {str(row.author_id): row for row in article.bylines.all()}
    gone = [key for key in rows if key not in authors]
    order = [*(key for key in rows if key in authors), *gone, *(key for key in authors if key not in rows)]
    for number, key in enumerate(order):
        row, begin = rows.get(key), f"{BYLINES}-{number}"
        data[f"{begin}-id"] = str(row.pk) if row else ""
        data[f"{begin}-article"] = str(article.pk)
        data[f"{begin}-author"] = key
        data[f"{begin}-position"] = str(authors.index(key) if key in authors else 0)
        if key in gone:
            data[f"{begin}-DELETE"] = "on"
    data[f"{BYLINES}-TOTAL_FORMS"], data[f"{BYLINES}-INITIAL_FORMS"] = str(len(order)), str(len(rows))


def state_of_new(form: forms.BaseForm) -> State:
    """Return what an empty form holds."""
    names = [name for name in form.fields if name in form._meta.fields]  # type: ignore[attr-defined]
    empty: State = {name: as_state(name, form.get_initial_for_field(form.fields[name], name)) for name in names}
    return empty | {name: [] for name in (*LISTS, AUTHORS)}
