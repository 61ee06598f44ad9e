"""The boxes of corrections: the engine's fields of them are numbered from the newest, so each stands one lower when an
act prints a note above it. What editors have said of the names in a box goes with it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from ..editions import Asked, Content, House, annotate_content
from ..footnotes.annotate import decision_key, keys_of
from ..footnotes.types import Candidate, Mention
from ..models import Article, MentionDecision

BOX = "correction"


def number_of(field: str) -> int | None:
    """Return the number of the box that an engine's field is; None for any other field."""
    name, _sign, number = field.rpartition("_")
    return int(number) if name == BOX else None


def take_answers_along(article: Article, content: Content, house: House, at: datetime) -> dict[str, str]:
    """Give the answers for mentions in the boxes to the boxes' next numbers, too; return all answers of the article, by
    key. `content`: without the new note.

    The old ones stay: what readers see until a schedule begins bears the old numbers.
    """
    answers = {row.key: row for row in article.decisions.all()}
    if content.printed["corrections"] and any(not key.startswith("*:") for key in answers):
        found = annotate_content(content, house, Asked(at, at, {}, explain=True))
        every: tuple[Candidate | Mention, ...] = (*found.mentions, *found.unclear, *found.rejected)
        new = {}
        for one in every:
            number = number_of(one.field)
            given = next((answers[key] for key in keys_of(one, house.compiled.also_keys) if key in answers), None)
            if number is not None and given is not None:
                key = decision_key(one._replace(field=f"{BOX}_{number + 1}"))
                new[key] = copied(given, key)
        MentionDecision.objects.bulk_create(
            new.values(),
            update_conflicts=True,
            update_fields=["answer", "reason", "made_by", "made_at"],
            unique_fields=["article", "key"],
        )
        answers |= new
    return {key: row.answer for key, row in answers.items()}


def copied(row: MentionDecision, key: str) -> MentionDecision:
    """Return the same answer under another key, not stored yet."""
    kept = ("article_id", "surface", "organization_id", "answer", "reason", "made_by_id", "made_at")
    return MentionDecision(key=key, **{name: getattr(row, name) for name in kept})


def as_asked(unclear: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield what is unclear in an edition with a new note as its working copy has it, which is without that.

    Nobody can answer for the note before it is printed.
    """
    for one in unclear:
        number = number_of(one.field)
        if number != 0:
            yield one if number is None else one._replace(field=f"{BOX}_{number - 1}")
