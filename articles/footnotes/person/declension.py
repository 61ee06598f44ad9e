"""Case forms of Russian family names, given names and patronymics by gender, by their endings.

Authority: Rosenthal, Spravochnik po pravopisaniyu, §§ 148-149 and 171; Kalakutskaya, Sklonenie familiy. Words come and
go folded (small, е for ё); `{form: cases}` maps a form to the letters of its cases.
"""

from collections.abc import Callable

from articles.footnotes.person.irregular import EXCEPTIONS

CASES = "ngdail"
Forms = dict[str, str]

_VOWELS = "аеиоуыэюя"
_HISSING = "жчшщ"
_VELAR = "гкх"
# Words inside a name that never change: particles, and the words of Turkic patronymics.
UNCHANGING = frozenset(
    "оглы оглу кызы кзы гызы улы уулу угли ибн бин бен бинт абу аль ал эль ас аш ад ар ан ат аз ван вон де дер ден ди "
    "да до душ дю ла ле фон цу цур тен тер дос дель делла деи сен мак о т хаджи".split()
)
_ADJECTIVE_I = ("ский", "цкий", "зкий", "нний", "шний", "жний", "дний", "чий", "щий", "жий", "ший", "гий", "хий")


def joined(parts: list[Forms], sep: str) -> Forms:
    """Put the parts of a double name together case by case."""
    found: Forms = {}
    for case in CASES:
        texts = [""]
        for i, part in enumerate(parts):
            own = [form for form, cases in part.items() if case in cases]
            texts = [text + (sep if i else "") + form for text in texts for form in own]
        for text in texts:
            _add(found, text, case)
    return found


def family(word: str, gender: str) -> Forms:
    """Return the forms of a family name of a person of a gender, by "m" or "f".

    >>> family("чижиков", "m")["чижиковым"], family("седельных", "m")
    ('i', {'седельных': 'ngdail'})
    """
    return _whole(word, lambda part: _family(part, gender), gender)


def given(word: str, gender: str) -> Forms:
    """Return the forms of a given name."""
    return _whole(word, lambda part: _given(part, gender), "given")


def patronymic(word: str, gender: str) -> Forms:
    """Return the forms of a patronymic, `Рауф кызы` and `ибн Саад` as well, in which the father's name may change."""
    if " " in word or "-" in word:
        words = word.replace("-", " ").split()
        parts = [_fixed(one) if one in UNCHANGING else _merged(_fixed(one), _given(one, "m")) for one in words]
        return joined(parts, " ")
    if word.endswith("на"):
        stem = word[:-1]
        return _named(stem, ("а", "ы", "е", "у", "ой", "е"), extra=("ою",))
    if word.endswith("ич"):
        return _named(word, ("", "а", "у", "а", "ем", "е"), extra=("ом",) if word.endswith("ьич") else ())
    return _given(word, gender)


def plural(word: str, gender: str) -> Forms:
    """Return the plural forms of a family name: of a couple, of brothers."""
    return _whole(word, lambda part: _plural(part, gender), "plural")


def other_gender(word: str, gender: str) -> list[str]:
    """Return what the family name may be in the other gender.

    >>> other_gender("чижиков", "m"), other_gender("степная", "f")
    (['чижикова'], ['степный', 'степной', 'степний'])
    """
    if " " in word or "-" in word:
        sep = "-" if "-" in word else " "
        first, _, last = word.rpartition(sep)
        firsts = other_gender(first, gender) if first and not set(first.split()) & UNCHANGING else [first]
        return [f"{one}{sep}{two}" for one in firsts for two in other_gender(last, gender)]
    if word in EXCEPTIONS["noun"] or word in EXCEPTIONS["fixed"]:
        return [word]
    if gender == "m":
        if _is_possessive(word):
            return [word + "а"]
        if _is_adjective(word):
            return [word[:-2] + ("яя" if word.endswith("ний") else "ая")]
        return [word]
    if _is_possessive(word[:-1]) and word.endswith("а"):
        return [word[:-1]]
    if word.endswith(("ская", "цкая")):
        return [word[:-2] + "ий", word[:-2] + "ой"]
    if word.endswith(("ая", "яя")):
        return [word[:-2] + ending for ending in ("ый", "ой", "ий")]
    return [word]


