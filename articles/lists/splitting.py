"""A keeper's line cut into its parts: the name, what stands in brackets, what stands behind them.

Quotation marks may be nested, of several kinds, and unbalanced.
"""

import re
from dataclasses import dataclass, field

from .refused import Said, say
from .refused import gettext_noop as _
from .text import quoted_alike, script
from .words import is_country, literal, pattern

ENDS = re.compile(r"\s*(?:[,;)/]|$|[–—-]\s)")
REGISTERED = re.compile(
    r",?\s*\(?(?:зарегистрирован\w*|регистрационный номер|рег\.?\s*№|дата регистрации|учрежд[её]нн\w+|созданн\w+ в"
    r"|являющ\w+)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
TAIL_REGISTRATION = re.compile(r"\(\s*(?:регистрационный номер|рег\.?\s*№)[^)]*\)", re.IGNORECASE)
BEFORE = re.compile(
    r"до\s+(?:\d[\d.]*\s*(?:г\w*\.?)?|замужества|брака|вступления в брак|смены \w+|переименования)\s*[–—:-]?\s*",
    re.IGNORECASE,
)
BY = re.compile(r"\s+по (?:реализации|производству|распространению) .*$", re.IGNORECASE | re.DOTALL)


@dataclass
class Parts:
    """`main`: the name; `items`: (text, kind said by the list or ""); `mentioned`: names quoted in what was cut off."""

    main: str
    items: list[tuple[str, str]] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)
    questions: list[Said] = field(default_factory=list)


def top_level(text: str, at_signs: str) -> list[str]:
    """Divide the text at signs outside quotation marks and brackets.

    A closing mark before a comma, a bracket or the end closes all that are open: keepers forget the outer one.

    >>> top_level("«Фонд «Тальма», ФТ", ",")
    ['«Фонд «Тальма»', 'ФТ']
    """
    alike = quoted_alike(text)
    parts, quotes, brackets, begun = [], 0, 0, 0
    for at, char in enumerate(alike):
        if char == "«":
            quotes += 1
        elif char == "»":
            quotes = 0 if ENDS.match(alike, at + 1) else max(0, quotes - 1)
        elif char == "(":
            brackets += 1
        elif char == ")":
            brackets = max(0, brackets - 1)
            quotes = 0 if not brackets else quotes
        elif char in at_signs and not quotes and not brackets:
            parts.append(text[begun:at])
            begun = at + 1
    parts.append(text[begun:])
    return [part.strip() for part in parts if part.strip()]


def brackets(text: str) -> tuple[str, list[str], str]:
    """Return what stands before the first bracket, each bracket's inside, and the text outside behind the first.

    A bracket of one Latin word in small letters belongs to a legal form (`UG (haftungsbeschränkt)`).
    """
    before: list[str] = []
    inside: list[str] = []
    behind: list[str] = []
    depth, begun, outer = 0, 0, 0
    for at, char in enumerate(text):
        if char == "(":
            if depth == 0:
                (behind if inside else before).append(text[outer:at])
                begun = at + 1
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                content = text[begun:at].strip()
                if re.fullmatch(r"[a-zäöüß]+|c", content) and not inside:
                    before.append(f"({content})")
                else:
                    inside.append(content)
                outer = at + 1
    if depth:
        inside.append(text[begun:].strip())
        outer = len(text)
    (behind if inside else before).append(text[outer:])
    return "".join(before).strip(), [one for one in inside if one], " ".join(" ".join(behind).split())


def parts_of(text: str) -> Parts:
    """Cut a line into name and items.

    `Foreign name (Перевод, АБВ) (ранее – Old name), США` has the name `Foreign name` and three items, one former.
    """
    parts = Parts("")
    for form, keep in ((TAIL_REGISTRATION, False), (REGISTERED, True), (BY, True)):
        found = form.search(text)
        if found and found.start() > 3:
            parts.mentioned += quotations(found[0]) if keep else []
            text = (text[: found.start()] + ("" if keep else text[found.end() :])).strip(" ,")
    tail = pattern("parts_tail", r"\s+(?=\S)").search(text)
    if tail:
        parts.questions.append(
            say(
                _("the line goes on “%(tail)s”: which other bodies are meant only a person can say"),
                tail=tail["said"][:100],
            )
        )
        text = text[: tail.start()]
    main, inside, behind = brackets(text)
    if inside and behind[:1] in (",", ";"):
        if quotations(behind) or pattern("other", r"^[,;]\s*", r"\b").match(behind):
            parts.items += _items(behind.strip(" ,;."), "")
    elif inside and behind.strip(" .") and not is_country(behind):
        main = f"{main} {behind.strip(' .')}"
    main = _without_country(main)
    named, *others = _aliases_in(main)
    parts.main = named
    parts.items += [item for other in others for item in _items(other, "")]
    for content in inside:
        if not is_country(content):
            parts.items += _items(content, "")
    return parts


