"""The one place that knows the Russian dictionary: forms of a word, and whether it is one."""

import logging
from functools import cache, lru_cache

import pymorphy3
from pymorphy3.analyzer import Parse

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
# The second genitive and locative are cases of ordinary words only (в снегу, чашка чаю).
_EXTRA = ("gen2", "loc2")
# Forms in -ье beside -ие (движенье) are verse, not news.
_VERSE = {"V-be", "V-bi", "V-ie"}


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """Return the dictionary, loaded when first asked for."""
    logging.getLogger("pymorphy3").setLevel(logging.WARNING)  # it reports the loading itself
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=20_000)
def parses(word: str) -> tuple[Parse, ...]:
    """Return the dictionary's readings of a word, likeliest first."""
    return tuple(analyzer().parse(word))


def is_dictionary_word(word: str) -> bool:
    """Say whether the Russian dictionary knows the word as it stands."""
    return bool(analyzer().word_is_known(word.lower()))


def is_ordinary_word(word: str) -> bool:
    """Say whether a word is the base form of an ordinary noun or adjective: карась, but not чижиков (of siskins)."""
    if not analyzer().word_is_known(word.lower()):
        return False
    names = {"Surn", "Name", "Patr", "Geox"}
    return any(
        "nomn" in one.tag
        and "sing" in one.tag
        and str(one.tag.POS) in ("NOUN", "ADJF")
        and not names & one.tag.grammemes
        for one in parses(word.lower())
    )


def singular_cases(word: str) -> dict[str, str]:
    """Return the singular forms of a dictionary word, each with the letters of its cases (n, g, d, a, i, l)."""
    parse = nominative(word, "NOUN") or nominative(word, "ADJF")
    found: dict[str, str] = {}
    for case, forms in case_forms(parse, "sing").items() if parse else ():
        for form in forms:
            found[form] = found.get(form, "") + {"ablt": "i", "accs": "a"}.get(case, case[0])
    if parse and str(parse.tag.POS) == "ADJF" and "masc" in parse.tag.grammemes:  # a person is animate
        for form, cases in found.items():
            if "g" in cases and "a" not in cases:
                found[form] = cases + "a"
    return found


def nominative(word: str, kind: str) -> Parse | None:
    """Return the likeliest reading of a word as a nominative noun ("NOUN") or adjective ("ADJF", "PRTF")."""
    found = [p for p in parses(word.lower()) if "nomn" in p.tag and str(p.tag.POS) == kind]
    plain = [p for p in found if not {"Name", "Surn", "Patr"} & set(p.tag.grammemes)]
    return (plain or found or [None])[0]


def case_forms(parse: Parse, number: str) -> dict[str, set[str]]:
    """Return the forms of a reading for each case, in one number ("sing", "plur")."""
    forms: dict[str, set[str]] = {}
    for form in parse.lexeme:
        if number not in form.tag.grammemes and "Fixd" not in form.tag.grammemes:
            continue
        case = next((case for case in (*CASES, *_EXTRA) if case in form.tag.grammemes), None)
        if case and _same_kind(form, parse):
            case = {"gen2": "gent", "loc2": "loct"}.get(case, case)
            forms.setdefault(case, set()).add(form.word)
    return forms


def _same_kind(form: Parse, parse: Parse) -> bool:
    """Keep to the noun itself, and to one gender of an adjective."""
    if form.tag.POS != parse.tag.POS or _VERSE & set(form.tag.grammemes):
        return False
    return parse.tag.POS == "NOUN" or "plur" in form.tag.grammemes or form.tag.gender == parse.tag.gender


def _alike(form: Parse, parse: Parse) -> bool:
    """Leave out verse, superlatives, and the participles of another voice or tense."""
    same = form.tag.POS == parse.tag.POS and form.tag.voice == parse.tag.voice and form.tag.tense == parse.tag.tense
    return same and not (_VERSE | {"Supr"}) & set(form.tag.grammemes)


def word_forms(word: str) -> list[str]:
    """Return all forms of a noun or adjective in both numbers, the word itself first."""
    low = word.lower()
    parse = nominative(low, "NOUN") or nominative(low, "ADJF") or nominative(low, "PRTF")
    if parse is None:
        return [low]
    forms = {form.word for form in parse.lexeme if _alike(form, parse)}
    return [low, *sorted(forms - {low})]
