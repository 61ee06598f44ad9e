"""The clean content of an article as the engine sees it: named fields in the order of the page, and back again."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ..footnotes.types import Field
from ..models import Article, ArticleVersion, Author, Correction, Edition, Photo
from ..models.fields import all_printable, printable
from ..models.printed import COLUMNS, PRINTED, replaced, texts_of
from ..photos.files import web_digest
from .clean import clean_html


@dataclass(frozen=True)
class Content:
    """What an edition prints and where it is filed, without marks.

    `printed`: the columns of `models.printed`, in the shapes in which `Edition` holds them.
    """

    language: str
    printed: Mapping[str, Any]
    slug: str = ""
    category_id: int = 0
    region_ids: tuple[int, ...] = ()
    topic_ids: tuple[int, ...] = ()

    def columns(self) -> dict[str, Any]:
        """Return all of it side by side, as the hash of an edition's content covers it."""
        filed = {one.name: getattr(self, one.name) for one in dataclasses.fields(self) if one.name != "printed"}
        return filed | dict(self.printed)


def content_of_article(article: Article, authors: Sequence[Author] | None = None) -> Content:
    """Return the working copy's content; corrections are those already made. `authors`: if they have been read."""
    authors = authors_of(article) if authors is None else authors
    read = READ | {"bylines": lambda one: [author.name(one.language) for author in authors]}
    return Content(
        language=article.language,
        printed={column: all_printable(read.get(column, plain_text(column))(article)) for column in COLUMNS},
        slug=article.slug,
        category_id=article.category_id,
        region_ids=tuple(article.regions.values_list("pk", flat=True)) if article.pk else (),
        topic_ids=tuple(article.topics.values_list("pk", flat=True)) if article.pk else (),
    )


def content_of_version(version: ArticleVersion) -> tuple[Article, Content]:
    """Return the working copy as it was saved then, not to be saved again, and its content; corrections are today's."""
    saved = version.fields
    article = Article(pk=version.article_id, version=version.number)
    for column in Article._meta.concrete_fields:
        if column.name in saved and not column.primary_key:
            setattr(article, column.attname, column.to_python(saved[column.name]))
    names = {author.pk: author.name(article.language) for author in Author.objects.filter(pk__in=saved["authors"])}
    if article.lead_photo_id and not Photo.objects.filter(pk=article.lead_photo_id).exists():
        article.lead_photo = None
    content = content_of_article(article)
    bylines = [names[pk] for pk in saved["authors"] if pk in names]
    return article, replace(
        content,
        printed={**content.printed, "bylines": bylines},
        region_ids=tuple(saved["regions"]),
        topic_ids=tuple(saved["topics"]),
    )


def content_of_edition(edition: Edition) -> Content:
    """Return what the edition printed, to read it or, with `filed_as`, to print it again."""
    return Content(
        language=edition.language,
        printed=as_of_today(printed_columns(edition)),
        slug=edition.slug,
        category_id=edition.category_id,
    )


def cleaned(content: Content) -> Content:
    """Return the content with its HTML cleaned.

    The doors have cleaned it, the article's form and the commands, and what is inside trusts them. This is done once
    more where an edition is prepared, so that nothing unsafe is printed however a row was stored, and where the whole
    archive is printed anew.
    """
    html = {row.column: clean_html(content.printed[row.column]) for row in PRINTED if row.format == "html"}
    return replace(content, printed={**content.printed, **html})


def as_issued_today(content: Content) -> Content:
    """Return what an earlier version has issued as it would be issued now: without signs that no text holds, with the
    HTML that the cleaning leaves."""
    return cleaned(replace(content, printed=all_printable(dict(content.printed))))


def as_of_today(columns: dict[str, Any]) -> dict[str, Any]:
    """Return the columns without the titles of links, which old editions hold: a name in one bears no mark."""
    return columns | {"body": clean_html(columns["body"])} if ' title="' in columns["body"] else columns


def printed_columns(edition: Edition) -> dict[str, Any]:
    """Return the columns of an edition that hold its printed texts."""
    return {column: getattr(edition, column) for column in COLUMNS}


