"""An editor's answers for unclear mentions."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ..editions import check
from ..footnotes.annotate import decision_key
from ..footnotes.types import Candidate, Mention
from ..models import Article, MentionDecision, Organization
from .errors import Refused
from .events import log
from .roles import require, staff_id


@transaction.atomic
def answer_mention(
    article: Article, key: str, answer: str, *, by: User, at: datetime, reason: str = ""
) -> MentionDecision:
    """Store "mark" or "not" for the mention with that decision key; an earlier answer is replaced.

    Raises Refused when the article holds no such mention any more.
    """
    require(by, "answer_mention")
    if answer not in dict(MentionDecision.ANSWERS):
        raise Refused("answer", _("Answer “mark” or “not this organization”."))
    found = check(article, at)
    all_found: list[Candidate | Mention] = [*found.unclear, *found.mentions, *found.rejected]
    candidate = next((one for one in all_found if decision_key(one) == key), None)
    if candidate is None:
        raise Refused("", _("The text has changed: this mention is no longer in it."))
    decision, _created = MentionDecision.objects.update_or_create(
        article=article,
        key=key,
        defaults={
            "surface": candidate.surface[:300],
            "organization": Organization.objects.get(key=candidate.organization),
            "answer": answer,
            "reason": reason[:300],
            "made_by": staff_id(by),
            "made_at": at,
        },
    )
    log("answer", by=by, at=at, article=article, surface=candidate.surface, answer=answer)
    return decision
