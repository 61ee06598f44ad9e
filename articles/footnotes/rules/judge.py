"""The ordered list of rules, and which of them are asked about a name."""

from collections.abc import Callable
from typing import Any

from articles.footnotes.automaton import NameData
from articles.footnotes.rules.family_name import may_be_family_name
from articles.footnotes.rules.hit import ASK, MARK, Article, Hit
from articles.footnotes.rules.letters import between_small
from articles.footnotes.rules.longer import may_be_longer, may_have_namesakes
from articles.footnotes.rules.other_thing import may_be_thing
from articles.footnotes.rules.otherwise import (
    direct_speech,
    family_name,
    longer_name_behind,
    meant_otherwise,
    namesake_behind,
    said_to_be,
    thing_before,
    thing_behind,
    title_alone,
    title_of_work,
)
from articles.footnotes.rules.verdicts import (
    ask_person,
    bare_number,
    belongs_beside,
    capitals_need_cue,
    cue_in_article,
    descriptor_beside,
    in_quotes,
    initials,
    joined_numeral,
    kind_in_article,
    letters_differ,
    longer_phrase,
    not_in_force,
    note_line,
    ordinary_capital,
    other_meaning_stated,
    other_words_beside,
    own_name,
    part_of_phrase,
    quotes_alone,
    several_capitals,
    shared_name,
    status_beside,
    strong,
    verb_position,
    verb_possible,
)

Rule = Callable[[Hit, Article], str | None]
Applies = Callable[[NameData], bool]


def _always(name: NameData) -> bool:
    return True


def _is_soft(name: NameData) -> bool:
    return name.strength in ("quoted", "weak")


# Each rule with the names it can say anything about; the others are spared the call.
RULES: list[tuple[Rule, Applies]] = [
    (note_line, _always),
    (own_name, _always),
    (not_in_force, _always),
    (joined_numeral, lambda name: name.abbreviation),
    (initials, lambda name: name.abbreviation),
    (other_words_beside, lambda name: bool(name.not_after or name.not_before)),
    (other_meaning_stated, lambda name: name.abbreviation or name.has_other_meanings),
    (verb_position, lambda name: name.spells_word),
    (verb_possible, lambda name: name.spells_word),
    (bare_number, lambda name: name.text.isdigit()),
    (family_name, may_be_family_name),
    (title_of_work, lambda name: name.strength != "strong"),
    (thing_before, may_be_thing),
    (title_alone, lambda name: name.strength == "strong" and not name.abbreviation),
    (longer_name_behind, lambda name: name.strength == "strong" and may_be_longer(name)),
    (direct_speech, lambda name: name.strength == "quoted"),
    (shared_name, _always),
    (capitals_need_cue, lambda name: name.spells_word),
    (letters_differ, _always),
    (thing_behind, lambda name: name.language == "en" and not name.abbreviation),
    (namesake_behind, lambda name: name.strength == "strong" and may_have_namesakes(name)),
    (said_to_be, may_be_thing),
    (longer_phrase, lambda name: bool(name.strong_in)),
    (strong, lambda name: name.strength == "strong" or bool(name.strong_in)),
    (descriptor_beside, _is_soft),
    (status_beside, _is_soft),
    (belongs_beside, _is_soft),
    (meant_otherwise, lambda name: name.strength != "strong"),
    (cue_in_article, _is_soft),
    (part_of_phrase, _is_soft),
    (kind_in_article, _is_soft),
    (in_quotes, lambda name: name.strength == "quoted"),
    (several_capitals, _is_soft),
    (ordinary_capital, _always),
    (quotes_alone, _is_soft),
    (ask_person, lambda name: name.strength == "ask"),
]


# What says nothing unless a name has several bearers or none in force, a text has notes or the outlet is on a list.
_UNUSUAL = frozenset({note_line, own_name, not_in_force, shared_name, letters_differ})
# What asks only for signs and capitals beside a name: nothing to say where it stands between small words.
_ASK_SIGNS = frozenset({joined_numeral, title_alone, capitals_need_cue, thing_behind})
_UNKNOWN = (ASK, "no_cue")
# What the article as a whole may decide otherwise than one place: only these are asked again.
_BY_ARTICLE = frozenset({
    title_alone, said_to_be, initials, shared_name, capitals_need_cue, letters_differ, longer_phrase, strong,
    meant_otherwise, cue_in_article, kind_in_article, in_quotes, several_capitals, ordinary_capital, part_of_phrase,
    quotes_alone, ask_person,
})  # fmt: skip


def _plan(name: NameData) -> list[Any]:
    """Choose the rules that can say anything about a name, of these the usual ones, and what holds when the usual ones
    say nothing; kept with the name. A strong name is marked then, so its rule need not be asked."""
    every = [rule for rule, applies in RULES if applies(name)]
    usual, last = [rule for rule in every if rule not in _UNUSUAL], _UNKNOWN
    if strong in usual and name.strength == "strong":
        usual, last = usual[: usual.index(strong)], (MARK, strong.__name__)
    again = [rule for rule in every if rule in _BY_ARTICLE]
    alone = [rule for rule in usual if rule not in _ASK_SIGNS]
    name.plan.extend((every, usual, last, again, alone))
    return name.plan


def judge(hit: Hit, article: Article) -> None:
    """Set the hit's verdict and the name of the rule that gave it; what no rule knows a person is asked."""
    name = hit.name
    every, rules, last, _, alone = name.plan or _plan(name)
    if hit.others or hit.loose or not article.in_force[name.organization] or article.publisher or hit.passage.notes:
        rules, last = every, _UNKNOWN
    elif between_small(hit):
        rules = alone
    for rule in rules:
        if verdict := rule(hit, article):
            hit.verdict, hit.rule = verdict, rule.__name__
            return
    hit.verdict, hit.rule = last


def judge_again(hit: Hit, article: Article) -> None:
    """Judge a hit that one place did not decide by the rules that ask the whole article."""
    for rule in hit.name.plan[3]:
        if verdict := rule(hit, article):
            hit.verdict, hit.rule = verdict, rule.__name__
            return
    hit.verdict, hit.rule = _UNKNOWN
