"""The number of a row of the index: it rises with the time of publication, within each language.

    language (2 bits) | second of publication (34 bits) | id of the edition (27 bits)

A database that reads rows by their number backwards reads the newest first and stops when a page is full. Two articles
of one second stand there by their editions, so that a reader of rows takes a second whole and sorts it himself.
Seconds before 1698 or after 2242 count as the first and the last one. What is published keeps its date through updates,
corrections and relabels, so a row never moves.
"""

from datetime import UTC, datetime, timedelta

from ..models import Edition
from ..models.languages import LANGUAGES

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SECONDS, EDITIONS = 34, 27  # bits
HALF = 1 << (SECONDS - 1)
CODES = {code: number for number, (code, _name) in enumerate(LANGUAGES)}


def key_of(edition: Edition) -> int:
    """Return the number of an edition's row."""
    return key(edition.language, edition.published_at, edition.pk)


def key(language: str, published_at: datetime, edition: int) -> int:
    """Return the number of the row of an edition with this id."""
    return _bucket(language, published_at) << EDITIONS | edition & ((1 << EDITIONS) - 1)


def second(language: str, published_at: datetime) -> tuple[int, int]:
    """Return the first and the last number of the rows of a second."""
    bucket = _bucket(language, published_at)
    return bucket << EDITIONS, (bucket + 1 << EDITIONS) - 1


def second_of(number: int) -> tuple[int, int]:
    """Return the first and the last number of the rows of the second to which a row belongs."""
    bucket = number >> EDITIONS
    return bucket << EDITIONS, (bucket + 1 << EDITIONS) - 1


def moment_of(number: int) -> datetime:
    """Return the second of publication of a row.

    >>> moment_of(second("ru", EPOCH + 7 * SECOND)[0])
    datetime.datetime(1970, 1, 1, 0, 0, 7, tzinfo=datetime.timezone.utc)
    """
    return EPOCH + SECOND * ((number >> EDITIONS & (1 << SECONDS) - 1) - HALF)


def span(language: str) -> tuple[int, int]:
    """Return the first and the last number of the rows of a language."""
    bits = SECONDS + EDITIONS
    return CODES[language] << bits, (CODES[language] + 1 << bits) - 1


def language_of(number: int) -> str:
    """Return the language of a row."""
    return LANGUAGES[number >> SECONDS + EDITIONS][0]


def _bucket(language: str, published_at: datetime) -> int:
    seconds = min(max((published_at - EPOCH) // SECOND, -HALF), HALF - 1)
    return CODES[language] << SECONDS | seconds + HALF
