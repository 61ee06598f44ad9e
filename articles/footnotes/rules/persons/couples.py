"""A family name that two or more share, whose given names are joined by "and": `Павел и Анна Колодниковы`."""

from articles.footnotes.automaton import LATIN, PersonData, PersonForm
from articles.footnotes.person.given import is_patronymic
from articles.footnotes.rules.hit import Passage, sentence_begins
from articles.footnotes.rules.persons.reading import COUPLE, OTHER, Reading, common, first_part
from articles.footnotes.rules.persons.tokens import Token, in_latin, is_name_like, tokens_before, word_ending

_AND = frozenset({"и", "and", "&"})
_MOST = 6
_MEN_IN_A = frozenset("ilya nikita danila luka foma kuzma savva".split())


def read_couple(
    passage: Passage,
    start: int,
    end: int,
    form: PersonForm,
    person: PersonData,
    before: list[Token],
    after: list[Token],
) -> Reading | None:
    """Read `Pavel and Anna Kolodnikov`, `Колодниковы Павел Иович и Анна`: None when the name is no couple's."""
    couple = _before(passage, start, end, form, person, before)
    if couple or not form.plural or form.own or form.other or passage.text[end : end + 1] == ",":
        return couple
    return _behind(start, form, person, after)


def _before(
    passage: Passage, start: int, end: int, form: PersonForm, person: PersonData, before: list[Token]
) -> Reading | None:
    latin = LATIN in form.own + form.other + form.plural
    one_form = form.own and not person.distinct  # a woman's form is no couple's
    many = form.plural or (latin and (form.other or one_form))
    if not many or len(before) < 3 or before[1].text.lower() not in _AND:
        return None
    one, two = before[2], before[0]
    if not (is_name_like(one) and is_name_like(two)):
        return None
    only = not form.own and not form.other
    if not all(_may_be_given(token, form, person, sure=only) for token in (one, two)):
        return None
    if (
        form.plural
        and form.own
        and not latin
        and form.own != form.plural
        and not common(form.plural, _cases_of(one, person))
    ):
        return None
    givens = [*_further(passage, one, form, person), one, two]
    return Reading(COUPLE, form, givens[0].start, end, givens=givens)


def _further(passage: Passage, first: Token, form: PersonForm, person: PersonData) -> list[Token]:
    """Return the given names before the first of two, with commas between: `Роман, Игорь и Пётр Сычуговы`; none
    that ends a whole name."""
    found: list[Token] = []
    at = first.start
    while len(found) < _MOST and passage.text[at - 2 : at] == ", ":
        token = word_ending(passage, at - 2)
        if token is None or not is_name_like(token) or not _may_be_given(token, form, person, sure=False):
            break
        above = tokens_before(passage, token.start)[:1]
        if above and is_name_like(above[0]) and not sentence_begins(passage.text, above[0].start):
            break
        found.insert(0, token)
        at = token.start
    return found


def _behind(start: int, form: PersonForm, person: PersonData, after: list[Token]) -> Reading | None:
    """Read a couple's given names behind the name, in Russian: each may have its patronymic."""
    givens: list[Token] = []
    at = 0
    for _ in range(2):
        if at >= len(after) or not is_name_like(after[at]) or not common(form.plural, _cases_of(after[at], person)):
            return None
        givens.append(after[at])
        at += 1
        if at < len(after) and is_patronymic((after[at].text.lower().replace("ё", "е"),)):
            at += 1
        last = after[at - 1].end
        if len(givens) < 2 and (at >= len(after) or after[at].text not in _AND):
            return None
        at += 1
    return Reading(COUPLE, form, start, last, givens=givens)


def _cases_of(token: Token, person: PersonData) -> str:
    found = person.given.get(token.folded, "")
    return found + "".join(cases for _, cases in person.known.readings(first_part(token)))


def _may_be_given(token: Token, form: PersonForm, person: PersonData, *, sure: bool) -> bool:
    if token.folded in person.given or token.folded in person.given_latin:
        return True
    if in_latin(token.text):
        return person.known.is_latin(token.text.lower()) or sure
    cases = _cases_of(token, person)
    return bool(cases and (not form.plural or common(form.plural, cases))) or (sure and not cases)


def given_matches(token: Token, form: PersonForm) -> bool:
    """Say whether a couple's given name is the person's."""
    person = form.name.person
    return person is not None and (token.folded in person.given or token.folded in person.given_latin)


def others_of_couple(reading: Reading) -> list[Reading]:
    """Return those of a couple who are not the person, as other bearers of the family name."""
    person = reading.form.name.person
    others = [one for one in reading.givens if person and not given_matches(one, reading.form)]
    return [
        Reading(
            OTHER, reading.form, reading.start, reading.end, rule="another_given_name",
            genders=_genders(token, person), initial=token.text[0].lower(),
        )
        for token in others
        if person
    ]  # fmt: skip


def _genders(token: Token, person: PersonData) -> str:
    if in_latin(token.text):
        word = token.text.lower()
        return "f" if word.endswith("a") and word not in _MEN_IN_A else "m"
    return "".join(gender for gender, _ in person.known.readings(first_part(token))) or "mf"
