"""A reader's query, understood: words and phrases, some of them alternatives, some unwanted.

Every word must be in the article, in any form. `"two words"` stand in a row; `one OR another`, one of both; `-word`,
not this one. Nothing else is a command: no lone sign, no operator without its words, no unclosed quotation mark.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .stop import WORDS as STOP_WORDS
from .words import THOUSANDS, compounds, joined, lemmas

LONGEST_QUERY = 200  # characters
MOST_TERMS = 12
QUOTE = '["“”„«»]'
PART = re.compile(rf'(?P<minus>(?<!\S)[-–−])?(?:{QUOTE}(?P<quoted>[^"“”„«»]+){QUOTE}|{QUOTE}?(?P<bare>[^\s"“”„«»]+))')
OR = frozenset(("OR", "ИЛИ", "|"))
AND = "AND"


@dataclass(frozen=True)
class Term:
    """A word, or words in a row, folded. `whole`: what the words of a compound are as one, empty for all others.
    `is_loose`: the words need not stand in a row; `is_lemma`: they are lemmas already;
    `is_other`: nobody typed them, they are another name of who was named."""

    words: tuple[str, ...]
    whole: str = ""
    is_loose: bool = False
    is_lemma: bool = False
    is_other: bool = False

    def asked_for(self, word: str, wide: bool) -> tuple[str, ...]:
        """Return the lemmas of one of the words that are asked for."""
        return (word,) if self.is_lemma else asked_for(word, wide)


@dataclass(frozen=True)
class SearchQuestion:
    """`clauses`: in each of them one term must be found; `unwanted`: none of these may be.

    `wide`: all lemmas of a word are asked for, not only what readers most likely mean by it.
    """

    clauses: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()
    wide: bool = False

    def __bool__(self) -> bool:
        return bool(self.clauses)

    def tokens(self) -> set[str]:
        """Return the lemmas that an article may hold as an answer: what is highlighted in it."""
        words = ((term, word) for clause in needed(self) for term in clause for word in (*term.words, term.whole))
        return {token for term, word in words if word for token in term.asked_for(word, self.wide)}

    def widened(self) -> "SearchQuestion":
        """Return the question for all lemmas."""
        return replace(self, wide=True)


def needed(question: SearchQuestion) -> tuple[tuple[Term, ...], ...]:
    """Return the clauses that an article must answer: not those of a stop word alone, unless there are no others."""
    kept = tuple(clause for clause in question.clauses if not any(_is_stop(term) for term in clause))
    return kept or question.clauses


def _is_stop(term: Term) -> bool:
    return len(term.words) == 1 and term.words[0] in STOP_WORDS


def asked_for(word: str, wide: bool) -> tuple[str, ...]:
    """Return the lemmas that are asked for with a folded word, one of which an article must hold."""
    found = lemmas(word)
    return found.every if wide else found.asked


def understand(query: str) -> SearchQuestion:
    """Return what a query asks for; a question without clauses if it holds no wanted word.

    >>> [[term.words for term in clause] for clause in understand('ports -strike "last ferry" OR train').clauses]
    [[('ports',)], [('last', 'ferry'), ('train',)]]
    """
    clauses: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    alternative = False
    for is_unwanted, terms in parts(_numbers_whole(query[:LONGEST_QUERY])):
        if terms is None:
            alternative = bool(clauses)
        elif is_unwanted:
            unwanted += terms
        elif terms:
            if alternative:
                clauses[-1] += (terms[0],)
            clauses += [(term,) for term in terms[alternative:]]
            alternative = False
    return SearchQuestion(tuple(clauses[:MOST_TERMS]), tuple(unwanted[:MOST_TERMS]))


def _numbers_whole(query: str) -> str:
    """Return a query with the blanks in numbers exchanged: what stands between blanks is a part.

    >>> _numbers_whole("бюджет 1 250 000")
    'бюджет 1,250,000'
    """
    return THOUSANDS.sub(lambda number: number[0].replace(" ", ","), unicodedata.normalize("NFKC", query))


def parts(query: str) -> Iterator[tuple[bool, list[Term] | None]]:
    """Yield for each part of a query whether it is unwanted, and its terms: of a phrase one; None for an OR."""
    for match in PART.finditer(query):
        minus, quoted, bare = match["minus"], match["quoted"], match["bare"]
        if bare in OR:
            yield False, None
        elif quoted:
            words = tuple(word for compound in compounds(quoted) for word, _capital in compound)
            yield bool(minus), [Term(words)] if words else []
        elif bare != AND:
            found = [([word for word, _capital in compound], joined(compound)) for compound in compounds(bare)]
            yield bool(minus), [Term(tuple(words), whole) for words, whole in found]
