"""Drafts that do not wait for the bin to be emptied: erased at once, by two people where the settings say so; and those
that nobody has touched for long, which go to the bin by themselves.

What is written down of an erasure is that a draft went, by whom and when; not which texts it held.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ..models import Article, Site, Slot, UnclearMention
from ..models.freeze import is_frozen
from .bin import erase_texts, may_be_binned, require_writer
from .errors import Refused
from .events import log
from .preview_ends import end_links_of_article
from .releasing import lock
from .roles import may_write, staff_id


def needs_two() -> bool:
    """Say whether erasing a draft at once takes two people."""
    return Site.current().erase_by_two


def may_ask_erasure(article: Article, user: User) -> bool:
    """Say whether the user may ask for a second person: nobody has yet, and one is needed."""
    in_bin = article.binned_at is not None and article.erase_asked_at is None
    return in_bin and may_write(user, article) and needs_two()


def may_erase_draft(article: Article, user: User) -> bool:
    """Say whether the user may erase the draft now: alone, or as the second of two, who is an editor."""
    if article.binned_at is None or not may_write(user, article):
        return False
    if not needs_two():
        return True
    asked = article.erase_asked_at is not None and article.erase_asked_by_id != staff_id(user).pk
    return asked and user.has_perm("articles.approve_article")


@transaction.atomic
def ask_erasure(article: Article, *, by: User, at: datetime) -> None:
    """Ask somebody else to erase a draft in the bin for good. Raises PermissionDenied, Refused."""
    given, article = article, lock(article)
    require_writer(by, article)
    refuse_outside(article)
    if not may_ask_erasure(article, by):
        raise Refused("", _("Nobody else is needed, or somebody has been asked already."))
    Article.objects.filter(pk=article.pk).update(erase_asked_by=staff_id(by), erase_asked_at=at)
    given.erase_asked_at = at
    log("erasure asked", by=by, at=at, article=article)


@transaction.atomic
def erase_draft(article: Article, *, by: User, at: datetime) -> None:
    """Erase a draft in the bin for good, with its versions, notes, what was typed, and photos that stand nowhere else.

    Raises PermissionDenied; Refused where it is in no bin, under a freeze, or where another person is needed.
    """
    article = lock(article)
    require_writer(by, article)
    refuse_outside(article)
    if is_frozen():
        raise Refused("", _("Nothing is erased under a freeze: no lifting would bring it back."))
    if not may_erase_draft(article, by):
        raise Refused("", _("Two people erase a draft: one asks, and another, who is an editor, does it."))
    erase_texts(article)
    log("draft erased", by=by, at=at, number=article.pk)
    article.delete()


def refuse_outside(article: Article) -> None:
    """Refuse what is in no bin, or is held there. Raises Refused."""
    if article.binned_at is None or not may_be_binned(article):
        raise Refused("", _("The article is not in the bin."))
    if article.translations.exists():
        raise Refused("", _("Another article is a translation of this one: take that tie away first."))


def bin_old_drafts(at: datetime) -> int:
    """Put in the bin what was never published and nobody has touched for the days of the settings; return how many.

    0 days: never. Nothing goes under a freeze. An original goes after its translations, at the next call.
    """
    days = Site.current().draft_days
    if not days or is_frozen():
        return 0
    since = at - timedelta(days=days)
    typed = Slot.objects.open().filter(article=OuterRef("pk"), saved_at__gt=since).order_by()
    old = Article.objects.filter(binned_at=None, updated_at__lte=since, releases=None, editions=None)
    return sum(
        put_away(pk, since, at) for pk in list(old.exclude(Exists(typed)).order_by("-pk").values_list("pk", flat=True))
    )


@transaction.atomic
def put_away(pk: int, since: datetime, at: datetime) -> bool:
    """Put a draft in the bin that is as old still; say whether it went."""
    article = (
        Article.objects.select_for_update(no_key=True).filter(pk=pk, binned_at=None, updated_at__lte=since).first()
    )
    if article is None or not may_be_binned(article) or article.translations.filter(binned_at=None).exists():
        return False
    Article.objects.filter(pk=pk).update(binned_at=at)
    end_links_of_article(article, "revoked", by=None, at=at)
    UnclearMention.objects.filter(article=article).delete()
    log("binned by age", by=None, at=at, article=article)
    return True