def _without_country(main: str) -> str:
    pieces = top_level(main, ",")
    while len(pieces) > 1 and (is_country(pieces[-1]) or _foreign_tail(pieces)):
        pieces.pop()
    return main if len(pieces) == len(top_level(main, ",")) else ", ".join(pieces)


def _foreign_tail(pieces: list[str]) -> bool:
    """Say whether a Latin name is followed by Cyrillic words without quotation marks: a place, if of no known name."""
    last = pieces[-1]
    return (
        script(last) == "cyrillic"
        and script(pieces[0]) == "latin"
        and not abbreviation(last)
        and re.fullmatch(r"[А-ЯЁ][^«»\"“”()]*", last) is not None
        and len(last.split()) <= 3
    )


def _aliases_in(main: str) -> list[str]:
    """Return the name and what follows it by comma: another quotation, “он же …”, an abbreviation."""
    pieces = top_level(main, ",")
    if not pieces:
        return [main]
    out = [pieces[0]]
    for piece in pieces[1:]:
        if (
            (re.match(r"[«\"“„]", piece) and re.search(r"[»\"”]\s*$", out[-1]))
            or pattern("other", r"^", r"\b").match(piece)
        ) or (abbreviation(piece) and not literal("foreign_forms", "^", r"$").match(piece)):
            out.append(piece)
        else:
            out[-1] = f"{out[-1]}, {piece}"
    return out


def _items(content: str, kind: str) -> list[tuple[str, str]]:
    """Return the names in a bracket, each with the kind that words before it say; one said goes on to the next."""
    found: list[tuple[str, str]] = []
    for piece in (one for half in top_level(content, ";") for one in top_level(half, ",")):
        kind, rest = said_kind(piece, kind)
        trailing = re.search(r"\s+[–—-]\s+до\s+[\d.]+\s*(?:г\w*\.?)?$", rest)
        own = "former" if trailing else kind
        rest = rest[: trailing.start()] if trailing else rest
        name, nested, behind = brackets(rest)
        if behind and not nested:
            name = rest
        for one in _slashes(name):
            found.append((one, own))
        for inner in nested:
            found += _items(inner, own or "short")
    return [(text.strip(" ,;"), own) for text, own in found if text.strip(" ,;") and not is_country(text)]


def _slashes(text: str) -> list[str]:
    if re.search(r"\s/\s", text):
        return [one for one in re.split(r"\s+/\s+", text) if one]
    if re.fullmatch(r"[A-ZА-ЯЁ]{2,8}/[A-ZА-ЯЁ]{2,8}", text):
        return text.split("/")
    return [text]


def said_kind(piece: str, kind: str) -> tuple[str, str]:
    """Return the kind that the words before a name say, and the name.

    >>> said_kind("прежнее наименование – Фонд «Лодка»", "")
    ('former', 'Фонд «Лодка»')
    """
    text = re.sub(r"^(?:фамили[яи]|имя|фио)\s+(?=до\s)", "", piece.strip(), flags=re.IGNORECASE)
    since = BEFORE.match(text)
    if since:
        return "former", text[since.end() :]
    for key, meant in (("former", "former"), ("other", "pseudonym"), ("short_marks", "short")):
        found = pattern(key, "^", r"(?![\w-])\s*[:–—-]*\s*").match(text)
        if found and len(text) > found.end():
            return meant, text[found.end() :].strip()
    return kind, text


def quotations(text: str) -> list[str]:
    """Return what stands in quotation marks, an outer one before those in it; one never closed ends with the text.

    >>> quotations("Группа «Форум «Плёс»")
    ['Форум «Плёс»', 'Плёс']
    """
    alike = quoted_alike(text)
    found: list[tuple[int, int]] = []
    open_at: list[int] = []
    for at, char in enumerate(alike):
        if char == "«":
            open_at.append(at)
        elif char == "»" and open_at:
            closing = [open_at.pop()]
            rest = alike[at + 1 :]
            if open_at and "»" not in rest:
                closing += open_at
                open_at = []
            found += [(begin, at) for begin in closing]
    found += [(begin, len(text)) for begin in open_at]
    out = []
    for begin, end in sorted(found):
        inner = text[begin + 1 : end].strip()
        if quoted_alike(inner).count("«") > quoted_alike(inner).count("»"):
            inner += "»"
        out.append(inner)
    return [one for one in out if one]


def abbreviation(text: str) -> bool:
    """Say whether the text has the shape of an abbreviation: `ЦСВП`, `ЛуДН`, `М.К.П.`, `0Ч`."""
    word = re.sub(r"[«»\"“”„]", "", text).strip()
    if re.fullmatch(r"(?:[^\W\d_]\.\s?){2,8}[^\W\d_]?\.?", word):
        return True
    if not re.fullmatch(r"[^\W_]{2,8}", word) or not any(char.isalpha() for char in word):
        return False
    capitals = sum(char.isupper() for char in word)
    digits = sum(char.isdigit() for char in word)
    small = len(word) - capitals - digits
    return capitals >= 1 and small <= 1 and capitals > small and digits <= 1 and len(word) <= 5
