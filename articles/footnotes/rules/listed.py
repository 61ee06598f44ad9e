"""Names in a list with others: what is marked beside a name speaks for it, and a status said of all of them."""

import re
from bisect import bisect_left

from articles.footnotes.formulas import states_status
from articles.footnotes.rules.fits import kinds_of
from articles.footnotes.rules.hit import MARK, Cue, Hit
from articles.footnotes.rules.sentence import list_begins, sentence_span

_JOINT = re.compile(
    r"[\"'»”’]*(?: ?\([^()\n]{1,40}\))?(?:[,;]|,? (?:и|или|а также|and|or|as well as|&)) (?:the )?[\"'«“„‘]*\Z"
)
_MANY = re.compile(
    r"\b(?:признаны|внесены|включены|объявлены|запрещены|значатся|числятся|состоят|находятся|входят|стали|"
    r"признанные|признанных|признанным|внесенные|внесенных|включенные|включенных|объявленные|объявленных|"
    r"were|are|have|remain|stand|all)\b"
)
_BETWEEN = 60
_WHOLE = 8  # a sign and an article before an item
_ITEMS = 6
_OPEN_LIST = re.compile(r"[\"'»”’]*(?:,? (?:and|or|as well as|&) (?:the )?|[,;] )[\"'«“„‘]*[A-Z]")
_WHOLE_BEFORE = re.compile(r"[:;] (?:the )?\Z")
_NEIGHBOURS = frozenset({"armed", "outlet"})  # kinds of bodies that few sentences name beside another thing's letters


def listed_beside(hit: Hit) -> Cue | None:
    """Return the marked name that a list puts beside a hit: `the Free River Fund and Beam`, or the other way round."""
    hits = hit.passage.hits
    at = bisect_left(hits, hit.start, key=lambda one: one.start)
    begins = hit.start
    for other in (*reversed(hits[max(0, at - _ITEMS) : at]), *hits[at + 1 : at + 2]):
        if other.verdict != MARK or other.name.organization == hit.name.organization:
            continue
        if "company" in kinds_of(other.name.descriptors):
            continue  # whose services stand in lists with everything
        first, last = (other, hit) if other.start < hit.start else (hit, other)
        if other.start < hit.start and begins == hit.start:
            begins = list_begins(hit)
        joined = last.start - first.end <= _BETWEEN and _JOINT.fullmatch(hit.passage.text, first.end, last.start)
        if joined or (other is first and other.start >= begins and begins < hit.start):
            return Cue(hit.passage.text[other.start : other.end], hit.passage, other.start, other.end)
    return None


def status_of_list(hit: Hit) -> Cue | None:
    """Return a status that the sentence of a list states of all its names: `A, B and C are on the register of …`."""
    passage = hit.passage
    if not passage.roots:
        return None
    last = sentence_span(passage.text, hit.start, hit.end)[1]
    many = _MANY.search(passage.scan, hit.end, last)
    span = states_status(passage.scan[many.start() : last]) if many else None
    if many is None or span is None:
        return None
    start, end = many.start() + span[0], many.start() + span[1]
    return Cue(passage.text[start:end], passage, start, end)


def is_item(hit: Hit, listed: Cue) -> bool:
    """Say whether a list in running English is of bodies such as a hit's: `Beam, Wellspring, and the Free River Fund`.

    A battalion's name is also a place's: only another armed body speaks for it. A comma alone may part two clauses.
    """
    text = hit.passage.text
    others = [one for one in hit.passage.hits if one.start == listed.start]
    armed = "armed" in kinds_of(hit.name.descriptors)
    if not others or (armed and "armed" not in kinds_of(others[0].name.descriptors)):
        return False
    first, last = (others[0], hit) if listed.start < hit.start else (hit, others[0])
    between = text[first.end : last.start]
    return " and " in between or " or " in between or "&" in between or _OPEN_LIST.match(text, last.end) is not None


def is_whole_item(hit: Hit) -> bool:
    """Say whether a hit is an item of a list that semicolons part: `Signed by: Beam; the Free River Fund; Veter.`"""
    text, start, end = hit.passage.text, hit.start, hit.end
    opened = _WHOLE_BEFORE.search(text, max(0, start - _WHOLE), start) is not None
    return opened and text[end : end + 1] in (";", ".") and ";" in (text[end], text[start - 2 : start].strip())


def neighbour_of_kind(hit: Hit) -> Cue | None:
    """Return a marked name of the hit's sentence whose bearer is an armed body, or an outlet, as the hit's is."""
    kinds = kinds_of(hit.name.descriptors) & _NEIGHBOURS
    if not kinds:
        return None
    hits = hit.passage.hits
    first, last = sentence_span(hit.passage.text, hit.start, hit.end)
    at = bisect_left(hits, hit.start, key=lambda one: one.start)
    for other in (*hits[max(0, at - _ITEMS) : at], *hits[at + 1 : at + 1 + _ITEMS]):
        other_body = other.verdict == MARK and other.name.organization != hit.name.organization
        if other_body and first <= other.start < last and kinds & kinds_of(other.name.descriptors):
            return Cue(hit.passage.text[other.start : other.end], hit.passage, other.start, other.end)
    return None
