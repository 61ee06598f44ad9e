"""The name to the left of a family name: given name, patronymic, initials, or somebody else's."""

from articles.footnotes.automaton import LATIN, PersonData, PersonForm
from articles.footnotes.person.given import is_patronymic
from articles.footnotes.rules.persons.reading import (
    FULL,
    INITIALS,
    OTHER,
    Reading,
    common,
    first_part,
    genders_of,
    match_given,
    match_patronymic,
    matches_given,
    other_patronymic,
    somebody_else,
)
from articles.footnotes.rules.persons.tokens import INITIAL, QUOTED, WORD, Token, in_latin, is_name_like

_TITLES = frozenset(
    "шейх шейха шейху шейхом шейхе имам имама мулла муллы "
    "sheikh shaykh sheik imam mullah mufti hajji haji sayyid".split()
)


def read_left(end: int, form: PersonForm, person: PersonData, before: list[Token]) -> Reading | None:
    """Return what the words before a family name make of it, None when they are no name."""
    at = _skip(before, 0)
    if at >= len(before):
        return None
    initials = _initials_before(before, at)
    if initials:
        return _with_initials(end, form, person, before, at, initials)
    if not is_name_like(before[at]) and not _is_small_patronymic(before, at):
        return None
    count, fathers = match_patronymic(person, before[at:], reverse=True)
    if count:
        return _given_before(end, form, person, before, at + count, fathers)
    count = other_patronymic(before[at:])
    if count and not matches_given(person, before[at:]):
        after = _skip(before, at + count)
        own, _ = match_given(person, before[after:], reverse=True)
        rule = "another_patronymic" if own else "another_given_name"
        if own or (after < len(before) and is_name_like(before[after])):
            return somebody_else(form, before[after + max(own, 1) - 1].start, end, rule, person, before[after])
        return None
    return _given_before(end, form, person, before, at, "")


def _skip(tokens: list[Token], at: int) -> int:
    """Pass over a nickname and a title."""
    if at < len(tokens) and tokens[at].kind == QUOTED:
        at += 1
    if at < len(tokens) and tokens[at].kind == WORD and tokens[at].text.lower() in _TITLES:
        at += 1
    return at


def _is_small_patronymic(tokens: list[Token], at: int) -> bool:
    """Say whether `Рафик оглы` ends here, whose last word is small."""
    words = tuple(one.text.lower() for one in reversed(tokens[at : at + 2]) if one.kind == WORD)
    return is_patronymic(words) == 2


def _given_before(
    end: int,
    form: PersonForm,
    person: PersonData,
    before: list[Token],
    at: int,
    fathers: str,
) -> Reading | None:
    """Read a given name, the person's or another, that begins the name at a token."""
    at = _skip(before, at)
    count, cases = match_given(person, before[at:], reverse=True)
    if count:
        first = before[at + count - 1]
        agreed = common(cases, form.own, *([fathers] if fathers else [])) if form.own else ""
        if agreed:
            following = before[at + count : at + count + 1]
            if following and _is_more_given(following[0], person, cases):
                return somebody_else(form, following[0].start, end, "double_name", person, following[0])
            return Reading(FULL, form, first.start, end, with_patronymic=bool(fathers), cases=agreed)
        if form.other and common(cases, form.other):
            return somebody_else(form, first.start, end, "other_gender", person, first)
        return None
    return _other_given_before(end, form, person, before, at)


def _is_more_given(token: Token, person: PersonData, cases: str) -> bool:
    """Say whether a further given name stands before the first one and agrees with it: `Хуан Карлос` is not Карлос."""
    if not is_name_like(token):
        return False
    if in_latin(token.text):
        return cases == LATIN and person.known.is_latin(token.text.lower())
    return any(common(cases, one) for _, one in person.known.readings(first_part(token)))


def _other_given_before(end: int, form: PersonForm, person: PersonData, before: list[Token], at: int) -> Reading | None:
    token = before[at] if at < len(before) else None
    if token is None or not is_name_like(token):
        return None
    if token.folded in person.halves and token.folded not in person.given:
        return somebody_else(form, token.start, end, "another_given_name", person, token)
    if in_latin(token.text):
        first = token.text.lower().split("-")[0]
        if LATIN in form.own + form.other and person.known.is_latin(first):
            return somebody_else(form, token.start, end, "another_given_name", person, token)
        return None
    readings = person.known.readings(first_part(token))
    turned = "f" if person.gender == "m" else "m"
    agrees = any(
        common(cases, fitting)
        for gender, cases in readings
        if (fitting := form.own if gender == person.gender else form.other if gender == turned else "")
    )
    if agrees:
        rule = "another_given_name" if form.own else "other_gender"
        return somebody_else(form, token.start, end, rule, person, token)
    return None


def _initials_before(before: list[Token], at: int) -> list[Token]:
    found: list[Token] = []
    for token in before[at:]:
        if token.kind != INITIAL:
            break
        found.append(token)
    return found[::-1]


def _with_initials(
    end: int,
    form: PersonForm,
    person: PersonData,
    before: list[Token],
    at: int,
    initials: list[Token],
) -> Reading | None:
    behind = at + len(initials)
    if len(initials) == 1:  # a full given name with a middle initial
        count, cases = match_given(person, before[behind:], reverse=True)
        if count and form.own and common(cases, form.own):
            return _middle_initial(form, person, before[behind + count - 1], initials[0], end)
        other = _other_given_before(end, form, person, before, behind)
        if other:
            return other
    if len(initials) > 3:
        return None
    return of_initials(form, person, initials, initials[0].start, end)


def _middle_initial(form: PersonForm, person: PersonData, first: Token, initial: Token, end: int) -> Reading:
    if person.initials and not fits(initial, person.initials):
        return somebody_else(form, first.start, end, "another_patronymic", person, first)
    return Reading(FULL, form, first.start, end, sure=bool(person.initials))


def fits(initial: Token, parts: frozenset[str]) -> bool:
    """Say whether an initial is that of one of the parts."""
    return initial.folded in parts


def of_initials(form: PersonForm, person: PersonData, initials: list[Token], start: int, end: int) -> Reading:
    """Return the reading of a family name with initials beside it."""
    letters = [one.folded for one in initials]
    fits, sure = False, True
    for given in person.given_initials:
        if tuple(letters[: len(given)]) != given:
            continue
        rest = letters[len(given) :]
        if not rest or (len(rest) == 1 and rest[0] in person.initials):
            fits, sure = True, True
            break
        if len(rest) == 1 and not person.initials:
            fits, sure = True, False
    if not fits or not form.own:
        rule = "initials_differ" if not fits else "other_gender"
        return Reading(OTHER, form, start, end, rule=rule, genders=genders_of(form, person, None), initial=letters[0])
    return Reading(INITIALS, form, start, end, sure=sure, initial=letters[0])
