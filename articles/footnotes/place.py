"""Where each mark stands: after the possessive, the closing quotation mark, the bracket with the abbreviation.

The rules are those of the house style; a pair style other than `after` would be a branch of `_bracket`.
"""

import re
from bisect import bisect_right

from articles.footnotes.formulas import bracket_speaks_of_name
from articles.footnotes.html import after_closing_tags
from articles.footnotes.rules import (
    CLOSING,
    HYPHENS,
    MARK,
    NOT,
    Article,
    Hit,
    PersonHit,
    abbreviates,
    fills_quotes,
    initials_of,
)
from articles.footnotes.types import Style

_APOSTROPHES = "'’ʼ"
_JOINED = HYPHENS | CLOSING | frozenset("_*ʼ")  # what may belong to a name that it follows
_COMPOUND = re.compile(r"(?:[-‑‐–][^\W\d_]\w{0,40}){1,8}")
_OPENS_SINGLE = re.compile(r"(?<!\w)['‘](?=[\w\"“])")
_CLOSES_SINGLE = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
_CONNECTORS = re.compile(
    r"\b(?:or|and|also|known|formerly|as|the|aka|previously|abbreviated|short|или|и|также|ранее|прежде|бывш\w+|он|она|"
    r"оно|они|же|сокращенно|далее|по тексту|здесь|именуем\w*|hereinafter|hereafter|henceforth|simply)\b|[\s,;/\"'=:]+"
)
# A legal form directly behind a name belongs to it, with its dot: `Veter Media, Inc.`
_LEGAL_FORM = re.compile(
    r",? (?:(?:Inc|Ltd|Corp|Co|e\. ?V|z\. ?s|o\. ?p\. ?s|B\. ?V)(?:\.|(?!\w))|(?:LLC|GmbH|gGmbH|SIA|MTÜ)(?!\w))"
)
_ENDS_IN_FORM = re.compile(r"[ ,](?:Inc|Ltd|Corp|Co|e\. ?V|z\. ?s|o\. ?p\. ?s|s\. ?r\. ?o|B\. ?V)\Z")
_FORM_BEGINS = " ILCezoBGgSM"
_MARKS = " \"'«»“”„‘’"
_PERSON_SIGNS = " \u00a0\"'«»“”„‘’;/"
_LONGEST_ABBREVIATION = 9
_CAPITALS = 2  # LeT is an abbreviation too
_NAMES_IN_BRACKET = 12
_BRACKET = 200
_LINE = 200


class Place:
    """A mention in a passage's folded text: [start, end), the mark at `mark`; `covers`: the next hits inside it."""

    __slots__ = ("covers", "end", "hit", "mark", "start")

    def __init__(self, hit: Hit, start: int, end: int) -> None:
        self.hit, self.start, self.end, self.mark = hit, start, end, end
        self.covers = 0

    def source_offsets(self) -> tuple[int, int, int]:
        """Return start, end and the place of the mark in the source."""
        passage = self.hit.passage
        start, end = passage.folded.span(self.start, self.end)
        mark = end if self.mark == self.end else passage.folded.source_end(self.mark)
        source = passage.field.text
        if mark < len(source) and source[mark] == "<" and passage.field.format == "html":
            mark = after_closing_tags(source, mark)
        return start, end, mark

    def source_mark(self) -> int:
        """Return the mark's offset in the source: in HTML behind inline elements that close there."""
        passage = self.hit.passage
        at = passage.folded.source_end(self.mark)
        return after_closing_tags(passage.field.text, at) if passage.field.format == "html" else at


def place_marks(article: Article, style: Style) -> list[Place]:
    """Return a place for each hit that is its own mention; names inside a pair or formula are covered by it."""
    places: list[Place] = []
    after = article.language in style.compound_after
    for passage in article.passages:
        hits, covered = passage.hits, 0
        for i in range(len(hits)):
            if covered:
                covered -= 1
            else:
                place = _place(hits, i, article, after)
                places.append(place)
                covered = place.covers
    return places


