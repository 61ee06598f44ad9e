"""The verb `strip`: typed-in marks out, everything else as it was."""

from collections.abc import Sequence
from dataclasses import replace

from articles.footnotes.annotate.typed import Span, typed_signs
from articles.footnotes.automaton import Compiled, InForce
from articles.footnotes.find import find_names, read_passages
from articles.footnotes.marks import has_glyph, note_lines
from articles.footnotes.place import place_marks
from articles.footnotes.rules import Article
from articles.footnotes.types import Field, Style


class _Everyone(InForce):
    """Every organization of the registers counts as designated, whatever the day."""

    def __missing__(self, organization: str) -> tuple[str, ...]:
        return (organization,)


def strip(fields: Sequence[Field], compiled: Compiled, *, language: str) -> list[Field]:
    """Return the fields without the marks that were typed in; `strip(x) == x` where none was.

    A sign goes only directly after a designated name (or one bracket, quotation mark or noun later) or at the head of a
    note line that holds a status formula.
    """
    if not any(has_glyph(field.text) or "<sup" in field.text for field in fields):
        return list(fields)
    own = compiled.own_formulas
    article = Article(read_passages(fields, own), language, None, own, _Everyone(compiled.registers, {}))
    find_names(article, compiled)
    cut: list[list[Span]] = [[] for _ in fields]
    for place, signs in typed_signs(article, place_marks(article, Style())).items():
        cut[place.hit.passage.index] += signs
    for field, spans in zip(fields, cut, strict=True):
        spans += [line[2:] for line in note_lines(field.text, own)]
    return [_without(field, sorted(set(spans))) for field, spans in zip(fields, cut, strict=True)]


def _without(field: Field, spans: list[Span]) -> Field:
    if not spans:
        return field
    pieces, done = [], 0
    for start, end in spans:
        pieces.append(field.text[done:start])
        done = max(done, end)
    return replace(field, text="".join([*pieces, field.text[done:]]))
