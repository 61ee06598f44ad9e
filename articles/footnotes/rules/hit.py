"""What a rule sees: a hit in a passage (one field), within the article (all fields together)."""

from bisect import bisect_right
from typing import NamedTuple

from articles.footnotes.automaton import FormTarget, InForce, NameData, PersonForm
from articles.footnotes.fold import Folded
from articles.footnotes.types import Field

_OPENING = frozenset("«“„‟‹‘\"'")
HYPHENS = frozenset("-‑‐–")
CLOSING = frozenset("»”“›’\"'")  # a quotation mark or an apostrophe
MARK, NOT, ASK = "mark", "not", "ask"
_NEAR = 12
_EMPHASIS = 100


class Cue(NamedTuple):
    """What was found for or against a name, and where: [start, end) of a passage's folded text.

    `source`: "" for what the text says; "cue" and "against" for what the register lists for the name.
    """

    words: str
    passage: "Passage"
    start: int
    end: int
    source: str = ""


class Passage:
    """One field, folded. `notes`: folded spans of printed notes; `addresses`: spans never touched;
    `roots`: where a status formula may stand; `heads`: where the plural of a noun stands that names may share;
    `people`: forms of persons' names; `full_names`: where listed persons are named in full, in order;
    `odd`: names of several words in letters that are not theirs, for a question if the article names them elsewhere."""

    __slots__ = (
        "addresses", "field", "folded", "full_names", "heads", "hits", "index", "notes", "odd", "people", "roots",
        "scan", "text",
    )  # fmt: skip

    def __init__(self, field: Field, index: int, folded: Folded) -> None:
        self.field, self.index, self.folded = field, index, folded
        self.text, self.scan = folded.text, folded.scan
        self.hits: list[Hit] = []
        self.notes: list[tuple[int, int]] = []
        self.roots: list[int] = []
        self.heads: list[int] = []
        self.odd: list[tuple[int, int, tuple[FormTarget, ...]]] = []
        self.people: list[tuple[int, int, tuple[PersonForm, ...]]] = []
        self.full_names: list[tuple[int, int]] = []
        self.addresses: list[tuple[int, int]] | None = None


class Hit:
    """A name at [start, end) of a passage's folded text. `others`: further organizations of the same name;
    `before`, `after`: the words beside it, None until a rule asks for them; `cue`: what a rule found; `loose`: its
    letters are not written as the name's; `verdict`, `rule`: set by `judge`."""

    __slots__ = ("after", "before", "cue", "end", "loose", "name", "others", "passage", "rule", "start", "verdict")
    verdict: str
    rule: str

    def __init__(self, passage: Passage, start: int, end: int, targets: tuple[FormTarget, ...]) -> None:
        self.passage, self.start, self.end = passage, start, end
        self.name: NameData = targets[0].name
        self.others = targets[1:]
        self.before: str | None = None
        self.after: str | None = None
        self.cue: Cue | None = None
        self.loose = False

    @property
    def order(self) -> tuple[int, int]:
        """The place in the article, for "before" and "after"."""
        return self.passage.index, self.start


