"""Hold what a release prints against what it would print under a register version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...editions import (
    Asked,
    Content,
    House,
    Moments,
    Prepared,
    annotate_content,
    content_of_edition,
    form_hash,
    mark_data,
    render,
)
from ...footnotes.types import Annotation, Candidate
from ...models import MentionDecision, Release
from .candidates import changed_organizations, changed_registers


@dataclass(frozen=True)
class Scope:
    """What the change concerns: an article without these needs no new page even if its form is looked at.

    None: everything does.
    """

    organizations: frozenset[str] | None
    registers: frozenset[str] | None

    def concerns(self, marks: Iterable[dict[str, object]]) -> bool:
        """Say whether the notes of these marks could have changed while the marks themselves did not."""
        if self.organizations is None or self.registers is None:
            return True
        return any(
            mark["organization"] in self.organizations or not self.registers.isdisjoint(plain_keys(mark["registers"]))
            for mark in marks
        )


EVERYTHING = Scope(None, None)


class Scopes:
    """For each release, what differs between the register version of its edition and the one it is brought under."""

    def __init__(self, house: House, kind: str) -> None:
        self._house = house
        self._kind = kind
        self._found: dict[int, Scope] = {house.version.pk: Scope(frozenset(), frozenset())}

    def __call__(self, release: Release) -> Scope:
        """Return the scope of one release; everything when the house's own settings have changed."""
        if self._kind == "house":
            return EVERYTHING
        version = release.edition.register_version
        if version.pk not in self._found:
            before, after = House.under(version).compiled, self._house.compiled
            organizations = frozenset(changed_organizations(before, after))
            self._found[version.pk] = Scope(organizations, frozenset(changed_registers(before, after)))
        return self._found[version.pk]


def plain_keys(registers: object) -> set[str]:
    """Return the keys of a mark's registers without the day of lifting."""
    assert isinstance(registers, list)
    return {key.partition("@")[0] for key in registers}


@dataclass(frozen=True)
class Looked:
    """What the engine says of an edition's clean text now."""

    release: Release
    content: Content
    annotation: Annotation
    marks: list[dict[str, Any]]

    @property
    def is_same(self) -> bool:
        """Say whether the edition bears these marks already."""
        return self.marks == self.release.edition.marks


@dataclass(frozen=True)
class Compared:
    """`prepared`: what the release would print, None when it prints that already. `unclear`: what a person must say."""

    release: Release
    prepared: Prepared | None
    unclear: tuple[Candidate, ...]


def load_releases(articles: Sequence[int], at: datetime) -> list[Release]:
    """Return the live and the scheduled releases of these articles with all that printing them needs."""
    releases = Release.objects.not_ended(at).filter(article_id__in=articles)
    return list(
        releases.select_related("edition", "article", "edition__register_version", "category")
        .defer("edition__register_version__compiled", "article__body")
        .prefetch_related("edition__regions", "edition__topics")
        .order_by("article_id", "live_at")
    )


def load_decisions(articles: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the editors' answers by article and key."""
    found: dict[int, dict[str, str]] = {}
    rows = MentionDecision.objects.filter(article_id__in=articles).values_list("article_id", "key", "answer")
    for article, key, answer in rows:
        found.setdefault(article, {})[key] = answer
    return found


def annotate_anew(release: Release, house: House, decisions: dict[str, str], at: datetime) -> Looked:
    """Annotate the edition's clean text by the state of the registers when readers see it, from `at` on."""
    edition = release.edition
    content = content_of_edition(edition)
    annotation = annotate_content(content, house, Asked(max(release.live_at, at), edition.published_at, decisions))
    return Looked(release, content, annotation, [mark_data(mention) for mention in annotation.mentions])


def compare(release: Release, house: House, decisions: dict[str, str], at: datetime, scopes: Scopes) -> Compared:
    """Annotate the edition anew; render it only if its marks changed or its notes may have."""
    looked = annotate_anew(release, house, decisions, at)
    unclear = looked.annotation.unclear
    if looked.is_same and not scopes(release).concerns(looked.marks):
        return Compared(release, None, unclear)
    edition = release.edition
    moments = Moments(edition.published_at, edition.modified_at, "relabel")
    prepared = render(looked.content, looked.annotation, moments, house, live_at=max(release.live_at, at))
    same = looked.is_same and form_hash(prepared.form.html) == release.form_id
    return Compared(release, None if same else prepared, unclear)
