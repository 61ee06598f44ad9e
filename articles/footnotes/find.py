"""All names of an article in one pass: word boundaries, capitals, addresses; the longest name wins; then the rules.

The scan is overlapping and boundaries are checked before the longest is taken: a longer form that fails its boundary
must not hide the shorter valid one inside it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate

from articles.footnotes.automaton import Compiled, FormTarget
from articles.footnotes.fold import fold, fold_form
from articles.footnotes.fold.scan import without_surrogates
from articles.footnotes.formulas import may_hold
from articles.footnotes.html import markup_cuts
from articles.footnotes.marks import note_lines
from articles.footnotes.rules import (
    ASK,
    MARK,
    NOT,
    PERSON_RULES,
    Article,
    Cue,
    Hit,
    Passage,
    ReadPeople,
    Span,
    add_elliptic,
    add_given_names,
    capitals_fit,
    fills_quotes,
    find_people,
    in_address,
    is_clear_in_small,
    is_emphasized,
    is_same_word,
    judge,
    judge_again,
    judge_people,
    longest,
    may_be_meant,
    may_be_small,
    meant_otherwise,
    read_people,
    rejected_hit,
    state_meanings,
)
from articles.footnotes.types import Field

_FIRST = (0,)  # the first letter alone has to be a capital
# What the article as a whole may still decide.
_UNCUED = frozenset({
    "no_cue", "ordinary_capital", "capitals_need_cue", "shared_name", "letters_differ", "several_capitals",
    "quotes_alone", "part_of_phrase", "ask_person", "in_quotes", "meant_otherwise",
    "initials", "title_alone", "said_to_be",
})  # fmt: skip
_OTHER_MEANINGS = frozenset({
    "title_of_work", "other_words_beside", "namesake_behind", "family_name", "thing_before",
})  # fmt: skip
_NEVER_SILENT = frozenset({"ordinary_capital", "part_of_phrase"})
_ENDS_WORD = frozenset(" ,)")  # no address goes on with one of these
_ROUNDS = 3
_SHORT = 200  # characters of a headline at most
_BYLINE = re.compile(r"byline(?:_\d+)?\Z")


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


def find_names(
    article: Article, compiled: Compiled, rejected: list[Hit] | None = None, *, authors: bool = False
) -> None:
    """Fill the passages with their hits, judged; `rejected` collects hits that never became one, for explaining.

    `authors`: also with persons in bylines.
    """
    hits: list[Hit] = []
    for passage in article.passages:
        passage.hits = _hits(passage, compiled, article, rejected)
        if passage.heads:
            add_elliptic(passage, compiled)
        hits += passage.hits
    people = read_people(article)
    if hits:
        _judge_all(hits, article, compiled)
        if len(article.passages) > 1 and any(passage.odd for passage in article.passages):
            _ask_odd(article, rejected)
    if people:
        _add_people(article, people, rejected, authors)


def _add_people(article: Article, read: ReadPeople, rejected: list[Hit] | None, authors: bool) -> None:
    """Add the names of persons, judged; a listed author in a byline is the outlet's own business. What is an
    organization's name too is the person's where that is sure, or is asked about and the organization rejected."""
    people = [one for one in read if authors or not _BYLINE.match(one[0].field.name)]
    found = find_people(article, people, rejected)
    judge_people(found, article, PERSON_RULES)
    for passage, _ in people:
        mine = [hit for hit in found if hit.passage is passage]
        if passage.hits:
            asked = [hit for hit in passage.hits if hit.verdict == ASK]
            yields_to: dict[str, list[Hit]] = {MARK: [], ASK: asked, NOT: passage.hits}
            mine = [hit for hit in mine if _outside([hit], yields_to[hit.verdict])]
        if mine:
            passage.hits = sorted([*_outside(passage.hits, mine), *mine], key=lambda hit: hit.start)


def _outside(hits: Sequence[Hit], others: Sequence[Hit]) -> list[Hit]:
    """Return the hits that overlap none of the others, which stand in order."""
    ends = [hit.end for hit in others]
    return [hit for hit in hits if (at := bisect_right(ends, hit.start)) == len(others) or others[at].start >= hit.end]


def _judge_all(hits: list[Hit], article: Article, compiled: Compiled) -> None:
    folded: dict[str, list[str]] = {}

    def names_of(key: str) -> list[str]:
        if key not in folded:
            organization = compiled.registers.organization(key)
            folded[key] = [fold_form(name.text) for name in organization.names] if organization else []
        return folded[key]

    state_meanings(article, names_of)
    uncued: list[Hit] = []
    for hit in hits:
        judge(hit, article)
        if hit.rule in _UNCUED:
            uncued.append(hit)
        elif hit.rule in _OTHER_MEANINGS:
            article.otherwise.setdefault((hit.name.organization, hit.name.text), hit)
    if article.otherwise:
        _reconsider(hits, article)
    if uncued:
        article.cues.update(*[found[0] for found in article.cues_found])
        _judge_again(hits, uncued, article)
    add_given_names(article, names_of)


def _reconsider(hits: list[Hit], article: Article) -> None:
    """Judge unmistakable names again whose word the article uses for another thing, unless it names the organization
    by another name: `Ilya Veter`, later `Veter's mother`."""
    for hit in hits:
        if hit.rule == "strong" and (hit.name.organization, hit.name.text) in article.otherwise:
            named = any(
                one.verdict == MARK
                and one.name.organization == hit.name.organization
                and one.name.text != hit.name.text
                for one in hits
            )
            verdict = None if named else meant_otherwise(hit, article)
            if verdict:
                hit.verdict, hit.rule = verdict, meant_otherwise.__name__


def _ask_odd(article: Article, rejected: list[Hit] | None) -> None:
    """Ask about a name in letters that are not its own in a headline or another short field that has none in its
    letters, when another field marks the organization."""
    marked = {(hit.name.organization, one.index) for one in article.passages for hit in one.hits if hit.verdict == MARK}
    elsewhere = {organization for organization, _ in marked}
    for passage in article.passages:
        added: list[Hit] = []
        for start, end, targets in passage.odd if len(passage.text) <= _SHORT else ():
            named = {target.name.organization for target in targets} & elsewhere
            meant = tuple(one for one in targets if (one.name.organization, passage.index) not in marked)
            free = all(hit.end <= start or hit.start >= end for hit in (*passage.hits, *added))
            if named and meant and free and not in_address(passage, start, end):
                hit = Hit(passage, start, end, meant)
                hit.loose, hit.verdict, hit.rule = True, ASK, "letters_differ"
                added.append(hit)
        if added:
            passage.hits = sorted([*passage.hits, *added], key=lambda hit: hit.start)
            asked = {(hit.start, hit.end) for hit in added}
            if rejected:
                rejected[:] = [
                    one for one in rejected if one.passage is not passage or (one.start, one.end) not in asked
                ]


def _judge_again(hits: list[Hit], uncued: list[Hit], article: Article) -> None:
    """Judge what one place did not decide by the whole article, again while that names further organizations."""
    article.cued = {}
    for hit in hits:
        if hit.verdict == MARK and hit.rule not in _UNCUED:
            article.cued.setdefault(hit.name.organization, hit)
    for _ in range(_ROUNDS):
        known = len(article.cued)
        for hit in uncued:
            judge_again(hit, article)
            if hit.verdict == MARK and not hit.loose:
                article.cued.setdefault(hit.name.organization, hit)
        uncued = [hit for hit in uncued if hit.verdict != MARK]
        if len(article.cued) == known or not uncued:
            break
    asked = {hit.name.organization for hit in hits if hit.verdict == ASK} | article.cued.keys()
    for hit in uncued:
        if hit.rule in _NEVER_SILENT and hit.name.organization in asked:
            hit.verdict, hit.rule = ASK, "asked_elsewhere"


def _hits(passage: Passage, compiled: Compiled, article: Article, rejected: list[Hit] | None) -> list[Hit]:
    scan, text, entries, count = passage.scan, passage.text, compiled.entries, compiled.form_count
    try:
        raw = compiled.scan(scan)
    except UnicodeEncodeError:
        raw = compiled.scan(without_surrogates(scan))
    before, after = passage.folded.before, passage.folded.after
    found_cue, quiet = article.cues_found.append, rejected is None
    lines = "_" in scan  # which may be signs of emphasis
    needs_capital = quiet and not text.islower()
    whole: list[Span] = []
    odd: list[Span] = []
    for start, end, form in raw:
        if form >= count:
            (passage.roots if form < compiled.head_count else passage.heads).append(start)
            continue
        if (after[end] or before[start]) and not (lines and is_emphasized(scan, start, end)):
            continue  # inside a word, which most hits only begin
        targets, cue_for, capital, rare = entries[form]
        if cue_for:
            found_cue((cue_for, passage, start, end))
        if rare:
            against, people = rare
            if people:
                passage.people.append((start, end, people))
            if against:
                cue = Cue(text[start:end], passage, start, end, "against")
                article.against.update(dict.fromkeys(against, cue))
        if not targets or (capital and needs_capital and not text[start].isupper()):
            continue
        fitting = targets
        if len(targets) > 1:
            fitting = tuple([target for target in targets if capitals_fit(text, start, target)])
        elif (
            (targets[0].capitals != _FIRST or not quiet or not text[start].isupper())
            and targets[0].written != text[start:end]
            and not capitals_fit(text, start, targets[0])
        ):
            fitting = ()
        if not fitting:
            odd.append((start, -end, targets))
        elif not (start and text[start - 1] == " " and text[end : end + 1] in _ENDS_WORD) and in_address(
            passage, start, end
        ):  # few stand where an address may be
            if rejected is not None:
                rejected.append(rejected_hit(passage, start, end, fitting, "address"))
        else:
            whole.append((start, -end, fitting))
    passage.roots.sort()
    loose = _in_other_letters(passage, odd, whole, rejected, article) if odd else frozenset()
    hits = longest(passage, whole, article, rejected) if whole else []
    if loose:
        for hit in hits:
            hit.loose = (hit.start, hit.end) in loose
    return hits


def _in_other_letters(
    passage: Passage, odd: list[Span], whole: list[Span], rejected: list[Hit] | None, article: Article
) -> Collection[tuple[int, int]]:
    """Add to `whole` the names that are not written as they should be and may be meant all the same, where no name
    that is written well stands; return their spans."""
    text, scan = passage.text, passage.scan
    small = text.islower()
    loose: set[tuple[int, int]] = set()
    taken = sorted((start, -minus_end) for start, minus_end, _ in whole)
    longest_end = list(accumulate((end for _, end in taken), max))
    for start, minus_end, targets in odd:
        end = -minus_end
        first = bisect_left(taken, (end, 0))
        same = tuple(target for target in targets if is_same_word(text, start, target))
        meant = () if same or " " not in scan[start:end] else targets
        meant = tuple(target for target in meant if may_be_meant(passage, start, end, target))
        if small and not (same or meant):
            same = tuple(target for target in targets if is_clear_in_small(scan, start, end, target, article))
            meant = () if same else tuple(one for one in targets if may_be_small(passage, start, end, one, article))
        if (same or meant) and not (first and longest_end[first - 1] > start) and not in_address(passage, start, end):
            whole.append((start, minus_end, same or meant))
            if not same:
                loose.add((start, end))
            continue
        if " " in scan[start:end]:
            passage.odd.append((start, end, targets))
        if rejected is not None and not _is_no_name(passage, start, end, targets):
            rejected.append(rejected_hit(passage, start, end, targets, "letter_case"))
    return loose


def _is_no_name(passage: Passage, start: int, end: int, targets: tuple[FormTarget, ...]) -> bool:
    """Say whether nobody would take a word for a name: an ordinary one in small letters, outside quotation marks."""
    word = passage.text[start:end]
    if " " in word or fills_quotes(passage.text, start, end) > end:
        return False
    if all(one.name.spells_word for one in targets):
        return not word.isupper()
    return word.islower() and all(one.name.strength != "strong" for one in targets)