def filed_as(content: Content, edition: Edition) -> Content:
    """Return the content filed under the regions and topics of an edition, which it is read from."""
    return replace(
        content,
        region_ids=tuple(region.pk for region in edition.regions.all()),
        topic_ids=tuple(topic.pk for topic in edition.topics.all()),
    )


def plain_text(column: str) -> Callable[[Article], str]:
    """Return what reads a text of the working copy that is printed as it stands."""
    return lambda article: getattr(article, column).strip()


def authors_of(article: Article) -> list[Author]:
    """Return the authors of the working copy, in the order of the bylines."""
    return [byline.author for byline in article.bylines.select_related("author")] if article.pk else []


def with_photo_hash(content: Content) -> Content:
    """Return the content with the SHA-256 of the photo's file that readers get; the one it was issued with stays."""
    photo = content.printed["photo"]
    if not photo or photo.get("sha256"):
        return content
    digest = web_digest(photo["web"])
    return replace(content, printed={**content.printed, "photo": photo | {"sha256": digest}}) if digest else content


def photo_of(article: Article) -> dict[str, Any]:
    photo = article.lead_photo
    if photo is None:
        return {}
    # A licence stands only in editions of photos that name one: what was issued before it was printed stays as it is.
    licence = {"licence": photo.licence.strip()} if photo.licence.strip() else {}
    return {
        "id": photo.pk,
        "web": photo.web,
        "width": photo.width,
        "height": photo.height,
        "focal_x": photo.focal_x,
        "focal_y": photo.focal_y,
        "alt": article.photo_alt.strip() or photo.alt(article.language),
        "caption": article.photo_caption.strip() or photo.caption(article.language),
        "credit": photo.credit,
        **licence,
    }


def origin_of(article: Article) -> dict[str, Any]:
    if not article.is_translation:
        return {}
    published_at = article.origin_published_at
    return {
        "language": article.origin_article.language if article.origin_article else "",
        "outlet": article.origin_outlet.strip(),
        "published_at": published_at.isoformat() if published_at else "",
        "zone": article.origin_zone.strip(),
        "url": article.origin_url,
        "translator": article.translator.strip(),
        "method": article.translation_method,
    }


def corrections_of(article: Article) -> list[dict[str, Any]]:
    """Return the corrections made so far, newest first."""
    return entries_of(article.corrections.all()) if article.pk else []


def entries_of(corrections: QuerySet[Correction]) -> list[dict[str, Any]]:
    rows = corrections.order_by("-made_at", "-pk")
    return [correction_entry(correction.kind, correction.text, correction.made_at) for correction in rows]


def without_planned(content: Content, article: Article, at: datetime) -> Content:
    """Return the content without the corrections that only a release which begins after `at` would print."""
    stay = article.corrections.exclude(edition__release__live_at__gt=at)
    return replace(content, printed={**content.printed, "corrections": entries_of(stay)})


def correction_entry(kind: str, text: str, made_at: datetime) -> dict[str, Any]:
    return {"kind": kind, "text": printable(text), "made_at": made_at.isoformat()}


# What an editor does not write into a column of the same name, or not as it is printed.
READ: dict[str, Callable[[Article], Any]] = {
    "photo": photo_of,
    "origin": origin_of,
    "corrections": corrections_of,
}


def fields_of(content: Content) -> list[Field]:
    """Return the named fields that the engine marks, in the order in which the page shows them."""
    rows = [row for row in PRINTED if row.is_marked]
    return [Field(name, text, row.format) for row in rows for name, text in texts_of(content.printed, row)]


def is_retracted(corrections: Iterable[dict[str, Any]]) -> bool:
    """Say whether one of the boxes is a retraction."""
    return any(entry["kind"] == "retraction" for entry in corrections)


def with_fields(content: Content, fields: list[Field]) -> Content:
    """Return the content with the texts of these fields in place of its own."""
    return replace(content, printed=replaced(content.printed, {item.name: item.text for item in fields}))
