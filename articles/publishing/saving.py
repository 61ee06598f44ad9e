"""Keep every saved state of the working copy."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.forms.models import model_to_dict

from .. import pagemap
from ..editions.uses import note_saved
from ..models import Article, ArticleVersion
from . import queue
from .events import log
from .roles import staff_id


@transaction.atomic
def keep_version(article: Article, *, by: User, at: datetime, restored: int | None = None) -> ArticleVersion:
    """Store the saved working copy as its next version; call it after each save, rubrics and bylines included.

    `restored`: the number of the version that it was brought back from.
    """
    Article.objects.filter(pk=article.pk).update(version=F("version") + 1)
    article.refresh_from_db(fields=["version"])
    return stored(article, by, at, restored)


@transaction.atomic
def keep_first_version(article: Article, *, by: User, at: datetime) -> ArticleVersion:
    """Store the working copy as its version 1; call it once, in the transaction that makes the article.

    Nobody can have opened a form of it before, so that the number it is born with is still free.
    """
    return stored(article, by, at, None)


def stored(article: Article, by: User, at: datetime, restored: int | None) -> ArticleVersion:
    """Store the working copy under the number that it has, in the caller's transaction."""
    if article.created_by_id is None:
        article.created_by = staff_id(by)
        article.save(update_fields=["created_by"])
    last = article.versions.first()
    relink(article, last, at)
    note_saved(article)
    version = ArticleVersion.objects.create(
        article=article,
        number=article.version,
        fields=saved_fields(article),
        saved_by=staff_id(by),
        saved_at=at,
    )
    if restored is None:
        log("save", by=by, at=at, article=article, version=article.version)
    else:
        log("restore", by=by, at=at, article=article, version=article.version, restored=restored)
    queue.refresh(article, at)
    return version


def relink(article: Article, last: ArticleVersion | None, at: datetime) -> None:
    """Mark the pages dirty that link to their translations, when this save ties the article to others or unties it;
    `last`: the version before."""
    before, now = (last.fields.get("origin_article") if last else None), article.origin_article_id
    if before != now:
        family = [pk for pk in (article.pk, before, now) if pk is not None]
        pagemap.touch(pagemap.family_pages(family, at), at)


def saved_fields(article: Article) -> dict[str, Any]:
    """Return the working copy as JSON values."""
    fields = model_to_dict(article)
    saved = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in fields.items()}
    for key in ("regions", "topics"):
        saved[key] = [rubric.pk for rubric in fields[key]]
    saved["authors"] = [byline.author_id for byline in article.bylines.all()]
    return saved
