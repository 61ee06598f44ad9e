"""What a change of the registers would do, before it does it: nothing is stored."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ...editions import House
from ...editions.content import fields_of
from ...models import RegisterVersion
from ...registers import current_version
from .candidates import candidate_articles, changed_organizations, changed_registers
from .compare import Looked, Scope, annotate_anew, load_decisions, load_releases

SOME = 100  # articles read at a time
SAMPLES = 50


@dataclass(frozen=True)
class Sample:
    """One edition that would change; `added` and `removed`: surfaces with their field."""

    article_id: int
    language: str
    headline: str
    marks_before: int
    marks_after: int
    added: list[str]
    removed: list[str]
    unclear: list[str]


@dataclass
class Impact:
    """`examined`: releases looked at; `changed`: those that would be issued anew, by language."""

    version: RegisterVersion
    previous: RegisterVersion
    organizations: list[str]
    registers: list[str]
    articles: list[int]
    examined: int = 0
    changed: dict[str, int] = field(default_factory=dict)
    unclear: int = 0
    samples: list[Sample] = field(default_factory=list)


def impact_of(version: RegisterVersion, at: datetime, most: int | None = None) -> Impact:
    """Compare every article that the version may concern with what it would print under it.

    `most`: look at so many of them only, spread over the archive; `articles` holds them all.
    """
    previous = current_version()
    before, after = House.under(previous), House.under(version)
    organizations = changed_organizations(before.compiled, after.compiled)
    registers = changed_registers(before.compiled, after.compiled)
    articles = candidate_articles((before.compiled, after.compiled), organizations, registers, at)
    impact = Impact(version, previous, sorted(organizations), sorted(registers), articles)
    scope = Scope(frozenset(organizations), frozenset(registers))
    step = -(-len(articles) // most) if most else 1
    looked_at = articles[:: max(step, 1)]
    for start in range(0, len(looked_at), SOME):
        some = looked_at[start : start + SOME]
        decisions = load_decisions(some)
        for release in load_releases(some, at):
            looked = annotate_anew(release, after, decisions.get(release.article_id, {}), at)
            add(impact, looked, scope)
    return impact


def add(impact: Impact, looked: Looked, scope: Scope) -> None:
    """Count one release; keep the first ones as samples. A note that would read otherwise counts as a change."""
    impact.examined += 1
    unclear = [one.surface for one in looked.annotation.unclear if one.organization in impact.organizations]
    impact.unclear += len(unclear)
    is_changed = not looked.is_same or scope.concerns(looked.marks)
    edition = looked.release.edition
    if is_changed:
        impact.changed[edition.language] = impact.changed.get(edition.language, 0) + 1
    if (is_changed or unclear) and len(impact.samples) < SAMPLES:
        impact.samples.append(sample_of(looked, unclear))


def sample_of(looked: Looked, unclear: list[str]) -> Sample:
    edition = looked.release.edition
    after = {
        place(mark): mention.surface for mark, mention in zip(looked.marks, looked.annotation.mentions, strict=True)
    }
    before = {place(mark): mark for mark in edition.marks}
    texts = {item.name: item.text for item in fields_of(looked.content)}
    return Sample(
        article_id=edition.article_id,
        language=edition.language,
        headline=edition.headline,
        marks_before=len(before),
        marks_after=len(after),
        added=[surface for key, surface in after.items() if key not in before],
        removed=[texts[mark["field"]][mark["start"] : mark["end"]] for key, mark in before.items() if key not in after],
        unclear=unclear,
    )


def place(mark: dict[str, Any]) -> tuple[str, int, str]:
    return mark["field"], mark["start"], mark["organization"]
