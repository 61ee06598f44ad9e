"""All persons of an article: what stands where, who is named in full, who else bears the name; the verdicts."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field

from articles.footnotes.automaton import FormTarget, PersonForm
from articles.footnotes.rules.address import in_address
from articles.footnotes.rules.hit import ASK, HYPHENS, MARK, NOT, Article, Cue, Hit, Passage
from articles.footnotes.rules.persons.couples import given_matches, others_of_couple
from articles.footnotes.rules.persons.parts import read_parts
from articles.footnotes.rules.persons.reading import (
    BARE,
    COUPLE,
    FULL,
    INITIALS,
    OTHER,
    PLURAL,
    PSEUDONYM,
    Reading,
)
from articles.footnotes.rules.persons.things import thing_beside

_RANK = {FULL: 0, COUPLE: 1, PSEUDONYM: 2, INITIALS: 3, OTHER: 4, BARE: 5, PLURAL: 6}
_LAST = 7
_GENITIVE = "gx"
_SURE = frozenset({FULL, COUPLE})
# `Ольхов-мл.`, `Ольхов (старший)`, `Olkhov, Jr.`; not `ст. 282`, an article of a law.
_YOUNGER = re.compile(r"(?:-|,?[ \u00a0]\(?)(?:Jr|Sr|мл\.|ст\.(?! ?\d))|[ \u00a0]\((?:младш|старш)")
_FALSE = frozenset("псевдо лже квази pseudo quasi".split())
_PREFIXES = frozenset("anti pro ex non post pre neo анти про экс нео пост".split())
_BACKED = ("ed", "led", "run", "era", "style", "like", "born", "linked")


class PersonHit(Hit):
    """A person's name at a place. `reading`: what it is for the first of those whose it may be; `thing`: a word beside
    it that makes it a thing's name; `listed`: who of a couple is on a list."""

    __slots__ = ("_thing", "joined", "listed", "reading", "readings")

    def __init__(self, passage: Passage, readings: list[Reading]) -> None:
        first = readings[0]
        targets: dict[str, FormTarget] = {}
        for one in readings:
            targets.setdefault(one.form.name.organization, FormTarget(one.form.name, "", ()))
        super().__init__(passage, first.start, first.end, tuple(targets.values()))
        self.reading, self.readings = first, readings
        self._thing: Cue | str | None = ""
        self.listed: list[str] = []
        self.joined = ""
        self.verdict, self.rule = NOT, "surname_alone"

    @property
    def thing(self) -> Cue | None:
        """The word beside the name, looked for when a rule first asks."""
        if isinstance(self._thing, str):
            reading = self.reading
            genitive = not reading.form.own or any(case in _GENITIVE for case in reading.cases or reading.form.own)
            alone = reading.kind in (BARE, PLURAL)
            self._thing = thing_beside(self.passage, self.start, self.end, genitive=genitive, alone=alone)
        return self._thing


@dataclass
class People:
    """What the article says of persons. `named`: organization → the first full name or pseudonym that is marked;
    `named_at`: full names by their place (number of the passage, start); `bearers`: organization → readings of others
    who bear the family name."""

    article: Article
    named_at: dict[tuple[int, int], "PersonHit"] = field(default_factory=dict)
    named: dict[str, Hit] = field(default_factory=dict)
    bearers: dict[str, dict[tuple[str, str, str], tuple[Reading, Hit]]] = field(default_factory=dict)


PersonRule = Callable[[PersonHit, People], str | None]
ReadPeople = list[tuple[Passage, list["PersonHit"]]]


def read_people(article: Article) -> ReadPeople:
    """Read what stands at each place of a family name or a pseudonym, and note where persons are named in full."""
    read = []
    for passage in article.passages:
        if passage.people:
            places = [_hit(passage, start, end, forms, article) for start, end, forms in passage.people]
            hits = [hit for hit in places if hit is not None]
            passage.full_names = sorted((hit.start, hit.end) for hit in hits if hit.reading.kind in _SURE)
            read.append((passage, hits))
    return read


