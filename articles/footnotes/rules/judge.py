"""The ordered list of rules: each takes a hit and the article and says mark, not, ask, or nothing: the next decides."""

from collections.abc import Callable
from typing import Any

from articles.footnotes.automaton import NameData
from articles.footnotes.rules import context, letters, meaning
from articles.footnotes.rules.hit import Article, Hit, fills_quotes, in_capitals, sentence_begins, within

MARK, NOT, ASK = "mark", "not", "ask"
Rule = Callable[[Hit, Article], str | None]
Applies = Callable[[NameData], bool]


def _always(name: NameData) -> bool:
    return True


def note_line(hit: Hit, article: Article) -> str | None:
    """No marks in the notes themselves."""
    return NOT if hit.passage.notes and within(hit.passage.notes, hit.start) else None


def own_name(hit: Hit, article: Article) -> str | None:
    """An outlet that is itself on a list prints its own notice instead of marks on its name."""
    return NOT if hit.name.organization == article.publisher else None


def not_in_force(hit: Hit, article: Article) -> str | None:
    """A designation has a period, and each register a policy for what was lifted."""
    return None if article.in_force[hit.name.organization] else NOT


def joined_numeral(hit: Hit, article: Article) -> str | None:
    """A hyphenated numeral makes an abbreviation the name of a type: a tank, a satellite."""
    return NOT if letters.joined_to_numeral(hit) else None


def other_words_beside(hit: Hit, article: Article) -> str | None:
    """What is special to one name is data of that name."""
    return NOT if context.means_something_else(hit) else None


def other_meaning_stated(hit: Hit, article: Article) -> str | None:
    """`Some Words (SW)` is not the organization SW, nor is a later SW there."""
    if article.meanings and hit.name.abbreviation and meaning.stated_otherwise(hit, article):
        return NOT
    return NOT if article.against and hit.name.number in article.against else None


def verb_position(hit: Hit, article: Article) -> str | None:
    """In mixed text an abbreviation is strong unless a verb's position speaks against it."""
    return NOT if context.in_verb_position(hit) else None


def title_of_work(hit: Hit, article: Article) -> str | None:
    """An ordinary word in quotation marks after "film" or "ship" is the name of that."""
    return NOT if context.title_of_work(hit) else None


def direct_speech(hit: Hit, article: Article) -> str | None:
    """An ordinary word that is all somebody says stands in quotation marks for that reason."""
    return ASK if context.whole_utterance(hit) else None


def shared_name(hit: Hit, article: Article) -> str | None:
    """Which note to print cannot be known when the bearers of a name have different statuses and the article
    names none or several of them otherwise."""
    if not hit.others:
        return None
    bearers = [hit.name, *(other.name for other in hit.others)]
    named = [name for name in bearers if article.cued and name.organization in article.cued]
    if len(named) == 1:
        hit.name = named[0]
        return None
    return ASK if len({article.in_force[name.organization] for name in bearers}) > 1 else None


def capitals_need_cue(hit: Hit, article: Article) -> str | None:
    """In a text all in capitals, letters that spell a word need a cue."""
    if not in_capitals(hit.passage.text, hit.start, hit.end):
        return None
    return None if cued(hit, article) else ASK


def strong(hit: Hit, article: Article) -> str | None:
    """A strong name marks always; a foreign one may be strong in articles of some languages only."""
    return MARK if hit.name.strength == "strong" or article.language in hit.name.strong_in else None


def descriptor_beside(hit: Hit, article: Article) -> str | None:
    """Quoted and weak names mark beside their descriptor."""
    return MARK if context.beside_descriptor(hit) else None


def in_quotes(hit: Hit, article: Article) -> str | None:
    """A quoted name marks inside quotation marks."""
    return MARK if fills_quotes(hit.passage.text, hit.start, hit.end) > hit.end else None


def cue_in_article(hit: Hit, article: Article) -> str | None:
    """A weak name marks when the same article has a cue."""
    return MARK if cued(hit, article) else None


def ordinary_capital(hit: Hit, article: Article) -> str | None:
    """A capital at the beginning of a sentence, or in a line of capitals, is no sign of a name."""
    text = hit.passage.text
    if hit.name.abbreviation or fills_quotes(text, hit.start, hit.end) > hit.end:
        return None
    plain = sentence_begins(text, hit.start) or in_capitals(text, hit.start, hit.end)
    return NOT if plain or text[hit.start].islower() else None


def ask_person(hit: Hit, article: Article) -> str | None:
    """An "ask" name is never marked without a person."""
    return ASK


def cued(hit: Hit, article: Article) -> bool:
    """Say whether the article has a cue; not before all hits were judged once without."""
    if article.cued is None:
        return False
    return hit.name.organization in article.cued or hit.name.number in article.cues


# Each rule with the names it can say anything about; the others are spared the call.
RULES: list[tuple[Rule, Applies]] = [
    (note_line, _always),
    (own_name, _always),
    (not_in_force, _always),
    (joined_numeral, lambda name: name.abbreviation),
    (other_words_beside, lambda name: bool(name.not_after or name.not_before)),
    (other_meaning_stated, lambda name: name.abbreviation or name.has_other_meanings),
    (verb_position, lambda name: name.spells_word),
    (title_of_work, lambda name: name.strength != "strong"),
    (direct_speech, lambda name: name.strength == "quoted"),
    (shared_name, _always),
    (capitals_need_cue, lambda name: name.spells_word),
    (strong, lambda name: name.strength == "strong" or bool(name.strong_in)),
    (descriptor_beside, lambda name: name.strength in ("quoted", "weak")),
    (in_quotes, lambda name: name.strength == "quoted"),
    (cue_in_article, lambda name: name.strength == "weak"),
    (ordinary_capital, _always),
    (ask_person, lambda name: name.strength == "ask"),
]


# What says nothing unless a name has several bearers or none in force, a text has notes or the outlet is on a list.
_UNUSUAL = frozenset({note_line, own_name, not_in_force, shared_name})
_UNKNOWN = (ASK, "no_cue")


def _plan(name: NameData) -> list[Any]:
    """Choose the rules that can say anything about a name, of these the usual ones, and what holds when the usual ones
    say nothing; kept with the name. A strong name is marked then, so its rule need not be asked."""
    every = [rule for rule, applies in RULES if applies(name)]
    usual, last = [rule for rule in every if rule not in _UNUSUAL], _UNKNOWN
    if strong in usual and name.strength == "strong":
        usual, last = usual[: usual.index(strong)], (MARK, strong.__name__)
    name.plan.extend((every, usual, last))
    return name.plan


def judge(hit: Hit, article: Article) -> None:
    """Set the hit's verdict and the name of the rule that gave it; what no rule knows a person is asked."""
    name = hit.name
    every, rules, last = name.plan or _plan(name)
    if hit.others or not article.in_force[name.organization] or article.publisher or hit.passage.notes:
        rules, last = every, _UNKNOWN
    for rule in rules:
        if verdict := rule(hit, article):
            hit.verdict, hit.rule = verdict, rule.__name__
            return
    hit.verdict, hit.rule = last
