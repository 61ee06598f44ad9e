"""Preview links: who may make one, what ends them, and their use written down."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from ..editions.figures import ids_in, post_ids_in
from ..models import Article, ArticleVersion, Erasure, KeptPost, PreviewToken
from ..models.busy import is_busy, waiting_at_most
from ..models.preview import digest_of, new_token
from .errors import Refused
from .events import log
from .frozen import refuse_frozen
from .preview_ends import end_links
from .releasing import lock
from .roles import may_edit, require, staff_id
from .saving import saved_fields
from .workflow import status

OPEN_FOR = timedelta(days=7)
MINUTE = timedelta(minutes=1)
PATIENCE = 300  # milliseconds


class MadeLink(NamedTuple):
    """`token` stands in the address; it is told once and stored nowhere."""

    link: PreviewToken
    token: str


@transaction.atomic
def make_link(article: Article, *, by: User, at: datetime, newest: bool = False) -> MadeLink:
    """Make a link by which anyone reads the working copy for a week: the saved version, or with `newest` each next one.

    Raises PermissionDenied unless the user may edit the article; Refused for an erased one.
    """
    refuse_frozen()  # a link shows to anybody what is not published
    article = lock(article)
    require_edit(by, article)
    if status(article, at) == "withdrawn":
        require(by, "withdraw_article")
    if Erasure.objects.filter(article=article).exists():
        raise Refused("", _("The text of this article was erased."))
    token = new_token()
    link = PreviewToken.objects.create(
        digest=digest_of(token),
        article=article,
        version=None if newest else saved_version(article, by, at),
        made_by=staff_id(by),
        made_at=at,
        expires_at=at + OPEN_FOR,
    )
    shown: dict[str, Any] = {} if link.version is None else {"version": link.version.number}
    log("preview made", by=by, at=at, article=article, link=link.pk, **shown)
    return MadeLink(link, token)


def require_edit(by: User, article: Article) -> None:
    if not (by.is_active and may_edit(by, article)):
        raise PermissionDenied(_("You can make or end links only for articles that you may edit."))


def saved_version(article: Article, by: User, at: datetime) -> ArticleVersion:
    """Return the last saved version; of an article that no form has saved yet, the working copy is kept as one."""
    last = article.versions.first()
    if last is not None:
        return last
    return ArticleVersion.objects.create(
        article=article, number=article.version, fields=saved_fields(article), saved_by=staff_id(by), saved_at=at
    )


@transaction.atomic
def revoke_link(link: PreviewToken, *, by: User, at: datetime) -> None:
    """End a link; one that has ended stays as it is. Its maker may always, others if they may edit the article."""
    article = lock(link.article)
    if not (by.is_active and link.made_by_id == staff_id(by).pk):
        require_edit(by, article)
    end_links(PreviewToken.objects.filter(pk=link.pk), "revoked", by=by, at=at)


def open_link(token: str, at: datetime) -> PreviewToken | None:
    """Return the link of a token if it opens at that moment."""
    links = PreviewToken.objects.open(at).select_related("article", "version")
    return links.filter(digest=digest_of(token)).first()


def photos_of(link: PreviewToken) -> set[int | None]:
    """Return the ids of the photos that the link shows: on top, None for none there, and in the text."""
    body = link.version.fields.get("body", "") if link.version else link.article.body
    on_top = link.version.fields.get("lead_photo") if link.version else link.article.lead_photo_id
    stills = KeptPost.objects.filter(pk__in=post_ids_in(body)).values_list("picture_id", flat=True)
    return {on_top, *ids_in(body), *stills}


def note_use(link: PreviewToken, at: datetime) -> None:
    """Write down when a link was used, to the minute, and its first use in the log; of many at once one writes.

    While others write to the database for too long it is left out: who reads does not wait for it.
    """
    if link.last_used_at is not None and link.last_used_at > at - MINUTE:
        return
    try:
        with waiting_at_most(PATIENCE):
            same = PreviewToken.objects.filter(pk=link.pk, last_used_at=link.last_used_at)
            if same.update(last_used_at=at) and link.last_used_at is None:
                log("preview used", by=None, at=at, article=link.article, link=link.pk)
    except OperationalError as error:
        if not is_busy(error):
            raise
