"""Persons made ready: forms of family names and pseudonyms for the automaton, the other parts of names for the rules.

Given names, patronymics and initials are compared beside a family name that was found, so that a person has some fifty
forms and not the thousands of their combinations.
"""

import gzip
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from articles.footnotes.automaton import LATIN, written, written_pseudonym
from articles.footnotes.compile.context import phrases
from articles.footnotes.fold import fold_form
from articles.footnotes.inflect import is_dictionary_word, is_ordinary_word, singular_cases
from articles.footnotes.person import declension
from articles.footnotes.person.declension import Forms, joined
from articles.footnotes.person.given import is_patronymic
from articles.footnotes.person.latin import is_latin, key, keys_of, listed_spellings, spellings, without_accents
from articles.footnotes.types import Name, Organization, Person

_MOST_PSEUDONYM = 24
_DIGRAPHS = (
    "shch", "sch", "zh", "kh", "ts", "ch", "sh", "yu", "ya", "ye", "yo", "iu", "ia", "je", "ju", "ja", "дж", "дз",
)  # fmt: skip
_LOOK_ALIKE = "aceopxykmhtb"
_TWINS = str.maketrans(_LOOK_ALIKE, "асеорхукмнтв")
_ARTICLES = {"аль": ("аль", "ал", "эль"), "эль": ("эль", "аль"), "al": ("al", "el"), "el": ("el", "al")}


class Spelled:
    """All spellings of a person's parts, as the file lists them, small letters, ё kept: Russian and Latin ones."""

    def __init__(self, person: Person, names: Iterable[Name]) -> None:
        self.family, self.given = [_small(person.family)], [_small(person.given)]
        self.family_latin: list[str] = []
        self.given_latin: list[str] = []
        for name in names:
            if name.kind != "pseudonym":
                self._add(_small(name.text), person)

    def _add(self, text: str, person: Person) -> None:
        latin = is_latin(text)
        words = text.replace(",", "").split()
        patronymic = _small(person.patronymic).split()
        if patronymic and not latin:
            words = [word for word in words if word not in patronymic]
        if len(words) > 2:
            own = self.family[0].split()
            words = [w for i, w in enumerate(words) if not i or w in own or not is_patronymic((fold_form(w),))]
        family, given = _split(words, _small(person.family), _small(person.given), latin)
        families, givens = (self.family_latin, self.given_latin) if latin else (self.family, self.given)
        if family and family not in families:
            families.append(family)
        if given and given not in givens:
            givens.append(given)


def _small(text: str) -> str:
    return " ".join(text.lower().replace("‑", "-").replace("’", "'").split())


def _split(words: list[str], family: str, given: str, latin: bool) -> tuple[str, str]:
    """Part a listed name into family name and given name: one part is the given name, as in a former name, or its
    beginning or its end is most like the family name."""
    if len(words) < 2:
        return "", ""
    keys = keys_of(given) if latin else set()

    def likeness(cut: tuple[list[str], list[str]]) -> float:
        text, rest = (" ".join(part) for part in cut)
        if key(rest) in keys if latin else fold_form(rest) == fold_form(given):
            return 1.0
        if not latin:
            return SequenceMatcher(None, fold_form(text), fold_form(family)).ratio()
        return max(SequenceMatcher(None, key(text), key(one)).ratio() for one in spellings(family)[:4])

    cuts = [(words[:i], words[i:]) for i in range(1, len(words))] + [
        (words[i:], words[:i]) for i in range(1, len(words))
    ]
    best = max(cuts, key=likeness)
    return " ".join(best[0]), " ".join(best[1])


