"""Accept, reject or ask: small named rules in an ordered list; a rule's name is the explanation."""

from articles.footnotes.rules.address import in_address
from articles.footnotes.rules.alias import add_given_names
from articles.footnotes.rules.coordination import add_elliptic
from articles.footnotes.rules.hit import (
    ASK,
    CLOSING,
    HYPHENS,
    MARK,
    NOT,
    Article,
    Cue,
    Hit,
    Passage,
    fills_quotes,
    is_emphasized,
)
from articles.footnotes.rules.initials import abbreviates, initials_of
from articles.footnotes.rules.judge import RULES, judge, judge_again
from articles.footnotes.rules.letters import capitals_fit, is_clear_in_small, is_same_word, may_be_meant, may_be_small
from articles.footnotes.rules.longest import Span, longest, rejected_hit
from articles.footnotes.rules.meaning import state_meanings
from articles.footnotes.rules.otherwise import meant_otherwise
from articles.footnotes.rules.persons import PERSON_RULES, PersonHit, ReadPeople, find_people, judge_people, read_people
from articles.footnotes.rules.reasons import REASONS
from articles.footnotes.rules.verdicts import cued

__all__ = [
    "ASK",
    "CLOSING",
    "HYPHENS",
    "MARK",
    "NOT",
    "PERSON_RULES",
    "REASONS",
    "RULES",
    "Article",
    "Cue",
    "Hit",
    "Passage",
    "PersonHit",
    "ReadPeople",
    "Span",
    "abbreviates",
    "add_elliptic",
    "add_given_names",
    "capitals_fit",
    "cued",
    "fills_quotes",
    "find_people",
    "in_address",
    "initials_of",
    "is_clear_in_small",
    "is_emphasized",
    "is_same_word",
    "judge",
    "judge_again",
    "judge_people",
    "longest",
    "may_be_meant",
    "may_be_small",
    "meant_otherwise",
    "read_people",
    "rejected_hit",
    "state_meanings",
]
