"""What a change of the registers would do, before it does it: nothing is stored."""

from dataclasses import dataclass, field
from datetime import datetime

from ...editions import House, mark_data
from ...models import Edition, RegisterVersion
from ...registers import current_version
from .candidates import candidate_articles, changed_organizations, changed_registers
from .compare import Compared, Scope, compare, load_decisions, load_releases

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


def impact_of(version: RegisterVersion, at: datetime) -> Impact:
    """Compare every article that the version may concern with what it would print under it."""
    previous = current_version()
    before, after = House.under(previous), House.under(version)
    organizations = changed_organizations(before.compiled, after.compiled)
    registers = changed_registers(before.compiled, after.compiled)
    articles = candidate_articles((before.compiled, after.compiled), organizations, registers, at)
    impact = Impact(version, previous, sorted(organizations), sorted(registers), articles)
    scope = Scope(frozenset(organizations), frozenset(registers))
    for start in range(0, len(articles), SOME):
        some = articles[start : start + SOME]
        decisions = load_decisions(some)
        for release in load_releases(some, at):
            compared = compare(release, after, decisions.get(release.article_id, {}), at, scope)
            add(impact, compared, organizations)
    return impact


def add(impact: Impact, compared: Compared, organizations: set[str]) -> None:
    """Count one release; keep the first ones as samples."""
    impact.examined += 1
    unclear = [one.surface for one in compared.unclear if one.organization in organizations]
    impact.unclear += len(unclear)
    if compared.prepared is None and not unclear:
        return
    edition = compared.release.edition
    if compared.prepared is not None:
        impact.changed[edition.language] = impact.changed.get(edition.language, 0) + 1
    if len(impact.samples) < SAMPLES:
        impact.samples.append(sample_of(compared, edition, unclear))


def sample_of(compared: Compared, edition: Edition, unclear: list[str]) -> Sample:
    mentions = compared.prepared.annotation.mentions if compared.prepared else ()
    after = {(mark["field"], mark["start"], mark["organization"]): mark for mark in map(mark_data, mentions)}
    before = {(mark["field"], mark["start"], mark["organization"]): mark for mark in edition.marks}
    texts = {"headline": edition.headline, "summary": edition.summary, "body": edition.body}
    removed = [
        texts[mark["field"]][mark["start"] : mark["end"]] if mark["field"] in texts else mark["field"]
        for key, mark in before.items()
        if key not in after and compared.prepared
    ]
    surfaces = {(one.field, one.start, one.organization): one.surface for one in mentions}
    return Sample(
        article_id=edition.article_id,
        language=edition.language,
        headline=edition.headline,
        marks_before=len(before),
        marks_after=len(after) if compared.prepared else len(before),
        added=[surfaces[key] for key in after if key not in before],
        removed=removed,
        unclear=unclear,
    )
