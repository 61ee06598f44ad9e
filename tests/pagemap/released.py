"""Releases straight into the database, without the engine: the page map reads rows only."""

from datetime import datetime
from typing import Any

from articles.models import Article, Category, Edition, ReadingForm, Region, RegisterVersion, Release, Topic
from articles.search import key_of

PRINTED = ("corrections", "photo", "figures", "summary", "bylines", "marks", "dated_marks", "ledger", "modified_at")


def rubric(model: type[Category] | type[Region] | type[Topic], slug: str) -> Any:
    return model.objects.get_or_create(slug=slug, defaults={"name_en": slug, "name_ru": slug})[0]


def released(slug: str, published_at: datetime, **given: Any) -> Release:
    """Return a release of a new article, live and announced since `published_at` unless `given` says otherwise.

    `given`: language, category, regions, topics (slugs), origin, article, columns of Edition that are PRINTED, and
    columns of Release.
    """
    language = given.pop("language", "en")
    category = rubric(Category, given.pop("category", "politics"))
    regions, topics = given.pop("regions", ()), given.pop("topics", ())
    printed = {name: given.pop(name) for name in PRINTED if name in given}
    origin = given.pop("origin", None)
    article = given.pop("article", None) or Article.objects.create(
        language=language, slug=slug, headline=slug, category=category, origin_article=origin
    )
    edition = Edition.objects.create(
        article=article,
        number=article.editions.count() + 1,
        language=language,
        slug=slug,
        headline=slug,
        category=category,
        register_version=RegisterVersion.objects.get_or_create(
            number=1, defaults={"digest": "", "compiled": b"", "organizations": 0, "created_at": published_at}
        )[0],
        reason="first",
        published_at=published_at,
        published_date=published_at.date(),
        issued_at=published_at,
        content_hash="",
        **printed,
    )
    edition.regions.set([rubric(Region, name) for name in regions])
    edition.topics.set([rubric(Topic, name) for name in topics])
    defaults = {"live_at": published_at, "issued_at": published_at, "announced_at": published_at}
    return Release.objects.create(
        article=article,
        edition=edition,
        form=ReadingForm.objects.get_or_create(sha256="0", defaults={"body": b"", "size": 0})[0],
        language=language,
        category=category,
        published_at=published_at,
        published_date=published_at.date(),
        indexed_as=key_of(edition),
        **(defaults | given),
    )
