"""Which of the names that overlap counts: the leftmost, the longest of those that begin together."""

from articles.footnotes.automaton import FormTarget
from articles.footnotes.rules.hit import HYPHENS, NOT, Article, Hit, Passage

# Start and, so that the longest of a beginning comes first, minus the end of a name found.
Span = tuple[int, int, tuple[FormTarget, ...]]


def longest(passage: Passage, whole: list[Span], article: Article, rejected: list[Hit] | None) -> list[Hit]:
    """Take the leftmost names, the longest of those that begin together; a compound on no list counts as its parent."""
    hits: list[Hit] = []
    done, count = 0, len(whole)
    if count > 1:
        whole.sort()  # a span is found once, so the targets are never compared
    for i, (start, minus_end, targets) in enumerate(whole, 1):
        if start < done:
            if rejected is not None and not _lacks_its_dot(passage.text, start, -minus_end):
                rejected.append(rejected_hit(passage, start, -minus_end, targets, "longer_name"))
        elif i < count and whole[i][0] == start and _is_only_compound(passage, whole, i, article):
            if rejected is not None:
                rejected.append(rejected_hit(passage, start, -minus_end, targets, "not_in_force"))
        else:
            done = -minus_end
            hits.append(Hit(passage, start, done, targets if len(targets) == 1 else _bearers(targets, article)))
    return hits


def _lacks_its_dot(text: str, start: int, end: int) -> bool:
    """Say whether a span is a dotted abbreviation cut off before its last dot."""
    return text.startswith(".", end) and text.startswith(".", start + 1)


def _is_only_compound(passage: Passage, whole: list[Span], i: int, article: Article) -> bool:
    """Say whether the name before `i`, on no list on this day, is a hyphenated compound of a name that is on one."""
    start, _, targets = whole[i - 1]
    for target in targets:
        if article.in_force[target.name.organization]:
            return False
    for begun, minus_end, shorter in whole[i:]:
        if begun != start:
            break
        if passage.text[-minus_end] in HYPHENS and any(article.in_force[one.name.organization] for one in shorter):
            return True
    return False


def _bearers(targets: tuple[FormTarget, ...], article: Article) -> tuple[FormTarget, ...]:
    """Choose among the bearers of a name: those in force, each once, the strongest name first."""
    in_force = [target for target in targets if article.in_force[target.name.organization]]
    chosen: dict[str, FormTarget] = {}
    for target in in_force or targets:
        chosen.setdefault(target.name.organization, target)
    return tuple(chosen.values())


def rejected_hit(passage: Passage, start: int, end: int, targets: tuple[FormTarget, ...], rule: str) -> Hit:
    """Return a name found that never becomes a hit, for explaining; `rule`: why."""
    hit = Hit(passage, start, end, targets)
    hit.verdict, hit.rule = NOT, rule
    return hit
