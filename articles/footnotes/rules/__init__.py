"""Accept, reject or ask: small named rules in an ordered list; a rule's name is the explanation."""

from articles.footnotes.rules.address import in_address
from articles.footnotes.rules.hit import CLOSING, HYPHENS, Article, Hit, Passage, fills_quotes
from articles.footnotes.rules.judge import ASK, MARK, NOT, RULES, cued, judge
from articles.footnotes.rules.letters import capitals_fit
from articles.footnotes.rules.longest import Span, longest, rejected_hit
from articles.footnotes.rules.meaning import state_meanings
from articles.footnotes.rules.reasons import REASONS

__all__ = [
    "ASK",
    "CLOSING",
    "HYPHENS",
    "MARK",
    "NOT",
    "REASONS",
    "RULES",
    "Article",
    "Hit",
    "Passage",
    "Span",
    "capitals_fit",
    "cued",
    "fills_quotes",
    "in_address",
    "judge",
    "longest",
    "rejected_hit",
    "state_meanings",
]