def _whole(word: str, one: Callable[[str], Forms], how: str) -> Forms:
    """Decline a name part by part: `one` declines a single word; `how`: what is declined."""
    for sep in (" ", "-"):
        if sep in word:
            words = word.split(sep)
            if set(words) & {"оглы", "уулу", "кызы", "улы", "оглу"}:
                return _fixed(word)
            parts = [_fixed(w) if w in UNCHANGING else _whole(w, one, how) for w in words]
            found = joined(parts, sep)
            if not _declines_inside(words[0]) or how == "given":  # Анна-Марии, Бонч-Бруевича
                _take(found, joined([*map(_fixed, words[:-1]), parts[-1]], sep))
            return found
    return one(word)


def _declines_inside(word: str) -> bool:
    return _is_possessive(word) or _is_possessive(word[:-1]) or word.endswith(("ский", "цкий", "ская", "цкая"))


def _is_possessive(word: str) -> bool:
    return len(word) > 3 and word.endswith(("ов", "ев", "ин", "ын"))


def _is_adjective(word: str) -> bool:
    """Say whether a man's family name is an adjective: Гнедой, Подлужный, Незванский; not Цой or Палий."""
    if word in EXCEPTIONS["noun"]:
        return False
    if word.endswith(("ой", "ый")):
        return sum(char in _VOWELS for char in word) > 1
    return word.endswith(_ADJECTIVE_I)


def _family(word: str, gender: str) -> Forms:
    if word in EXCEPTIONS["fixed"] or word.endswith(("ых", "их", "аго", "яго", "ово")):
        return _fixed(word)
    if gender == "f":
        return _woman(word)
    if word in EXCEPTIONS["noun"]:
        return _noun(word, "m")
    if _is_possessive(word):
        return _named(word, ("", "а", "у", "а", "ым", "е"), extra=("ом",))
    if _is_adjective(word):
        return _adjective(word)
    if word.endswith("ий"):
        return _merged(_noun(word, "m"), _adjective(word))
    return _noun(word, "m")


def _adjective(word: str) -> Forms:
    stem, before = word[:-2], word[-3]
    soft = word.endswith("ний") or (before in _HISSING and word.endswith("ий"))
    narrow = soft or before in _VELAR + _HISSING
    g, d, place = ("его", "ему", "ем") if soft else ("ого", "ому", "ом")
    return _named(stem, (word[-2:], g, d, g, "им" if narrow else "ым", place))


def _woman(word: str) -> Forms:
    if word in EXCEPTIONS["noun"]:
        return _noun(word, "f")
    if word.endswith("а") and _is_possessive(word[:-1]):
        return _named(word[:-1], ("а", "ой", "ой", "у", "ой", "ой"), extra=("ою",))
    if word.endswith("яя") or (word.endswith("ая") and word[-3] in _HISSING):
        return _named(word[:-2], (word[-2:], "ей", "ей", "юю" if word[-2] == "я" else "ую", "ей", "ей"))
    if word.endswith("ая"):
        return _named(word[:-2], ("ая", "ой", "ой", "ую", "ой", "ой"), extra=("ою",))
    if word[-1] in "ая":
        return _noun(word, "f")
    return _fixed(word)


def _given(word: str, gender: str) -> Forms:
    special = EXCEPTIONS["given"].get(word)
    if special and special[0] == gender:
        return _named(special[1], special[2])
    if word in EXCEPTIONS["fixed"]:
        return _fixed(word)
    if gender == "f":
        if word.endswith("ь"):
            return _merged(_named(word[:-1], ("ь", "и", "и", "ь", "ью", "и")), _fixed(word))
        return _noun(word, "f") if word[-1] in "ая" else _fixed(word)
    return _noun(word, "m")


