"""Issue an edition: content, marks and reading form of an article, frozen for the moment it goes live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..footnotes.types import Annotation, Mark
from ..models import Article, ArticleVersion, Edition, Organization, ReadingForm, RegisterVersion, StaffId
from ..models import Mention as MentionRow
from .content import Content, cleaned, content_of_article, content_of_version, with_photo_hash, without_planned
from .dated import annotate_by_day, marks_on
from .form import Form, Moments, make_form, store_form
from .hashed import content_hash
from .house import House
from .marking import Asked, decisions_of, mark_data, published_then, strip_content
from .past import past_of
from .uses import note_issued


@dataclass(frozen=True)
class Prepared:
    """All that an edition will hold, before anything is stored."""

    content: Content
    annotation: Annotation
    dated: list[dict[str, Any]]
    form: Form
    moments: Moments
    published_date: date
    version: RegisterVersion


def prepare(
    content: Content, moments: Moments, house: House, *, live_at: datetime, decisions: dict[str, str]
) -> Prepared:
    """Clean HTML, strip typed-in marks, annotate by the registers' state at `live_at`, render with the photo's hash."""
    clean = with_photo_hash(strip_content(cleaned(content), house))
    asked = Asked(live_at, moments.published_at, decisions)
    annotation, dated = annotate_by_day(clean, house, asked)
    return render(clean, annotation, dated, moments, house, live_at=live_at)


def render(
    content: Content,
    annotation: Annotation,
    dated: list[dict[str, Any]],
    moments: Moments,
    house: House,
    *,
    live_at: datetime,
) -> Prepared:
    """Render the form of clean content with its annotation; `dated`: its marks by day."""
    form = make_form(content, annotation.mentions, moments, house, live_at=live_at)
    return Prepared(content, annotation, dated, form, moments, house.day(moments.published_at), house.version)


def preview(article: Article, at: datetime) -> Prepared:
    """Return what publishing the working copy at `at` would print, with the same bytes; stores nothing."""
    return preview_of(article, content_of_article(article), at)


def preview_version(version: ArticleVersion, at: datetime) -> Prepared:
    """Return what publishing a saved version at `at` would print."""
    return preview_of(*content_of_version(version), at)


def preview_of(article: Article, content: Content, at: datetime) -> Prepared:
    """Return what publishing this content of an article at `at` would print."""
    past = past_of(article)
    if past.is_ahead(at):  # an act of now takes back what a schedule would have said
        content = without_planned(content, article, at)
    last = past.last_public(at)
    moments = Moments(published_then(article, past, at), last.modified_at if last else None, "first")
    return prepare(content, moments, House.current(), live_at=at, decisions=decisions_of(article))


def issue(
    article: Article,
    number: int,
    prepared: Prepared,
    *,
    at: datetime,
    staff: StaffId | None,
    author_ids: Sequence[int | None],
) -> tuple[Edition, ReadingForm]:
    """Store the edition of that number with its mentions and its reading form, in the caller's transaction."""
    edition = edition_row(article.pk, number, prepared, at=at, staff=staff, author_ids=author_ids)
    edition.save()
    edition.regions.add(*prepared.content.region_ids)
    edition.topics.add(*prepared.content.topic_ids)
    MentionRow.objects.bulk_create(mention_rows([(edition, prepared)]))
    note_issued([edition])
    return edition, store_form(prepared.form.html)


def edition_row(
    article_id: int,
    number: int,
    prepared: Prepared,
    *,
    at: datetime,
    staff: StaffId | None,
    author_ids: Sequence[int | None],
) -> Edition:
    """Return the edition, not stored yet. `author_ids`: as `Edition.author_ids` holds them."""
    content, moments = prepared.content, prepared.moments
    marks = [mark_data(mention) for mention in prepared.annotation.mentions]
    return Edition(
        article_id=article_id,
        number=number,
        language=content.language,
        slug=content.slug,
        **content.printed,
        category_id=content.category_id,
        author_ids=list(author_ids),
        marks=marks,
        dated_marks=prepared.dated,
        ledger=prepared.form.ledger,
        register_version=prepared.version,
        reason=moments.reason,
        published_at=moments.published_at,
        published_date=prepared.published_date,
        modified_at=moments.modified_at,
        issued_by=staff,
        issued_at=at,
        content_hash=content_hash(content, marks),
    )


def mention_rows(issued: Sequence[tuple[Edition, Prepared]]) -> list[MentionRow]:
    """Return the rows of the mentions of stored editions, not stored yet.

    One that was deleted at the desk and is still in force is marked, and has no row: its names in the text are found by
    the change that takes it out of force.
    """
    keys = {mention.organization for _edition, prepared in issued for mention in prepared.annotation.mentions}
    organizations = dict(Organization.objects.filter(key__in=keys).values_list("key", "pk"))
    return [
        MentionRow(
            edition=edition,
            article_id=edition.article_id,
            field=mention.field,
            start=mention.start,
            end=mention.end,
            organization_id=organizations[mention.organization],
            registers="+".join(mention.registers),
            surface=mention.surface[:300],
            rule=mention.rule,
        )
        for edition, prepared in issued
        for mention in prepared.annotation.mentions
        if mention.organization in organizations
    ]


def marks_of(edition: Edition) -> list[Mark]:
    """Return the edition's marks, of the article's day, as the engine's records."""
    return to_marks(edition.marks)


def marks_then(edition: Edition, day: date) -> list[Mark]:
    """Return the edition's marks on a page of another day."""
    return to_marks(marks_on(edition.marks, edition.dated_marks, day))


def to_marks(data: Sequence[dict[str, Any]]) -> list[Mark]:
    """Return the engine's records of what a column of marks holds."""
    return [Mark(**(entry | {"registers": tuple(entry["registers"])})) for entry in data]
