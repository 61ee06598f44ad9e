"""The panel of notes to colleagues beside an article's form: open ones in the order of the page, then closed ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from articles.models import Article, PassageNote
from articles.models.printed import PRINTED, WRITTEN
from articles.publishing.passage_notes import LONGEST_PASSAGE, LONGEST_TEXT, closable, may_write_notes
from articles.publishing.passages import FoldedText, plain_text

from ...base import name_of

CLOSED_SHOWN = 50
LABELS = {row.written: row.label for row in PRINTED if row.written}
FIRST = ("body", *(column for column in WRITTEN if column != "body"))  # as they are offered for a note


@dataclass(frozen=True)
class NoteAnswerLine:
    who: str
    at: datetime
    text: str


@dataclass(frozen=True)
class NoteLine:
    """`is_gone`: the passage does not stand in the saved text any more. `closer`: who closed it."""

    note: PassageNote
    where: Any
    who: str
    answers: list[NoteAnswerLine]
    is_gone: bool
    may_close: bool
    closer: str


def notes_panel(article: Article, user: User) -> dict[str, Any]:
    """Return what the panel shows of an article; None in `open` where the user may not see notes."""
    if not user.has_perm("articles.view_passagenote"):
        return {"open": None}
    rows = article.passage_notes.select_related("made_by__user", "closed_by__user")
    rows = rows.prefetch_related("answers__made_by__user")
    closed = rows.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[: CLOSED_SHOWN + 1]
    lines = [line for _place, line in sorted(placed(article, list(rows.open()), user), key=lambda one: one[0])]
    past = [line for _place, line in placed(article, list(closed), user)]
    return {
        "open": lines,
        "closed": past[:CLOSED_SHOWN],
        "are_more_closed": len(past) > CLOSED_SHOWN,
        "may_write": may_write_notes(user, article),
        "fields": [(name, LABELS[name]) for name in FIRST],
        "longest_passage": LONGEST_PASSAGE,
        "longest_text": LONGEST_TEXT,
        "user": user.pk,
    }


def placed(article: Article, notes: Sequence[PassageNote], user: User) -> list[tuple[tuple[int, int, int], NoteLine]]:
    """Return the notes with their places in the order of the page: field, where in it, which came first."""
    texts: dict[str, FoldedText] = {}
    may_be_closed = closable(user, article, notes)
    found = []
    for note in notes:
        if note.field not in texts:
            texts[note.field] = FoldedText.of(plain_text(article, note.field))
        span = texts[note.field].find(note.quotation, note.offset)
        place = WRITTEN.index(note.field), span[0] if span else note.offset, note.pk
        found.append((place, note_line(note, is_gone=span is None, may_close=note.pk in may_be_closed)))
    return found


def note_line(note: PassageNote, *, is_gone: bool, may_close: bool) -> NoteLine:
    answers = [NoteAnswerLine(name_of(one.made_by), one.made_at, one.text) for one in note.answers.all()]
    return NoteLine(
        note,
        LABELS[note.field],
        name_of(note.made_by),
        answers,
        is_gone,
        may_close,
        name_of(note.closed_by) if note.closed_at else "",
    )