def find_people(article: Article, read: ReadPeople, rejected: list[Hit] | None) -> list[PersonHit]:
    """Return the names of persons of an article, no two of which overlap, none judged yet."""
    found: list[PersonHit] = []
    for passage, hits in read:
        if rejected is not None:
            ended = [_ended(passage, start, end, forms, article) for start, end, forms in passage.people]
            rejected += [hit for hit in ended if hit is not None]
        found += _apart(hits, passage, rejected)
    return found


def _hit(passage: Passage, start: int, end: int, forms: tuple[PersonForm, ...], article: Article) -> PersonHit | None:
    in_force = [form for form in forms if article.in_force[form.name.organization]]
    if not in_force or in_address(passage, start, end):
        return None
    small = not _has_capitals(passage, start, end)
    written = [form for form in in_force if not (form.capital and small)]
    readings = [Reading(PSEUDONYM, form, start, end) for form in written if form.pseudonym]
    families = [form for form in written if not form.pseudonym]
    if families:
        readings += read_parts(passage, start, end, families)
    if not readings:
        return None
    best = min(map(_rank, readings))
    chosen = [one for one in readings if _rank(one) == best]
    if best == _RANK[FULL] and any(one.with_patronymic for one in chosen):
        chosen = [one for one in chosen if one.with_patronymic]
    hit = PersonHit(passage, chosen)
    first = set(map(id, chosen))
    hit.readings = chosen + [one for one in readings if id(one) not in first]
    hit.joined = _joined(passage, start, end)
    if hit.reading.kind == COUPLE:
        hit.listed = _listed(chosen)
        hit.name = next((one.form.name for one in chosen if one.form.name.organization in hit.listed), hit.name)
        hit.others = ()
    return hit


def _rank(reading: Reading) -> int:
    """Return the place of a reading among those of several persons, the first counts: a form that can only be of the
    other gender, with no name beside it, says nothing where it is another listed person's own."""
    return _LAST if reading.kind == OTHER and not reading.genders else _RANK[reading.kind]


def _ended(passage: Passage, start: int, end: int, forms: tuple[PersonForm, ...], article: Article) -> PersonHit | None:
    """Return the full name of somebody who is on no list on this day, for explaining."""
    if any(article.in_force[form.name.organization] for form in forms) or not _has_capitals(passage, start, end):
        return None
    readings = read_parts(passage, start, end, [form for form in forms if not form.pseudonym])
    full = [one for one in readings if one.kind == FULL]
    if not full:
        return None
    hit = PersonHit(passage, full)
    hit.rule = "not_in_force"
    return hit


def _has_capitals(passage: Passage, start: int, end: int) -> bool:
    """Say whether every word of a name begins with a capital, but for its particles (of up to three letters)."""
    text, scan = passage.text, passage.scan
    if scan.find(" ", start, end) < 0:
        return text[start].isupper()
    some = False
    for i in range(start, end):
        if scan[i] == " " or (i > start and scan[i - 1] != " "):
            continue
        stop = scan.find(" ", i, end)
        length = (stop if stop > 0 else end) - i
        if text[i].isupper():
            some = True
        elif length > 4 or start == end - length:
            return False
    return some


def _joined(passage: Passage, start: int, end: int) -> str:
    """Return "double" when a hyphen makes the name a part of another, "younger" when it tells members of a family."""
    text = passage.text
    if text[end : end + 1] in HYPHENS and text[end : end + 1] != "–" and text[end + 1 : end + 2].isalpha():
        rest = passage.scan[end + 1 : end + 12]
        if rest.startswith(("младш", "старш", "отец", "отца", "сын", "дочь", "дочер", "внук", "мать", "жена")):
            return "younger"
        if text[end + 1].isupper() and not passage.text[start:end].isupper():
            return "double"
        word = rest.split(" ")[0].split(",")[0]
        if text[end + 1].isupper() and not word.endswith(_BACKED):
            return "double"
    before = text[start - 1 : start]
    if before and before in HYPHENS and before != "–" and text[start - 2 : start - 1].isalpha():
        begun = start - 1
        while begun > 0 and text[begun - 1].isalpha():
            begun -= 1
        prefix = text[begun : start - 1].lower()
        if prefix in _FALSE or (text[begun].isupper() and prefix not in _PREFIXES):
            return "double"
    return "younger" if _YOUNGER.match(text, end) else ""


