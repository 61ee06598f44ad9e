"""What the house's rules of style say of the text as it is being typed: marks like those of names, only advice."""

import html
from typing import Any

from articles import editions
from articles.editions.house_style import Remark, remarks
from articles.editions.words_beside import BLOCK
from articles.models import Article, StyleRule
from articles.models.printed import PRINTED

from .places import PIECE, in_browser, places_in, words_of

HTML = {row.written for row in PRINTED if row.format == "html"}


def style_marks(article: Article, typed: dict[str, str]) -> list[dict[str, Any]]:
    """Return the remarks with their places in the typed texts, as the browser counts them.

    `typed`: a column of the article → its text in the form, of the body the words without tags.
    """
    rules = list(StyleRule.objects.filter(is_on=True, language=article.language))
    if not rules:
        return []
    lined = {name: in_lines(editions.clean_html(article.body)) for name in typed if name in HTML}
    texts = {name: lined[name][0] if name in lined else text for name, text in typed.items()}
    marks = []
    for name, found in remarks(texts, rules).items():
        places = laid(article, typed[name], lined[name][1]) if name in lined else in_browser(typed[name])
        marks += [mark_of(name, one, places) for one in found]
    return marks


def in_lines(body: str) -> tuple[str, list[int]]:
    """Return the words of clean HTML with a line's end at each block, and where among the words each character stands.

    >>> in_lines("<p>A</p><p>B</p>")
    ('\\nA\\n\\nB\\n', [0, 0, 1, 1, 1, 2, 2])
    """
    text: list[str] = []
    places: list[int] = []
    at = 0
    for found in PIECE.finditer(body):
        piece = found[0]
        if piece.startswith("<") and len(piece) > 1:
            if BLOCK.match(piece):
                text.append("\n")
                places.append(at)
            continue
        said = html.unescape(piece) if len(piece) > 1 else piece
        text.append(said)
        places += range(at, at + len(said))
        at += len(said)
    return "".join(text), [*places, at]


def laid(article: Article, typed: str, places: list[int]) -> list[int]:
    """Return where each character of the lines stands in the browser's words of the body."""
    there, counted = places_in(typed, words_of(article.body)[0]), in_browser(typed)
    return [counted[there[place]] for place in places]


def mark_of(name: str, remark: Remark, places: list[int]) -> dict[str, Any]:
    rule = remark.rule
    return {
        "field": name,
        "from": places[remark.start],
        "to": places[remark.end - 1] + 1,
        "kind": "style",
        "surface": remark.surface,
        "who": rule.get_kind_display(),
        "registers": [],
        "why": rule.reason,
        "note": "",
        "suggestion": in_case(rule.suggestion, remark.surface),
        "key": f"style:{rule.pk}:{name}:{remark.start}",
        "answer": "",
    }


def in_case(suggestion: str, surface: str) -> str:
    """Return the suggestion with a capital letter where the word that it takes the place of has one."""
    if surface[:1].isupper() and not surface.isupper():
        return suggestion[:1].upper() + suggestion[1:]
    return suggestion