def _noun(word: str, gender: str) -> Forms:
    """Decline as a noun: -а, -я for all, a consonant, -й and -ь of a man."""
    last, stem = word[-1], word[:-1]
    if last == "а":
        if stem and stem[-1] in _VOWELS:  # Гарсиа
            return _fixed(word)
        soft = stem[-1:] in _HISSING or stem[-1:] == "ц"
        g = "и" if stem[-1:] in _HISSING + _VELAR else "ы"
        return _named(stem, ("а", g, "е", "у", "ей" if soft else "ой", "е"), extra=("ою", "ой"))
    if last == "я":
        end = "и" if stem.endswith("и") else "е"
        return _named(stem, ("я", "и", end, "ю", "ей", end), extra=("ею",))
    if last in _VOWELS or gender == "f":
        return _fixed(word)
    if last == "й":
        place = "и" if stem.endswith("и") else "е"
        found = _named(stem, ("й", "я", "ю", "я", "ем", place))
        if stem.endswith("е"):  # Соловей, Соловья
            _take(found, _named(stem[:-1] + "ь", ("", "я", "ю", "я", "ем", "е"), skip="n"))
        return found
    if last == "ь":
        found = _named(stem, ("ь", "я", "ю", "я", "ем", "е"))
        if stem.endswith(("ен", "от")):  # Гридень, Гридня
            _take(found, _named(stem[:-2] + stem[-1], ("", "я", "ю", "я", "ем", "е"), skip="n"))
        return found
    soft = last in _HISSING + "ц"
    found = _named(word, ("", "а", "у", "а", "ем" if soft else "ом", "е"), extra=("ом",) if soft else ())
    for ending, short in (("ец", "ц"), ("ок", "к"), ("ек", "к")):  # Кравец, Кравца
        if word.endswith(ending) and len(word) > 3 and word[-3] not in _VOWELS:
            base = word[:-2] + ("ь" if word[-3] == "л" and short == "ц" else "") + short
            _take(found, _named(base, ("", "а", "у", "а", "ем" if short == "ц" else "ом", "е"), skip="n"))
    return found


def _plural(word: str, gender: str) -> Forms:
    """Decline in the plural what a couple of the name are called; what does not change with them stays."""
    if word in EXCEPTIONS["fixed"] or word.endswith(("ых", "их", "аго", "яго", "ово")):
        return _fixed(word)
    man = word if gender == "m" else other_gender(word, "f")[0]
    if _is_possessive(man) and man not in EXCEPTIONS["noun"]:
        return _named(man, ("ы", "ых", "ым", "ых", "ыми", "ых"))
    if _is_adjective(man):
        stem, narrow = man[:-2], man[-3] in _VELAR + _HISSING or man.endswith("ний")
        vowel = "и" if narrow else "ы"
        return _named(stem, tuple(vowel + end for end in ("е", "х", "м", "х", "ми", "х")))
    last, stem = man[-1], man[:-1]
    if last in "ьй":
        found = _named(stem, ("и", "ей" if last == "ь" else "ев", "ям", "ей" if last == "ь" else "ев", "ями", "ях"))
    elif last in "ая":
        vowel = "и" if last == "я" or stem[-1] in _VELAR + _HISSING else "ы"
        found = _named(stem, (vowel, "", *(last + end for end in ("м", "")), last + "ми", last + "х"))
        found.pop(stem, None)
    elif last in _VOWELS:
        return _fixed(man)
    else:
        vowel = "и" if last in _VELAR + _HISSING else "ы"
        many = "ей" if last in _HISSING else "ов"
        found = _named(man, (vowel, many, "ам", many, "ами", "ах"))
    return _merged(found, _fixed(man))


def _named(stem: str, endings: tuple[str, ...], extra: tuple[str, ...] = (), skip: str = "") -> Forms:
    """Put the endings of the six cases to a stem; `extra`: further endings of the instrumental."""
    found: Forms = {}
    for case, ending in zip(CASES, endings, strict=True):
        if case not in skip:
            _add(found, stem + ending, case)
    for ending in extra:
        _add(found, stem + ending, "i")
    return found


def _fixed(word: str) -> Forms:
    return {word: CASES}


def _merged(*several: Forms) -> Forms:
    found: Forms = {}
    for forms in several:
        _take(found, forms)
    return found


def _take(found: Forms, forms: Forms) -> None:
    for form, cases in forms.items():
        for case in cases:
            _add(found, form, case)


def _add(found: Forms, form: str, case: str) -> None:
    cases = found.get(form, "")
    if case not in cases:
        found[form] = cases + case
