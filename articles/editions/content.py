"""The clean content of an article as the engine sees it: named fields in the order of the page, and back again."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ..footnotes.types import Field
from ..models import Article, Edition
from .clean import clean_html


@dataclass(frozen=True)
class Content:
    """What an edition prints and where it is filed, without marks; the shapes of the dicts are those of `Edition`."""

    language: str
    headline: str
    slug: str = ""
    category_id: int = 0
    region_ids: tuple[int, ...] = ()
    topic_ids: tuple[int, ...] = ()
    summary: str = ""
    body: str = ""
    photo: dict[str, Any] = field(default_factory=dict)
    bylines: tuple[str, ...] = ()
    source_line: str = ""
    origin: dict[str, Any] = field(default_factory=dict)
    corrections: tuple[dict[str, Any], ...] = ()


PHOTO_FIELDS = ("alt", "caption", "credit")
ORIGIN_FIELDS = ("outlet", "translator")


def content_of_article(article: Article) -> Content:
    """Return the working copy's content; corrections are those already made."""
    return Content(
        language=article.language,
        headline=article.headline.strip(),
        slug=article.slug,
        category_id=article.category_id,
        region_ids=tuple(article.regions.values_list("pk", flat=True)) if article.pk else (),
        topic_ids=tuple(article.topics.values_list("pk", flat=True)) if article.pk else (),
        summary=article.summary.strip(),
        body=clean_html(article.body),
        photo=photo_of(article),
        bylines=tuple(byline.author.name(article.language) for byline in article.bylines.select_related("author").all())
        if article.pk
        else (),
        source_line=article.source_line.strip(),
        origin=origin_of(article),
        corrections=tuple(corrections_of(article)) if article.pk else (),
    )


def content_of_edition(edition: Edition) -> Content:
    """Return what the edition printed, to read it or, with `filed_as`, to print it again."""
    return Content(
        language=edition.language,
        headline=edition.headline,
        slug=edition.slug,
        category_id=edition.category_id,
        summary=edition.summary,
        body=edition.body,
        photo=edition.photo,
        bylines=tuple(edition.bylines),
        source_line=edition.source_line,
        origin=edition.origin,
        corrections=tuple(edition.corrections),
    )


def filed_as(content: Content, edition: Edition) -> Content:
    """Return the content filed under the regions and topics of an edition, which it is read from."""
    return replace(
        content,
        region_ids=tuple(region.pk for region in edition.regions.all()),
        topic_ids=tuple(topic.pk for topic in edition.topics.all()),
    )


def photo_of(article: Article) -> dict[str, Any]:
    photo = article.lead_photo
    if photo is None:
        return {}
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
    return [
        correction_entry(correction.kind, correction.text, correction.made_at)
        for correction in article.corrections.order_by("-made_at", "-pk")
    ]


def correction_entry(kind: str, text: str, made_at: datetime) -> dict[str, Any]:
    return {"kind": kind, "text": text, "made_at": made_at.isoformat()}


def fields_of(content: Content) -> list[Field]:
    """Return the named fields in the order in which the page shows them."""
    boxes = [(entry["kind"], Field(f"correction_{number}", entry["text"])) for number, entry in numbered(content)]
    fields = [Field("headline", content.headline), Field("summary", content.summary)]
    fields += [box for kind, box in boxes if kind == "retraction"]
    fields += [Field(f"byline_{number}", name) for number, name in enumerate(content.bylines)]
    fields += [Field(f"photo_{key}", content.photo.get(key, "")) for key in PHOTO_FIELDS]
    fields += [Field("body", content.body, "html")]
    fields += [box for kind, box in boxes if kind != "retraction"]
    fields += [Field(f"origin_{key}", content.origin.get(key, "")) for key in ORIGIN_FIELDS]
    fields += [Field("source_line", content.source_line)]
    return [item for item in fields if item.text]


def numbered(content: Content) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(content.corrections))


def is_retracted(corrections: Iterable[dict[str, Any]]) -> bool:
    """Say whether one of the boxes is a retraction."""
    return any(entry["kind"] == "retraction" for entry in corrections)


def with_fields(content: Content, fields: list[Field]) -> Content:
    """Return the content with the texts of these fields in place of its own."""
    texts = {item.name: item.text for item in fields}
    return replace(
        content,
        headline=texts.get("headline", content.headline),
        summary=texts.get("summary", content.summary),
        body=texts.get("body", content.body),
        bylines=tuple(texts.get(f"byline_{number}", name) for number, name in enumerate(content.bylines)),
        photo=content.photo | {key: texts[f"photo_{key}"] for key in PHOTO_FIELDS if f"photo_{key}" in texts},
        corrections=tuple(
            entry | {"text": texts.get(f"correction_{number}", entry["text"])}
            for number, entry in enumerate(content.corrections)
        ),
        origin=content.origin | {key: texts[f"origin_{key}"] for key in ORIGIN_FIELDS if f"origin_{key}" in texts},
        source_line=texts.get("source_line", content.source_line),
    )
