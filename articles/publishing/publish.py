"""Publish now, schedule, cancel: the acts that decide when readers see what."""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ..editions import Content, content_of_article, correction_entry
from ..models import Article, Correction, Release
from . import queue
from .errors import Refused
from .events import log
from .force import hold_version
from .gate import pass_gate
from .links import end_links_of_article
from .releasing import Act, call_off, lock, open_release, release_content
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
) -> Release:
    """Publish the working copy now.

    `reason`: for an article that was public before, minor, update or correction (default minor); else first.
    `note`: what was put right, printed in a box and in the public log; needed for a correction.
    `kind`: of that note, correction or clarification. Raises Refused or PermissionDenied; with the field "gate" while
    questions are open that nobody else has overridden.
    """
    return release_article(article, by=by, at=at, live_at=at, reason=reason, note=note, kind=kind)


def schedule(
    article: Article,
    *,
    by: User,
    at: datetime,
    live_at: datetime,
    reason: str | None = None,
    note: str = "",
    kind: str = "",
) -> Release:
    """Make the working copy visible at `live_at`, with no job running; an earlier schedule is cancelled."""
    if live_at <= at:
        raise Refused("live_at", _("This moment lies in the past."))
    return release_article(article, by=by, at=at, live_at=live_at, reason=reason, note=note, kind=kind)


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
) -> Release:
    """Do both: check the article, pass the gate, make the correction's row, release the edition."""
    require(by, "publish_article")
    given, article = article, lock(article)
    if last_ending(article, at) == "withdrawn":
        require(by, "withdraw_article")
    was_public = article.releases.was_public(at).exists()
    act = Act(by=by, at=at, live_at=live_at, reason=chosen_reason(reason, was_public=was_public))
    check_ready(article)
    # What a schedule that is replaced now would have said: this act says itself what was changed.
    article.corrections.filter(edition__release__live_at__gt=at).delete()
    hold_version()  # the gate asks by the registers that the edition is issued by
    override = pass_gate(article, by=by, live_at=live_at)
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
    if override is not None:
        log("gate overridden", by=by, at=at, article=article, override=override.pk, reason=override.reason)
    if live_at <= at:  # what is scheduled ends them when it begins
        end_links_of_article(article, "published", by=by, at=at)
    Article.objects.filter(pk=article.pk).update(state="approved")
    given.state = "approved"
    queue.refresh(article, at)
    return release


def last_ending(article: Article, at: datetime) -> str:
    """Return how what readers saw last has ended: "" while they see it; what was withdrawn only some may bring back."""
    emptied = article.releases.filter(ending="withdrawn", ended_at=F("live_at")).order_by("id").last()
    public = article.releases.was_public(at)
    last = public.exclude(ending="withdrawn", ended_at=F("live_at")).order_by("-live_at", "-id").first()
    if emptied is not None and (last is None or last.pk < emptied.pk):
        return "withdrawn"
    return last.ending if last is not None and last.ended_at is not None and last.ended_at <= at else ""


def chosen_reason(reason: str | None, *, was_public: bool) -> str:
    if not was_public:
        return "first"
    if reason not in (None, "", "first", *EDITS):
        raise Refused("reason", _("This is not a kind of edit."))
    return reason if reason in EDITS else "minor"


def with_correction(content: Content, correction: Correction) -> Content:
    """Return the content with the correction's box on top of the others."""
    entry = correction_entry(correction.kind, correction.text, correction.made_at)
    return replace(content, printed={**content.printed, "corrections": [entry, *content.printed["corrections"]]})


def check_ready(article: Article) -> None:
    """Refuse an article without headline or text."""
    if not article.headline.strip():
        raise Refused("headline", _("An article needs a headline."))
    if not content_of_article(article).printed["body"]:
        raise Refused("body", _("An article needs a text."))


@transaction.atomic
def cancel(article: Article, *, by: User, at: datetime) -> None:
    """Take back a schedule; what readers see now goes on."""
    require(by, "publish_article")
    article = lock(article)
    release = open_release(article)
    if release is None or release.live_at <= at:
        raise Refused("", _("Nothing is scheduled; it may already be live."))
    call_off(release, Act(by=by, at=at, live_at=release.live_at, reason="cancel"))
    log("cancel", by=by, at=at, article=article, live_at=release.live_at.isoformat())
    queue.refresh(article, at)
