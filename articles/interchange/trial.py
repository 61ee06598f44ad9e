"""Try a name before it is stored: what would it mark in the articles published last?

The name, with the organization's other names if it has some, is compiled as a register file of its own and held against
what readers see now; what the other names would mark anyway does not count.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from .. import search
from ..editions import House, content_of_edition
from ..editions.content import fields_of
from ..footnotes.annotate import Compiled, annotate, load_compiled
from ..footnotes.registers import parse_registers
from ..footnotes.types import Annotation, Candidate, Field, Mention
from ..models import Edition, Organization, Release
from ..registers import exported_organization

LOOKED_AT = 1000
KEY = "tried"
KEPT = ("descriptor", "kind", "person", "surname", "not_beside")
REGISTER = {"key": KEY, "status": "other", "title": {}, "keeper": {}, "notes": {}}
Found = Mention | Candidate


@dataclass(frozen=True)
class Occurrence:
    """One place in an article: what was found, in which field of it."""

    article_id: int
    headline: str
    language: str
    found: Found
    field: Field


@dataclass
class Trial:
    """`looked_at`: how many articles the name was looked for in; `articles`: those of them that would change; `gone`,
    `no_question`: what would no longer be marked, or asked about."""

    looked_at: int = 0
    marked: list[Occurrence] = field(default_factory=list)
    unclear: list[Occurrence] = field(default_factory=list)
    rejected: list[Occurrence] = field(default_factory=list)
    gone: list[Occurrence] = field(default_factory=list)
    no_question: list[Occurrence] = field(default_factory=list)
    articles: set[int] = field(default_factory=set)


def try_name(name: dict[str, Any], organization: Organization | None, at: datetime) -> Trial:
    """Look for a name (an entry of a register file) in the live articles published last. Raises RegisterFileError."""
    others = [one for one in names_of(organization) if differs(one, name)]
    with_it = compiled([*others, name], organization)
    without = compiled(others, organization) if others else None
    alone = compiled([name], organization)
    trial, house = Trial(), House.current()
    for edition in holding(trial, alone.forms(), at):
        look_at(trial, edition, with_it, without, house, at)
    return trial


def try_words(person: Organization, words: Sequence[str], at: datetime) -> Trial:
    """Look what it does to the live articles published last when a person is never meant beside these words."""
    names = names_of(person)
    before, after = (compiled(names, person, some) for some in (person.not_beside, words))
    trial, back, house = Trial(), Trial(), House.current()
    for edition in holding(trial, after.forms(), at):
        look_at(trial, edition, after, before, house, at)
        look_at(back, edition, before, after, house, at)
    trial.gone, trial.no_question = back.marked, back.unclear
    trial.articles |= back.articles
    return trial


def holding(trial: Trial, forms: Iterable[str], at: datetime) -> Iterator[Edition]:
    """Yield the editions that hold one of the forms, of the articles published last; count those in the trial."""
    newest = Release.objects.live(at).order_by("-published_at", "-pk")
    releases = list(newest.values_list("indexed_as", "edition_id")[:LOOKED_AT])
    trial.looked_at = len(releases)
    found = search.editions_with(forms)
    held = [edition for indexed_as, edition in releases if indexed_as in found]
    for start in range(0, len(held), 100):
        some = held[start : start + 100]
        rows = Edition.objects.filter(pk__in=some).prefetch_related("regions", "topics")
        yield from sorted(rows, key=lambda one: some.index(one.pk))


def names_of(organization: Organization | None) -> list[dict[str, Any]]:
    names: list[dict[str, Any]] = exported_organization(organization)["names"] if organization else []
    return names


def differs(one: dict[str, Any], name: dict[str, Any]) -> bool:
    return (one["text"], one["language"]) != (name["text"], name.get("language", one["language"]))


def compiled(
    names: list[dict[str, Any]], organization: Organization | None, not_beside: Sequence[str] | None = None
) -> Compiled:
    """Compile these names as a register file of one entry, designated since ever; `not_beside` in place of its own."""
    from ..footnotes.compile import compile_registers  # loads the dictionary, only where something is compiled

    own = exported_organization(organization) if organization else {}
    if not_beside is not None:
        own["not_beside"] = list(not_beside)
    period = {"register": KEY, "since": None, "until": None, "source": ""}
    one = {key: own[key] for key in KEPT if key in own} | {"key": KEY, "names": names, "designations": [period]}
    data = {"status_order": ["other"], "registers": [REGISTER], "organizations": [one]}
    return load_compiled(compile_registers(parse_registers(data)))


def look_at(
    trial: Trial, edition: Edition, with_it: Compiled, without: Compiled | None, house: House, at: datetime
) -> None:
    """Enter what the name would do to one edition."""
    fields = fields_of(content_of_edition(edition))

    def asked(registers: Compiled) -> Annotation:
        day = house.day(at)
        return annotate(
            fields,
            registers,
            language=edition.language,
            as_of=day,
            style=house.style,
            explain=True,
            explain_in=(get_language() or "")[:2],
        )

    found = asked(with_it)
    anyway = asked(without) if without else Annotation(())
    texts = {one.name: one for one in fields}
    kinds: Sequence[tuple[list[Occurrence], Iterable[Found], Iterable[Found]]] = (
        (trial.marked, found.mentions, anyway.mentions),
        (trial.unclear, found.unclear, anyway.unclear),
        (trial.rejected, found.rejected, anyway.rejected),
    )
    for hits, new, old in kinds:
        known = {(one.field, one.start, one.end) for one in old}
        for one in new:
            if (one.field, one.start, one.end) not in known:
                hits.append(Occurrence(edition.article_id, edition.headline, edition.language, one, texts[one.field]))
                if hits is not trial.rejected:
                    trial.articles.add(edition.article_id)
