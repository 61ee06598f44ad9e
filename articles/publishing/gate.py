"""The gate: nothing goes out with an open question unless a second person lets it through, with a reason.

Open are unclear mentions without an answer, and a translation that does not name its origin. It is asked when an
article is published or scheduled, never again for that release.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..editions import check
from ..footnotes.annotate import decision_key
from ..footnotes.types import Candidate
from ..models import Article, GateOverride
from . import mails
from .errors import Refused
from .events import log
from .not_binned import refuse_binned
from .releasing import lock
from .roles import require, staff_id

ORIGIN = {
    "outlet": gettext_lazy("The translation does not say where the original was published."),
    "date": gettext_lazy("The translation does not say when the original was published."),
}


@dataclass(frozen=True)
class Question:
    """`kind`: unclear or origin. `key`: the decision key, or what is missing. `text`: the name, or the complaint."""

    kind: str
    key: str
    text: str


def open_questions(article: Article, live_at: datetime) -> list[Question]:
    """Return what must be answered before the working copy may go live at that moment; asks the engine."""
    return questions_of(article, check(article, live_at).found.unclear)


def questions_of(article: Article, unclear: Iterable[Candidate]) -> list[Question]:
    """Return the same where the engine has been asked; `unclear`: what it has found in the working copy."""
    found = [Question("unclear", decision_key(one), one.surface) for one in unclear]
    return found + [Question("origin", key, str(ORIGIN[key])) for key in missing_of_origin(article)]


def missing_of_origin(article: Article) -> list[str]:
    """Return what a translation does not say of its original: "outlet", "date".

    An article counts as a translation once a field of its origin, the translator or the way of translating is filled
    in. A link to the original in our own archive says it all; else the outlet and the date must be there.
    """
    outlet, date = article.origin_outlet.strip(), article.origin_published_at
    others = (article.origin_url, article.origin_zone.strip(), article.translator.strip(), article.translation_method)
    if article.origin_article_id or not (outlet or date or any(others)):
        return []
    return [key for key, given in (("outlet", outlet), ("date", date)) if not given]


def pass_gate(article: Article, questions: Sequence[Question], by: User) -> GateOverride | None:
    """Refuse an article with open questions, unless another person has overridden them; return the override."""
    if not questions:
        return None
    override = override_for(article, questions, by)
    if override is None:
        raise Refused("gate", said(questions) + " " + _("Answer this, or let a second person override the gate."))
    return override


def override_for(article: Article, questions: Sequence[Question], by: User) -> GateOverride | None:
    """Return the last override that somebody else gave for this saved text and that covers all these questions."""
    asked = {(question.kind, question.key) for question in questions}
    for override in GateOverride.objects.filter(article=article, version=saved_version(article)):
        covered = {(question["kind"], question["key"]) for question in override.questions}
        if asked <= covered and override.made_by != staff_id(by):
            return override
    return None


def saved_version(article: Article) -> int:
    """Return the number of the last saved text; a change of state does not move it."""
    return article.versions.values_list("number", flat=True).first() or 0


def said(questions: Sequence[Question]) -> str:
    """Say what is open, in one or a few sentences."""
    names = dict.fromkeys(question.text for question in questions if question.kind == "unclear")
    lines = [str(ORIGIN[question.key]) for question in questions if question.kind != "unclear"]
    if names:
        lines.insert(0, _("Unclear mentions have no answer yet: %(names)s.") % {"names": ", ".join(names)})
    return " ".join(lines)


@transaction.atomic
def override_gate(article: Article, *, by: User, at: datetime, reason: str, live_at: datetime) -> GateOverride:
    """Let the article as it is saved now through the gate, for somebody else to publish; tell who asked for it.

    `live_at`: the moment it is to go live; the questions are those of that day. Raises Refused or PermissionDenied.
    """
    require(by, "override_gate")
    article = lock(article)
    refuse_binned(article)
    if not reason.strip():
        raise Refused("reason", _("Say why the article may go out all the same: the record keeps it."))
    questions = open_questions(article, live_at)
    if not questions:
        raise Refused("", _("Nothing is open: the article needs no override."))
    override = GateOverride.objects.create(
        article=article,
        version=saved_version(article),
        questions=[asdict(question) for question in questions],
        reason=reason.strip()[:300],
        made_by=staff_id(by),
        made_at=at,
    )
    log("override", by=by, at=at, article=article, reason=override.reason, questions=texts(questions))
    asked = article.events.filter(kind="override asked").select_related("staff__user").first()
    if asked is not None:
        link = mails.desk_link("articles_article_change", article.pk)

        def letter() -> tuple[str, list[str]]:
            subject = _("Override given: %(headline)s") % {"headline": article.headline}
            return subject, [said(questions), override.reason, link]

        mails.write([user for user in mails.person(asked.staff) if user != by], letter, at)
    return override


@transaction.atomic
def ask_override(article: Article, *, by: User, at: datetime, note: str, live_at: datetime, link: str) -> int:
    """Ask the managing editors by mail to override the gate; return how many mails were written.

    `link`: the path of the page where they do it. Raises Refused when nothing is open or nobody can be asked.
    """
    require(by, "publish_article")
    article = lock(article)
    refuse_binned(article)
    questions = open_questions(article, live_at)
    if not questions:
        raise Refused("", _("Nothing is open: the article needs no override."))

    def letter() -> tuple[str, list[str]]:
        subject = _("Override of the gate asked for: %(headline)s") % {"headline": article.headline}
        return subject, [said(questions), note.strip(), by.get_full_name() or by.get_username(), mails.public(link)]

    told = mails.write([user for user in mails.people("Managing editor") if user != by], letter, at)
    if not told:
        raise Refused("", _("No other managing editor has a mail address: speak to one."))
    log("override asked", by=by, at=at, article=article, questions=texts(questions), note=note.strip())
    return told


def texts(questions: Sequence[Question]) -> list[str]:
    return list(dict.fromkeys(question.text for question in questions))
