"""Names that the text itself gives a marked name: `Long Name (LN)`, `Long Name, or LN,`, «Длинное имя» (далее — Имя).

They are names of it in that article, in all its fields.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from articles.footnotes.automaton import FormTarget, NameData
from articles.footnotes.rules.address import in_address
from articles.footnotes.rules.hit import MARK, Article, Cue, Hit, Passage, within
from articles.footnotes.rules.initials import abbreviates
from articles.footnotes.rules.initials import initials_of as letters_of

_OPENS = re.compile(r"[\"'»”’“]{0,2} ?\(")
_INSIDE = 80
_GIVES = re.compile(
    r"(?P<says>(?:далее|здесь и далее|сокращ[её]нно|hereinafter|hereafter|henceforth|abbreviated(?: as)?|or simply)\b"
    r"(?: также| по тексту| в тексте| именуем\w+)?[\s:,—–-]*(?:the )?)?"
    r"[«“\"„']?(?P<name>[^\W\d_](?:[\w+-]| (?=[^\W_])){1,30}?)[»”\"“']?(?:[;,].*)?\Z"
)
# `, or LN,`, «, сокращённо ДИ,»: the comma or the end of the sentence behind is part of the sign.
_OR = re.compile(
    r"[\"'»”’]?,? (?:or simply|or|also known as|known as|known by its initials as|abbreviated as|abbreviated to|"
    r"in short|for short|или просто|или|сокращ[её]нно|она же|он же|оно же|они же|известн\w+ как|кратко)"
    r",?(?: [—–-])? (?:the )?[«“\"„']?(?P<name>[^\W\d_][\w+]{1,10})[»”\"“']?(?=[,.;:!?)]| [—–])"
)
_LETTERS_BEFORE = re.compile(r"(?<![\w-])(?P<name>[^\W\d_][\w+]{1,10}) \((?:the )?[\"«“„'‘]?\Z")
_CLOSES = re.compile(r"[\"»”“'’]?[),]")
_REACH_BACK = 24
_BEFORE = 7  # a bracket, "the" and a quotation mark before a name
_CAPITALS = 2
_MOST = 20
_VOWELS = "аеёийоуыьэюя"
_ENDINGS = "(?:а|у|ом|е|ы|и|ов|ам|ами|ах|я|ю|ем|ой|ою|ей|ий|ь|й)?"
_COLLOQUIAL = "(?:а|у|ом|е)?"

Names = Callable[[str], list[str]]
Initials = Callable[[str], set[str]]


def add_given_names(article: Article, names_of: Names) -> None:
    """Find the names that the text gives to marked names, and add a hit wherever they stand."""
    places = [
        (passage.hits, i)
        for passage in article.passages
        for i, hit in enumerate(passage.hits)
        if hit.verdict == MARK and _may_give(passage.text, hit.start, hit.end)
    ]
    if not places:  # as in most articles
        return
    initials: dict[str, set[str]] = {}

    def initials_of(organization: str) -> set[str]:
        if organization not in initials:
            initials[organization] = letters_of(names_of(organization))
        return initials[organization]

    given: dict[str, Hit] = {}
    for hits, i in places:
        if len(given) < _MOST and (name := _given(hits, i, initials_of)):
            given.setdefault(name, hits[i])
    if given:
        for passage in article.passages:
            _add_hits(passage, given)


def _may_give(text: str, start: int, end: int) -> bool:
    """Say quickly whether the signs beside [start, end) are those of a place that may give a name."""
    behind = text[end : end + 4]
    if behind[:1] == " " and behind[1:2] != "(":  # as behind most
        behind = ""
    return "(" in behind or "," in behind[:2] or "(" in text[start - _BEFORE if start > _BEFORE else 0 : start]


def _given(hits: list[Hit], i: int, initials_of: Initials) -> str | None:
    """Return the name that the text gives the hit of a number."""
    hit = hits[i]
    text = hit.passage.text
    name = None
    behind = text[hit.end : hit.end + 4]
    if "(" in behind:
        following = hits[i + 1] if i + 1 < len(hits) else None
        name = None if following and _is_listed_pair(hit, following) else _given_at(hit, initials_of)
    elif "," in behind[:2]:
        name = _given_behind(hit, initials_of)
    if name is None and text.find("(", max(0, hit.start - _BEFORE), hit.start) >= 0:
        name = _given_before(hit, initials_of)
    return name


def _is_listed_pair(hit: Hit, following: Hit) -> bool:
    """Say whether the bracket behind a hit holds another listed name of the organization."""
    same = following.name.organization == hit.name.organization
    return same and ")" not in hit.passage.text[hit.end : following.start]


def _given_at(hit: Hit, initials_of: Initials) -> str | None:
    """Return the name that a bracket directly behind a hit gives it."""
    text = hit.passage.text
    opened = _OPENS.match(text, hit.end)
    if opened is None:
        return None
    closed = text.find(")", opened.end(), opened.end() + _INSIDE)
    match = _GIVES.match(text[opened.end() : closed]) if closed > 0 else None
    if match is None:
        return None
    name = match["name"]
    if match["says"]:
        return name if name[0].isupper() else None
    return None if name == text[hit.start : hit.end] else _own_initials(name, hit, initials_of)  # LeT is one too


def _given_behind(hit: Hit, initials_of: Initials) -> str | None:
    """Return the initials that an apposition gives a hit: `Long Name, or LN, …`, «Длинное имя, сокращённо ДИ, …»."""
    match = _OR.match(hit.passage.text, hit.end)
    return _own_initials(match["name"], hit, initials_of) if match else None


def _given_before(hit: Hit, initials_of: Initials) -> str | None:
    """Return the initials that stand before a bracket that a hit fills: `LN (Long Name)`."""
    text = hit.passage.text
    match = _LETTERS_BEFORE.search(text, max(0, hit.start - _REACH_BACK), hit.start)
    if match is None or not _CLOSES.match(text, hit.end):
        return None
    return _own_initials(match["name"], hit, initials_of)


def _own_initials(name: str, hit: Hit, initials_of: Initials) -> str | None:
    if sum(map(str.isupper, name)) < _CAPITALS or not name[0].isupper():
        return None
    low = name.lower()
    own = low in initials_of(hit.name.organization)
    return name if own or abbreviates(low, letters_of([hit.passage.scan[hit.start : hit.end]])) else None


def _add_hits(passage: Passage, given: dict[str, Hit]) -> None:
    pattern = re.compile(
        rf"(?<![\w-])(?:{'|'.join(f'(?P<n{i}>{_forms(name)})' for i, name in enumerate(given))})(?!\w)"
    )
    sources = list(given.values())
    names = [_named(hit.name, name) for name, hit in given.items()]
    standing = {(hit.start, hit.end): hit for hit in passage.hits}
    taken = [(hit.start, hit.end) for hit in passage.hits]
    added: list[Hit] = []
    for match in pattern.finditer(passage.text):
        number = int(str(match.lastgroup)[1:])
        start, end = match.span()
        same = standing.get((start, end))
        if same is None and (within(taken, start) or within(taken, end - 1)):
            continue
        if in_address(passage, start, end) or (passage.notes and within(passage.notes, start)):
            continue
        hit = same or Hit(passage, start, end, (FormTarget(names[number], "", ()),))
        if same is not None and same.verdict == MARK:
            continue
        source = sources[number]
        hit.name, hit.others, hit.verdict, hit.rule = names[number], (), MARK, "named_in_text"
        hit.cue = Cue(source.passage.text[source.start : source.end], source.passage, source.start, source.end)
        if same is None:
            added.append(hit)
    if added:
        passage.hits = sorted([*passage.hits, *added], key=lambda hit: hit.start)


def _named(name: NameData, text: str) -> NameData:
    return replace(name, text=text, strength="strong", abbreviation=True, plan=[])


def _forms(name: str) -> str:
    """Return a pattern for a name in its forms: as written, a Russian one with endings."""
    if not "а" <= name[-1].lower() <= "я":
        return re.escape(name)
    if name.isupper():
        return re.escape(name) + (_COLLOQUIAL if name[-1].lower() not in _VOWELS else "")
    return re.escape(name.rstrip(_VOWELS) if " " not in name else name) + (_ENDINGS if " " not in name else "")
