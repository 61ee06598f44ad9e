"""Rule: another meaning of an abbreviation stated in the text wins: `Some Words (SW)`, `SW (some words)`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from difflib import SequenceMatcher

from articles.footnotes.rules.hit import Article, Cue, Hit

_WORDS = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    "a an and at by for from in of on or the to with в во для за и из к на о об от по при с со у".split()
)
_BEHIND = frozenset(")\"'»”’,;")
_DASHES = (" — ", " – ")
_REACH = 140
_SAME_NAME = 0.75
_BEHIND_IT = (
    " (",
    *_DASHES,
    ", as ",
    ", the ",
    ", short ",
    " stand",
    " stood ",
    ", то есть ",
    ", что ",
    " расшифр",
    ", или ",
)
_BEGINS_IT = frozenset(sign[:2] for sign in _BEHIND_IT)
_MEANS = re.compile(
    r"(?:(?:, short for|, то есть| stands? for| stood for|(?:,? что)? расшифровывается как|, что значит) (?:the )?|"
    r", (?:as the|the|или) (?=[\"'«“„]?[A-ZА-Я]))[\"'«“„]?"
)
# Bodies that no list calls a movement, an army, an outlet or a fund; what they unite or belong to stands behind.
_OTHER_BODY = re.compile(
    r", (?:the|an?) (?:[a-z]+ ){0,3}?(airline|airport|alliance|bank|brewery|broker|choir|clinic|coalition|federation|"
    r"hospital|hotel|laboratory|league|ministry|railway|retailer|supermarket|union|utility)"
    r"(?: (?:of|in|for|that|which) |[,.;:])"
)
_FEW = 2
_SAID = 24
# `(ИС РАН)`: the bracket gives the letters with those of an owner.
_LONGER = re.compile(r" (?:[A-Z]{2,6}|[А-Я]{2,6})\)")
_GIVEN = re.compile(
    r"(?:, (?:or|или|сокращ[её]нно|abbreviated(?: as)?|known as|далее|она же|он же|они же)|"
    r"\((?:далее|hereinafter|hereafter|сокращ[её]нно)|(?P<bare>(?<=[\w»”\"]),))(?:[ :,—–-]*)(?:the )?[\"'«“„]?\Z"
)
_BRACKET = 5  # closing quotation marks, a space and the bracket

Names = Callable[[str], list[str]]
Spelling = Callable[[str, str], bool]


def state_meanings(article: Article, names_of: Names) -> None:
    """Collect what the article says its abbreviations mean; `names_of`: organization → its folded names."""
    spellings: dict[tuple[str, str], bool] = {}

    def is_spelling(phrase: str, organization: str) -> bool:
        key = phrase, organization
        if key not in spellings:
            names = names_of(organization)
            spellings[key] = any(SequenceMatcher(None, phrase, name).ratio() >= _SAME_NAME for name in names)
        return spellings[key]

    for passage in article.passages:
        text = passage.text
        for i, hit in enumerate(passage.hits):
            if not hit.name.abbreviation:
                continue
            start, end = hit.start, hit.end
            behind = text[end : end + 2]
            if start > 1 and text[start - 1] == " " and behind not in _BEGINS_IT and behind[:1] not in _BEHIND:
                continue  # as most stand
            own = (i > 0 and _abbreviates(passage.hits[i - 1], hit)) or _states_own(hit, is_spelling)
            if own is None and behind == ", " and _is_other_body(hit, names_of):
                own = False
            if own is not None:
                article.meanings.setdefault(passage.scan[start:end], []).append((hit.order, own))


def stated_otherwise(hit: Hit, article: Article) -> bool:
    """Say whether the meaning that holds at the hit (the last stated before it, else the first) is another one."""
    statements = article.meanings.get(hit.passage.scan[hit.start : hit.end])
    if not statements:
        return False
    last = bisect_right(statements, hit.order, key=lambda statement: statement[0]) - 1 if len(statements) > 1 else 0
    (index, start), own = statements[max(last, 0)]
    if own:
        return False
    passage = article.passages[index]
    end = start + hit.end - hit.start
    hit.cue = Cue(passage.text[start:end], passage, start, end)
    return True


def stated_own(hit: Hit, article: Article) -> bool:
    """Say whether the last statement before the hit, or at it, gives its letters to the organization."""
    statements = article.meanings.get(hit.passage.scan[hit.start : hit.end], ())
    before = [own for order, own in statements if order <= hit.order]
    return bool(before) and before[-1]


def _is_other_body(hit: Hit, names_of: Names) -> bool:
    """Say whether an English apposition calls ambiguous letters a body of another sort whose noun the last of them
    begins: `the SQB, the bank of three ports`, but not `the SQB, an alliance of rebels`; not where a status is stated,
    nor where a name of the organization has the noun."""
    if hit.name.language != "en" or hit.name.strength == "strong":
        return False
    match = _OTHER_BODY.match(hit.passage.scan, hit.end)
    if match is None or any(hit.end < root < hit.end + _REACH for root in hit.passage.roots):
        return False
    noun = match[1]
    names = " ".join(names_of(hit.name.organization)).split()
    return noun[0] == hit.passage.scan[hit.end - 1] and noun not in hit.name.descriptors and noun not in names


def _abbreviates(before: Hit, hit: Hit) -> bool:
    """Say quickly whether a hit is the abbreviation in brackets of the name before it, of the same organization."""
    start, end = hit.start, before.end
    if start - end > _BRACKET or before.name.organization != hit.name.organization:
        return False
    text, scan = hit.passage.text, hit.passage.scan
    if text[end:start].lstrip("\"'»”’") != " (" or text[hit.end : hit.end + 1] != ")":
        return False
    words = scan[before.start : end].split()
    if len(words) != hit.end - start:
        return False
    for i, word in enumerate(words, start):  # noqa: SIM110 - all() costs twice as much
        if word[:1] != scan[i] or not word.isalnum():
            return False
    return True


def _states_own(hit: Hit, is_spelling: Spelling) -> bool | None:
    """Return True for the organization, False for another meaning, None when nothing is stated."""
    text, scan = hit.passage.text, hit.passage.scan
    opened = hit.start - 1
    if opened > 0 and text[opened] == " " and not text.startswith(_BEHIND_IT, hit.end):  # as most stand
        return _said_in_words(hit, is_spelling)
    if opened > 0 and text[opened] in "\"'«“„‘":
        opened -= 1
    if opened > 0 and text[opened] == "(" and (text[hit.end : hit.end + 1] in _BEHIND or _LONGER.match(text, hit.end)):
        return _expanded_before(hit, opened, is_spelling)
    if text.startswith(" (", hit.end):
        letters = scan[hit.start : hit.end].replace(" ", "")
        closed = text.find(")", hit.end, hit.end + _REACH)
        words = list(_WORDS.finditer(scan, hit.end, closed)) if closed > 0 else []
        return _meaning(hit, _expansion(words, letters, from_end=False), is_spelling)
    means = _MEANS.match(text, hit.end)
    if means or text.startswith(_DASHES, hit.end):
        letters = scan[hit.start : hit.end]
        begin = means.end() if means else hit.end
        words = list(_WORDS.finditer(scan, begin, begin + _REACH))
        return _meaning(hit, _expansion(words, letters, from_end=False), is_spelling)
    return None


def _said_in_words(hit: Hit, is_spelling: Spelling) -> bool | None:
    """The same for letters that words give: `the Inner Sound, or IS,`, `(далее — ИС)`, `(Inner Sound, IS)`."""
    text = hit.passage.text
    before = text[max(0, hit.start - _SAID) : hit.start]
    if "," not in before and "(" not in before:  # as before most
        return None
    said = _GIVEN.search(before)
    if said is None or text[hit.end : hit.end + 1] not in _BEHIND:
        return None
    return _expanded_before(hit, hit.start - len(before) + said.start(), is_spelling, bracket=bool(said["bare"]))


def _expanded_before(hit: Hit, opened: int, is_spelling: Spelling, *, bracket: bool = False) -> bool | None:
    """Return what the words before an offset say of the letters; a last word or two may belong to the expansion
    without a letter of their own: `Институт солей РАН (ИС)`. `bracket`: they have to begin one."""
    scan = hit.passage.scan
    letters = scan[hit.start : hit.end].replace(" ", "")
    first = max(0, opened - _REACH, scan.rfind("\n", max(0, opened - _REACH), opened) + 1)
    words = list(_WORDS.finditer(scan, first, opened))
    for left_out in (0, 1, 2):
        span = _expansion(words[: len(words) - left_out], letters, from_end=True)
        if span and len(letters) <= _FEW and "," in scan[span[0] : span[1]]:
            return None  # `in Iraq, Syria (IS)`
        if span and bracket and hit.passage.text[span[0] - 1 : span[0]] != "(":
            return None
        if span and (left_out == 0 or _begins_name(hit.passage.text, span[0], opened, len(letters))):
            return _meaning(hit, span, is_spelling)
    return None


def _begins_name(text: str, start: int, end: int, letters: int) -> bool:
    """Say whether the words from an offset on are one name: a capital begins it, and no sign parts it. Of two letters
    only letters may be left out, as an academy's."""
    name = text[start:end].rstrip(" \"'»”’(,")
    tail = name.split()[letters:]
    short = letters > _FEW or all(word.isupper() for word in tail)
    return text[start].isupper() and short and not any(sign in name for sign in ",.;:!?()")


