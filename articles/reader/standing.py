"""What stands at the addresses of articles, made of the rows of `shown.standing`: the live release with what its page
shows, or that there is none."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from ..editions import is_retracted, to_marks, unpacked
from ..footnotes.types import Mark
from ..pagemap.addresses import Target, article_path
from ..shown.sql import to_data, to_day, to_moment, to_moment_or_none
from ..shown.standing import StandingRow, history, read
from .built import Gone, Missing, Moved

NOTHING_GONE: frozenset[int] = frozenset()


class Story(NamedTuple):
    """A live release with its edition and form, as its page shows them. `root`: the article that it, or that its
    origin, translates; `topic`: the id of its first topic, else 0; `waits`: a release of the article is still to
    begin, or to be announced; `gone`: numbers of its posts that are not at their sites any more. The
    shapes of the rest are those of `Edition`."""

    article: int
    root: int
    edition: int
    listed_at: datetime
    listed_on: date
    language: str
    slug: str
    headline: str
    summary: str
    photo: dict[str, Any]
    bylines: list[str]
    origin: dict[str, Any]
    corrections: list[dict[str, Any]]
    marks: list[Mark]
    ledger: list[list[str]]
    published_at: datetime
    modified_at: datetime | None
    category: int
    form: str
    topic: int
    waits: bool
    gone: frozenset[int]

    @property
    def is_retracted(self) -> bool:
        """Whether its edition prints a retraction, whatever it was issued for."""
        return is_retracted(self.corrections)

    @property
    def path(self) -> str:
        """The address that the release is shown at."""
        return article_path(self.language, self.listed_on, self.slug)


class AddressStanding(NamedTuple):
    """The row of an address; `story`: None while readers see nothing of the article."""

    article: int
    current: bool
    story: Story | None


def standing(targets: Sequence[Target], at: datetime) -> list[AddressStanding | None]:
    """Return what stands at each of these addresses of articles, None where no article has ever had it: one query."""
    found: list[AddressStanding | None] = [None] * len(targets)
    for row in read([(one.language, one.date, one.slug) for one in targets], at):
        story = None if row.edition is None else story_of(row)
        found[row.number] = AddressStanding(row.article, bool(row.current), story)
    return found


def story_of(row: StandingRow) -> Story:
    """Return the story of an address at which readers see one."""
    return Story(
        article=row.article,
        root=row.origin_article or row.article,
        edition=row.edition or 0,
        listed_at=to_moment(row.listed_at),
        listed_on=to_day(row.listed_on),
        language=row.language,
        slug=row.slug,
        headline=row.headline,
        summary=row.summary,
        photo=to_data(row.photo),
        bylines=to_data(row.bylines),
        origin=to_data(row.origin),
        corrections=to_data(row.corrections),
        marks=to_marks(to_data(row.marks)),
        ledger=to_data(row.ledger),
        published_at=to_moment(row.published_at),
        modified_at=to_moment_or_none(row.modified_at),
        category=row.category,
        form=unpacked(row.form),
        topic=row.topic or 0,
        waits=bool(row.waits),
        gone=frozenset(map(int, row.gone.split(","))) if row.gone else NOTHING_GONE,
    )


def story_at(target: Target, found: AddressStanding | None, at: datetime) -> Story:
    """Return the story whose page this is; raise Missing, Moved or Gone.

    An address that no release has reached yet is no address.
    """
    if found is None:
        raise Missing
    story, here = found.story, (target.language, target.date, target.slug)
    if story and (story.language, story.listed_on, story.slug) == here:
        return story
    public = history(found.article, at)
    was_here = any((one.language, to_day(one.published_date), one.slug) == here for one in public)
    if not (was_here or not found.current):
        raise Missing
    if story is not None:
        raise Moved(story.path)
    ended = sorted((to_moment(one.ended_at), one.ending) for one in public if one.ended_at is not None)
    if ended and ended[-1][1] == "withdrawn":
        raise Gone(ended[-1][0])
    raise Missing