def _listed(readings: list[Reading]) -> list[str]:
    """Return the persons of a couple that are on a list, in the order in which the text names them."""
    found: list[str] = []
    for token in readings[0].givens:
        for one in readings:
            if given_matches(token, one.form) and one.form.name.organization not in found:
                found.append(one.form.name.organization)
                break
    return found


def _apart(hits: list[PersonHit], passage: Passage, rejected: list[Hit] | None) -> list[PersonHit]:
    """Take the longest of overlapping names; none that lies inside another name. A word that is asked about may be a
    person's family name all the same."""
    found: list[PersonHit] = []
    taken = [(hit.start, hit.end) for hit in passage.hits if hit.verdict != NOT and not _is_word_asked_about(hit)]
    for hit in sorted(hits, key=lambda one: (one.start - one.end, one.start)):
        at = bisect_left(taken, (hit.end, 0))
        if at and taken[at - 1][1] > hit.start:
            if rejected is not None:
                hit.rule = "longer_name"
                rejected.append(hit)
            continue
        taken.insert(at, (hit.start, hit.end))
        found.append(hit)
    return sorted(found, key=lambda one: one.start)


def _is_word_asked_about(hit: Hit) -> bool:
    return hit.verdict == ASK and " " not in hit.passage.text[hit.start : hit.end]


def judge_people(hits: list[PersonHit], article: Article, every: Iterable[tuple[PersonRule, Set[str]]]) -> None:
    """Judge the names of persons: first those that say themselves who is meant, then the others by them."""
    people = People(article, {(hit.passage.index, hit.start): hit for hit in hits if hit.reading.kind == FULL})
    rules = {kind: [rule for rule, kinds in every if kind in kinds] for kind in {hit.reading.kind for hit in hits}}
    decisive = [hit for hit in hits if hit.reading.kind in (FULL, COUPLE, PSEUDONYM)]
    for hit in decisive:
        _judge(hit, people, rules)
        if hit.verdict == MARK:
            for organization in hit.listed or [hit.name.organization, *(one.name.organization for one in hit.others)]:
                people.named.setdefault(organization, hit)
    for hit in hits:
        for one in hit.readings:
            others = others_of_couple(one) if one.kind == COUPLE else [one] if one.kind == OTHER else []
            for other in others:
                if other.rule != "double_name" and _counts(hit, other):
                    alike = (other.genders, other.initial, other.rule)  # a thousand mentions of one namesake are one
                    people.bearers.setdefault(other.form.name.organization, {}).setdefault(alike, (other, hit))
    for hit in hits:
        if hit.verdict != MARK:
            _judge(hit, people, rules)


def _counts(hit: PersonHit, reading: Reading) -> bool:
    """Say whether somebody else is named here: not where the name is a thing's, nor another listed person."""
    if not reading.genders or hit.thing or hit.joined:
        return False
    if hit.reading.kind == COUPLE:
        return len(hit.listed) < len(hit.reading.givens)
    return hit.reading.kind not in (FULL, INITIALS)


def _judge(hit: PersonHit, people: People, rules: Mapping[str, list[PersonRule]]) -> None:
    hit.verdict, hit.rule = NOT, "surname_alone"
    for rule in rules[hit.reading.kind]:
        if verdict := rule(hit, people):
            hit.verdict, hit.rule = verdict, rule.__name__
            return
