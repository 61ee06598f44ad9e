"""Find in a text what the house's rules of style speak of. They advise; publishing never asks them.

The dictionary is asked when a rule is saved; a text is held against the forms that were found then.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from .. import search
from ..models import StyleRule

QUOTED = re.compile(r"[\"«“„](.+)[\"»”“]")
WORD = re.compile(r"[^\W_]+(?:['’\-\u2010\u2011][^\W_]+)*")
BRACKETS = re.compile(r"\s*\([^()]*\)")
SAME = str.maketrans({"ё": "е", "’": "'", "\u2010": "-", "\u2011": "-"})
MOST_FORMS = 200  # of a word
Forms = list[list[list[str]]]  # variants → their words → the forms of each


class Remark(NamedTuple):
    """A place in a text at which a rule has something to say."""

    start: int
    end: int
    surface: str
    rule: StyleRule


def compile_rule(rule: StyleRule) -> None:
    """Write into the rule the forms by which it is found; loads the dictionary for Russian words."""
    rule.compiled = forms_of(rule.words, rule.language)
    full = BRACKETS.sub("", rule.suggestion) if rule.kind == "first_mention" else ""
    rule.compiled_full = forms_of(full, rule.language)


def forms_of(lines: str, language: str) -> Forms:
    """Return, of each line, for each of its words the forms in which it may stand."""
    found = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        quoted = QUOTED.fullmatch(line)
        words = WORD.findall(quoted[1] if quoted else line)
        is_exact = bool(quoted) or language != "ru"
        forms = [[alike(word)] if is_exact else sorted(every_form(word))[:MOST_FORMS] for word in words]
        if forms:
            found.append(forms)
    return found


def every_form(word: str) -> set[str]:
    return {alike(word), *(alike(form) for form in search.word_forms(word))}


def alike(text: str) -> str:
    """Return a text as it is compared, each character in its place."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text).translate(SAME)


def remarks(texts: Mapping[str, str], rules: Iterable[StyleRule]) -> dict[str, list[Remark]]:
    """Return what the rules say of the plain texts of an article, by their names; `body` is where it is first named."""
    said: dict[str, list[Remark]] = {}
    for rule in rules:
        if rule.kind == "first_mention":
            body = texts.get("body", "")
            said.setdefault("body", []).extend(first_mention(body, rule))
            continue
        for name, text in texts.items():
            said.setdefault(name, []).extend(every(text, rule))
    return {name: sorted(some) for name, some in said.items() if some}


def every(text: str, rule: StyleRule) -> list[Remark]:
    found = pattern(as_key(rule.compiled))
    if found is None:
        return []
    return [Remark(hit.start(), hit.end(), text[hit.start() : hit.end()], rule) for hit in found.finditer(alike(text))]


def first_mention(text: str, rule: StyleRule) -> list[Remark]:
    """Return the first place of the short name, unless the full one stands before it."""
    short, full = every(text, rule)[:1], pattern(as_key(rule.compiled_full))
    if not short or (full is not None and full.search(alike(text), 0, short[0].start)):
        return []
    return short


def as_key(forms: Forms) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(tuple(word) for word in variant) for variant in forms)


@lru_cache(maxsize=500)
def pattern(forms: tuple[tuple[tuple[str, ...], ...], ...]) -> re.Pattern[str] | None:
    """Return what finds one of the variants as whole words; None of nothing."""
    if not forms:
        return None
    one_of = (r"\s+".join(f"(?:{'|'.join(map(re.escape, word))})" for word in variant) for variant in forms)
    return re.compile(rf"(?<![^\W_])(?<![^\W_][-'])(?:{'|'.join(one_of)})(?![^\W_])(?![-'][^\W_])")
