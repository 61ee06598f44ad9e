"""The rules for persons: each takes a hit and what the article says of persons, and says mark, not, ask, or nothing."""

import re
from collections.abc import Set

from articles.footnotes.rules.hit import ASK, MARK, NOT, Cue, Hit, fills_quotes, in_capitals, sentence_begins, within
from articles.footnotes.rules.persons.judging import People, PersonHit, PersonRule
from articles.footnotes.rules.persons.others import said_of_another
from articles.footnotes.rules.persons.reading import BARE, COUPLE, FULL, INITIALS, OTHER, PLURAL, PSEUDONYM, Reading
from articles.footnotes.rules.sentence import sentence_span

_OPENS = re.compile(r"[ \u00a0]?\([«“„\"]?")
_CLOSES = re.compile(r"[»”“\"]?\)")


def note_line(hit: PersonHit, people: People) -> str | None:
    """Nothing is marked inside a printed note."""
    return NOT if hit.passage.notes and within(hit.passage.notes, hit.start) else None


def own_name(hit: PersonHit, people: People) -> str | None:
    """The outlet's own name is never marked: it prints its own notice."""
    return NOT if people.article.publisher == hit.name.organization else None


def never_beside(hit: PersonHit, people: People) -> str | None:
    """Beside words that the register lists somebody else is meant."""
    person = next((one.form.name.person for one in hit.readings if one.form.name.person), None)
    if person is None or not person.beside:
        return None
    first, last = sentence_span(hit.passage.text, hit.start, hit.end)
    around = f" {' '.join(hit.passage.scan[first:last].split())} "
    for words in person.beside:
        if _holds(around, words):
            at = hit.passage.scan.find(words, first, last)
            if at >= 0:
                hit.cue = Cue(words, hit.passage, at, at + len(words))
            return NOT
    return None


def _holds(around: str, words: str) -> bool:
    at = around.find(words)
    while at >= 0:
        if not around[at - 1].isalnum() and not around[at + len(words)].isalnum():
            return True
        at = around.find(words, at + 1)
    return False


def part_of_double_name(hit: PersonHit, people: People) -> str | None:
    """A part of a double name is not the person."""
    return NOT if hit.joined == "double" else None


def member_of_family(hit: PersonHit, people: People) -> str | None:
    """`Ольхов-младший` may be a son of the name."""
    if hit.joined != "younger":
        return None
    return ASK if hit.reading.kind in (FULL, INITIALS) or _named(hit, people) else NOT


def _other(hit: PersonHit, rule: str) -> str | None:
    return NOT if hit.reading.rule == rule else None


def double_name(hit: PersonHit, people: People) -> str | None:
    """Two given names where the person has one of them."""
    return _other(hit, "double_name")


def another_patronymic(hit: PersonHit, people: People) -> str | None:
    """Another patronymic beside the family name is another person's."""
    return _other(hit, "another_patronymic")


def another_given_name(hit: PersonHit, people: People) -> str | None:
    """Another given name beside the family name is another person's."""
    return _other(hit, "another_given_name")


def other_gender(hit: PersonHit, people: People) -> str | None:
    """A form, a given name or a title of the other gender is another person's."""
    return _other(hit, "other_gender")


def initials_differ(hit: PersonHit, people: People) -> str | None:
    """Initials that do not fit are another person's."""
    return _other(hit, "initials_differ")


def thing_named_after(hit: PersonHit, people: People) -> str | None:
    """A street, a prize, a ship named after the full name: a person decides."""
    if hit.reading.form.pseudonym == "word" or hit.thing is None:
        return None
    hit.cue = hit.thing
    return ASK


def thing_of_surname(hit: PersonHit, people: People) -> str | None:
    """A thing, an animal, a firm that bears the family name, or a pseudonym that is a word."""
    if hit.thing is None:
        return None
    if hit.reading.kind == PSEUDONYM and fills_quotes(hit.passage.text, hit.start, hit.end) > hit.end:
        return None
    hit.cue = hit.thing
    return NOT


