"""What the words beside a family name make of it: a full name, initials, somebody else, the family name alone."""

import re
from dataclasses import dataclass, field

from articles.footnotes.automaton import PersonData, PersonForm
from articles.footnotes.person.given import given_readings, is_given_latin, is_patronymic
from articles.footnotes.person.latin import is_latin
from articles.footnotes.rules.hit import Passage, in_capitals, sentence_begins
from articles.footnotes.rules.persons.tokens import (
    INITIAL,
    QUOTED,
    WORD,
    Token,
    is_name_like,
    tokens_after,
    tokens_before,
)

FULL, INITIALS, BARE, PLURAL, COUPLE, PSEUDONYM = "full", "initials", "bare", "plural", "couple", "pseudonym"
OTHER = "other"  # somebody else of the family name
LATIN = "x"
_TITLES = frozenset(
    "шейх шейха шейху шейхом шейхе имам имама мулла муллы sheikh shaykh sheik imam mullah mufti hajji haji sayyid".split()
)
_HONOURED = ("хаджи", "hadji", "haji", "hadzhi", "hajj")
_MEN = frozenset("гн господин господина господину господином господине mr mister monsieur herr".split())
_WOMEN = frozenset("гжа гжи гже гжу гжой госпожа госпожи госпоже госпожу госпожой mrs ms miss madame frau".split())
_TITLE = re.compile(r"(?<![\w-])([А-Яа-яЁё]+(?:-[а-я]+)?|[A-Z][a-z]+)\.?[ \u00a0]\Z")
# Words after which a capital is a place's or an office's, not a given name's.
_GOVERNING = frozenset(
    "в во на из с со к ко по за под у от для о об при до через над между без вместо после the a an in on at from to of by "
    "for near under over with about against before after since until".split()
)
_TITLES_LATIN = frozenset(
    "mayor president minister deputy senator judge general colonel major captain lieutenant professor doctor dr editor "
    "publisher blogger journalist artist writer poet activist lawyer director governor chairman chairwoman secretary "
    "ambassador king prince princess sir lord lady father brother sister uncle aunt comrade citizen officer sergeant "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december russian soviet ukrainian belarusian moscow prosecutor detective inspector "
    "councillor congressman representative chancellor premier speaker chief coach mr mrs ms miss".split()
)
_ENDS_OF_MAN = {"n": tuple("бвгджзйклмнпрстфхцчшщьоу"), "g": ("а", "я"), "d": ("у", "ю"), "i": ("ом", "ем")}
_ENDS_OF_WOMAN = {"n": ("а", "я", "ь"), "g": ("ы", "и"), "d": ("е", "и"), "a": ("у", "ю"), "i": ("ой", "ей")}
_KIN = (
    "брать", "сестр", "сестер", "супруг", "семь", "семей", "чета", "чет", "клан", "династи", "отец и сын", "близнец", "род",
)  # fmt: skip
_KIN_ENDINGS = 4
_KIN_LATIN = frozenset("brothers sisters family twins couple siblings".split())


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


def read_parts(passage: Passage, start: int, end: int, form: PersonForm) -> Reading:
    """Return the reading of a family name at [start, end) for the person whose it may be."""
    before, after = tokens_before(passage, start), tokens_after(passage, end)
    person = form.name.person
    assert person is not None
    couple = _couple(passage, start, end, form, before)
    if couple:
        return couple
    found = None
    if form.own or form.other:
        found = _left(passage, start, end, form, person, before) or _right(passage, start, end, form, person, after)
    if found:
        return found
    return _alone(passage, start, end, form, person, before, after)


def _common(*several: str) -> str:
    """Return the cases that all parts may have; a part in Latin letters has any."""
    cases = [one for one in several if one != LATIN]
    return "".join(case for case in cases[0] if all(case in one for one in cases)) if cases else LATIN


# The name to the left.


