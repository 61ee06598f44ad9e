"""Erase a withdrawn article: text and pictures go, everywhere they are stored; hashes, dates and the reason stay.

What is erased is itself a line of the record for each release, so that emptying a form in silence is found.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ... import search
from ...models import Article, Edition, Erasure, ReadingForm, Release
from ..errors import Refused
from ..events import log
from ..roles import require, staff_id
from ..workflow import status
from .chain import RecordLine, append_many
from .files import finish_erasures, remove_pages
from .pictures import remove_pictures
from .traces import remove_traces


@transaction.atomic
def erase(article: Article, *, by: User | None, at: datetime, reason: str) -> Erasure:
    """Erase a withdrawn article, for good. `by`: None for the command, whose user holds the machine.

    Raises Refused unless the article is withdrawn, and without a reason; PermissionDenied.
    """
    if by is not None:
        require(by, "add_erasure")
    article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    check(article, at, reason)
    staff = staff_id(by) if by is not None else None
    releases = article.releases.annotate(digest=F("edition__register_version__digest")).order_by("pk")
    lines = [RecordLine("erase", one, at, one.digest) for one in releases]
    append_many(lines, written_at=at, staff_code=staff.code if staff else "")
    erasure = Erasure.objects.create(article=article, reason=reason.strip(), made_by=staff, made_at=at)
    erasure.files = [*remove_pictures(article), *remove_pages(article)]
    erasure.save(update_fields=["files"])
    remove_traces(article)
    empty_forms(article)
    search.drop(article.releases.values_list("indexed_as", flat=True))
    Edition.objects.filter(article=article).erase()
    log("erasure", by=by, at=at, article=article)
    transaction.on_commit(finish_erasures, robust=True)  # what it does not reach, a worker does
    return erasure


def check(article: Article, at: datetime, reason: str) -> None:
    """Refuse to erase what is not withdrawn, what was erased already, and without a reason."""
    if Erasure.objects.filter(article=article).exists():
        raise Refused("", _("This article was erased already."))
    if status(article, at) != "withdrawn":
        raise Refused("", _("Only a withdrawn article can be erased: withdraw it first."))
    if not reason.strip():
        raise Refused("reason", _("Say why the article is erased: the record keeps it."))


def empty_forms(article: Article) -> None:
    """Empty the reading forms of the article, but those that another article shows."""
    forms = Release.objects.filter(article=article).values("form")
    others = Release.objects.filter(form__in=forms, article__erasure=None).exclude(article=article).values("form")
    ReadingForm.objects.filter(pk__in=forms).exclude(pk__in=others).update(body=b"")


def erased() -> list[str]:
    """Return what was erased, a sentence for each article, oldest first."""
    return [
        f"Article {one.article_id} was erased on {one.made_at:%Y-%m-%d}: {one.reason}"
        for one in Erasure.objects.order_by("made_at", "pk")
    ]
