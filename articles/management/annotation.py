"""One text in, what is written out of it: the forms of `manage.py annotate`, without its arguments and files."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from articles.footnotes.annotate import LANGUAGES, Compiled, annotate
from articles.footnotes.ledger import Block, Ledger, Note
from articles.footnotes.render import render_html, render_text
from articles.footnotes.types import Annotation, Candidate, Field, Mention, Style

_SURROGATE = re.compile("[\ud800-\udfff]")


class BadInput(ValueError):
    """A text that cannot be annotated; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class Job:
    """What holds for all texts of one run."""

    compiled: Compiled
    language: str
    publisher: str | None
    as_of: date
    explain: bool
    explain_in: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its annotation, its marked form and its notes."""

    field: Field
    annotation: Annotation
    marked: str
    notes: list[Note]


FIELDS = ("headline", "body", "caption", "alt", "byline")


def mark(job: Job, text: str, text_format: str, language: str, *, name: str = "body", links: bool = False) -> Marked:
    """Annotate one text; `links` renders an HTML field as the site does, else bare glyphs are put in.

    `name`: which field of an article the text is. Raises BadInput on an unknown language, format or field.
    """
    if language not in LANGUAGES:
        raise BadInput(f"unknown language {language!r}, one of {', '.join(LANGUAGES)} is expected")
    if text_format not in ("text", "html"):
        raise BadInput(f"unknown format {text_format!r}, text or html is expected")
    if name not in FIELDS:
        raise BadInput(f"unknown field {name!r}, one of {', '.join(FIELDS)} is expected")
    field = Field(name, text, text_format)
    annotation = annotate(
        [field],
        job.compiled,
        language=language,
        as_of=job.as_of,
        publisher=job.publisher,
        explain=job.explain,
        explain_in=job.explain_in,
    )
    block: Block = Ledger(job.compiled.registers, Style(), language).block("a")
    if links:
        marked = render_html(field, annotation.mentions, block, links=True)
    else:
        marked = render_text(text, annotation.mentions, block)
    return Marked(field, annotation, marked, block.notes())


def annotate_object(job: Job, item: Any) -> dict[str, Any]:
    """Annotate one object `{"id", "text", "language", "format", "field"}`. Raises BadInput."""
    if not isinstance(item, dict):
        raise BadInput("an object with a text is expected")
    text = item.get("text")
    if not isinstance(text, str):
        raise BadInput('"text" has to be a string')
    language, text_format = item.get("language", job.language), item.get("format", "text")
    marked = mark(job, text, text_format, language, name=item.get("field", "body"))
    found = marked.annotation
    out: dict[str, Any] = {
        "id": item.get("id"),
        "marked_text": marked.marked,
        "notes": [str(note) for note in marked.notes],
        "mentions": [_row(one, job.explain) | {"mark_at": one.mark_at} for one in found.mentions],
        "unclear": [_candidate(one, job.explain) for one in found.unclear],
        "typed_marks": [_candidate(one, job.explain) for one in found.typed_marks],
    }
    if job.explain:
        out["rejected"] = [_candidate(one, explain=True) for one in found.rejected]
    return out


def _row(one: Mention | Candidate, explain: bool) -> dict[str, Any]:
    row = {
        "surface": one.surface,
        "start": one.start,
        "end": one.end,
        "organization": one.organization,
        "register": "+".join(one.registers),
        "rule": one.rule,
    }
    return row | {"why": one.why} if explain else row


def _candidate(one: Candidate, explain: bool) -> dict[str, Any]:
    return _row(one, explain) | {"reason": one.reason}


def annotate_lines(job: Job, lines: Iterable[bytes]) -> Iterator[tuple[int, str, str]]:
    """Annotate JSON lines one by one: (number of the line, output, ""), or the problem instead of the output.

    Empty lines are passed over; nothing is kept from one line to the next.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, dumped(annotate_object(job, json.loads(line.decode("utf-8-sig")))), ""
        except UnicodeDecodeError as error:
            yield number, "", f"no UTF-8 at byte {error.start + 1}"
        except json.JSONDecodeError as error:
            yield number, "", f"no JSON: {error.msg} at character {error.pos + 1}"
        except RecursionError:
            yield number, "", "no JSON: nested too deep"
        except BadInput as error:
            yield number, "", str(error)


def dumped(item: Any) -> str:
    """Return one line of JSON; lone surrogates are escaped, as no output encoding has them."""
    text = json.dumps(item, ensure_ascii=False)
    return json.dumps(item) if _SURROGATE.search(text) else text


def printable(text: str) -> str:
    """Return a text with every lone surrogate replaced by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def explanation(annotation: Annotation) -> list[str]:
    """Return a line for each mention and candidate: where, what, which rule and why."""
    kinds = (
        ("marked", annotation.mentions),
        ("unclear", annotation.unclear),
        ("typed", annotation.typed_marks),
        ("rejected", annotation.rejected),
    )
    return [
        f"{one.start}-{one.end} {kind} [{one.rule}] {one.organization}: {one.why}"
        for kind, many in kinds
        for one in many
    ]
