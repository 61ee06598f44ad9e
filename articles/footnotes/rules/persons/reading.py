"""What the words beside a family name make of it, and the comparing of parts that both sides share."""

from dataclasses import dataclass, field

from articles.footnotes.automaton import LATIN, PersonData, PersonForm
from articles.footnotes.person.given import is_patronymic
from articles.footnotes.rules.persons.tokens import WORD, Token, in_latin, is_name_like

FULL, INITIALS, BARE, PLURAL, COUPLE, PSEUDONYM = "full", "initials", "bare", "plural", "couple", "pseudonym"
OTHER = "other"  # somebody else of the family name
_HONOURED = ("хаджи", "hadji", "haji", "hadzhi", "hajj")


@dataclass(slots=True)
class Reading:
    """What a family name at a place is for one person.

    `start`, `end`: the whole name; `rule`: why it is somebody else; `genders`: those the bearer may have; `initial`:
    the first letter of the bearer's given name; `sure`: nothing of it is unknown to the entry; `with_patronymic`: the
    person's own is stated; `cases`: those all parts agree in; `givens`: tokens of a couple's given names; `doubt`: a
    word before the family name alone that may be another given name.
    """

    kind: str
    form: PersonForm
    start: int
    end: int
    rule: str = ""
    genders: str = ""
    initial: str = ""
    sure: bool = True
    with_patronymic: bool = False
    cases: str = ""
    givens: list[Token] = field(default_factory=list)
    doubt: Token | None = None


def common(*several: str) -> str:
    """Return the cases that all parts may have; a part in Latin letters has any."""
    cases = [one for one in several if one != LATIN]
    return "".join(case for case in cases[0] if all(case in one for one in cases)) if cases else LATIN


def first_part(token: Token) -> str:
    """Return the first part of a double name, folded."""
    return token.text.lower().replace("ё", "е").replace("‑", "-").split("-")[0]


def match_given(person: PersonData, tokens: list[Token], *, reverse: bool) -> tuple[int, str]:
    """Return of how many tokens the person's given name consists that begins them, and its cases."""
    for count in (3, 2, 1):
        part = tokens[:count]
        if len(part) < count or not all(is_name_like(one) for one in part):
            continue
        text = "".join(one.folded for one in (reversed(part) if reverse else part))
        for name in (text, *(text.removesuffix(sign) for sign in _HONOURED if text.endswith(sign))):
            if name in person.given:
                return count, person.given[name]
            if name in person.given_latin and in_latin(part[0].text):
                return count, LATIN
    return 0, ""


def matches_given(person: PersonData, tokens: list[Token]) -> bool:
    """Say whether the person's given name stands nearest."""
    return match_given(person, tokens, reverse=True)[0] > 0


def match_patronymic(person: PersonData, tokens: list[Token], *, reverse: bool) -> tuple[int, str]:
    """Return of how many tokens the person's patronymic consists that begins them, and its cases."""
    for count in (2, 1):
        part = tokens[:count]
        if len(part) < count or any(one.kind != WORD for one in part):
            continue
        text = "".join(one.folded for one in (reversed(part) if reverse else part))
        if text in person.patronymic:
            return count, person.patronymic[text]
        if text in person.patronymic_latin and in_latin(part[0].text):
            return count, LATIN
    return 0, ""


def other_patronymic(tokens: list[Token]) -> int:
    """Return of how many tokens a patronymic consists that stands nearest, whosever."""
    words = tuple(one.text.lower().replace("ё", "е") for one in reversed(tokens[:2]) if one.kind == WORD)
    return is_patronymic(words)


def somebody_else(form: PersonForm, start: int, end: int, rule: str, person: PersonData, given: Token) -> Reading:
    """Return the reading of another bearer; `rule`: what tells him; `given`: the word that begins his name."""
    return Reading(
        OTHER, form, start, end, rule=rule, genders=genders_of(form, person, given), initial=given.text[0].lower()
    )


def genders_of(form: PersonForm, person: PersonData, given: Token | None) -> str:
    """Return the genders that the bearer of a form may have, by the form and by the given name beside it."""
    turned = "f" if person.gender == "m" else "m"
    possible = (person.gender if form.own else "") + (turned if form.other else "")
    if given is None or in_latin(given.text) or given.kind != WORD:
        return possible
    found = ""
    for gender, cases in person.known.readings(first_part(given)):
        fitting = form.own if gender == person.gender else form.other
        if fitting and common(cases, fitting):
            found += gender
    return found or possible