def _left(
    passage: Passage, start: int, end: int, form: PersonForm, person: PersonData, before: list[Token]
) -> Reading | None:
    at = _skip(before, 0)
    if at >= len(before):
        return None
    initials = _initials_before(before, at)
    if initials:
        return _with_initials(passage, start, end, form, person, before, at, initials)
    if not is_name_like(before[at]) and not _is_small_patronymic(before, at):
        return None
    count, fathers = _match_patronymic(person, before[at:], reverse=True)
    if count:
        return _given_before(passage, start, end, form, person, before, at + count, fathers)
    count = _other_patronymic(before[at:])
    if count and not _matches_given(person, before[at:]):
        after = _skip(before, at + count)
        own, _ = _match_given(person, before[after:], reverse=True)
        rule = "another_patronymic" if own else "another_given_name"
        if own or (after < len(before) and is_name_like(before[after])):
            return _somebody_else(form, before[after + max(own, 1) - 1].start, end, rule, person, before[after])
        return None
    return _given_before(passage, start, end, form, person, before, at, "")


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
    passage: Passage,
    start: int,
    end: int,
    form: PersonForm,
    person: PersonData,
    before: list[Token],
    at: int,
    fathers: str,
) -> Reading | None:
    """Read a given name, the person's or another, that begins the name at a token."""
    at = _skip(before, at)
    count, cases = _match_given(person, before[at:], reverse=True)
    if count:
        first = before[at + count - 1]
        agreed = _common(cases, form.own, *([fathers] if fathers else [])) if form.own else ""
        if agreed:
            following = before[at + count : at + count + 1]
            if following and _is_more_given(following[0], cases):
                return _somebody_else(form, following[0].start, end, "double_name", person, following[0])
            return Reading(FULL, form, first.start, end, with_patronymic=bool(fathers), cases=agreed)
        if form.other and _common(cases, form.other):
            return _somebody_else(form, first.start, end, "other_gender", person, first)
        return None
    return _other_given_before(passage, start, end, form, person, before, at)


def _is_more_given(token: Token, cases: str) -> bool:
    """Say whether a further given name stands before the first one and agrees with it: `Хуан Карлос` is not Карлос."""
    if not is_name_like(token):
        return False
    if is_latin(token.text):
        return cases == LATIN and is_given_latin(token.text.lower())
    return any(_common(cases, one) for _, one in given_readings(_first_part(token)))


def _first_part(token: Token) -> str:
    return token.text.lower().replace("ё", "е").replace("‑", "-").split("-")[0]


def _match_given(person: PersonData, tokens: list[Token], *, reverse: bool) -> tuple[int, str]:
    """Return of how many tokens the person's given name consists that begins them, and its cases."""
    for count in (3, 2, 1):
        part = tokens[:count]
        if len(part) < count or not all(is_name_like(one) for one in part):
            continue
        text = "".join(one.folded for one in (reversed(part) if reverse else part))
        for name in (text, *(text.removesuffix(sign) for sign in _HONOURED if text.endswith(sign))):
            if name in person.given:
                return count, person.given[name]
            if name in person.given_latin and is_latin(part[0].text):
                return count, LATIN
    return 0, ""


def _matches_given(person: PersonData, tokens: list[Token]) -> bool:
    return _match_given(person, tokens, reverse=True)[0] > 0


def _match_patronymic(person: PersonData, tokens: list[Token], *, reverse: bool) -> tuple[int, str]:
    for count in (2, 1):
        part = tokens[:count]
        if len(part) < count or any(one.kind != WORD for one in part):
            continue
        text = "".join(one.folded for one in (reversed(part) if reverse else part))
        if text in person.patronymic:
            return count, person.patronymic[text]
        if text in person.patronymic_latin and is_latin(part[0].text):
            return count, LATIN
    return 0, ""


def _other_patronymic(tokens: list[Token]) -> int:
    """Return of how many tokens a patronymic consists that stands nearest, whosever."""
    words = tuple(one.text.lower().replace("ё", "е") for one in reversed(tokens[:2]) if one.kind == WORD)
    return is_patronymic(words)


def _somebody_else(form: PersonForm, start: int, end: int, rule: str, person: PersonData, given: Token) -> Reading:
    return Reading(
        OTHER, form, start, end, rule=rule, genders=_genders(form, person, given), initial=given.text[0].lower()
    )


def _genders(form: PersonForm, person: PersonData, given: Token | None) -> str:
    """Return the genders that the bearer of a form may have, by the form and by the given name beside it."""
    turned = "f" if person.gender == "m" else "m"
    possible = (person.gender if form.own else "") + (turned if form.other else "")
    if given is None or is_latin(given.text) or given.kind != WORD:
        return possible
    found = ""
    for gender, cases in given_readings(_first_part(given)):
        fitting = form.own if gender == person.gender else form.other
        if fitting and _common(cases, fitting):
            found += gender
    return found or possible


def _other_given_before(
    passage: Passage, start: int, end: int, form: PersonForm, person: PersonData, before: list[Token], at: int
) -> Reading | None:
    token = before[at] if at < len(before) else None
    if token is None or not is_name_like(token):
        return None
    if token.folded in person.halves and token.folded not in person.given:
        return _somebody_else(form, token.start, end, "another_given_name", person, token)
    if is_latin(token.text):
        first = token.text.lower().split("-")[0]
        if LATIN in form.own + form.other and is_given_latin(first):
            return _somebody_else(form, token.start, end, "another_given_name", person, token)
        return None
    readings = given_readings(_first_part(token))
    turned = "f" if person.gender == "m" else "m"
    agrees = any(
        _common(cases, fitting)
        for gender, cases in readings
        if (fitting := form.own if gender == person.gender else form.other if gender == turned else "")
    )
    if agrees:
        rule = "another_given_name" if form.own else "other_gender"
        return _somebody_else(form, token.start, end, rule, person, token)
    return None


