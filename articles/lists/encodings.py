"""In which encoding a text is, by what makes Russian of it; and a CSV file of any usual delimiter to a grid."""

import codecs
import csv
import io
import re
from collections import Counter

from .grid import Grid, GridRow
from .refused import NoList, say
from .refused import gettext_noop as _

EIGHT_BIT = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
COMMON = re.compile("[оеаинтсрвлОЕАИНТСРВЛ]")  # in capitals too: some keepers print nothing else
STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2500-\u259f\ufffd°±·√≈≤≥÷]")
INSIDE_CAPITAL = re.compile("[а-яё][А-ЯЁ]")
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
DELIMITERS = ";,\t|"


def decoded(content: bytes, *, declares: bool = False) -> str:
    """Return the text of the bytes; with `declares`, as the page itself says. Raises NoList."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _strict(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = DECLARED.search(content[:2000]) if declares else None
    if said:
        try:
            return content.decode(said[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    readings = [(reading, _likeness(reading)) for one in EIGHT_BIT if (reading := content.decode(one, "replace"))]
    best, likeness = max(readings, key=lambda one: one[1])
    if likeness <= 0:
        raise NoList(say(_("the encoding of the file cannot be told: save it in UTF-8")))
    return best


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NoList(
            say(_("byte %(byte)d of the file is no text in %(encoding)s"), byte=error.start + 1, encoding=encoding)
        ) from error


def _likeness(text: str) -> int:
    sample = text[:200_000]
    return len(COMMON.findall(sample)) - 5 * len(STRANGE.findall(sample)) - 3 * len(INSIDE_CAPITAL.findall(sample))


def read_csv(content: bytes) -> Grid:
    """Return the rows of a CSV file, its encoding and delimiter found out. Raises NoList, with the row."""
    text = decoded(content)
    if "\x00" in text:
        raise NoList(say(_("the file is neither text nor a kind of file that is known here")))
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[GridRow] = []
    try:
        for cells in reader:
            rows.append(GridRow(len(rows) + 1, list(cells)))
    except csv.Error as error:
        raise NoList(say(_("the table breaks off (%(error)s)"), error=error), len(rows) + 1) from error
    return Grid(rows)


def _delimiter(text: str) -> str:
    """Return what divides the lines into the same number of cells most often."""
    best, most = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, count = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        if (count, width) > most:
            best, most = delimiter, (count, width)
    return best
