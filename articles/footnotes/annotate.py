"""The verbs: `annotate` finds and places all mentions of one article, `strip` takes typed-in marks out.

    compiled = load_compiled(data)
    annotation = annotate([Field("body", "IS claimed it.")], compiled, language="en", as_of=date(2025, 1, 1))

An editor's answers are given as `decisions`: {decision_key(candidate): "mark" or "not"}; the key is made of the field,
the organization, the name and some thirty characters on each side, so it holds while the text around does not change.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b

from articles.footnotes.automaton import Compiled, CompiledFormError, load_compiled
from articles.footnotes.find import find_names, read_passages
from articles.footnotes.fold import GLYPH_CHARS
from articles.footnotes.formulas import beside, may_hold
from articles.footnotes.marks import TypedMarks, note_lines
from articles.footnotes.place import Place, place_marks
from articles.footnotes.rules import ASK, MARK, NOT, REASONS, Article, Hit
from articles.footnotes.types import Annotation, Candidate, Field, Mention, Style

__all__ = ["Compiled", "CompiledFormError", "annotate", "decision_key", "load_compiled", "strip"]

LANGUAGES = ("en", "ru")
_AROUND = 30
# A typed sign after a name that these rules reject is a mark all the same.
_STILL_DESIGNATED = frozenset({"ordinary_capital", "own_name", "not_in_force"})


class _InForce(dict[str, tuple[str, ...]]):
    """Organization → its registers on the day, looked up when first asked."""

    def __init__(self, compiled: Compiled, days: dict[str, date]) -> None:
        super().__init__()
        self._compiled, self._days = compiled, days

    def __missing__(self, organization: str) -> tuple[str, ...]:
        self[organization] = found = self._compiled.status_on(organization, self._days)
        return found


def annotate(
    fields: Sequence[Field],
    compiled: Compiled,
    *,
    language: str,
    as_of: date,
    published_on: date | None = None,
    publisher: str | None = None,
    style: Style = Style(),  # noqa: B008 - frozen
    decisions: Mapping[str, str] = {},
    explain: bool = False,
) -> Annotation:
    """Return the mentions of one article, all fields together in their order.

    `as_of`: the day whose designations count; `published_on` replaces it for registers that keep to the day of
    publication. `publisher`: key of the outlet's own organization, else that of the register file. `explain` adds the
    rejected candidates and a `why` to each. Raises ValueError on an unknown language or format.
    """
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is no language of the engine; {' and '.join(LANGUAGES)} are")
    article = _article(fields, compiled, language, as_of, published_on, publisher)
    rejected: list[Hit] | None = [] if explain else None
    find_names(article, compiled, rejected)
    if not any(passage.hits for passage in article.passages) and not rejected:
        return Annotation(())
    if decisions:
        _decide(article, decisions)
    places = place_marks(article, style)
    return _Report(article, style, explain=explain).annotation(places, rejected or [])


def _article(
    fields: Sequence[Field],
    compiled: Compiled,
    language: str,
    as_of: date,
    published_on: date | None,
    publisher: str | None,
) -> Article:
    lists = compiled.lists
    published = published_on or as_of
    days = {
        key: published if register.archive == "publication_day" else as_of for key, register in lists.registers.items()
    }
    own = publisher or compiled.publisher
    in_force = _InForce(compiled, days)
    formulas = compiled.own_formulas
    return Article(read_passages(fields, formulas), language, compiled.key(own), formulas, in_force)


def decision_key(candidate: Candidate | Mention) -> str:
    """Return the key under which an editor's answer is kept: the same as long as the text around is the same."""
    return _key(candidate.field, candidate.organization, candidate.context)


def _key(field: str, organization: str, context: str) -> str:
    text = "\x1f".join((field, organization, context))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _context(hit: Hit) -> str:
    """The folded words around a hit, within its line; the same whether marks are typed in or not."""
    scan = hit.passage.scan
    before = scan[max(0, hit.start - _AROUND) : hit.start].rpartition("\n")[2]
    after = scan[hit.end : hit.end + _AROUND].partition("\n")[0]
    return f"{before}|{scan[hit.start : hit.end]}|{after}"


def _decide(article: Article, decisions: Mapping[str, str]) -> None:
    for passage in article.passages:
        for hit in passage.hits:
            answer = decisions.get(_key(passage.field.name, hit.name.organization, _context(hit)))
            if answer in (MARK, NOT):
                hit.verdict, hit.rule = answer, f"decided_{answer}"


