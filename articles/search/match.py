"""A question as the condition of a database: one expression of FTS5, or SQL over PostgreSQL's two columns.

A word is looked for in `lemmas`, in which an article has each of its lemmas once. Words in a row stand besides in
`words`, which has one lemma for each word of the text, the likeliest: as a form may belong to a word and be likelier
another's, every lemma under which a form of the word stands there is tried.
"""

from itertools import product
from math import prod

from django.db import connection

from .question import SearchQuestion, Term, asked_for, needed
from .words import row_forms

MOST_ROWS = 48  # ways to read one phrase


def condition(question: SearchQuestion) -> tuple[str, list[str]]:
    """Return the SQL condition, and its parameters, for the rows of the index that answer the question."""
    if connection.vendor == "postgresql":
        return _postgresql(question)
    wanted = " AND ".join(_any(clause, question.wide) for clause in needed(question))
    unwanted = f" NOT {_any(question.unwanted, wide=False)}" if question.unwanted else ""
    return "articles_search MATCH %s", [f"({wanted}){unwanted}"]


def rows_of(term: Term, wide: bool) -> list[tuple[str, ...]]:
    """Return the rows of lemmas in which a phrase may stand in an article, the likeliest if there are many."""
    choices = [list(row_forms(word, wide)) for word in term.words]
    while prod(map(len, choices)) > MOST_ROWS:
        max(choices, key=len).pop()
    return list(product(*choices))


# FTS5: the words hold letters and digits only, so there is nothing to escape inside its quotes.


def _any(terms: tuple[Term, ...], wide: bool) -> str:
    return f"({' OR '.join(_fts5(term, wide) for term in terms)})"


def _fts5(term: Term, wide: bool) -> str:
    parts = [_one_of(term.asked_for(word, wide)) for word in term.words]
    if len(term.words) > 1 and not term.is_loose:
        parts.append(f"words : ({' OR '.join(_quoted(row) for row in rows_of(term, wide))})")
    whole = f" OR {_one_of(asked_for(term.whole, wide))}" if term.whole else ""
    return f"(({' AND '.join(parts)}){whole})"


def _one_of(tokens: tuple[str, ...]) -> str:
    return f"lemmas : ({' OR '.join(_quoted((token,)) for token in tokens)})"


def _quoted(words: tuple[str, ...]) -> str:
    return f'"{" ".join(words)}"'


# PostgreSQL


def _postgresql(question: SearchQuestion) -> tuple[str, list[str]]:
    parameters: list[str] = []
    clauses = [_sql_any(clause, question.wide, parameters) for clause in needed(question)]
    if question.unwanted:
        clauses.append(f"NOT {_sql_any(question.unwanted, wide=False, parameters=parameters)}")
    return " AND ".join(clauses), parameters


def _sql_any(terms: tuple[Term, ...], wide: bool, parameters: list[str]) -> str:
    return f"({' OR '.join(_sql(term, wide, parameters) for term in terms)})"


def _sql(term: Term, wide: bool, parameters: list[str]) -> str:
    parameters.append(" & ".join(f"({_tsquery(term.asked_for(word, wide), '|')})" for word in term.words))
    sql = "lemmas @@ %s::tsquery"
    if len(term.words) > 1 and not term.is_loose:
        parameters.append(" | ".join(f"({_tsquery(row, '<->')})" for row in rows_of(term, wide)))
        sql = f"({sql} AND words @@ %s::tsquery)"
    if term.whole:
        parameters.append(_tsquery(asked_for(term.whole, wide), "|"))
        sql = f"({sql} OR lemmas @@ %s::tsquery)"
    return sql


def _tsquery(tokens: tuple[str, ...], operator: str) -> str:
    return f" {operator} ".join(f"'{token}'" for token in tokens)