def person_rows(organization: Organization) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Return a row for the rules, and {folded form: how it is stored}, for the person and for each pseudonym."""
    person = organization.person
    if person is None:
        return []
    spelled = Spelled(person, organization.names)
    first = organization.names[0]
    rows = [(_person_row(organization, person, spelled, first), family_forms(person, spelled))]
    for name in organization.names:
        alone = " " not in name.text.strip() and fold_form(name.text) != fold_form(person.family)
        if name.kind == "pseudonym" or alone:
            rows.append((_row(organization, name), pseudonym_forms(name, person.gender)))
    return rows


def _row(organization: Organization, name: Name) -> dict[str, Any]:
    return {"o": organization.key, "t": name.text, "l": name.language, "s": "person", "case": ""}


def _person_row(organization: Organization, person: Person, spelled: Spelled, first: Name) -> dict[str, Any]:
    given: Forms = {}
    for one in spelled.given:
        given |= {_squeezed(form): cases for form, cases in declension.given(_folded(one), person.gender).items()}
    father = _small(person.patronymic)
    patronymic = declension.patronymic(_folded(father), person.gender) if father else {}
    for russian in [*_russian_patronymics(_folded(father)), *_spoken_patronymics(_folded(father))]:
        patronymic |= declension.patronymic(russian, person.gender)
    latin = [*spelled.given_latin, *(one for name in spelled.given for one in spellings(name)[:24])]
    fathers = [one for name in [father, *_russian_patronymics(father)] if name for one in spellings(name)[:24]]
    data: dict[str, Any] = {
        "sex": person.gender,
        "given": given,
        "patr": {_squeezed(form): cases for form, cases in patronymic.items()},
        "given_latin": sorted({key(one) for one in latin}),
        "patr_latin": sorted({key(one) for one in fathers}),
        "given_initials": sorted({tuple(one) for one in _initials([*spelled.given, *latin])}),
        "halves": sorted(_halves([*spelled.given, *spelled.given_latin], person.gender)),
        "initials": sorted({part for one in [father, *fathers] if one for part in _shortened(_first_word(one))}),
    }
    optional = {
        "surname": organization.surname,
        "distinct": person.gender == "f"
        and declension.other_gender(_folded(spelled.family[0]), "f") != [_folded(spelled.family[0])],
        "word": is_ordinary_word(_small(person.family)),
        "beside": phrases(organization.not_beside),
    }
    data |= {field: value for field, value in optional.items() if value}
    return _row(organization, first) | {"p": data}


def _halves(givens: list[str], gender: str) -> set[str]:
    """Return the forms and keys of the halves of a double given name, which alone are somebody else's."""
    found: set[str] = set()
    for one in givens:
        parts = one.replace("-", " ").split()
        for part in parts if len(parts) > 1 else ():
            found |= {key(part)} if is_latin(part) else {*declension.given(_folded(part), gender), *keys_of(part)}
    return found - {"хаджи", "шейх", "бек", "хан"}


def _russian_patronymics(father: str) -> list[str]:
    """Return what `Рафик оглы` and `Рауф кызы` are in Russian papers, too: Рафикович, Рауфовна."""
    name, _, word = father.rpartition(" ")
    if word not in ("оглы", "кызы") or not name or name[-1] in "аеиоуыэюяйь":
        return []
    return [name + ("ович" if word == "оглы" else "овна")]


def _spoken_patronymics(father: str) -> list[str]:
    """Return what a man's patronymic is in speech: Иванович is Иваныч, Сергеевич is Сергеич."""
    if father.endswith(("аевич", "еевич")):
        return [father.removesuffix("евич") + "ич"]
    return [father.removesuffix("ович") + "ыч"] if father.endswith("ович") else []


def _folded(text: str) -> str:
    return text.replace("ё", "е")


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("-", "").replace("'", "")


def _first_word(text: str) -> str:
    return next((word for word in text.replace("-", " ").split() if word not in declension.UNCHANGING), text)


def _shortened(word: str) -> set[str]:
    """Return what a word may be shortened to before a dot: its first letter, or its first sound in Latin letters."""
    word = without_accents(_folded(word)) if is_latin(word) else _folded(word)
    return {word[0], *(sound for sound in _DIGRAPHS if word.startswith(sound))}