def _expansion(words: list[re.Match[str]], letters: str, *, from_end: bool) -> tuple[int, int] | None:
    """Return the span of the words whose initials are the letters, small words passed over or counted."""
    for skip in (_SMALL, frozenset[str]()):
        left = list(letters)
        first = last = -1
        for word in reversed(words) if from_end else words:
            if word.group() in skip and (not left or word.group()[0] != left[-1 if from_end else 0]):
                continue
            if not left or word.group()[0] != left[-1 if from_end else 0]:
                break
            left.pop(-1 if from_end else 0)
            first = word.start() if from_end or first < 0 else first
            last = word.end() if not from_end or last < 0 else last
            if not left:
                return first, last
    return None


def _meaning(hit: Hit, span: tuple[int, int] | None, is_spelling: Spelling) -> bool | None:
    if span is None:
        return None
    organization, (first, last) = hit.name.organization, span
    begun = _WORDS.match(hit.passage.text, first)
    if begun and begun[0] in _SMALL:
        return None  # `бойцы из группировки (ИГ)`
    hits = hit.passage.hits
    begin = bisect_left(hits, first, key=lambda one: one.start)
    for other in hits[begin : begin + _REACH]:
        if other.start >= last:
            break
        if other.name.organization == organization and other.end <= last:
            return True
    phrase = hit.passage.scan[first:last]
    return is_spelling(phrase, organization)