def couple_listed(hit: PersonHit, people: People) -> str | None:
    """Both of a couple are on a list."""
    return MARK if len(hit.listed) >= len(hit.reading.givens) else None


def one_of_couple(hit: PersonHit, people: People) -> str | None:
    """One of a couple is on a list: what is marked of the two a person decides."""
    return ASK if hit.listed else NOT


def same_name(hit: PersonHit, people: People) -> str | None:
    """Several persons of one name, whose statuses differ."""
    if not hit.others:
        return None
    every = [hit.name, *(other.name for other in hit.others)]
    if hit.reading.kind == BARE:
        every = [one for one in every if one.organization in people.named]
    return ASK if len({people.article.in_force[one.organization] for one in every}) > 1 else None


def unknown_patronymic(hit: PersonHit, people: People) -> str | None:
    """A middle initial that nothing on the list can be compared with."""
    return None if hit.reading.sure else ASK


def full_name(hit: PersonHit, people: People) -> str | None:
    """Given name and family name together are the person."""
    return MARK


def pseudonym(hit: PersonHit, people: People) -> str | None:
    """A pseudonym of several words, or of one that no dictionary has."""
    return MARK if hit.reading.form.pseudonym == "strong" else None


def pseudonym_paired(hit: PersonHit, people: People) -> str | None:
    """A pseudonym that is a word, directly before a bracket that the person's full name fills."""
    text = hit.passage.text
    opened = _OPENS.match(text, fills_quotes(text, hit.start, hit.end))
    name = people.named_at.get((hit.passage.index, opened.end())) if opened else None
    if name is None or name.name.organization != hit.name.organization or not _CLOSES.match(text, name.end):
        return None
    hit.cue = _whole(name)
    return MARK


def pseudonym_quoted(hit: PersonHit, people: People) -> str | None:
    """A pseudonym that is a word, alone in quotation marks, may be meant."""
    return ASK if fills_quotes(hit.passage.text, hit.start, hit.end) > hit.end else None


def pseudonym_capital(hit: PersonHit, people: People) -> str | None:
    """The same with a capital inside a sentence of an article that names the person."""
    if not _named(hit, people) or _is_plain(hit):
        return None
    return ASK


def ordinary_word(hit: PersonHit, people: People) -> str | None:
    """A pseudonym that is a word is that word everywhere else."""
    return NOT


def initials_shared(hit: PersonHit, people: People) -> str | None:
    """Initials that another bearer named in the article has as well."""
    if not _named(hit, people):
        return None
    for one, other in people.bearers.get(hit.name.organization, {}).values():
        if one.rule == "another_given_name" and one.initial == hit.reading.initial and _could_be(one, hit.reading):
            hit.cue = _whole(other)
            return ASK
    return None


def initials_named(hit: PersonHit, people: People) -> str | None:
    """Initials that fit, in an article that has the full name."""
    return MARK if _named(hit, people) else None


def initials_alone(hit: PersonHit, people: People) -> str | None:
    """Initials that fit, without the full name."""
    return ASK


def family_plural(hit: PersonHit, people: People) -> str | None:
    """The family in the plural, in an article that names the person."""
    return ASK if _named(hit, people) else NOT


def surname_quoted(hit: PersonHit, people: People) -> str | None:
    """A family name alone that fills quotation marks is the name of something."""
    if fills_quotes(hit.passage.text, hit.start, hit.end) == hit.end:
        return None
    return ASK if _named(hit, people) else NOT


def another_meant(hit: PersonHit, people: People) -> str | None:
    """A word before the family name says that another person may be meant."""
    cue = said_of_another(hit.passage, hit.start)
    if cue is None:
        return None
    verdict = ASK if _named(hit, people) or _policy(hit) else NOT
    hit.cue = cue
    return verdict


def namesake_named(hit: PersonHit, people: People) -> str | None:
    """Another bearer of the family name is named in the article, and the form may be of either."""
    if not (_named(hit, people) or _policy(hit)):
        return None
    for one, other in people.bearers.get(hit.name.organization, {}).values():
        if _could_be(one, hit.reading):
            hit.cue = _whole(other)
            return ASK
    return None


