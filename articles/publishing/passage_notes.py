"""Notes to colleagues on a passage: written, answered, closed, opened again. They touch neither text nor version.

Who may see the articles of the desk may write and answer, but the administrator, who has no part in them; a note is
closed by who wrote it, or by who may change the article.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Article, Erasure, PassageNote, PassageNoteAnswer
from ..models.fields import printable
from .errors import Refused
from .events import log
from .not_binned import refuse_binned
from .passages import FORMATS, FoldedText, plain_text
from .releasing import lock
from .roles import may_edit, require, staff_id

LONGEST_PASSAGE = 500  # characters
LONGEST_TEXT = 2000
FARTHEST = 10_000_000  # characters: beyond any text
MOST_OPEN = 100  # notes of one article
MOST_ANSWERS = 100  # of one note


@dataclass(frozen=True)
class Passage:
    """`field`: a column of Article that an editor writes. `offset`: where the quotation stands in the field's plain
    text as it is typed, in code points; None: to be looked for in the saved text."""

    field: str
    quotation: str
    offset: int | None = None


@transaction.atomic
def write_note(article: Article, passage: Passage, text: str, *, by: User, at: datetime) -> PassageNote:
    """Write a note on a passage; the same words of the same person sent twice are one note.

    Raises PermissionDenied; Refused for what is too long or empty, for words that do not stand in the saved text where
    no offset is given, for an article in the bin or erased.
    """
    article = locked(article, by)
    text, quotation = checked(text), printable(passage.quotation).strip()
    offset = offset_in(article, passage, quotation)
    staff = staff_id(by)
    same = {"field": passage.field, "quotation": quotation, "offset": offset, "text": text, "made_by": staff}
    written = article.passage_notes.open().filter(**same).first()
    if written is not None:
        return written
    if article.passage_notes.open().count() >= MOST_OPEN:
        raise Refused("", _("There are %(most)d open notes here already: close some first.") % {"most": MOST_OPEN})
    note = PassageNote.objects.create(article=article, made_at=at, **same)
    log("passage note", by=staff, at=at, article=article, passage_note=note.pk)
    return note


@transaction.atomic
def answer_note(note: PassageNote, text: str, *, by: User, at: datetime) -> PassageNoteAnswer:
    """Answer an open note; the last answer sent twice is one. Raises PermissionDenied, Refused."""
    article = locked(note.article, by)
    note = PassageNote.objects.get(pk=note.pk)
    if note.closed_at is not None:
        raise Refused("", _("The note is closed: open it again to answer."))
    text, staff = checked(text), staff_id(by)
    last = note.answers.last()
    if last is not None and (last.text, last.made_by_id) == (text, staff.pk):
        return last
    if note.answers.count() >= MOST_ANSWERS:
        raise Refused("", _("The note has %(most)d answers already: write another one.") % {"most": MOST_ANSWERS})
    answer = PassageNoteAnswer.objects.create(note=note, text=text, made_by=staff, made_at=at)
    log("passage note answered", by=staff, at=at, article=article, passage_note=note.pk)
    return answer


@transaction.atomic
def close_note(note: PassageNote, *, by: User, at: datetime) -> None:
    """Close a note; one that is closed stays as it is. Raises PermissionDenied, Refused."""
    article = require_closer(note, by)
    if PassageNote.objects.open().filter(pk=note.pk).update(closed_at=at, closed_by=staff_id(by)):
        log("passage note closed", by=by, at=at, article=article, passage_note=note.pk)
    note.refresh_from_db()


@transaction.atomic
def reopen_note(note: PassageNote, *, by: User, at: datetime) -> None:
    """Open a closed note again; one that is open stays as it is. Raises PermissionDenied, Refused."""
    article = require_closer(note, by)
    if PassageNote.objects.filter(pk=note.pk, closed_at__isnull=False).update(closed_at=None, closed_by=None):
        log("passage note reopened", by=by, at=at, article=article, passage_note=note.pk)
    note.refresh_from_db()


def may_write_notes(user: User, article: Article) -> bool:
    """Say whether the user may write and answer notes now: nobody while the article lies in the bin."""
    return user.is_active and user.has_perm("articles.add_passagenote") and article.binned_at is None


def closable(user: User, article: Article, notes: Sequence[PassageNote]) -> set[int]:
    """Return the ids of those notes of an article that the user may close, or open again."""
    if not notes or not may_write_notes(user, article):
        return set()
    own, edits = staff_id(user).pk, may_edit(user, article)
    return {note.pk for note in notes if edits or note.made_by_id == own}


def locked(article: Article, by: User) -> Article:
    """Return the article under the lock of its acts, if the user may write notes and there is anything to note."""
    require(by, "add_passagenote")
    article = lock(article)
    refuse_binned(article)
    if Erasure.objects.filter(article=article).exists():
        raise Refused("", _("The text of this article was erased."))
    return article


def require_closer(note: PassageNote, by: User) -> Article:
    article = locked(note.article, by)
    if not closable(by, article, [note]):
        raise PermissionDenied(_("A note is closed by who wrote it, or by who may change the article."))
    return article


def checked(text: str) -> str:
    """Return the words of a note or an answer."""
    text = printable(text.replace("\r\n", "\n")).strip()
    if not text:
        raise Refused("text", _("Write what you want to say."))
    if len(text) > LONGEST_TEXT:
        raise Refused("text", _("A note has at most %(most)d characters.") % {"most": LONGEST_TEXT})
    return text


def offset_in(article: Article, passage: Passage, quotation: str) -> int:
    """Return where the passage stands. Raises Refused for what is none."""
    if passage.field not in FORMATS:
        raise Refused("field", _("There is no such text."))
    if not quotation:
        raise Refused("quotation", _("Choose a passage, or type its words."))
    if len(quotation) > LONGEST_PASSAGE:
        most = {"most": LONGEST_PASSAGE}
        raise Refused("quotation", _("Choose a shorter passage: at most %(most)d characters.") % most)
    if passage.offset is not None:
        return max(0, min(passage.offset, FARTHEST))
    found = FoldedText.of(plain_text(article, passage.field)).find(quotation, 0)
    if found is None:
        says = _("These words do not stand in the saved text: type them as they stand there.")
        raise Refused("quotation", says)
    return found[0]
