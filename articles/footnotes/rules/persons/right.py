"""The name to the right of a family name: in lists, and behind a comma in Latin letters."""

from articles.footnotes.automaton import LATIN, PersonData, PersonForm
from articles.footnotes.person.given import is_patronymic
from articles.footnotes.rules.hit import Passage
from articles.footnotes.rules.persons.left import fits, of_initials
from articles.footnotes.rules.persons.reading import (
    FULL,
    OTHER,
    Reading,
    common,
    first_part,
    match_given,
    match_patronymic,
    somebody_else,
)
from articles.footnotes.rules.persons.tokens import INITIAL, WORD, Token, in_latin, is_name_like


def read_right(
    passage: Passage, start: int, end: int, form: PersonForm, person: PersonData, after: list[Token], *,
    first: bool = False,
) -> Reading | None:  # fmt: skip
    """Return what the words behind a family name make of it, None when they are no name. `first`: the family name
    comes first here, as in a list by lines."""
    if not after:
        return None
    comma = passage.text[end : end + 1] == ","
    latin = LATIN in (form.own or form.other)
    if after[0].kind == INITIAL:
        return _initials_behind(start, form, person, after, comma=comma)
    if not is_name_like(after[0]):
        return None
    count, cases = match_given(person, after, reverse=False)
    if count:
        return _given_behind(start, form, person, after, count, cases, comma=comma, latin=latin)
    if comma and not latin:
        return None
    return _other_given_behind(start, form, person, after, first=first or comma)


def _initials_behind(
    start: int, form: PersonForm, person: PersonData, after: list[Token], *, comma: bool
) -> Reading | None:
    initials: list[Token] = []
    for token in after:
        if token.kind != INITIAL:
            break
        initials.append(token)
    following = after[len(initials)] if len(initials) < len(after) else None
    if len(initials) > 3:
        return None
    found = of_initials(form, person, initials, start, initials[-1].end)
    of_next = comma and following is not None and is_name_like(following)
    return None if of_next and (found.kind == OTHER or len(initials) == 1) else found


def _given_behind(
    start: int, form: PersonForm, person: PersonData, after: list[Token], count: int, cases: str, *,
    comma: bool, latin: bool,
) -> Reading | None:  # fmt: skip
    last = after[count - 1]
    agreed = common(cases, form.own) if form.own else ""
    rest = after[count:]
    if not agreed:
        if form.other and common(cases, form.other) and not comma:
            return somebody_else(form, start, last.end, "other_gender", person, last)
        return None
    fathers, own = match_patronymic(person, rest, reverse=False)
    if fathers and common(agreed, own):
        return Reading(FULL, form, start, rest[fathers - 1].end, with_patronymic=True, cases=agreed)
    if rest and rest[0].kind == INITIAL:
        if person.initials and not fits(rest[0], person.initials):
            return somebody_else(form, start, rest[0].end, "another_patronymic", person, last)
        return Reading(FULL, form, start, rest[0].end, sure=bool(person.initials))
    words = tuple(one.text.lower().replace("ё", "е") for one in rest[:2] if one.kind == WORD)
    other = 2 if is_patronymic(words) == 2 else is_patronymic(words[:1])
    if other:
        return somebody_else(form, start, rest[other - 1].end, "another_patronymic", person, last)
    if comma and (not latin or (rest and is_name_like(rest[0]))):
        return None  # a list
    return Reading(FULL, form, start, last.end, cases=agreed)


def _other_given_behind(
    start: int, form: PersonForm, person: PersonData, after: list[Token], *, first: bool
) -> Reading | None:
    token, rest = after[0], after[1:]
    named = bool(rest) and (is_patronymic((rest[0].text.lower(),)) > 0 or rest[0].kind == INITIAL)
    if in_latin(token.text):
        whole = named or (first and (not rest or not is_name_like(rest[0])))
        if whole and LATIN in form.own + form.other and person.known.is_latin(token.text.lower()):
            return somebody_else(form, start, token.end, "another_given_name", person, token)
        return None
    for gender, cases in person.known.readings(first_part(token)):
        fitting = form.own if gender == person.gender else form.other
        if fitting and common(cases, fitting) and (named or not rest or not is_name_like(rest[0])):
            return somebody_else(form, start, token.end, "another_given_name", person, token)
    return None
