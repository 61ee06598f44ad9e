"""What a change of the registers leaves to a person: questions on top of the queue, a mail to the legal desk.

The gate was asked when the article was scheduled. A scheduled release goes out with its clear marks, unless the site
says that a new question holds it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...editions import House, content_of_edition
from ...models import Batch, UnclearMention
from .. import mails, queue
from ..events import log
from ..releasing import ReleaseAct, call_off
from .compare import Compared

NAMED = 20  # questions written out in one mail


def unclear_in(compared: Sequence[Compared]) -> list[queue.Found]:
    return [
        (one.release.article_id, content_of_edition(one.release.edition), one.unclear)
        for one in compared
        if one.unclear
    ]


def hold_scheduled(compared: Sequence[Compared], house: House, batch: Batch, at: datetime) -> int:
    """Cancel the scheduled releases in which something is newly unclear, if the site says so; return how many."""
    waiting = [one for one in compared if one.unclear and one.release.live_at > at]
    if not waiting or not house.site.hold_on_unclear:
        return 0
    known = queue.known_spots([one.release.article_id for one in waiting])
    held = [
        one for one, found in zip(waiting, unclear_in(waiting), strict=True) if queue.spots_of(found) - known.keys()
    ]
    for one in held:
        hold(one, house, batch, at)
    return len(held)


def hold(one: Compared, house: House, batch: Batch, at: datetime) -> None:
    """Cancel one scheduled release, and say so to those who have to do with it."""
    release, names = one.release, list(dict.fromkeys(candidate.surface for candidate in one.unclear))
    article, live_at = release.article, release.live_at
    call_off(release, ReleaseAct(by=None, at=at, live_at=live_at, reason="hold"))
    log("held", by=None, at=at, article=article, batch=batch.pk, live_at=live_at.isoformat(), mentions=names)
    queue.refresh(article, at)
    UnclearMention.objects.filter(article=article, found_at=at).update(batch=batch)
    moment = live_at.astimezone(house.site.zone)

    def letter() -> tuple[str, list[str]]:
        return _("Schedule cancelled: %(headline)s") % {"headline": release.edition.headline}, [
            _("A change of the registers has made mentions unclear: %(names)s.") % {"names": ", ".join(names)},
            _("The article will not go live on %(moment)s. Answer the mentions, then schedule it again.")
            % {"moment": f"{moment:%Y-%m-%d %H:%M}"},
            mails.desk_link("articles_article_change", article.pk),
        ]

    told = [*mails.people("Legal"), *mails.people("Managing editor"), *mails.person(release.edition.issued_by)]
    mails.write(told, letter, at)


def tell_of_questions(batch: Batch, at: datetime) -> None:
    """Write to the legal desk which questions the batch has raised in what readers see or will see."""
    raised = UnclearMention.objects.filter(batch=batch, is_released=True).select_related("article")
    number = raised.count()
    if not number:
        return
    lines = [f"{one.article.headline}: {one.before}{one.surface}{one.after}" for one in raised[:NAMED]]
    if number > NAMED:
        lines.append("…")
    lines.append(mails.desk_link("articles_unclearmention_changelist"))

    def letter() -> tuple[str, list[str]]:
        subject = ngettext(
            "The registers have changed: %(number)d mention needs an answer",
            "The registers have changed: %(number)d mentions need an answer",
            number,
        ) % {"number": number}
        return subject, lines

    mails.write(mails.people("Legal"), letter, at)
