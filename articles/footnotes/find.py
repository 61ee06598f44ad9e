"""All names of an article in one pass: word boundaries, capitals, addresses; the longest name wins; then the rules.

The scan is overlapping and boundaries are checked before the longest is taken: a longer form that fails its boundary
must not hide the shorter valid one inside it.
"""

from collections.abc import Sequence

from articles.footnotes.automaton import Compiled, FormTarget
from articles.footnotes.fold import fold, fold_form
from articles.footnotes.fold.scan import without_surrogates
from articles.footnotes.formulas import may_hold
from articles.footnotes.html import markup_cuts
from articles.footnotes.marks import note_lines
from articles.footnotes.rules import (
    MARK,
    NOT,
    Article,
    Hit,
    Passage,
    capitals_fit,
    in_address,
    judge,
    state_meanings,
)
from articles.footnotes.types import Field

_UNCUED = frozenset({"no_cue", "ordinary_capital", "capitals_need_cue", "shared_name"})


def read_passages(fields: Sequence[Field], own_formulas: tuple[str, ...]) -> list[Passage]:
    """Fold the fields of one article. Raises ValueError on an unknown format."""
    passages = []
    for index, field in enumerate(fields):
        if field.format not in ("text", "html"):
            raise ValueError(f"{field.format!r} is no format of a field; text and html are")
        tags = markup_cuts(field.text) if field.format == "html" and "<" in field.text else None
        passage = Passage(field, index, fold(field.text, tags))
        if passage.folded.signs and may_hold(passage.scan, own_formulas):
            passage.notes = _note_spans(passage, own_formulas)
        passages.append(passage)
    return passages


def _note_spans(passage: Passage, own_formulas: tuple[str, ...]) -> list[tuple[int, int]]:
    folded = passage.folded
    return [
        (folded.offset(start), folded.offset(end)) for start, end, _, _ in note_lines(passage.field.text, own_formulas)
    ]


def find_names(article: Article, compiled: Compiled, rejected: list[Hit] | None = None) -> None:
    """Fill the passages with their hits, judged; `rejected` collects hits that never became one, for explaining."""
    for passage in article.passages:
        passage.hits = _hits(passage, compiled, article, rejected)
    hits = [hit for passage in article.passages for hit in passage.hits]
    if hits:
        _judge_all(hits, article, compiled)


def _judge_all(hits: list[Hit], article: Article, compiled: Compiled) -> None:
    folded: dict[str, list[str]] = {}

    def names_of(key: str) -> list[str]:
        if key not in folded:
            organization = compiled.registers.organization(key)
            folded[key] = [fold_form(name.text) for name in organization.names] if organization else []
        return folded[key]

    state_meanings(article, names_of)
    for hit in hits:
        judge(hit, article)
    article.cued = {hit.name.organization for hit in hits if hit.verdict == MARK}
    for hit in hits:
        if hit.rule in _UNCUED:
            judge(hit, article)


def _hits(passage: Passage, compiled: Compiled, article: Article, rejected: list[Hit] | None) -> list[Hit]:
    scan = passage.scan
    try:
        raw = compiled.scan(scan)
    except UnicodeEncodeError:
        raw = compiled.scan(without_surrogates(scan))
    length, text, entries, count = len(scan), passage.text, compiled.entries, compiled.form_count
    cues = article.cues.update
    whole: list[tuple[int, int, list[FormTarget]]] = []
    for start, end, form in raw:
        if form >= count:
            passage.roots.append(start)
            continue
        if start and ((before := scan[start - 1]).isalnum() or before == "_"):
            continue
        if end < length and ((after := scan[end]).isalnum() or after == "_"):
            continue
        targets, cue_for, against, capital = entries.get(form) or compiled.entry(form)
        if cue_for:
            cues(cue_for)
        if against:
            article.against.update(against)
        if capital and rejected is None and not text[start].isupper():
            continue
        if not targets:
            continue
        if len(targets) == 1:
            fitting = list(targets) if capitals_fit(text, start, targets[0]) else []
        else:
            fitting = [target for target in targets if capitals_fit(text, start, target)]
        if not fitting:
            if rejected is not None:
                rejected.append(_rejected(passage, start, end, list(targets), "letter_case"))
        elif in_address(passage, start, end):
            if rejected is not None:
                rejected.append(_rejected(passage, start, end, fitting, "address"))
        else:
            whole.append((start, -end, fitting))
    if len(whole) > 1 or rejected is not None:
        return _longest(passage, whole, article, rejected)
    return [_hit(passage, start, -end, targets, article) for start, end, targets in whole]


def _longest(
    passage: Passage,
    whole: list[tuple[int, int, list[FormTarget]]],
    article: Article,
    rejected: list[Hit] | None,
) -> list[Hit]:
    """Take the leftmost names, the longest of those that begin together."""
    whole.sort()  # a span is found once, so the targets are never compared
    hits: list[Hit] = []
    done = 0
    for start, minus_end, targets in whole:
        if start >= done:
            hits.append(_hit(passage, start, -minus_end, targets, article))
            done = -minus_end
        elif rejected is not None:
            rejected.append(_rejected(passage, start, -minus_end, targets, "longer_name"))
    return hits


def _hit(passage: Passage, start: int, end: int, targets: list[FormTarget], article: Article) -> Hit:
    """Choose among the bearers of a name: those in force, each once, the strongest name first."""
    if len(targets) == 1:
        return Hit(passage, start, end, targets)
    in_force = [target for target in targets if article.in_force[target.name.organization]]
    chosen: dict[str, FormTarget] = {}
    for target in in_force or targets:
        chosen.setdefault(target.name.organization, target)
    return Hit(passage, start, end, list(chosen.values()))


def _rejected(passage: Passage, start: int, end: int, targets: list[FormTarget], rule: str) -> Hit:
    hit = Hit(passage, start, end, targets)
    hit.verdict, hit.rule = NOT, rule
    return hit
