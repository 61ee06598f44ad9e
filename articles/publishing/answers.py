"""An editor's answers for unclear mentions; what readers see follows them at once."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ..editions import Asked, House, annotate_content, check, content_of_edition, decisions_of
from ..footnotes.annotate import article_key, decision_key
from ..footnotes.registers.private import holds_private
from ..footnotes.types import Annotation, Candidate, Mention
from ..models import Article, MentionDecision, Organization
from . import queue
from .errors import Refused
from .events import log
from .not_binned import refuse_binned
from .relabel.answered import relabel_article
from .releasing import lock
from .roles import require, staff_id


@transaction.atomic
def answer_mention(
    article: Article,
    key: str,
    answer: str,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    always: bool = False,
    typed: Article | None = None,
) -> MentionDecision:
    """Store "mark" or "not" for the mention with that decision key; an earlier answer is replaced.

    `always`: for whatever is unclear about the organization in this article, now and in later versions. The live and
    the scheduled edition are issued anew if their marks change. `typed`: the working copy as it is being typed, which
    may hold mentions that nothing saved has. Raises Refused when none of them holds such a mention any more.
    """
    require(by, "answer_mention")
    if answer not in dict(MentionDecision.ANSWERS):
        raise Refused("answer", _("Answer “mark” or “not the one listed”."))
    article = lock(article)
    refuse_binned(article)
    if holds_private(reason):
        message = _("This tells a birth date, a person's number or an address, which is not kept here.")
        raise Refused("reason", message)
    candidate = find(article, key, at, typed)
    if candidate is None:
        raise Refused("", _("The text has changed: this mention is no longer in it."))
    if always:
        article.decisions.filter(key=key).delete()
    organization = Organization.objects.filter(key=candidate.organization).first()
    if organization is None:
        raise Refused("", _("This entry was deleted from the registers: let that be put in force first."))
    decision, _created = MentionDecision.objects.update_or_create(
        article=article,
        key=article_key(candidate.organization) if always else key,
        defaults={
            "surface": candidate.surface[:300],
            "organization": organization,
            "answer": answer,
            "reason": reason.strip()[:300],
            "made_by": staff_id(by),
            "made_at": at,
        },
    )
    detail: dict[str, Any] = {"surface": candidate.surface, "answer": answer, "always": always}
    log("answer", by=by, at=at, article=article, **detail, reason=decision.reason)
    follow(article, by, at)
    return decision


@transaction.atomic
def take_back_answer(decision: MentionDecision, *, by: User, at: datetime) -> None:
    """Forget an answer: the mention is unclear again, and readers see it without what the answer gave it."""
    require(by, "answer_mention")
    article = lock(decision.article)
    refuse_binned(article)
    log("answer taken back", by=by, at=at, article=article, surface=decision.surface, answer=decision.answer)
    decision.delete()
    follow(article, by, at)


def follow(article: Article, by: User, at: datetime) -> None:
    """Let what readers see and the queue follow the answers as they stand."""
    relabel_article(article, at, staff_id(by))
    queue.refresh(article, at)


def find(article: Article, key: str, at: datetime, typed: Article | None = None) -> Candidate | Mention | None:
    """Return what the working copy, saved or being typed, or a released edition holds under the decision key."""
    for found in chain([check(typed, at).found] if typed else [], readings(article, at)):
        every: tuple[Candidate | Mention, ...] = (*found.unclear, *found.mentions, *found.rejected)
        for one in every:
            if decision_key(one) == key:
                return one
    return None


def readings(article: Article, at: datetime) -> Iterator[Annotation]:
    """Yield what the engine finds in the working copy, then in the editions that readers see or will see."""
    yield check(article, at).found
    house, decisions = House.current(), decisions_of(article)
    for release in queue.releases_of(article, at):
        edition = release.edition
        asked = Asked(max(release.live_at, at), edition.published_at, decisions, explain=True)
        yield annotate_content(content_of_edition(edition), house, asked)