# Initials.


def _initials_before(before: list[Token], at: int) -> list[Token]:
    found: list[Token] = []
    for token in before[at:]:
        if token.kind != INITIAL:
            break
        found.append(token)
    return found[::-1]


def _with_initials(
    passage: Passage,
    start: int,
    end: int,
    form: PersonForm,
    person: PersonData,
    before: list[Token],
    at: int,
    initials: list[Token],
) -> Reading | None:
    behind = at + len(initials)
    if len(initials) == 1:  # a full given name with a middle initial
        count, cases = _match_given(person, before[behind:], reverse=True)
        if count and form.own and _common(cases, form.own):
            return _middle_initial(form, person, before[behind + count - 1], initials[0], end)
        other = _other_given_before(passage, start, end, form, person, before, behind)
        if other:
            return other
    if len(initials) > 3:
        return None
    return _of_initials(form, person, initials, initials[0].start, end)


def _middle_initial(form: PersonForm, person: PersonData, first: Token, initial: Token, end: int) -> Reading:
    if person.initials and not _fits(initial, person.initials):
        return _somebody_else(form, first.start, end, "another_patronymic", person, first)
    return Reading(FULL, form, first.start, end, sure=bool(person.initials))


def _fits(initial: Token, parts: frozenset[str]) -> bool:
    return initial.folded in parts


def _of_initials(form: PersonForm, person: PersonData, initials: list[Token], start: int, end: int) -> Reading:
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
        return Reading(OTHER, form, start, end, rule=rule, genders=_genders(form, person, None), initial=letters[0])
    return Reading(INITIALS, form, start, end, sure=sure, initial=letters[0])


# The name to the right.


def _right(
    passage: Passage, start: int, end: int, form: PersonForm, person: PersonData, after: list[Token]
) -> Reading | None:
    if not after:
        return None
    comma = passage.text[end : end + 1] == ","
    latin = LATIN in (form.own or form.other)
    if after[0].kind == INITIAL:
        return _initials_behind(passage, start, form, person, after, comma=comma)
    if not is_name_like(after[0]):
        return None
    count, cases = _match_given(person, after, reverse=False)
    if count:
        return _given_behind(passage, start, form, person, after, count, cases, comma=comma, latin=latin)
    if comma and not latin:
        return None
    return _other_given_behind(start, form, person, after, comma=comma)


def _initials_behind(
    passage: Passage, start: int, form: PersonForm, person: PersonData, after: list[Token], *, comma: bool
) -> Reading | None:
    initials: list[Token] = []
    for token in after:
        if token.kind != INITIAL:
            break
        initials.append(token)
    following = after[len(initials)] if len(initials) < len(after) else None
    if len(initials) > 3 or (following and is_name_like(following) and (comma or len(initials) == 1)):
        return None  # they are the next name's
    return _of_initials(form, person, initials, start, initials[-1].end)


def _given_behind(
    passage: Passage, start: int, form: PersonForm, person: PersonData, after: list[Token], count: int, cases: str, *,
    comma: bool, latin: bool,
) -> Reading | None:  # fmt: skip
    last = after[count - 1]
    agreed = _common(cases, form.own) if form.own else ""
    rest = after[count:]
    if not agreed:
        if form.other and _common(cases, form.other) and not comma:
            return _somebody_else(form, start, last.end, "other_gender", person, last)
        return None
    fathers, own = _match_patronymic(person, rest, reverse=False)
    if fathers and _common(agreed, own):
        return Reading(FULL, form, start, rest[fathers - 1].end, with_patronymic=True, cases=agreed)
    if rest and rest[0].kind == INITIAL:
        if person.initials and not _fits(rest[0], person.initials):
            return _somebody_else(form, start, rest[0].end, "another_patronymic", person, last)
        return Reading(FULL, form, start, rest[0].end, sure=bool(person.initials))
    words = tuple(one.text.lower().replace("ё", "е") for one in rest[:2] if one.kind == WORD)
    other = 2 if is_patronymic(words) == 2 else is_patronymic(words[:1])
    if other:
        return _somebody_else(form, start, rest[other - 1].end, "another_patronymic", person, last)
    if comma and (not latin or (rest and is_name_like(rest[0]))):
        return None  # a list
    return Reading(FULL, form, start, last.end, cases=agreed)


