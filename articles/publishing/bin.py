"""The bin of drafts: what was never published can be put there, is taken out again, or is erased after some days.

In the bin an article stands in no other list, is neither edited nor published, and keeps all it has but its preview
links. Erased, it leaves its number in the newsroom's log: nobody but the newsroom ever saw it.
"""

import logging
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Article, Site, UnclearMention
from ..models.freeze import is_frozen
from . import queue
from .errors import Refused
from .events import log
from .preview_ends import end_links_of_article
from .record.files import remove_later
from .record.pictures import remove_pictures
from .record.traces import blank_admin_log, blank_errors, blank_mails
from .releasing import lock
from .roles import may_write

logger = logging.getLogger(__name__)


@transaction.atomic
def put_in_bin(article: Article, *, by: User, at: datetime) -> None:
    """Put a draft that was never published, nor scheduled, in the bin; its preview links end.

    Raises PermissionDenied unless the user may edit it; Refused where the record or another article holds it.
    """
    given, article = article, lock(article)
    require_writer(by, article)
    if article.binned_at is not None:
        raise Refused("", _("The article is in the bin already."))
    if not may_be_binned(article):
        raise Refused(
            "", _("Only what was never published nor scheduled can go to the bin: the record keeps the rest.")
        )
    if article.translations.exists():
        raise Refused("", _("Another article is a translation of this one: take that tie away first."))
    Article.objects.filter(pk=article.pk).update(binned_at=at)
    given.binned_at = at
    end_links_of_article(article, "revoked", by=by, at=at)
    UnclearMention.objects.filter(article=article).delete()
    log("binned", by=by, at=at, article=article)


@transaction.atomic
def take_from_bin(article: Article, *, by: User, at: datetime) -> None:
    """Make an article in the bin the draft again that it was. Raises PermissionDenied, or Refused if it is in none."""
    given, article = article, lock(article)
    require_writer(by, article)
    if article.binned_at is None:
        raise Refused("", _("The article is not in the bin."))
    Article.objects.filter(pk=article.pk).update(binned_at=None, erase_asked_by=None, erase_asked_at=None)
    given.binned_at = article.binned_at = given.erase_asked_at = given.erase_asked_by_id = None
    log("unbinned", by=by, at=at, article=article)
    queue.refresh(article, at)


def may_be_binned(article: Article) -> bool:
    """Say whether the article has nothing that the record keeps: neither a release nor an edition."""
    return not (article.releases.exists() or article.editions.exists())


def require_writer(by: User, article: Article) -> None:
    if not (by.is_active and may_write(by, article)):
        raise PermissionDenied(_("Your role does not allow this."))


def empty_bin(at: datetime) -> int:
    """Erase what has lain in the bin for the days of the settings; return how many articles went.

    One that cannot go is told in the log of the process, and tried again the next day. Nothing goes under a freeze: no
    lifting would bring it back.
    """
    if is_frozen():
        return 0
    since = at - timedelta(days=Site.current().bin_days)
    due = list(Article.objects.filter(binned_at__lte=since).order_by("-pk").values_list("pk", flat=True))
    gone = 0
    for pk in due:  # a translation, which came later, goes before its original
        try:
            gone += erase_from_bin(pk, since, at)
        except Exception:
            logger.exception("Article %s cannot be erased from the bin", pk)
    return gone


@transaction.atomic
def erase_from_bin(pk: int, since: datetime, at: datetime) -> bool:
    """Delete an article that still lies in the bin, with its texts wherever they are stored; say whether it did."""
    rows = Article.objects.select_for_update(no_key=True)
    article = rows.filter(pk=pk, binned_at__lte=since).first()
    if article is None or not may_be_binned(article) or article.translations.exists():
        return False
    erase_texts(article)
    article.delete()
    log("bin emptied", by=None, at=at, number=pk)
    return True


def erase_texts(article: Article) -> None:
    """Take the texts of a draft out of mails and logs, and its photos that stand nowhere else; the row goes after it,
    with what hangs on it."""
    versions = article.versions.values_list("fields__headline", flat=True)
    blank_mails({article.headline, *versions} - {"", None})
    blank_admin_log(Article, [article.pk])
    blank_errors(article)
    remove_later(remove_pictures(article))
