"""The verb `annotate`: fold, find, judge, place, report."""

from collections.abc import Mapping, Sequence
from datetime import date

from articles.footnotes.annotate.decisions import apply_decisions
from articles.footnotes.annotate.reading import in_reading_order
from articles.footnotes.annotate.report import reported
from articles.footnotes.automaton import Compiled
from articles.footnotes.find import find_names, read_passages
from articles.footnotes.place import place_marks
from articles.footnotes.rules import Article, Hit
from articles.footnotes.types import Annotation, Field, Style

LANGUAGES = ("en", "ru")
_HOUSE_STYLE = Style()
_NOTHING: dict[str, str] = {}


def annotate(
    fields: Sequence[Field],
    compiled: Compiled,
    *,
    language: str,
    as_of: date,
    published_on: date | None = None,
    publisher: str | None = None,
    style: Style = _HOUSE_STYLE,
    decisions: Mapping[str, str] = _NOTHING,
    explain: bool = False,
    explain_in: str = "",
) -> Annotation:
    """Return the mentions of one article, all fields together in their order, as they are read.

    `as_of`: the day whose designations count; `published_on` replaces it for registers that keep to the day of
    publication. `publisher`: key of the outlet's own organization, else that of the register file. `explain` adds the
    rejected candidates and a `why` to each, in the language `explain_in`, else the article's. Raises ValueError
    on an unknown language or format.
    """
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is no language of the engine; {' and '.join(LANGUAGES)} are")
    if explain_in and explain_in not in LANGUAGES:
        raise ValueError(f"{explain_in!r} is no language of explanations; {' and '.join(LANGUAGES)} are")
    outlet, formulas = publisher or compiled.publisher, compiled.own_formulas
    article = Article(
        read_passages(fields, formulas),
        language,
        compiled.key(outlet) if outlet else None,
        formulas,
        compiled.in_force(as_of, published_on or as_of),
    )
    rejected: list[Hit] | None = [] if explain else None
    find_names(article, compiled, rejected, authors=style.bylines == "mark")
    if decisions:
        apply_decisions(article, decisions, compiled.also_keys)
    places = in_reading_order(place_marks(article, style), fields)
    annotation = reported(article, places, style, rejected, (explain_in or language) if explain else "")
    for passage in article.passages:
        passage.hits = []  # a hit knows its passage: without the circle both go at once, and their memory is used again
    return annotation