class Article:
    """All passages together, and what was found out about the article as a whole.

    `in_force`: organization → registers; `meanings`: folded abbreviation → statements of what it means, in order;
    `cued`: organizations marked without a cue of the article, each with the hit that was, None until a hit needs one;
    `cues` and `against`: names, by number, for which a cue, or a phrase of another meaning, was found; `otherwise`:
    names (organization and text) that the article uses for another thing, with the cue; `kinds`, `stated`: what the
    article says of kinds of bodies and of statuses, once it was looked for; `words`: all its words, the same;
    `publisher`: the outlet's own organization.
    """

    __slots__ = (
        "against",
        "cue_places",
        "cued",
        "cues",
        "cues_found",
        "in_force",
        "kinds",
        "language",
        "meanings",
        "otherwise",
        "own_formulas",
        "passages",
        "publisher",
        "stated",
        "words",
    )

    def __init__(
        self,
        passages: list[Passage],
        language: str,
        publisher: str | None,
        own_formulas: tuple[str, ...],
        in_force: InForce,
    ) -> None:
        self.passages, self.language, self.publisher = passages, language, publisher
        self.own_formulas, self.in_force = own_formulas, in_force
        self.meanings: dict[str, list[tuple[tuple[int, int], bool]]] = {}
        self.cued: dict[str, Hit] | None = None
        self.cues_found: list[tuple[tuple[int, ...], Passage, int, int]] = []
        self.cues: set[int] = set()
        self.cue_places: dict[int, Cue] | None = None
        self.against: dict[int, Cue] = {}
        self.otherwise: dict[tuple[str, str], Hit] = {}
        self.kinds: dict[frozenset[str], Cue | None] = {}
        self.stated: list[tuple[Cue, set[str]]] | None = None
        self.words: list[tuple[Passage, frozenset[str]]] | None = None

    def cue_for(self, number: int) -> Cue | None:
        """Return the first cue that was found for a name; they are put in order when one is first asked for."""
        if self.cue_places is None:
            self.cue_places = {}
            for numbers, passage, start, end in self.cues_found:
                cue = Cue(passage.text[start:end], passage, start, end, "cue")
                for one in numbers:
                    self.cue_places.setdefault(one, cue)
        return self.cue_places.get(number)


def within(spans: list[tuple[int, int]], offset: int) -> bool:
    """Say whether an offset lies in one of the spans (sorted, not overlapping)."""
    i = bisect_right(spans, offset, key=_begin) - 1
    return i >= 0 and offset < spans[i][1]


def _begin(span: tuple[int, int]) -> int:
    return span[0]


def fills_quotes(text: str, start: int, end: int) -> int:
    """Return the offset behind the closing quotation marks that [start, end) fills, `end` when it fills none.

    Mismatched kinds count; a straight apostrophe opens only at the beginning of a word.
    """
    stop, last = end, len(text)
    while start > 0 and stop < last and text[start - 1] in _OPENING and (closing := text[stop]) in CLOSING:
        if start > 1 and text[start - 2].isalnum():
            break
        if closing in "'’" and text[stop + 1 : stop + 2].isalnum():
            break
        start, stop = start - 1, stop + 1
    return stop


def begins_hit(hit: Hit, at: int) -> bool:
    """Say whether another hit of the same passage begins at an offset."""
    hits = hit.passage.hits
    found = bisect_right(hits, at, key=lambda one: one.start) - 1
    return found >= 0 and hits[found].start == at


def sentence_begins(text: str, start: int) -> bool:
    """Say whether the word at an offset opens a sentence, a line or a quotation that opens one."""
    at = start
    while at > 0 and (text[at - 1] in _OPENING or text[at - 1] in " \u00a0([—–-•"):
        at -= 1
    return at == 0 or text[at - 1] in ".!?…\n:;"


def begins_line(passage: Passage, start: int) -> bool:
    """Say whether a word opens a line of the source, as the first one under a headline; folding makes it a space."""
    at = passage.folded.source_start(start)
    return at > 0 and passage.field.text[at - 1] == "\n"


def in_capitals(text: str, start: int, end: int) -> bool:
    """Say whether the text around [start, end) is all in capitals."""
    near = text[end : end + _NEAR]
    if near != near.upper() and "\n" not in near:
        return False
    first = text.rfind("\n", max(0, start - 60), start) + 1 or max(0, start - 60)
    last = text.find("\n", end, end + 60)
    around = text[first:start] + text[end : last if last >= 0 else end + 60]
    return around.isupper()


def is_emphasized(scan: str, start: int, end: int) -> bool:
    """Say whether low lines around [start, end) are signs of emphasis, as in `_Name_`, and no part of a word."""
    first, last = start, end
    while first > 0 and scan[first - 1] == "_":
        first -= 1
    while last < len(scan) and scan[last] == "_":
        last += 1
    if (first > 0 and scan[first - 1].isalnum()) or scan[last : last + 1].isalnum():
        return False
    if first < start and last == end:
        return "_" in scan[end : end + _EMPHASIS]
    if first == start and last > end:
        return "_" in scan[max(0, start - _EMPHASIS) : start]
    return last - end == start - first
