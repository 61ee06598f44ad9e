"""What the page map knows of a release, also of one that is not made yet: where it stands, and all that it is filed
under."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from articles.models import KINDS, Release
from articles.models.edition import files_shown


@dataclass(frozen=True)
class Entry:
    """`article`: its id. `root`: the article of which it is a translation, else itself. `rubrics`: (kind, slug).
    `topics`, `authors`: their ids, as far as they are known. `corrected`: whether it prints a correction. `photos`: the
    names of the web sizes that it shows."""

    article: int
    root: int
    language: str
    published_at: datetime
    day: date
    slug: str
    rubrics: tuple[tuple[str, str], ...]
    topics: tuple[int, ...]
    authors: tuple[int, ...]
    corrected: bool
    photos: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys under which it is counted, as in `Count`: "" and one for each rubric."""
        return "", *(f"{kind}:{slug}" for kind, slug in self.rubrics)

    @property
    def place(self) -> tuple[datetime, int]:
        """Return what every list is ordered by."""
        return self.published_at, self.article


def entry_of(release: Release) -> Entry:
    """Return the entry of a stored release."""
    edition = release.edition
    return Entry(
        article=release.article_id,
        root=release.article.origin_article_id or release.article_id,
        language=release.language,
        published_at=release.published_at,
        day=release.published_date,
        slug=edition.slug,
        rubrics=tuple(rubrics_of(release)),
        topics=tuple(topic.pk for topic in edition.topics.all()),
        authors=tuple(pk for pk in edition.author_ids if pk is not None),
        corrected=bool(edition.corrections),
        photos=files_shown(edition.photo, edition.figures),
    )


def rubrics_of(release: Release) -> Iterator[tuple[str, str]]:
    """Yield (kind, slug) of the rubrics that the release is filed under."""
    for kind in KINDS.values():
        for rubric in kind.of(release.edition if kind.is_many else release):
            yield kind.name, rubric.slug
