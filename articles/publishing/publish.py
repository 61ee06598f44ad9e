"""Publish now, schedule, cancel: the acts that decide when readers see what."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ..editions import (
    Content,
    House,
    Past,
    authors_of,
    clean_html,
    content_of_article,
    correction_entry,
    decisions_of,
    past_of,
    prepare,
)
from ..footnotes.types import Candidate
from ..models import Article, Correction, Release
from . import queue
from .boxes import as_asked, take_answers_along
from .checklist import Outgoing, check_required
from .errors import Refused
from .events import log
from .force import hold_version
from .frozen import refuse_frozen
from .gate import Question, pass_gate, questions_of
from .not_binned import refuse_binned
from .preview_ends import end_links_of_article
from .releasing import Ready, ReleaseAct, call_off, check_release, lock, moments_of, open_release, release_ready
from .roles import require, require_role

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
    """Do both: check the article, ask the engine once, pass the gate, release the edition.

    Gate, edition and review queue read the same answer.
    """
    require(by, "publish_article")
    given, article = article, lock(article)
    refuse_binned(article)
    past = past_of(article)
    if past.last_ending(at) == "withdrawn":  # what was withdrawn only some may bring back
        require(by, "withdraw_article")
    act = ReleaseAct(by=by, at=at, live_at=live_at, reason=chosen_reason(reason, was_public=past.was_public(at)))
    check_ready(article)
    correction = correction_of(article, act, note, kind)
    if past.is_ahead(at):  # what a schedule that is replaced now would have said: this act says itself what was changed
        article.corrections.filter(edition__release__live_at__gt=at).delete()
    ready, questions = asked(article, act, past, correction)
    override = pass_gate(article, questions, by)
    release = release_ready(article, ready, act, past)
    if correction is not None:
        correction.edition = release.edition
        correction.save()
    if override is not None:
        log("gate overridden", by=act.staff, at=at, article=article, override=override.pk, reason=override.reason)
    if live_at <= at:  # what is scheduled ends them when it begins
        end_links_of_article(article, "published", by=by, at=at)
    if article.state != "approved":
        Article.objects.filter(pk=article.pk).update(state="approved")
    given.state = "approved"
    queue.follow(article, release, ready.prepared, past, at)
    return release


def asked(article: Article, act: ReleaseAct, past: Past, correction: Correction | None) -> tuple[Ready, list[Question]]:
    """Refuse what is cheap to refuse, then ask the engine; return what is to be released and what is open in it."""
    authors = authors_of(article)
    content, moments = content_of_article(article, authors), moments_of(article, act, past)
    hold_version()  # until the edition is stored that is issued by it
    house = House.current()
    stays = check_release(article, content, moments, act, past, house)
    check_required(Outgoing(article, act.live_at, house.site))
    if correction is None:
        decisions = decisions_of(article)
    else:
        decisions = take_answers_along(article, content, house, act.live_at)
        content = with_correction(content, correction)
    prepared = prepare(content, moments, house, live_at=act.live_at, decisions=decisions)
    unclear: Iterable[Candidate] = prepared.annotation.unclear
    if correction is not None:
        unclear = as_asked(unclear)
    return Ready(prepared, [author.pk for author in authors], stays), questions_of(article, unclear)


def chosen_reason(reason: str | None, *, was_public: bool) -> str:
    if not was_public:
        return "first"
    if reason not in (None, "", "first", *EDITS):
        raise Refused("reason", _("This is not a kind of edit."))
    return reason if reason in EDITS else "minor"


def correction_of(article: Article, act: ReleaseAct, note: str, kind: str) -> Correction | None:
    """Return the note that the act prints, not stored yet; None without one."""
    if note.strip() and act.reason in NOTED:
        kind = kind or NOTED[act.reason]
        return Correction(article=article, kind=kind, text=note.strip(), made_at=act.live_at, made_by=act.staff)
    if act.reason == "correction":
        raise Refused("note", _("Say what was put right: readers see it in a box and in the log of corrections."))
    return None


def with_correction(content: Content, correction: Correction) -> Content:
    """Return the content with the correction's box on top of the others."""
    entry = correction_entry(correction.kind, correction.text, correction.made_at)
    return replace(content, printed={**content.printed, "corrections": [entry, *content.printed["corrections"]]})


def check_ready(article: Article) -> None:
    """Refuse an article without headline, address part or text."""
    if not article.headline.strip():
        raise Refused("headline", _("An article needs a headline."))
    if not article.slug:  # of a copy that no form has saved yet
        raise Refused("slug", _("An article needs an address part."))
    if not clean_html(article.body):
        raise Refused("body", _("An article needs a text."))


@transaction.atomic
def cancel(article: Article, *, by: User, at: datetime) -> None:
    """Take back a schedule; what readers see now goes on. A freeze of publishing keeps nobody from it."""
    require_role(by, "publish_article")
    refuse_frozen("everything")
    article = lock(article)
    release = open_release(article)
    if release is None or release.live_at <= at:
        raise Refused("", _("Nothing is scheduled; it may already be live."))
    call_off(release, ReleaseAct(by=by, at=at, live_at=release.live_at, reason="cancel"))
    log("cancel", by=by, at=at, article=article, live_at=release.live_at.isoformat())
    queue.refresh(article, at)
