"""Names in a list with others: what is marked beside a name speaks for it, and a status said of all of them."""

import re
from bisect import bisect_left

from articles.footnotes.formulas import states_status
from articles.footnotes.rules.fits import kinds_of
from articles.footnotes.rules.hit import MARK, Cue, Hit
from articles.footnotes.rules.sentence import list_begins, sentence_span

_JOINT = re.compile(
    r"[\"'»”’]*(?: ?\([^()\n]{1,40}\))?(?:,|,? (?:и|или|а также|and|or|as well as|&)) (?:the )?[\"'«“„‘]*\Z"
)
_MANY = re.compile(
    r"\b(?:признаны|внесены|включены|объявлены|запрещены|значатся|числятся|состоят|находятся|входят|стали|"
    r"признанные|признанных|признанным|внесенные|внесенных|включенные|включенных|объявленные|объявленных|"
    r"were|are|have|remain|stand|all)\b"
)
_BETWEEN = 60


def listed_beside(hit: Hit) -> Cue | None:
    """Return the marked name that a list puts beside a hit: `the Free River Fund and Beam`, or the other way round."""
    hits = hit.passage.hits
    at = bisect_left(hits, hit.start, key=lambda one: one.start)
    begins = hit.start
    for other in (*reversed(hits[max(0, at - 1) : at]), *hits[at + 1 : at + 2]):
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