def _place(hits: list[Hit], i: int, article: Article, after: bool) -> Place:
    hit = hits[i]
    text, end = hit.passage.text, hit.end
    place = Place(hit, hit.start, end)
    last = len(text) - 1
    if end < last and text[end] in " ," and text[end + 1] in _FORM_BEGINS and (form := _LEGAL_FORM.match(text, end)):
        place.mark = end = place.end = form.end()
    elif end <= last and text[end] == "." and _ENDS_IN_FORM.search(text, hit.start, end):
        place.mark = end = place.end = end + 1
    if end <= last and (following := text[end]) in _JOINED:
        if after and following in HYPHENS:
            place.end = _compound_end(hits, i, end)
            place.end = _possessive_end(text, place.start, place.end)
        elif following in _APOSTROPHES:
            place.end = _possessive_end(text, place.start, end)
        if place.end <= last and text[place.end] in "_*":
            _take_emphasis(place, text)
        if place.end <= last and hit.passage.scan[place.end] in "\"'":
            _take_quotes(place, text)
        if after and end < place.end <= last and text[place.end] in HYPHENS:
            place.end = _compound_end(hits, i, place.end)
        place.mark = end = place.end = _possessive_end(text, place.start, place.end)
    if hit.verdict == MARK and isinstance(hit, PersonHit):
        _nickname(place, hits, i)
        end = place.end
    if (
        end < last
        and hit.verdict == MARK
        and ((following := text[end]) == "(" or (following == " " and text[end + 1] == "("))
    ):
        _bracket(place, hits, i, article)
    return place


def _take_emphasis(place: Place, text: str) -> None:
    """Widen a place over the signs of emphasis that stand directly before and behind it: `_Name_`, `**Name**`."""
    start, end = place.start, place.end
    sign = text[end : end + 1]
    while sign and sign in "_*" and start > 0 and text[start - 1] == sign and text.startswith(sign, end):
        start, end = start - 1, end + 1
    if not text[end : end + 1].isalnum():  # no emphasis ends within a word
        place.start, place.end = start, end


def _take_quotes(place: Place, text: str) -> None:
    """Widen a place over the quotation mark that closes inside-out what the name opened, and over those it fills."""
    scan = place.hit.passage.scan
    if scan.startswith('"', place.end) and scan.count('"', place.start, place.end) % 2:
        place.end += 1
    stop = fills_quotes(text, place.start, place.end)
    if stop > place.end:
        place.start -= stop - place.end
        place.end = stop


def _compound_end(hits: list[Hit], i: int, at: int) -> int:
    """Return the end of a compound whose hyphen stands at an offset; the offset when a name of its own follows."""
    match = _COMPOUND.match(hits[i].passage.text, at)
    if match is None or (i + 1 < len(hits) and hits[i + 1].start < match.end()):
        return at
    return match.end()


def _possessive_end(text: str, start: int, end: int) -> int:
    """Return the end of `'s`, or of an apostrophe after an s that closes no quotation; else `end`."""
    if end == len(text) or text[end] not in _APOSTROPHES:
        return end
    if text[end + 1 : end + 2] in ("s", "S") and not text[end + 2 : end + 3].isalnum():
        return end + 2
    if text[end - 1] not in "sSxXzZ" or text[end + 1 : end + 2].isalnum():
        return end
    line = text[max(0, start - _LINE, text.rfind("\n", 0, start) + 1) : start]
    closes_quotation = len(_OPENS_SINGLE.findall(line + text[start])) > len(_CLOSES_SINGLE.findall(line))
    return end if closes_quotation else end + 1


