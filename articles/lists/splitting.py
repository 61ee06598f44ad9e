"""A keeper's line cut into its parts: the name, what stands in brackets, what stands behind them.

Quotation marks may be nested, of several kinds, and unbalanced.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from .refused import Said, say
from .refused import gettext_noop as _
from .text import plain, quoted_alike, script
from .words import is_country, is_foreign_form, listed, pattern

MOST_QUOTED = 12  # names in quotation marks in one name
DEEPEST = 8  # brackets in brackets
ENDS = re.compile(r"\s*(?:[,;)/]|$|[–—-]\s)")
REGISTERED = re.compile(
    r",?\s*\(?(?:зарегистрирован\w*(?!\w*\s+(?:объедин|организац|общест|ассоциац|партн))"
    r"|регистрационный номер|рег\.?\s*№|дата регистрации|учрежд[её]нн\w+|созданн\w+ в"
    r"|являющ\w+)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
TAIL_REGISTRATION = re.compile(r"\(\s*(?:регистрационный номер|рег\.?\s*№)[^)]*\)", re.IGNORECASE)
BEFORE = re.compile(
    r"(?:до|по)\s+(?:\d[\d.]*\s*(?:г\w*\.?)?|замужества|брака|вступления в брак|смены \w+|переименования)\s*[–—:-]?\s*",
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
        text = text[: tail.start()].rstrip(" ,")
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
    dash = re.search(r"\s+[–—-]\s+([^–—«»\"]+)$", main)
    if dash and is_country(dash[1]):
        main = main[: dash.start()]
    pieces = top_level(main, ",")
    while len(pieces) > 1 and (is_country(pieces[-1]) or _foreign_tail(pieces) or _said_of_it(pieces[-1])):
        pieces.pop()
    return main if len(pieces) == len(top_level(main, ",")) else ", ".join(pieces)


def _said_of_it(piece: str) -> bool:
    """Say whether words behind a comma say what the body is or where: `международная организация`, `штат Айова`."""
    if re.search(r"[«»\"“”„A-Z]", piece) or not piece[:1].islower():
        return False
    return bool(remark().match(piece)) or plain(piece).split()[-1] in listed("kind_words") | listed("form_heads")


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
        ) or (abbreviation(piece) and not is_foreign_form(piece)):
            out.append(piece)
        else:
            out[-1] = f"{out[-1]}, {piece}"
    return out


def _items(content: str, kind: str, depth: int = 0) -> list[tuple[str, str]]:
    """Return the names in a bracket, each with the kind that words before it say; one said goes on to the next."""
    found: list[tuple[str, str]] = []
    for piece in pieces_of(content):
        kind, rest = said_kind(piece, kind)
        rest, dated = without_day(rest)
        own = "former" if dated else kind
        rest = _without_role(rest)
        if not rest:
            continue
        name, nested, behind = brackets(rest)
        if behind and not nested:
            name = rest
        for one in _slashes(name):
            found.append((one, own))
        for inner in nested:
            found += _items(inner, own or "short", depth + 1) if depth < DEEPEST else []
    return [(text.strip(" ,;"), own) for text, own in found if text.strip(" ,;") and not is_country(text)]


def pieces_of(content: str) -> list[str]:
    """Return the names in a bracket or a cell, a legal form behind a comma with the name before it; no remarks."""
    found: list[str] = []
    for piece in (one for half in top_level(content, ";") for one in top_level(half, ",")):
        if found and is_foreign_form(piece):
            found[-1] = f"{found[-1]}, {piece}"
        elif not is_note(piece):
            found.append(piece)
    return found


@cache
def remark() -> re.Pattern[str]:
    return pattern("notes", "^")


def is_note(piece: str) -> bool:
    """Say whether a piece is a remark and no name: `гражданин Украины`, `решением суда ликвидирован`."""
    if remark().match(piece):
        return True
    return not re.search(r"[«»\"“”„A-ZА-ЯЁ\d@_.]", piece) and len(piece.split()) > 1 and script(piece) == "cyrillic"


def without_day(text: str) -> tuple[str, bool]:
    """Return a name without the day until which it was borne, and whether there was one: `Лугова до 05.2019`."""
    found = re.search(r",?\s+(?:[–—-]\s+)?(?:до|по)\s+[\d.]{4,}\s*(?:г\w*\.?)?$", text)
    return (text[: found.start()], True) if found else (text, False)


def _without_role(text: str) -> str:
    """Return "" for another body or a person that is named by its part in this one; what the body runs stays."""
    said = pattern("roles", "^", r"\b\s*[:–—-]*\s*").match(text)
    if said is None or not text[:1].islower():
        return text
    runs = re.search(
        r"(?:сми|издани[яй]|сайта|портала|канала|газеты|журнала)\s*$", text[: said.end()] + " ", re.IGNORECASE
    )
    quoted = quotations(text[said.end() :])
    return quoted[0] if quoted and (runs or not re.search("[–—:-]", said[0])) else ""


def _slashes(text: str) -> list[str]:
    halves = re.fullmatch(r"[«\"“„]?([^«»\"“”„/]{3,}[^«»\"“”„/\s\d])/([^«»\"“”„/\s\d][^«»\"“”„/]{2,})[»\"”]?", text)
    if halves and {script(halves[1]), script(halves[2])} == {"cyrillic", "latin"}:
        return [halves[1], halves[2]]
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
            rest = text[found.end() :].strip()
            dated = BEFORE.match(rest)
            return meant, rest[dated.end() :] if dated else rest
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
    for begin, end in sorted(found)[:MOST_QUOTED]:
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
