"""Begin a new article with the texts of another: a draft of its own, with nothing of the other's life."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Article, Byline, Erasure
from ..models.printed import WRITTEN
from .errors import Refused
from .events import log
from .not_binned import refuse_binned
from .roles import require, staff_id
from .saving import keep_first_version

# Where it comes from is told of each text anew; its address, dates, answers and editions are the other's own.
TOLD_ANEW = {"origin_outlet", "translator"}
COPIED = (
    *(column for column in WRITTEN if column not in TOLD_ANEW),
    "figure_texts",
    "language",
    "category",
    "lead_photo",
)


@transaction.atomic
def copy_as_new(article: Article, *, by: User, at: datetime) -> Article:
    """Return a new draft with the saved texts, rubrics, photo and authors of an article; it has no address part yet.

    Raises PermissionDenied unless the user may write articles; Refused for an erased one.
    """
    require(by, "add_article")
    require(by, "view_article")
    article = Article.objects.get(pk=article.pk)
    refuse_binned(article)
    if Erasure.objects.filter(article=article).exists():
        raise Refused("", _("The text of this article was erased."))
    copied = Article.objects.create(**{name: getattr(article, name) for name in COPIED}, created_by=staff_id(by))
    copied.regions.set(article.regions.all())
    copied.topics.set(article.topics.all())
    Byline.objects.bulk_create(
        Byline(article=copied, author_id=one.author_id, position=one.position) for one in article.bylines.all()
    )
    keep_first_version(copied, by=by, at=at)
    log("copy", by=by, at=at, article=copied, original=article.pk)
    return copied