def _bracket(place: Place, hits: list[Hit], i: int, article: Article) -> None:
    """Take a bracket that holds the abbreviation into the mention; leave one with a status behind the mark."""
    passage = place.hit.passage
    opened = passage.text.index("(", place.end)
    closed = passage.text.find(")", opened, opened + _BRACKET)
    if closed < 0:
        return
    inside = []
    first_inside = i + 1 + place.covers
    for hit in hits[first_inside : first_inside + _NAMES_IN_BRACKET]:
        if hit.start >= closed:
            break
        inside.append(hit)
    roots = passage.roots
    first = bisect_right(roots, opened) if roots else 0  # where one of the words stands that every formula has
    formula = first < len(roots) and roots[first] < closed
    if formula and bracket_speaks_of_name(passage.scan[opened + 1 : closed], article.own_formulas):
        place.covers += len(inside)
        for hit in inside:
            hit.verdict, hit.rule = NOT, "inside_formula"
    elif _is_pair(place.hit, inside, opened, closed) if inside else _holds_initials(place.hit, opened, closed):
        place.covers += len(inside)
        place.end = closed + 1
        _take_quotes(place, passage.text)
        place.end = _possessive_end(passage.text, place.start, place.end)
        place.mark = place.end


def _holds_initials(hit: Hit, opened: int, closed: int) -> bool:
    """Say whether a bracket holds the initials of the name before it, an abbreviation that is on no list itself."""
    letters = hit.passage.text[opened + 1 : closed].strip(_MARKS)
    if not (1 < len(letters) < _LONGEST_ABBREVIATION and letters.isalpha() and letters[0].isupper()):
        return False
    if sum(map(str.isupper, letters)) < _CAPITALS:
        return False
    own = initials_of([hit.passage.scan[hit.start : hit.end]])
    return abbreviates(hit.passage.scan[opened + 1 : closed].strip(_MARKS), own)


def _is_word_of(short: Hit, name: Hit) -> bool:
    """Say whether a name is a single word of another, which a bracket repeats: `Council of the Coast (Council)`."""
    scan = name.passage.scan
    return scan[short.start : short.end] in scan[name.start : name.end].split()


def _is_pair(hit: Hit, inside: list[Hit], opened: int, closed: int) -> bool:
    """Say whether a bracket holds only names of the same organization, an abbreviation among all of them."""
    if isinstance(hit, PersonHit):
        return _is_person_pair(hit, inside, opened, closed)
    organization, abbreviation = hit.name.organization, hit.name.abbreviation
    scan, at, rest = hit.passage.scan, opened + 1, []
    for other in inside:
        if other.name.organization != organization:
            return False
        abbreviation = abbreviation or other.name.abbreviation or _is_word_of(other, hit)
        rest.append(scan[at : other.start])
        at = other.end
    if not abbreviation:
        return False
    rest.append(scan[at:closed])
    between = " ".join(rest)
    return not between.strip(" \"'") or not _CONNECTORS.sub("", between)


def _is_person_pair(hit: Hit, inside: list[Hit], opened: int, closed: int) -> bool:
    """Say whether a bracket holds nothing but another name of the person: the pseudonym, the name, the other script."""
    text, at = hit.passage.text, opened + 1
    for other in inside:
        same = hit.name.organization in (other.name.organization, *(one.name.organization for one in other.others))
        if not same or text[at : other.start].strip(_PERSON_SIGNS):
            return False
        at = other.end
    return not text[at:closed].strip(_PERSON_SIGNS)


def _nickname(place: Place, hits: list[Hit], i: int) -> None:
    """Take a pseudonym in quotation marks that stands directly behind a person's name into the mention."""
    hit, text = place.hit, place.hit.passage.text
    following = hits[i + 1] if i + 1 < len(hits) else None
    if following is None or following.name.organization != hit.name.organization:
        return
    stop = fills_quotes(text, following.start, following.end)
    opened = following.start - (stop - following.end)
    if stop > following.end and opened - place.end == 1 and text[place.end] in " \u00a0":
        place.covers += 1
        place.mark = place.end = _possessive_end(text, place.start, stop)
