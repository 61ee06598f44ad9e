"""Why a name is marked, asked about or left alone: one true sentence or two, in the language asked for.

What the text says is told with its words and their place, what the register's data says as the register's.
"""

from articles.footnotes.rules import REASONS, Cue, Hit
from articles.footnotes.rules.reasons_ru import REASONS_RU

_AROUND = 24
# Rules that go by words that the register lists for the name.
_BY_REGISTER = frozenset({"other_words_beside", "never_beside"})
_TEXTS = {
    "en": {
        "strong": "by the register it needs no cue",
        "strong_in": "by the register it needs no cue in articles of this language",
        "quoted": "by the register an ordinary word too, marked where something fits the organization",
        "weak": "by the register marked only where a cue stands",
        "ask": "by the register never marked without a person",
        "given": "a name that the text gives",
        "person": "a person on a register",
        "head": "“{form}” ({strength}). {reason}",
        "form": "“{form}”, a form of “{name}” ({strength}). {reason}",
        "before": "The text says “{words}” directly before it.",
        "behind": "The text says “{words}” directly behind it.",
        "here": "The text says “{words}”: “…{around}…”.",
        "there": "The field “{field}” says “{words}”: “…{around}…”.",
        "register": "The register lists “{words}” beside this name as a sign of another meaning.",
        "cue": "The register lists “{words}” as a cue; it stands in “…{around}…” (field “{field}”).",
        "against": "The register lists “{words}” as another meaning; it stands in “…{around}…” (field “{field}”).",
    },
    "ru": {
        "strong": "по реестру подсказка не нужна",
        "strong_in": "по реестру в материалах на этом языке подсказка не нужна",
        "quoted": "по реестру это ещё и обычное слово, помечается там, где что-то подходит к организации",
        "weak": "по реестру помечается только при подсказке",
        "ask": "по реестру без человека не помечается",
        "given": "имя, которое даёт текст",
        "person": "человек из реестра",
        "head": "«{form}» ({strength}). {reason}",
        "form": "«{form}», форма имени «{name}» ({strength}). {reason}",
        "before": "Прямо перед ним в тексте: «{words}».",
        "behind": "Прямо после него в тексте: «{words}».",
        "here": "В тексте сказано «{words}»: «…{around}…».",
        "there": "В поле «{field}» сказано «{words}»: «…{around}…».",
        "register": "По данным реестра «{words}» рядом с этим именем означает другое.",
        "cue": "По данным реестра «{words}» — подсказка; она стоит здесь: «…{around}…» (поле «{field}»).",
        "against": "По данным реестра «{words}» — другое значение; оно стоит здесь: «…{around}…» (поле «{field}»).",
    },
}


def reason_in(rule: str, language: str) -> str:
    """Return the sentence of a rule in a language."""
    return (REASONS_RU if language == "ru" else REASONS)[rule]


def why(hit: Hit, rule: str, language: str, article_language: str) -> str:
    """Return which name, in which form, how the register has it, which rule and which cue found where."""
    texts, name = _TEXTS[language], hit.name
    strength = (
        "given" if rule == "named_in_text" else "strong_in" if article_language in name.strong_in else name.strength
    )
    form = hit.passage.text[hit.start : hit.end]
    head = texts["head" if form == name.text else "form"].format(
        form=form,
        name=name.text,
        strength=texts[strength],
        reason=reason_in(rule, language),
    )
    if hit.cue is None or rule != hit.rule:
        return head
    return f"{head} {_told(hit, hit.cue, rule, texts)}"


def _told(hit: Hit, cue: Cue, rule: str, texts: dict[str, str]) -> str:
    words = cue.passage.text[cue.start : cue.end] or cue.words
    values = {"words": words, "field": cue.passage.field.name, "around": _around(cue)}
    if rule in _BY_REGISTER:
        return texts["register"].format(**values)
    if cue.source:
        return texts[cue.source].format(**values)
    if cue.passage is not hit.passage:
        return texts["there"].format(**values)
    text = hit.passage.text
    if cue.end <= hit.start and not any(map(str.isalnum, text[cue.end : hit.start])):
        return texts["before"].format(**values)
    if cue.start >= hit.end and not any(map(str.isalnum, text[hit.end : cue.start])):
        return texts["behind"].format(**values)
    return texts["here"].format(**values)


def _around(cue: Cue) -> str:
    text = cue.passage.text
    return " ".join(text[max(0, cue.start - _AROUND) : cue.end + _AROUND].split())
