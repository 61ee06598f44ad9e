"""Status formulas in running text: "banned in Russia", «признана иноагентом», and where they belong.

Works on folded text (small letters, hyphens as spaces). Authority: the wordings of the registers, and the formulas that
outlets have printed since the law of 2011, older categories included.
"""

import re
from bisect import bisect_left

from articles.footnotes.statuses import FORMULAS, STEMS_RU, WORDS_EN
from articles.footnotes.wording import FORMULA_ROOTS

_BAN = r"(?:запрещ\w+|banned|outlawed|prohibited|proscribed)"
_STATUS = rf"(?:{FORMULAS})"
_ACT = (
    r"(?:признан\w*|признав\w*|внес\w+|включ[её]?н\w*|объявлен\w*|под санкци\w+ оон|исполняющ\w+ функции|"
    r"designated|recogni[sz]ed|listed|declared|labell?ed|blacklisted|added)"
)
_LIST = r"(?:переч[еин]\w+|реестр\w*|списо?к\w*|register|registry)"
_BODY = r"(?:организаци\w+|группировк\w+|движени\w+|объединени\w+|организации|organi[sz]ation\w*|group\w*|movement\w*)"
_PLACE = (
    r"(?:в рф|в росси\w+|в российской федерации|на территории|судом|решением|по решению|"
    r"in russia|in the russian federation|by (?:the |a )?(?:supreme )?court)"
)
_FORMULA = re.compile(
    rf"\b(?:{_BAN}[\w ]{{0,30}}?{_PLACE}|{_PLACE}[\w ]{{0,20}} {_BAN}"
    rf"|{_ACT}[^.!?\n]{{0,120}}?\b(?:{_STATUS}|{_LIST})|{_STATUS} {_BODY})"
)
_AGENT = r"(?:ино ?агент\w*|иностранн\w+ агент\w*|foreign agents?)"
_AGENT_WORD = re.compile(rf"\b{_AGENT}")
# What says as much in fewer words, too few for a note: "undesirable in Russia", «запрещён с 2020 года».
_SHORT_STATUS = re.compile(
    r"\b(?:запрещ[её]н\w* (?:(?:как|судом|в|во|с|по) |суд)|запретил\w*(?= |$)"
    r"|(?:признал|объявил|счита[ею]т|назва[лн]|называ[ею]т|счел)\w{0,2} (?:[\w\"']+ ){0,4}?"
    rf"[\"']*(?:{STEMS_RU})\w*"
    r"|(?:внес|внесли|внесла|включил\w*|вписал\w*) (?:[\w\"']+ ){0,4}?в (?:[\w\"']+ ){0,2}?(?:реестр|переч)\w*"
    r"|(?:calls?|called|considers?|considered|deems?|deemed|brand(?:s|ed)|labels?|rules?|ruled) "
    rf"(?:[\w\"']+ ){{0,3}}?[\"']*(?:{WORDS_EN})"
    rf"|(?:{WORDS_EN})[\"']* (?:in russia|list|register|label|tag|status)"
    rf"|(?:register|list)s? of (?:{WORDS_EN})|(?:blacklisted|banned|outlawed) (?:in|since|by|as) )"
)
# Directly beside a name the ban alone is enough: "Veter, banned since May", «запрещённый «Ветер»».
_BAN_BEHIND = re.compile(
    rf"[\"' ]*(?:,|\(|—|–)? ?(?:(?:котор(?:ый|ая|ое|ые)|which|that) )?"
    rf"(?:(?:был[аои]?|is|are|was|were|has been|now|the|a) )?({_BAN})\b"
)
# What the name is said to be: "Beam is on the register of foreign agents", «Луч — иностранный агент».
_PREDICATE = re.compile(
    rf"[\"']*(?: (?:is|are|was|were|has|have|bears|remains|имеет|получил\w*|носит)|  |, an?) "
    rf"(?:[\w\"']+ ){{0,8}}?[\"']*({_AGENT}|undesirable\b)"
)
_BAN_BEFORE = re.compile(rf"\b({_BAN}) [\"']*$")
_NOTE = re.compile(rf"(?:[—–:]| {{3}}) ?(?:[\w\"«»“”]+ ){{0,3}}?{_AGENT}\b|\bis an? {_AGENT}|\A\W*{_AGENT} ?[:—–]")
_BARE_BAN = re.compile(rf"\s*{_BAN}")
_OWNER = re.compile(
    r"\b(?:принадлеж\w*|владе\w+|вход\w+ в (?!переч|спис|реестр|числ)|продукт\w*|проект\w*|дочерн\w+|"
    r"подразделени\w+|own(?:s|ed|er)?|belong\w*|parent|part of|product|project|subsidiary)\b"
)
# `owns X and Y, designated …` is said of the owner of both.
_SEVERAL_OWNED = re.compile(rf"[^,;]*\band\b[^,;]*, (?:is |was )?(?:{_ACT}|{_BAN})")
# `проект издания X, признан …` is said of the project, `проект издания X, признанного …` of the owner.
_SHORT_ACT = re.compile(r"\b(?:признан|внес[её]н|включ[её]н|объявлен|запрещ[её]н)[аоы]?\b")
_AFTER = re.compile(rf"[\s,(]*(?:[\w\"']+ ){{0,4}}?({_FORMULA.pattern})[\w ]{{0,60}}")
_BEFORE = re.compile(rf"({_FORMULA.pattern})[\w ]{{0,60}}[\s\"']*$")
_STOP = re.compile(r"[.!?\n]")  # no formula reaches beyond one
_REACH = 160
_NEAR = 50


