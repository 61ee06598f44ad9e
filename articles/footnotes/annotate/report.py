"""Places and hits to what the caller gets: mentions and candidates, in offsets of the source."""

from collections.abc import Iterable

from articles.footnotes.annotate.decisions import context_of
from articles.footnotes.annotate.typed import typed_signs
from articles.footnotes.annotate.why import reason_in, why
from articles.footnotes.formulas import beside
from articles.footnotes.place import Place
from articles.footnotes.rules import ASK, MARK, NOT, Article, Hit, PersonHit
from articles.footnotes.types import Annotation, Candidate, Mention, Style

Found = list[tuple[tuple[int, int], Candidate]]
_new = tuple.__new__  # half of what calling the class of a named tuple costs


def reported(
    article: Article, places: list[Place], style: Style, rejected: Iterable[Hit] | None, explain: str
) -> Annotation:
    """Sort every place into its list; `rejected` (None: nobody asked) are the hits that never became a place.

    `explain`: the language of explanations, "" when nobody asked for any.
    """
    every = style.mentions == "every"
    typed = typed_signs(article, places)
    mentions: list[Mention] = []
    unclear: Found = []
    formulas: Found = []
    marked: Found = []
    others: list[tuple[Place, str]] = []
    counted: set[tuple[str, str]] = set()
    for place in places:
        hit = place.hit
        verdict = hit.verdict
        if verdict == MARK and hit.passage.roots:
            _add_formula(formulas, article, place, explain)
        if typed and place in typed:
            marked.append(_candidate(article, place, "typed_mark", explain=explain))
            if verdict == MARK and not every:
                _is_first(style, hit, counted)
        elif verdict == NOT:
            others.append((place, hit.rule))
        elif verdict == ASK:
            unclear.append(_candidate(article, place, hit.rule, explain=explain))
        elif every or _is_first(style, hit, counted):
            mentions.append(_mention(article, place, explain))
            if isinstance(hit, PersonHit) and len(hit.listed) > 1:
                mentions[-1:] = _of_couple(article, hit.listed, mentions[-1])
        else:
            others.append((place, "style_first_only"))
    marked = formulas + marked
    if rejected is None:
        found_all = (tuple(mentions), _in_order(unclear) if unclear else (), _in_order(marked) if marked else (), ())
        return _new(Annotation, found_all)
    covered = [hit for passage in article.passages for hit in passage.hits if hit.rule == "inside_formula"]
    others += [(Place(hit, hit.start, hit.end), hit.rule) for hit in [*covered, *rejected]]
    found = [_candidate(article, place, rule, explain=explain) for place, rule in others]
    return Annotation(tuple(mentions), _in_order(unclear), _in_order(marked), _in_order(found))


def _in_order(found: Found) -> tuple[Candidate, ...]:
    return tuple([candidate for _, candidate in sorted(found, key=_place_of)])


def _place_of(pair: tuple[tuple[int, int], Candidate]) -> tuple[int, int]:
    return pair[0]


def _is_first(style: Style, hit: Hit, counted: set[tuple[str, str]]) -> bool:
    """Say whether the house style marks this mention, and count it."""
    key = (hit.passage.field.name if style.mentions == "first_per_field" else "", hit.name.organization)
    first = key not in counted
    counted.add(key)
    return first


def _add_formula(formulas: Found, article: Article, place: Place, explain: str) -> None:
    """List the status formula that stands beside a marked name already, if one does."""
    passage = place.hit.passage
    span = beside(passage.scan, place.start, place.end, passage.roots)
    if span:
        formula = Place(place.hit, *span)
        formula.mark = place.mark
        formulas.append(_candidate(article, formula, "status_formula", explain=explain))


def _mention(article: Article, place: Place, explain: str) -> Mention:
    hit = place.hit
    start, end, mark_at = place.source_offsets()
    organization, field = hit.name.organization, hit.passage.field
    said = why(hit, hit.rule, explain, article.language) if explain else ""
    registers, surface = article.in_force[organization], field.text[start:end]
    return _new(
        Mention,
        (field.name, start, end, mark_at, surface, organization, registers, hit.rule, said, context_of(hit)),
    )


def _of_couple(article: Article, listed: list[str], mention: Mention) -> list[Mention]:
    """Return a mention for each listed person of a couple, all with the statuses of all: they share one mark."""
    registers = article.in_force.together(listed)
    return [mention._replace(organization=organization, registers=registers) for organization in listed]


def _candidate(article: Article, place: Place, rule: str, *, explain: str) -> tuple[tuple[int, int], Candidate]:
    hit = place.hit
    start, end, mark_at = place.source_offsets()
    organization, field = hit.name.organization, hit.passage.field
    candidate = Candidate(
        field.name,
        start,
        end,
        field.text[start:end],
        organization,
        article.in_force[organization],
        rule,
        reason_in(rule, explain or article.language),
        mark_at,
        why(hit, rule, explain, article.language) if explain else "",
        context_of(hit),
    )
    return (hit.passage.index, start), candidate
