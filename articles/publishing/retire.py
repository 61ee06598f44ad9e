"""Retract an article (it stays, with the reason on top) or withdraw it (its address answers 410)."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from .. import pagemap
from ..editions import House, content_of_edition, filed_as, is_retracted, past_of, prepare
from ..models import Article, Correction, Release
from . import queue
from .boxes import take_answers_along
from .counts import uncount
from .errors import Refused
from .events import log
from .force import hold_version
from .front import leave_front
from .pages import drop_pages, drop_photos
from .preview_ends import end_links_of_article
from .publish import with_correction
from .releasing import (
    Ready,
    ReleaseAct,
    cancel_release,
    check_release,
    cut_off,
    drop_reserved_address,
    end,
    live_release,
    lock,
    moments_of,
    open_release,
    release_ready,
    was_ahead,
    write_down,
)
from .roles import require


@transaction.atomic
def retract(article: Article, *, by: User, at: datetime, note: str) -> Release:
    """Print what readers see now once more, with the reason for the retraction on top; a schedule is cancelled."""
    require(by, "publish_article")
    article = lock(article)
    live = live_release(article, at)
    if live is None:
        raise Refused("", _("Only a public article can be retracted."))
    if is_retracted(live.edition.corrections):
        raise Refused("", _("The article is retracted already."))
    if not note.strip():
        raise Refused("note", _("Say why the article is retracted: readers see it on top."))
    act, past = ReleaseAct(by=by, at=at, live_at=at, reason="retraction"), past_of(article)
    correction = Correction(article=article, kind="retraction", text=note.strip(), made_at=at, made_by=act.staff)
    content = filed_as(content_of_edition(live.edition), live.edition)
    moments = moments_of(article, act, past, keep_date=True)
    hold_version()
    house = House.current()
    stays = check_release(article, content, moments, act, past, house)
    decisions = take_answers_along(article, content, house, at)
    content = with_correction(content, correction)
    prepared = prepare(content, moments, house, live_at=at, decisions=decisions)
    release = release_ready(article, Ready(prepared, live.edition.author_ids, stays), act, past)
    correction.edition = release.edition
    correction.save()
    end_links_of_article(article, "published", by=by, at=at)
    queue.refresh(article, at)
    return release


@transaction.atomic
def withdraw(article: Article, *, by: User, at: datetime, note: str) -> None:
    """Take an article from the readers; before the click returns, no stored page shows it and its photo is gone."""
    require(by, "withdraw_article")
    article = lock(article)
    if not note.strip():
        raise Refused("note", _("Say why the article is withdrawn: the record keeps it."))
    act = ReleaseAct(by=by, at=at, live_at=at, reason="withdrawal")
    if not take_away(article, act):
        raise Refused("", _("Only a public article can be withdrawn."))
    leave_front(article, by=by, at=at)
    end_links_of_article(article, "withdrawn", by=by, at=at)
    log("withdrawal", by=by, at=at, article=article, note=note.strip())
    queue.refresh(article, at)


def take_away(article: Article, act: ReleaseAct) -> bool:
    """End what is public of the article, with its counts and stored pages; return False when nothing was: the caller
    rolls back."""
    gone = end_all(article, act)
    uncount(list(article.releases.filter(counted=True).select_related("edition")) if gone else [])
    drop_pages_of(gone, act.at)
    drop_photos(gone, act.at)
    return bool(gone)


def end_all(article: Article, act: ReleaseAct) -> list[Release]:
    """End all that readers see of the article, and call off what they are to see; return it, nothing if it was not
    public.

    A release that was announced was public, be it by a clock that was ahead: it is withdrawn, with an empty period.
    """
    gone, public = [], False
    last = open_release(article)
    if last is not None and last.live_at > act.at:
        public = was_ahead(last, act.at)
        cancel_release(last, act, "withdrawn" if public else "cancelled")
        if not public:
            drop_reserved_address(last)
        gone.append(last)
        last = open_release(article)
    if last is not None:
        end(last, act.at, "withdrawn", act)
        gone.append(last)
        public = True
    cut = cut_off(article, act, "withdrawn")
    write_down(act)
    return [*gone, *cut] if public or cut else []


def drop_pages_of(releases: Sequence[Release], at: datetime) -> None:
    """Mark the pages that show the releases dirty and drop their files."""
    paths = pagemap.pages_of_all(releases, at)
    pagemap.touch(paths, at)
    drop_pages(paths)