class _Report:
    """Places and hits to the annotation the caller gets."""

    def __init__(self, article: Article, style: Style, *, explain: bool) -> None:
        self.article, self.style, self.explain = article, style, explain
        self.mentions: list[Mention] = []
        self.lists: dict[str, list[Candidate]] = {"unclear": [], "typed": [], "rejected": []}
        self.counted: set[tuple[str, ...]] = set()

    def annotation(self, places: list[Place], rejected: list[Hit]) -> Annotation:
        """Sort every place into its list."""
        typed = _typed_places(self.article, places)
        self._formulas(places)
        for place in places:
            verdict, rule = place.hit.verdict, place.hit.rule
            marked = id(place) in typed
            if marked and (verdict != NOT or rule in _STILL_DESIGNATED):
                self._candidate("typed", place, "typed_mark")
                if verdict == MARK:
                    self._is_first(place)
            elif verdict == ASK:
                self._candidate("unclear", place, rule)
            elif verdict == NOT:
                self._reject(place)
            elif self._is_first(place):
                self.mentions.append(self._mention(place))
            else:
                place.hit.rule = "style_first_only"
                self._reject(place)
        if self.explain:
            covered = [h for p in self.article.passages for h in p.hits if h.rule == "inside_formula"]
            for hit in [*covered, *rejected]:
                self._reject(Place(hit, hit.start, hit.end))
        found = {name: tuple(sorted(many, key=self._order)) for name, many in self.lists.items()}
        return Annotation(tuple(self.mentions), found["unclear"], found["typed"], found["rejected"])

    def _order(self, candidate: Candidate) -> tuple[int, int]:
        index = next(p.index for p in self.article.passages if p.field.name == candidate.field)
        return index, candidate.start

    def _is_first(self, place: Place) -> bool:
        """Say whether the house style marks this mention, and count it."""
        if self.style.mentions == "every":
            return True
        hit = place.hit
        field = hit.passage.field.name if self.style.mentions == "first_per_field" else ""
        key = (field, hit.name.organization)
        first = key not in self.counted
        self.counted.add(key)
        return first

    def _formulas(self, places: list[Place]) -> None:
        """List the status formulas that stand beside marked names already."""
        may = [may_hold(passage.scan, self.article.own_formulas) for passage in self.article.passages]
        for place in places:
            passage = place.hit.passage
            if place.hit.verdict != MARK or not may[passage.index]:
                continue
            span = beside(passage.scan, place.start, place.end)
            if span:
                formula = Place(place.hit, *span)
                formula.mark = place.mark
                self._candidate("typed", formula, "status_formula")

    def _mention(self, place: Place) -> Mention:
        hit = place.hit
        start, end = place.source_span()
        name, field = hit.name, hit.passage.field
        return Mention(
            field.name,
            start,
            end,
            place.source_mark(),
            field.text[start:end],
            name.organization,
            self.article.in_force[name.organization],
            hit.rule,
            self._why(hit, hit.rule),
            _context(hit),
        )

    def _reject(self, place: Place) -> None:
        if self.explain:
            self._candidate("rejected", place, place.hit.rule)

    def _candidate(self, kind: str, place: Place, rule: str) -> None:
        hit = place.hit
        start, end = place.source_span()
        name, field = hit.name, hit.passage.field
        registers = self.article.in_force[name.organization]
        candidate = Candidate(
            field.name,
            start,
            end,
            field.text[start:end],
            name.organization,
            registers,
            rule,
            REASONS[rule],
            place.source_mark(),
            self._why(hit, rule),
            _context(hit),
        )
        self.lists[kind].append(candidate)

    def _why(self, hit: Hit, rule: str) -> str:
        """Which name, which form, which rule, in one sentence."""
        if not self.explain:
            return ""
        form = hit.passage.text[hit.start : hit.end]
        return f"{hit.name.text} ({hit.name.strength}), here {form}: {REASONS[rule]}"


def _typed_places(article: Article, places: list[Place]) -> dict[int, list[tuple[int, int]]]:
    """Return the typed signs of each place that has some, by the place's identity; source spans."""
    found: dict[int, list[tuple[int, int]]] = {}
    for passage in article.passages:
        own = [place for place in places if place.hit.passage is passage]
        typed = TypedMarks(passage.folded)
        source = passage.field.text
        for place in own if passage.folded.glyphs else ():
            signs = typed.direct(place.start, max(place.end, place.mark))
            if signs:
                found[id(place)] = signs
        for place in own if passage.folded.glyphs else ():
            if id(place) not in found and (signs := typed.later(place.mark)):
                found[id(place)] = signs
        for place in own:
            if id(place) not in found and source[place.source_mark() :][:1] in tuple(GLYPH_CHARS):
                found[id(place)] = []
    return found


def strip(fields: Sequence[Field], compiled: Compiled, *, language: str) -> list[Field]:
    """Return the fields without the marks that were typed in; `strip(x) == x` where none was.

    A sign goes only directly after a designated name (or one bracket, quotation mark or noun later) or at the head of a
    note line that holds a status formula. Every organization of the registers counts, whatever the day.
    """
    article = _article(fields, compiled, language, date.min, None, None)
    article.in_force = _Everything()
    find_names(article, compiled)
    places = place_marks(article, Style())
    typed = _typed_places(article, places)
    cut: dict[int, list[tuple[int, int]]] = {}
    for place in places:
        if place.hit.verdict != NOT or place.hit.rule in _STILL_DESIGNATED:
            cut.setdefault(place.hit.passage.index, []).extend(typed.get(id(place), []))
    stripped = []
    for passage in article.passages:
        heads = [line[2:] for line in note_lines(passage.field.text, article.own_formulas)]
        spans = sorted({*cut.get(passage.index, []), *heads})
        stripped.append(_without(passage.field, spans))
    return stripped


class _Everything(dict[str, tuple[str, ...]]):
    def __missing__(self, organization: str) -> tuple[str, ...]:
        return (organization,)


def _without(field: Field, spans: list[tuple[int, int]]) -> Field:
    if not spans:
        return field
    pieces, done = [], 0
    for start, end in spans:
        pieces.append(field.text[done:start])
        done = max(done, end)
    return Field(field.name, "".join([*pieces, field.text[done:]]), field.format)