def perhaps_given_name(hit: PersonHit, people: People) -> str | None:
    """A word with a capital before the family name may be a given name, and another one."""
    doubt = hit.reading.doubt
    if doubt is None or not (_named(hit, people) or _policy(hit)):
        return None
    hit.cue = Cue(doubt.text, hit.passage, doubt.start, doubt.end)
    return ASK


def word_begins_sentence(hit: PersonHit, people: People) -> str | None:
    """A family name that is a word, at the beginning of a sentence."""
    if not hit.reading.form.ordinary or not _is_plain(hit):
        return None
    return ASK if _named(hit, people) or _policy(hit) else NOT


def surname_named(hit: PersonHit, people: People) -> str | None:
    """The family name alone, in an article that has the full name."""
    return MARK if _named(hit, people) else None


def surname_listed(hit: PersonHit, people: People) -> str | None:
    """The register says that the family name alone marks, or is asked about."""
    return {"mark": MARK, "ask": ASK}.get(_policy(hit))


def surname_alone(hit: PersonHit, people: People) -> str | None:
    """The family name alone says nothing."""
    return NOT


_ANY = frozenset({FULL, INITIALS, BARE, PLURAL, COUPLE, PSEUDONYM, OTHER})
# Each rule with the kinds of names it can say anything about.
PERSON_RULES: list[tuple[PersonRule, Set[str]]] = [
    (note_line, _ANY),
    (own_name, _ANY),
    (never_beside, _ANY),
    (part_of_double_name, _ANY),
    (double_name, {OTHER}),
    (another_patronymic, {OTHER}),
    (another_given_name, {OTHER}),
    (other_gender, {OTHER}),
    (initials_differ, {OTHER}),
    (thing_named_after, {FULL, COUPLE, PSEUDONYM, INITIALS}),
    (thing_of_surname, {BARE, PLURAL, PSEUDONYM}),
    (member_of_family, {FULL, INITIALS, BARE, PLURAL, COUPLE}),
    (couple_listed, {COUPLE}),
    (one_of_couple, {COUPLE}),
    (same_name, {FULL, INITIALS, BARE}),
    (unknown_patronymic, {FULL, INITIALS}),
    (full_name, {FULL}),
    (pseudonym, {PSEUDONYM}),
    (pseudonym_paired, {PSEUDONYM}),
    (pseudonym_quoted, {PSEUDONYM}),
    (pseudonym_capital, {PSEUDONYM}),
    (ordinary_word, {PSEUDONYM}),
    (initials_shared, {INITIALS}),
    (initials_named, {INITIALS}),
    (initials_alone, {INITIALS}),
    (family_plural, {PLURAL}),
    (surname_quoted, {BARE}),
    (another_meant, {BARE}),
    (namesake_named, {BARE}),
    (perhaps_given_name, {BARE}),
    (word_begins_sentence, {BARE}),
    (surname_named, {BARE}),
    (surname_listed, {BARE}),
    (surname_alone, _ANY),
]


def _named(hit: PersonHit, people: People) -> bool:
    """Say whether the article names one of those whose name it may be; that one is the hit's then."""
    for target in (hit.name, *(one.name for one in hit.others)):
        found = people.named.get(target.organization)
        if found is not None:
            hit.name = target
            if hit.cue is None and found is not hit:
                hit.cue = _whole(found)
            return True
    return False


def _policy(hit: PersonHit) -> str:
    return hit.name.person.surname if hit.name.person else ""


def _could_be(other: Reading, reading: Reading) -> bool:
    """Say whether another bearer may be meant by a form: one of either gender that the form may be of."""
    return any(gender in reading.genders or not reading.genders for gender in other.genders)


def _is_plain(hit: PersonHit) -> bool:
    """Say whether a capital says nothing: at the beginning of a sentence, in a line of capitals."""
    return sentence_begins(hit.passage.text, hit.start) or in_capitals(hit.passage.text, hit.start, hit.end)


def _whole(hit: Hit) -> Cue:
    return Cue(hit.passage.text[hit.start : hit.end], hit.passage, hit.start, hit.end)