def _initials(givens: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Yield the initials of given names, of a double one both, and the first alone."""
    for one in givens:
        parts = [_shortened(word) for word in one.replace("-", " ").split()]
        for first in parts[0]:
            yield (first,)
            if len(parts) > 1:
                for second in parts[1]:
                    yield (first, second)


def family_forms(person: Person, spelled: Spelled) -> dict[str, str]:
    """Return the forms of the family name in both genders and the plural, and in Latin letters, as stored."""
    own: Forms = {}
    other: Forms = {}
    plural: Forms = {}
    turned = "f" if person.gender == "m" else "m"
    for name in spelled.family:
        for variant in _with_articles(_folded(name)):
            _take(own, declension.family(variant, person.gender))
            _take(plural, declension.plural(variant, person.gender))
            for changed in declension.other_gender(variant, person.gender):
                _take(other, declension.family(changed, turned))
    latin = _latin_families(spelled)
    changed_latin = _latin_of_other(spelled, person.gender, latin)
    for form in latin:
        own[form] = LATIN
    for form in changed_latin:
        other[form] = LATIN
    for form in [one for one in (*latin, *changed_latin) if one[-1] != "'"]:
        plural[_plural_latin(form)] = LATIN
    english, word = english_words(), is_ordinary_word(_small(person.family))
    return {
        folded: written(
            own.get(form, ""),
            other.get(form, ""),
            plural.get(form, ""),
            ordinary=form in english if is_latin(form) else word,
        )
        for form in {**own, **other, **plural}
        if (folded := fold_form(form))
    }


def _take(found: Forms, forms: Forms) -> None:
    for form, cases in forms.items():
        found[form] = "".join(dict.fromkeys(found.get(form, "") + cases))


def _with_articles(name: str) -> list[str]:
    """Return a name, and as it is written with the other spellings of its Arabic article."""
    article, sign, rest = name.partition("-")
    if not sign or article not in _ARTICLES:
        return [name]
    return [f"{one}-{rest}" for one in _ARTICLES[article]]


def _latin_families(spelled: Spelled) -> list[str]:
    regular = [one for name in spelled.family for one in spellings(name)]
    listed = [one for name in spelled.family_latin for one in listed_spellings(name)]
    return list(dict.fromkeys(variant for one in [*listed, *regular] for variant in _with_articles(one)))


def _latin_of_other(spelled: Spelled, gender: str, own: list[str]) -> list[str]:
    """Return a woman's family name as a man bears it, which is how English writes of a couple, too."""
    if gender == "m":
        return []
    men = [man for name in spelled.family for man in declension.other_gender(name, "f") if man != name]
    found = [one for man in men for one in spellings(man)[:12]]
    for one in spelled.family_latin:
        if one.endswith(("ova", "eva", "ina", "yna")):
            found.append(one[:-1])
    return [one for one in dict.fromkeys(found) if one not in own]


def _plural_latin(form: str) -> str:
    return form + ("es" if form.endswith(("s", "x", "z", "ch", "sh")) else "s")


def pseudonym_forms(name: Name, gender: str) -> dict[str, str]:
    """Return the forms of a pseudonym, and of a Russian one its Latin spellings, each as it is stored."""
    text = _small(name.text)
    words = text.split()
    ordinary = len(words) == 1 and (is_dictionary_word(text) if not is_latin(text) else text in english_words())
    strength = "word" if ordinary or name.strength in ("ask", "weak", "quoted") else "strong"
    if name.strength == "strong":
        strength = "strong"
    parts = [_pseudonym_word(word, gender, last=i == len(words) - 1) for i, word in enumerate(words)]
    forms = [*joined(parts, " "), *map(_small, name.forms)]
    if not is_latin(text):
        forms += spellings(text)[:_MOST_PSEUDONYM]
    else:
        forms += listed_spellings(text)
    wrong = {fold_form(form) for form in name.not_forms}
    stored = written_pseudonym(strength, capital=not name.text.islower())
    forms += [one for form in forms if (one := _twin(form)) != form]
    return {folded: stored for form in forms if (folded := fold_form(form)) and folded not in wrong}


def _twin(form: str) -> str:
    """Return a form of both scripts with Cyrillic letters for the Latin ones that look the same: `мс зябь`."""
    words = form.split()
    if len({is_latin(word) for word in words}) < 2:
        return form
    return " ".join(_in_cyrillic(word) for word in words)


def _in_cyrillic(word: str) -> str:
    return word.translate(_TWINS) if is_latin(word) and set(word) <= set(_LOOK_ALIKE) else word


def _pseudonym_word(word: str, gender: str, *, last: bool) -> Forms:
    if is_latin(word):
        return {word: declension.CASES}
    folded = _folded(word)
    if is_dictionary_word(word) and (cases := singular_cases(word)):
        return {_folded(form): letters for form, letters in cases.items()}
    forms = declension.family(folded, gender) if last else declension.given(folded, gender)
    if folded[-1] not in "аеиоуыэюя":
        _take(forms, declension.given(folded, "m"))
    return forms


@cache
def english_words() -> frozenset[str]:
    """Return the words of an English dictionary, read only by the compiler."""
    stored = Path(__file__).with_name("english_words.txt.gz").read_bytes()
    lines = gzip.decompress(stored).decode().splitlines()
    return frozenset(line for line in lines if line[:1] != "#")