def may_hold(scan: str, own: tuple[str, ...]) -> bool:
    """Say quickly whether a folded text can hold a formula at all."""
    return any(root in scan for root in FORMULA_ROOTS) or any(text in scan for text in own)


def holds_formula(scan: str, own: tuple[str, ...]) -> bool:
    """Say whether a stretch of folded text holds a formula; `own`: the registers' own wordings, folded."""
    return _FORMULA.search(scan) is not None or any(text in scan for text in own)


def may_be_note(scan: str) -> bool:
    """Say whether a line that a sign begins states a status as shortly as notes do: `* X — иноагент`."""
    return _NOTE.search(scan) is not None


def states_status(sentence: str) -> tuple[int, int] | None:
    """Return the span in a folded sentence that states a status, by a formula or by the word for an agent."""
    match = _FORMULA.search(sentence) or _AGENT_WORD.search(sentence) or _SHORT_STATUS.search(sentence)
    return match.span() if match else None


def ban_beside(scan: str, start: int, end: int, roots: list[int]) -> tuple[int, int] | None:
    """Return the span of a bare ban, or of a status as the predicate, beside a name: evidence, not a note."""
    following = bisect_left(roots, max(0, start - _NEAR))
    if following == len(roots) or roots[following] > end + _REACH:
        return None
    behind = _BAN_BEHIND.match(scan, end, end + _REACH) or _PREDICATE.match(scan, end, end + _REACH)
    before = None if behind else _BAN_BEFORE.search(scan[max(0, start - _NEAR) : start])
    if before:
        low = max(0, start - _NEAR)
        return low + before.start(1), low + before.end(1)
    return behind.span(1) if behind else None


def bracket_speaks_of_name(inside: str, own: tuple[str, ...]) -> bool:
    """Say whether what stands in a bracket states the status of the name before it.

    `принадлежит Meta, признанной экстремистской` states the status of another name, the owner.
    """
    formula = _FORMULA.search(inside)
    if formula is None:
        return _BARE_BAN.match(inside) is not None or any(text in inside for text in own)
    owner = _OWNER.search(inside)
    if owner is None:
        return True
    if owner[0].startswith(("проект", "владе")):
        return _SHORT_ACT.search(inside, owner.end()) is not None
    return owner[0] in ("own", "owns", "parent") and _SEVERAL_OWNED.match(inside, owner.end()) is not None


def beside(scan: str, start: int, end: int, roots: list[int]) -> tuple[int, int] | None:
    """Return the span of a formula directly after a name, else directly before it; `roots`: where
    one of the words stands that every formula has, in order."""
    if roots[0] >= end + _REACH or roots[-1] < start - _REACH:  # as for most names
        return None
    following = bisect_left(roots, end)
    if following < len(roots) and roots[following] < end + _REACH and not _STOP.search(scan, end, roots[following]):
        line = scan.find("\n", end, end + _REACH)
        after = _AFTER.match(scan, end, line if line >= 0 else min(len(scan), end + _REACH))
        if after:
            return after.start(1), after.end()
    first = max(0, start - _REACH)
    last = bisect_left(roots, start) - 1
    if last >= 0 and roots[last] >= first and not _STOP.search(scan, roots[last], start):
        before = _BEFORE.search(scan, max(first, scan.rfind("\n", first, start) + 1), start)
        return (before.start(), before.end(1)) if before else None
    return None
