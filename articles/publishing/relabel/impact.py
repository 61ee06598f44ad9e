"""What a change of the registers would do, before it does it: at once, and in the nights in which a designation that it
brings begins or ends. Nothing is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ...editions import House
from ...editions.content import fields_of
from ...footnotes.annotate import Compiled
from ...models import RegisterVersion, Release
from ...registers import current_version
from .candidates import candidate_articles, changed_organizations, changed_registers, prints_other_notice, turning
from .compare import Looked, Scope, annotate_anew, load_decisions, load_releases

SOME = 100  # articles read at a time
SAMPLES = 50
NIGHTS = 12  # days to come of which the articles are looked through; of those after them only the date is told
Marks = list[dict[str, Any]]


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


@dataclass(kw_only=True)
class Counted:
    """`articles`: those that may be concerned; `is_sample`: only some of them, spread over the archive, were looked at;
    `examined`: releases looked at; `changed`: those that would be issued anew, by language; `whole`: the
    change concerns the notice that the outlet prints of itself at the head of every article."""

    organizations: list[str]
    articles: list[int]
    is_sample: bool = False
    examined: int = 0
    changed: dict[str, int] = field(default_factory=dict)
    unclear: int = 0
    samples: list[Sample] = field(default_factory=list)
    whole: bool = False


@dataclass(kw_only=True)
class Night(Counted):
    """What changes when the day begins; of a day after NIGHTS others nothing was looked at."""

    day: date


@dataclass(kw_only=True)
class Impact(Counted):
    """What changes at once, and in the nights to come."""

    version: RegisterVersion
    previous: RegisterVersion
    registers: list[str]
    nights: list[Night] = field(default_factory=list)


def impact_of(version: RegisterVersion, at: datetime, most: int | None = None) -> Impact:
    """Compare every article that the version may concern with what it would print under it.

    `most`: look at so many of them only, spread over the archive; `articles` holds them all.
    """
    previous = current_version()
    before, after = House.under(previous), House.under(version)
    books = before.compiled.registers, after.compiled.registers
    organizations, registers = changed_organizations(*books), changed_registers(*books)
    impact = Impact(
        version=version,
        previous=previous,
        organizations=sorted(organizations),
        registers=sorted(registers),
        articles=candidate_articles((before.compiled, after.compiled), organizations, registers, at),
        whole=prints_other_notice(*books, organizations),
    )
    scope = Scope(frozenset(organizations), frozenset(registers))
    for release, decisions in releases_of(impact, at, most):
        looked = annotate_anew(release, after, decisions, at)
        add(impact, looked, release.edition.marks, not looked.is_same or scope.concerns(looked.marks))
    impact.nights = list(nights(after, organizations, at, most))
    return impact


def nights(house: House, organizations: set[str], at: datetime, most: int | None) -> Iterator[Night]:
    """Yield each day to come on which a designation of these organizations begins or ends, with what changes then."""
    for number, (day, turned) in enumerate(turns(house.compiled, organizations, house.day(at))):
        night = Night(day=day, organizations=sorted(turned), articles=[], whole=house.publisher in turned)
        if number < NIGHTS:
            night.articles = candidate_articles((house.compiled,), turned, set(), at)
            look_into(night, house, at, most)
        yield night


def turns(compiled: Compiled, organizations: set[str], today: date) -> list[tuple[date, set[str]]]:
    """Return the days after `today` on which a designation of these organizations begins or ends, in order."""
    found = compiled.registers.organizations
    days = {
        day
        for key in organizations & found.keys()
        for period in found[key].designations
        for day in (period.since, period.until)
        if day and day > today
    }
    return [(day, turning(compiled, day - timedelta(days=1), day) & organizations) for day in sorted(days)]


def look_into(night: Night, house: House, at: datetime, most: int | None) -> None:
    """Hold what each article would print when the day begins against what it would have printed just before."""
    begins = datetime.combine(night.day, time(), house.site.zone)
    for release, decisions in releases_of(night, at, most):
        if release.ended_at is not None and release.ended_at <= begins:
            continue
        before = annotate_anew(release, house, decisions, max(at, begins - timedelta(seconds=1)))
        looked = annotate_anew(release, house, decisions, begins)
        add(night, looked, before.marks, looked.marks != before.marks, known={spot(one) for one in unclear_of(before)})


def releases_of(part: Counted, at: datetime, most: int | None) -> Iterator[tuple[Release, dict[str, str]]]:
    """Yield the releases of a part's articles, or of `most` of them, each with its editors' answers."""
    step = max(-(-len(part.articles) // most), 1) if most else 1
    looked_at, part.is_sample = part.articles[::step], step > 1
    for start in range(0, len(looked_at), SOME):
        some = looked_at[start : start + SOME]
        decisions = load_decisions(some)
        for release in load_releases(some, at):
            yield release, decisions.get(release.article_id, {})


def unclear_of(looked: Looked) -> Sequence[Any]:
    return looked.annotation.unclear


def spot(one: Any) -> tuple[str, int, str]:
    return one.field, one.start, one.organization


def add(
    part: Counted, looked: Looked, before: Marks, is_changed: bool, known: set[tuple[str, int, str]] | None = None
) -> None:
    """Count one release; keep the first ones as samples. A note that would read otherwise counts as a change.

    `known`: mentions that are unclear anyway. What was marked and becomes unclear counts whosever it is: of a couple of
    whom one leaves the list the other is asked about.
    """
    part.examined += 1
    marked = {(mark["field"], mark["start"]) for mark in before}
    unclear = [
        one.surface
        for one in unclear_of(looked)
        if (one.organization in part.organizations or (one.field, one.start) in marked)
        and spot(one) not in (known or ())
    ]
    part.unclear += len(unclear)
    language = looked.release.edition.language
    if is_changed:
        part.changed[language] = part.changed.get(language, 0) + 1
    if (is_changed or unclear) and len(part.samples) < SAMPLES:
        part.samples.append(sample_of(looked, before, unclear))


def sample_of(looked: Looked, marks: Marks, unclear: list[str]) -> Sample:
    edition = looked.release.edition
    after = {
        place(mark): mention.surface for mark, mention in zip(looked.marks, looked.annotation.mentions, strict=True)
    }
    before = {place(mark): mark for mark in marks}
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
