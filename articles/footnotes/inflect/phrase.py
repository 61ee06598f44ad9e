"""Case forms of a name of several words: the head noun and what agrees with it, the rest stays.

`inflected("Исламское государство Ирака", "head")` gives Исламского государства Ирака and so on. Authority:
Rosenthal's handbook, on agreement of appositions and on names in quotation marks, which stay after a generic word.
"""

import re

from pymorphy3.analyzer import Parse

from articles.footnotes.inflect.dictionary import CASES, case_forms, is_dictionary_word, nominative

_TOKEN = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*|[^А-Яа-яЁё]+")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_CONSONANTS = "БВГДЖЗКЛМНПРСТФХЦЧШЩ"
_DASHES = ("-", "–", "—")
_ENDINGS = ("а", "у", "ом", "е")


def inflected(text: str, how: str) -> list[str]:
    """Return the surface forms of a Russian name, the name itself first, capitals as in the name."""
    if how == "abbreviation":
        return [text, *_colloquial(text)]
    if how == "indeclinable":
        return [text]
    tokens = _TOKEN.findall(text)
    words = [i for i, token in enumerate(tokens) if _CYRILLIC.match(token)]
    if how == "last":
        return _with_cases(text, tokens, _paradigms(tokens, words[-1:]))
    if how == "each":
        return _with_cases(text, tokens, _paradigms(tokens, words))
    heads = _head_paradigms(tokens)
    apposed = _apposed_paradigms(tokens)
    both = _with_cases(text, tokens, heads | apposed) if heads and apposed else []
    return list(dict.fromkeys((*_with_cases(text, tokens, heads), *both)))


def _colloquial(text: str) -> list[str]:
    """Endings that speakers add to an abbreviation read as a word: after a consonant, from three letters on."""
    if len(text) < 3 or not text.isupper() or text[-1] not in _CONSONANTS:
        return []
    return [text + joint + ending for joint in ("", "-") for ending in _ENDINGS]


def _head_paradigms(tokens: list[str]) -> dict[int, dict[str, set[str]]]:
    """Adjectives and the first noun, up to the first quotation mark, bracket or word of another kind."""
    adjectives: list[int] = []
    for i, token in enumerate(tokens):
        if not _CYRILLIC.match(token):
            if token.strip() and token.strip() not in "-–—,":
                return {}
            continue
        noun, adjective = nominative(token, "NOUN"), _adjective(token)
        if adjective and (
            noun is None or adjective.score > noun.score or _agrees_with_next(adjective, tokens[i + 1 :])
        ):
            adjectives.append(i)
            continue
        if noun is None:
            return {}
        number = "plur" if "plur" in noun.tag.grammemes else "sing"
        found = {i: _noun_cases(token, noun, number)}
        for at in adjectives:
            found[at] = _agreeing(tokens[at], noun, number)
        return found
    return {}


def _apposed_paradigms(tokens: list[str]) -> dict[int, dict[str, set[str]]]:
    """The same of what stands behind a spaced dash: «Исламского джихада — Джамаата моджахедов»."""
    for i, token in enumerate(tokens):
        if token.strip() in _DASHES and token != token.strip():
            return {i + 1 + at: cases for at, cases in _head_paradigms(tokens[i + 1 :]).items()}
    return {}


def _adjective(token: str) -> Parse | None:
    return nominative(token, "ADJF") or nominative(token, "PRTF")


def _agrees_with_next(adjective: Parse, behind: list[str]) -> bool:
    """Say whether a noun of the adjective's gender and number comes next: «Вольная степь», «Рабочий посёлок»."""
    if len(behind) < 2 or behind[0] != " " or not _CYRILLIC.match(behind[1]):
        return False
    noun = nominative(behind[1], "NOUN")
    if noun is None or "plur" in adjective.tag.grammemes:
        return noun is not None and "plur" in noun.tag.grammemes
    return "sing" in noun.tag.grammemes and noun.tag.gender == adjective.tag.gender


def _agreeing(token: str, noun: Parse, number: str) -> dict[str, set[str]]:
    """Case forms of an adjective that stands with the noun; both accusatives, animate or not."""
    adjective = _adjective(token)
    if adjective is None:
        return {}
    gender = noun.tag.gender
    cases: dict[str, set[str]] = {}
    for form in adjective.lexeme:
        grammemes = form.tag.grammemes
        fits = number in grammemes and (number == "plur" or gender in grammemes)
        if form.tag.POS == adjective.tag.POS and fits and form.tag.case in CASES and "Supr" not in grammemes:
            cases.setdefault(str(form.tag.case), set()).add(form.word)
    return cases


def _noun_cases(token: str, noun: Parse, number: str) -> dict[str, set[str]]:
    if "-" not in token:
        return case_forms(noun, number)
    first, _, last = token.rpartition("-")
    tail, front = nominative(last, "NOUN"), nominative(first, "NOUN")
    tails = case_forms(tail, number) if tail else {}
    fronts = case_forms(front, number) if front and (first[-1] in "ая" or is_dictionary_word(first)) else {}
    return {
        case: {f"{start}-{form}" for start in {first, *fronts.get(case, ())} for form in forms}
        for case, forms in tails.items()
    } or case_forms(noun, number)


def _paradigms(tokens: list[str], words: list[int]) -> dict[int, dict[str, set[str]]]:
    found = {}
    for i in words:
        parse = nominative(tokens[i], "NOUN") or _adjective(tokens[i])
        if parse is not None:
            number = "plur" if "plur" in parse.tag.grammemes else "sing"
            is_noun = parse.tag.POS == "NOUN"
            found[i] = _noun_cases(tokens[i], parse, number) if is_noun else case_forms(parse, number)
    return found


def _with_cases(text: str, tokens: list[str], paradigms: dict[int, dict[str, set[str]]]) -> list[str]:
    """Put the forms of each case into the name; a word without a form of a case keeps its own."""
    forms = [text]
    for case in CASES if paradigms else ():
        variants = [""]
        for i, token in enumerate(tokens):
            own = sorted(paradigms.get(i, {}).get(case, ()), key=len) or [token]
            shaped = {_shaped(token, form) for form in own}
            variants = [start + form for start in variants for form in sorted(shaped)][:12]
        forms += variants
    return list(dict.fromkeys(forms))


def _shaped(token: str, form: str) -> str:
    """Give a form the capitals of the word it stands for."""
    if token.isupper() and len(token) > 1:
        return form.upper()
    if "-" in token:
        pairs = zip(token.split("-"), form.split("-"), strict=False)
        return "-".join(_shaped(part, shape) for part, shape in pairs)
    return form[:1].upper() + form[1:] if token[:1].isupper() else form
