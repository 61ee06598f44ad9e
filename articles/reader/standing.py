"""What stands at the addresses of articles: the live release with what its page shows, or that there is none."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from ..editions import is_retracted, to_marks, unpacked
from ..footnotes.types import Mark
from ..pagemap.addresses import Target, article_path
from ..shown.sql import Row, ask, to_data, to_day, to_moment, to_moment_or_none
from ..shown.visible import live, waits, was_public
from .built import Gone, Missing, Moved

COLUMNS = (
    "asked.number, a.current, a.article_id, ar.origin_article_id, r.edition_id, r.published_at, r.published_date, "
    "e.language, e.slug, e.headline, e.summary, e.photo, e.bylines, e.origin, e.corrections, e.marks, e.ledger, "
    "e.published_at, e.modified_at, r.category_id, f.body"
)
STATEMENT = """
    WITH asked(number, language, day, slug) AS (VALUES {asked})
    SELECT {columns},
        (SELECT t.id FROM articles_edition_topics et JOIN articles_topic t ON t.id = et.topic_id
            WHERE et.edition_id = r.edition_id ORDER BY t.position, t.slug LIMIT 1),
        EXISTS (SELECT 1 FROM articles_release w WHERE w.article_id = a.article_id AND {waits})
    FROM asked
    JOIN articles_address a ON a.language = asked.language AND a.date = asked.day AND a.slug = asked.slug
    JOIN articles_article ar ON ar.id = a.article_id
    LEFT JOIN articles_release r ON r.article_id = a.article_id
        AND {live}
    LEFT JOIN articles_edition e ON e.id = r.edition_id
    LEFT JOIN articles_readingform f ON f.sha256 = r.form_id
"""
BEGUN = f"""
    SELECT r.language, r.published_date, e.slug, r.ending, r.ended_at
    FROM articles_release r JOIN articles_edition e ON e.id = r.edition_id
    WHERE r.article_id = %(article)s AND {was_public()}
"""  # noqa: S608


class Story(NamedTuple):
    """A live release with its edition and form, as its page shows them. `root`: the article that it, or that its
    origin, translates; `topic`: the id of its first topic, else 0; `waits`: a release of the article is still to
    begin, or to be announced. The shapes of the rest are those of `Edition`."""

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

    @property
    def is_retracted(self) -> bool:
        """Whether its edition prints a retraction, whatever it was issued for."""
        return is_retracted(self.corrections)

    @property
    def path(self) -> str:
        """The address that the release is shown at."""
        return article_path(self.language, self.listed_on, self.slug)


class Standing(NamedTuple):
    """The row of an address; `story`: None while readers see nothing of the article."""

    article: int
    current: bool
    story: Story | None


def standing(targets: Sequence[Target], at: datetime) -> list[Standing | None]:
    """Return what stands at each of these addresses of articles, None where no article has ever had it: one query."""
    values: dict[str, Any] = {"at": at}
    for n, one in enumerate(targets):
        values |= {f"language{n}": one.language, f"day{n}": one.date, f"slug{n}": one.slug}
    found: list[Standing | None] = [None] * len(targets)
    for row in ask(statement_about(len(targets)), values):
        found[row[0]] = Standing(row[2], bool(row[1]), None if row[4] is None else story_of(row))
    return found


@lru_cache(maxsize=64)
def statement_about(number: int) -> str:
    """Return the statement for so many addresses."""
    asked = ", ".join(f"({n}, %(language{n})s, %(day{n})s, %(slug{n})s)" for n in range(number))
    return STATEMENT.format(asked=asked, columns=COLUMNS, live=live(), waits=waits("w."))


def story_of(row: Row) -> Story:
    (_number, _current, article, origin_article, edition, listed_at, listed_on, language, slug, headline, summary,
     photo, bylines, origin, corrections, marks, ledger, published_at, modified_at, category, form, topic,
     waits) = row  # fmt: skip
    return Story(
        article=article,
        root=origin_article or article,
        edition=edition,
        listed_at=to_moment(listed_at),
        listed_on=to_day(listed_on),
        language=language,
        slug=slug,
        headline=headline,
        summary=summary,
        photo=to_data(photo),
        bylines=to_data(bylines),
        origin=to_data(origin),
        corrections=to_data(corrections),
        marks=to_marks(to_data(marks)),
        ledger=to_data(ledger),
        published_at=to_moment(published_at),
        modified_at=to_moment_or_none(modified_at),
        category=category,
        form=unpacked(form),
        topic=topic or 0,
        waits=bool(waits),
    )


def story_at(target: Target, found: Standing | None, at: datetime) -> Story:
    """Return the story whose page this is; raise Missing, Moved or Gone.

    An address that no release has reached yet is no address.
    """
    if found is None:
        raise Missing
    story, here = found.story, (target.language, target.date, target.slug)
    if story and (story.language, story.listed_on, story.slug) == here:
        return story
    begun = ask(BEGUN, {"article": found.article, "at": at})
    was_here = any((language, to_day(day), slug) == here for language, day, slug, _ending, _ended in begun)
    if not (was_here or not found.current):
        raise Missing
    if story is not None:
        raise Moved(story.path)
    ended = sorted((to_moment(row[4]), row[3]) for row in begun if row[4] is not None)
    if ended and ended[-1][1] == "withdrawn":
        raise Gone(ended[-1][0])
    raise Missing