def _other_given_behind(
    start: int, form: PersonForm, person: PersonData, after: list[Token], *, comma: bool
) -> Reading | None:
    token, rest = after[0], after[1:]
    named = bool(rest) and (is_patronymic((rest[0].text.lower(),)) > 0 or rest[0].kind == INITIAL)
    if is_latin(token.text):
        alone = not rest or not is_name_like(rest[0])
        if LATIN in form.own + form.other and is_given_latin(token.text.lower()) and (named or (comma and alone)):
            return _somebody_else(form, start, token.end, "another_given_name", person, token)
        return None
    for gender, cases in given_readings(_first_part(token)):
        fitting = form.own if gender == person.gender else form.other
        if fitting and _common(cases, fitting) and (named or not rest or not is_name_like(rest[0])):
            return _somebody_else(form, start, token.end, "another_given_name", person, token)
    return None


# Couples, families, the name alone.


def _couple(passage: Passage, start: int, end: int, form: PersonForm, before: list[Token]) -> Reading | None:
    """Read `Павел и Анна Колодниковы`, `Pavel and Anna Kolodnikov`: given names joined by "and" before the name."""
    latin = LATIN in form.own + form.other + form.plural
    many = form.plural or (latin and (form.own or form.other))
    if not many or len(before) < 3 or before[1].text.lower() not in ("и", "and", "&"):
        return None
    one, two = before[2], before[0]
    if not (is_name_like(one) and is_name_like(two)):
        return None
    only = not form.own and not form.other
    if not all(_may_be_given(token, form, sure=only) for token in (one, two)):
        return None
    if (
        form.plural
        and form.own
        and not latin
        and form.own != form.plural
        and not _common(form.plural, _cases_of(one, form))
    ):
        return None
    return Reading(COUPLE, form, one.start, end, givens=[one, two])


def _cases_of(token: Token, form: PersonForm) -> str:
    person = form.name.person
    found = person.given.get(token.folded, "") if person else ""
    return found + "".join(cases for _, cases in given_readings(_first_part(token)))


def _may_be_given(token: Token, form: PersonForm, *, sure: bool) -> bool:
    person = form.name.person
    if person and (token.folded in person.given or token.folded in person.given_latin):
        return True
    if is_latin(token.text):
        return is_given_latin(token.text.lower()) or sure
    cases = _cases_of(token, form)
    return bool(cases and (not form.plural or _common(form.plural, cases))) or (sure and not cases)


def given_matches(token: Token, form: PersonForm) -> bool:
    """Say whether a couple's given name is the person's."""
    person = form.name.person
    return person is not None and (token.folded in person.given or token.folded in person.given_latin)


def _alone(
    passage: Passage,
    start: int,
    end: int,
    form: PersonForm,
    person: PersonData,
    before: list[Token],
    after: list[Token],
) -> Reading:
    if not form.own and not form.other:
        return Reading(PLURAL, form, start, end)
    if form.plural and before and before[0].text.lower().startswith(_KIN) and _is_kin(before[0].text.lower()):
        return Reading(PLURAL, form, start, end)
    if LATIN in form.own + form.other and after and after[0].text in _KIN_LATIN:
        return Reading(PLURAL, form, start, end)
    genders = _genders(form, person, None)
    titled = _title_gender(passage, start)
    if not form.own or (titled and titled != person.gender and (form.other or titled not in genders)):
        return Reading(OTHER, form, start, end, rule="other_gender", genders="")
    return Reading(BARE, form, start, end, genders=genders, doubt=_doubtful(passage, form, person, before))


def _doubtful(passage: Passage, form: PersonForm, person: PersonData, before: list[Token]) -> Token | None:
    """Return a word with a capital inside a sentence that may be a given name nobody knows: it agrees with the form."""
    if not before or not is_name_like(before[0]) or before[0].folded in person.given:
        return None
    token, text = before[0], passage.text
    previous = before[1] if len(before) > 1 else None
    if sentence_begins(text, token.start) or in_capitals(text, token.start, token.end) or previous is None:
        return None
    if previous.kind != WORD or not previous.text.islower() or previous.text in _GOVERNING:
        return None
    if is_latin(token.text):
        return None if token.text.lower() in _TITLES_LATIN or form.own != LATIN else token
    ends = _ENDS_OF_MAN if person.gender == "m" else _ENDS_OF_WOMAN
    return token if any(token.folded.endswith(ends[case]) for case in form.own if case in ends) else None


def _is_kin(word: str) -> bool:
    stem = next(stem for stem in _KIN if word.startswith(stem))
    return len(word) - len(stem) <= _KIN_ENDINGS


def _title_gender(passage: Passage, start: int) -> str:
    """Return the gender that a title directly before the name states: г-жа, Mr, Ms."""
    match = _TITLE.search(passage.text, max(0, start - 14), start)
    word = match[1].lower().replace("-", "") if match else ""
    return "f" if word in _WOMEN else "m" if word in _MEN else ""
