"""Publish now, schedule, cancel: the acts that decide when readers see what."""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ..editions import Content, check, content_of_article, correction_entry
from ..models import Article, Correction, Release
from .errors import Refused
from .events import log
from .pages import touch_release
from .releasing import (
    Act,
    cancel_release,
    drop_reserved_address,
    live_release,
    lock,
    open_release,
    release_content,
)
from .roles import require, staff_id

EDITS = ("minor", "update", "correction")
NOTED = {"update": "update", "correction": "correction"}


def publish(
    article: Article,
    *,
    by: User,
    at: datetime,
    reason: str | None = None,
    note: str = "",
    kind: str = "",
    accept_unclear: bool = False,
) -> Release:
    """Publish the working copy now.

    `reason`: for an article that was public before, minor, update or correction (default minor); else first.
    `note`: what was put right, printed in a box and in the public log; needed for a correction.
    `kind`: of that note, correction or clarification. Raises Refused or PermissionDenied.
    """
    return release_article(
        article, by=by, at=at, live_at=at, reason=reason, note=note, kind=kind, accept_unclear=accept_unclear
    )


def schedule(
    article: Article,
    *,
    by: User,
    at: datetime,
    live_at: datetime,
    reason: str | None = None,
    note: str = "",
    kind: str = "",
    accept_unclear: bool = False,
) -> Release:
    """Make the working copy visible at `live_at`, with no job running; an earlier schedule is cancelled."""
    if live_at <= at:
        raise Refused("live_at", _("This moment lies in the past."))
    return release_article(
        article,
        by=by,
        at=at,
        live_at=live_at,
        reason=reason,
        note=note,
        kind=kind,
        accept_unclear=accept_unclear,
    )


@transaction.atomic
def release_article(
    article: Article,
    *,
    by: User,
    at: datetime,
    live_at: datetime,
    reason: str | None,
    note: str,
    kind: str,
    accept_unclear: bool,
) -> Release:
    """Do both: check the article, make the correction's row, release the edition."""
    require(by, "publish_article")
    given, article = article, lock(article)
    was_public = article.releases.exclude(ending="cancelled").filter(live_at__lte=at).exists()
    act = Act(by=by, at=at, live_at=live_at, reason=chosen_reason(reason, was_public=was_public))
    unclear = check_ready(article, at, accept_unclear=accept_unclear)
    content = content_of_article(article)
    correction = None
    if note.strip() and act.reason in NOTED:
        correction = Correction(
            article=article,
            kind=kind or NOTED[act.reason],
            text=note.strip(),
            made_at=live_at,
            made_by=staff_id(by),
        )
        content = with_correction(content, correction)
    elif act.reason == "correction":
        raise Refused("note", _("Say what was put right: readers see it in a box and in the log of corrections."))
    release = release_content(article, content, act)
    if correction is not None:
        correction.edition = release.edition
        correction.save()
        touch_release(release, at)
    if unclear:
        log("unclear accepted", by=by, at=at, article=article, mentions=unclear)
    Article.objects.filter(pk=article.pk).update(state="approved")
    given.state = "approved"
    return release


def chosen_reason(reason: str | None, *, was_public: bool) -> str:
    if not was_public:
        return "first"
    if reason not in (None, "", "first", *EDITS):
        raise Refused("reason", _("This is not a kind of edit."))
    return reason if reason in EDITS else "minor"


def with_correction(content: Content, correction: Correction) -> Content:
    """Return the content with the correction's box on top of the others."""
    entry = correction_entry(correction.kind, correction.text, correction.made_at)
    return replace(content, corrections=(entry, *content.corrections))


def check_ready(article: Article, at: datetime, *, accept_unclear: bool) -> list[str]:
    """Refuse an article without headline or text, or with unclear mentions not accepted; return those accepted."""
    if not article.headline.strip():
        raise Refused("headline", _("An article needs a headline."))
    if not content_of_article(article).body:
        raise Refused("body", _("An article needs a text."))
    unclear = [candidate.surface for candidate in check(article, at).unclear]
    if unclear and not accept_unclear:
        raise Refused(
            "mentions",
            _("Unclear mentions have no answer yet: %(names)s. Answer them, or publish all the same.")
            % {"names": ", ".join(dict.fromkeys(unclear))},
        )
    return unclear


@transaction.atomic
def cancel(article: Article, *, by: User, at: datetime) -> None:
    """Take back a schedule; what readers see now goes on."""
    require(by, "publish_article")
    article = lock(article)
    release = open_release(article)
    if release is None or release.live_at <= at:
        raise Refused("", _("Nothing is scheduled; it may already be live."))
    act = Act(by=by, at=at, live_at=release.live_at, reason="cancel")
    cancel_release(release, act)
    Correction.objects.filter(edition=release.edition).delete()
    drop_reserved_address(release)
    touch_release(release, at)
    live = live_release(article, at)
    if live is not None:
        touch_release(live, at)
    log("cancel", by=by, at=at, article=article, live_at=release.live_at.isoformat())
