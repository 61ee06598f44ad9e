"""Hold what a release prints against what it would print under a register version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from ...editions import (
    NOTICE,
    Asked,
    Content,
    House,
    Moments,
    Prepared,
    annotate_by_day,
    as_issued_today,
    content_of_edition,
    filed_as,
    form_hash,
    mark_data,
    render,
    with_photo_hash,
)
from ...footnotes.types import Annotation, Candidate
from ...models import Article, MentionDecision, RegisterVersion, Release
from ...registers import book_of
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

    @property
    def is_anew(self) -> bool:
        """Say whether each article is printed, and so what earlier versions have issued as it would be issued now."""
        return self._kind == "house"

    def __call__(self, release: Release) -> Scope:
        """Return the scope of one release; everything when the house's own settings have changed."""
        if self.is_anew:
            return EVERYTHING
        version = release.edition.register_version_id
        if version not in self._found:
            row = RegisterVersion.objects.defer("compiled", "source").get(pk=version)
            before, after = book_of(row), self._house.compiled.registers
            organizations = frozenset(changed_organizations(before, after))
            self._found[version] = Scope(organizations, frozenset(changed_registers(before, after)))
        return self._found[version]


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
    dated: list[dict[str, Any]]

    @property
    def is_same(self) -> bool:
        """Say whether the edition bears these marks already, on pages of every day."""
        edition = self.release.edition
        return self.marks == edition.marks and self.dated == edition.dated_marks


@dataclass(frozen=True)
class Compared:
    """`prepared`: what the release would print, None when it prints that already. `unclear`: what a person must say."""

    release: Release
    prepared: Prepared | None
    unclear: tuple[Candidate, ...]


def load_releases(articles: Sequence[int], at: datetime) -> list[Release]:
    """Return the live and the scheduled releases of these articles with what reading them needs."""
    releases = Release.objects.not_ended(at).filter(article_id__in=articles)
    return list(releases.select_related("edition").order_by("article_id", "live_at"))


def load_filing(releases: Sequence[Release]) -> None:
    """Load the rubrics and the register versions of releases that are printed anew."""
    prefetch_related_objects(
        releases,
        "category",
        Prefetch("article", Article.objects.only("origin_article_id")),
        "edition__regions",
        "edition__topics",
        Prefetch("edition__register_version", RegisterVersion.objects.defer("compiled", "source")),
    )


def load_decisions(articles: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the editors' answers by article and key."""
    found: dict[int, dict[str, str]] = {}
    rows = MentionDecision.objects.filter(article_id__in=articles).values_list("article_id", "key", "answer")
    for article, key, answer in rows:
        found.setdefault(article, {})[key] = answer
    return found


def annotate_anew(
    release: Release, house: House, decisions: dict[str, str], at: datetime, *, is_anew: bool = False
) -> Looked:
    """Annotate the edition's clean text by the state of the registers when readers see it, from `at` on.

    `is_anew`: as the text would be issued now.
    """
    edition = release.edition
    content = content_of_edition(edition)
    if is_anew:
        content = as_issued_today(content)
    asked = Asked(max(release.live_at, at), edition.published_at, decisions)
    annotation, dated = annotate_by_day(content, house, asked)
    marks = [mark_data(mention) for mention in annotation.mentions]
    return Looked(release, content, annotation, marks, dated)


def compare_all(articles: Sequence[int], house: House, scopes: Scopes, at: datetime) -> list[Compared]:
    """Annotate what these articles show now and what is scheduled; render what changed, or of which notes may have."""
    decisions = load_decisions(articles)
    looked = [
        annotate_anew(release, house, decisions.get(release.article_id, {}), at, is_anew=scopes.is_anew)
        for release in load_releases(articles, at)
    ]
    notices = house.site.listed_authors == NOTICE  # at the head of an article, and no mark stands for it
    doubtful = [one for one in looked if notices or not one.is_same or scopes(one.release).concerns(one.marks)]
    load_filing([one.release for one in doubtful])
    rendered = {one.release.pk: render_anew(one, house, at) for one in doubtful}
    return [Compared(one.release, rendered.get(one.release.pk), one.annotation.unclear) for one in looked]


def render_anew(looked: Looked, house: House, at: datetime) -> Prepared | None:
    """Render an edition with its marks of today; None when it prints the same as before.

    An edition that was issued without the hash of its photo gets it with the next that differs, none for that alone.
    """
    release, edition = looked.release, looked.release.edition
    moments = Moments(edition.published_at, edition.modified_at, "relabel")
    content = filed_as(looked.content, edition)
    live_at, hashed = max(release.live_at, at), with_photo_hash(content)
    prepared = render(content, looked.annotation, looked.dated, moments, house, live_at=live_at)
    if looked.is_same and form_hash(prepared.form.html) == release.form_id:
        return None
    if hashed is content:
        return prepared
    return render(hashed, looked.annotation, looked.dated, moments, house, live_at=live_at)
