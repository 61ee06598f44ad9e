"""What the article says for a name that is also a word: beside it, and anywhere in the article.

Each finding is a cue that the explanation names. Article-wide findings are counted only where no other name stands
beside them: `издание «Маяк»` says nothing of the «Луч» of the next sentence.
"""

import re
from bisect import bisect_right
from itertools import islice

from articles.footnotes.formulas import ban_beside, beside, states_status
from articles.footnotes.rules.called import heads
from articles.footnotes.rules.context import word_before
from articles.footnotes.rules.fits import BODY_NOUNS, GENERAL, Fit, Words, fit_of, kinds_of
from articles.footnotes.rules.hit import (
    MARK,
    Article,
    Cue,
    Hit,
    Passage,
    begins_hit,
    begins_line,
    fills_quotes,
    in_capitals,
    sentence_begins,
)
from articles.footnotes.rules.owners import done_by
from articles.footnotes.rules.sentence import in_title_case, sentence_span
from articles.footnotes.statuses import WORDS

_WORD = re.compile(r"[^\W_]+")
_OPENING = '«“„‟‹"'
_EITHER = tuple('“‟"')  # signs that open in one style and close in another
_NEAR = 60
_POSSESSIVE = re.compile(r"[\"”»]?['’](?:s )? ?([a-z]+)(?: ([a-z]+))?")
_OWNED = re.compile(r"([a-z]+) (?:of|for|from|at|with|in|to) (?:the )?[\"'“]?\Z")
_NEXT_WORDS = re.compile(r"[\"'”»)]*((?: [^\W_]+){1,3})")
_CAPITALIZED = re.compile(r"[A-ZА-ЯЁ][a-zа-яё]+")
_JOINED_BEFORE = re.compile(r"(?<!\w)(?!(?:Ex|Pro|Anti|Non|Neo|Post)-)[A-Z][a-z]+-\Z")  # `Embry-Riddle`
_NEXT_ACTS = re.compile(r"(?:'s)?(?:,? {1,3}[^\W_]+){1,4}")  # dashes are spaces there
# Who says the sentence, put into it behind the name, which does nothing there: `Лучом, ответил суд, называют …`.
_SAID_BETWEEN = re.compile(
    r",(?: как)? (?:ответил|возразил|сказал|говор|заявил|поясн|объясн|отметил|заметил|напомнил|решил|счел|считает|"
    r"уверен|добавил|утвержда|подчеркн|рассужда|пишет)[а-я]* [^,.]{1,40},"
)
_IN_LAW = re.compile(
    r"(?:оштраф|призна|внес|включ|запрет|заблокир|ликвидир|обжал|оспор|опроверг|иноагент|"
    r"fined|banned|sued|appealed|designated|declared|blocked|denied)"
)
_MEMBERS = re.compile(
    r"(?:связях|участни|участи|сторонни|активист|адепт|последовател|бойц|боец|боевик|комбат|командир|ячейк|основател|лидер|идеолог|"
    r"вступ|причастн|состо|служ|вербов|запрет|ликвид|листовк|шеврон|нашивк|наклейк|символик|атрибутик)"
)
# What a hyphen joins to the name of a body: Meta-owned, Astra-style.
_COMPOUND_OF_BODY = re.compile(r"-(?:[a-z]+ed|run|led|held|style|affiliate|[A-Z]\w*)(?!\w)(?!-)")
# What only bodies do to people and places: `Veter-trained instructors`; what may be done at a place is not here.
_DONE_BY_BODY = re.compile(
    r"[-‑‐](trained|linked|affiliated|aligned|backed|commanded|controlled|sponsored|organi[sz]ed|inspired|funded|allied|led)"
    r"(?![\w-])"
)
_NEXT_WORD = re.compile(r"(?:['’]s?)? ([a-z]+)(?![\w-])")
_STATED = (*WORDS, "запре", "bann")
_PREPOSITIONS = frozenset({"к", "на", "для", "с"})
_TOWARDS = re.compile(r"([а-я]+) (?:к|на|для|с) [\"'(«“„]*\Z")
_DATIVE = re.compile(r"(?:[ую]|[^ы]е|[аяи]м)\Z")
_MOST_CUES = 200


def status_beside(hit: Hit) -> Cue | None:
    """Return the status formula that stands beside a hit."""
    passage = hit.passage
    if not passage.roots:
        return None
    start, end = hit.start, hit.end
    stop = fills_quotes(passage.text, start, end)
    start -= stop - end
    span = beside(passage.scan, start, stop, passage.roots) or ban_beside(passage.scan, start, stop, passage.roots)
    return Cue(passage.text[slice(*span)], passage, *span) if span else None


def status_in_sentence(hit: Hit) -> bool:
    """Say whether a word that every status has stands in the hit's sentence."""
    first, last = sentence_span(hit.passage.text, hit.start, hit.end)
    return any(first <= root < last for root in hit.passage.roots)


def belongs_beside(hit: Hit) -> Cue | None:
    """Return the word beside a hit for somebody of a body of its kind, or for what such a body does."""
    fit = fit_of(kinds_of(hit.name.descriptors))
    passage = hit.passage
    scan, low = passage.scan, max(0, hit.start - _NEAR)
    if fit.people:
        for word, at in heads(hit):
            if fit.people.match(word):
                start = scan.rindex(word, 0, at)
                return Cue(word, passage, start, start + len(word))
        english = hit.name.language == "en"
        owner = _POSSESSIVE.match(scan, hit.end, hit.end + _NEAR) if english else None
        for number in (1, 2) if owner else ():
            if owner and owner[number] and fit.people.match(owner[number]):
                return Cue(owner[number], passage, *owner.span(number))
        owned = _OWNED.search(scan, low, hit.start) if english else None
        if owned and fit.people.match(owned[1]):
            return Cue(owned[1], passage, *owned.span(1))
        found = _gift_before(hit, fit, owned) or (done_by(hit) if english else None)
        if found:
            return found
    return _deed_beside(hit, fit.deeds, low) if fit.deeds else None


def _gift_before(hit: Hit, fit: Fit, owned: re.Match[str] | None) -> Cue | None:
    """Return the word for what is given to a body: before a Russian dative or «для», in English before “to”; and for
    what binds somebody to it: `симпатии к «Лучу»`, `подписка на «Луч»`."""
    passage, gifts = hit.passage, fit.gifts
    if gifts is None:
        return None
    if hit.name.language == "en":
        given = owned if owned and gifts.match(owned[1]) else None
        return Cue(given[1], passage, *given.span(1)) if given else None
    word = word_before(hit)
    if word in _PREPOSITIONS:
        towards = _TOWARDS.search(passage.scan, max(0, hit.start - _NEAR), hit.start)
        found = [words for words in (fit.ties, gifts if word == "для" else None) if words]
        word = towards[1] if towards else ""
        fits = any(words.match(word) for words in found)
    else:
        fits = gifts.match(word) and _DATIVE.search(passage.scan, hit.start, hit.end) is not None
    if not fits:
        return None
    start = passage.scan.rindex(word, 0, hit.start)
    return Cue(word, passage, start, start + len(word))


def _deed_beside(hit: Hit, deeds: Words, low: int) -> Cue | None:
    """Return a word for a deed among the next three words, or the last two of the sentence before the hit."""
    passage = hit.passage
    scan = passage.scan
    after = _NEXT_WORDS.match(scan, hit.end, hit.end + _NEAR)
    for word in after[1].split() if after else ():
        if deeds.match(word):
            start = scan.index(word, hit.end)
            return Cue(word, passage, start, start + len(word))
    for word in scan[low : hit.start].replace('"', " ").split()[-2:]:
        if deeds.match(word):
            start = scan.rindex(word, 0, hit.start)
            if start >= _sentence_start(passage.text, low, hit.start):
                return Cue(word, passage, start, start + len(word))
    return None


def members_beside(hit: Hit) -> Cue | None:
    """Return the word beside Russian letters for somebody of a body or a ban, which no office of these letters has."""
    cue = belongs_beside(hit)
    return cue if cue and _MEMBERS.match(cue.words) else None


def is_acted_on(hit: Hit) -> bool:
    """Say whether one of the next words is for what the law does to bodies, or they in law."""
    following = _NEXT_ACTS.match(hit.passage.scan, hit.end, hit.end + _NEAR)
    return any(_IN_LAW.match(word) for word in (_WORD.findall(following[0]) if following else ()))


def resumes(kind: Cue, hit: Hit) -> bool:
    """Say whether a word for the kind of body begins a sentence behind a hit and is the name's own."""
    behind = kind.passage is not hit.passage or kind.start > hit.end
    own = kind.words in hit.name.descriptors and kind.words not in GENERAL
    return behind and own and kind.passage.text[kind.start].isupper()


def _sentence_start(text: str, low: int, at: int) -> int:
    """Return where the sentence or the part of a line that holds an offset begins, from `low` on."""
    return max(text.rfind(stop, low, at) for stop in ".!?:;\n") + 1


def people_behind(hit: Hit) -> Cue | None:
    """Return the word for people directly behind an English name: `Beam reporters`, `a Veter fighter`."""
    if hit.name.language != "en" or not hit.passage.text[hit.start].isupper():
        return None
    kinds = kinds_of(hit.name.descriptors)
    joined = _DONE_BY_BODY.match(hit.passage.text, hit.end) if hit.name.strength == "weak" else None
    if joined and "company" not in kinds:
        return Cue(joined[1], hit.passage, *joined.span(1))
    people = fit_of(kinds).people
    if people is None:
        return None
    following = _NEXT_WORD.match(hit.passage.text, hit.end, hit.end + _NEAR)
    if following is None or not people.match(following[1]):
        return None
    return Cue(following[1], hit.passage, *following.span(1))


def acts(hit: Hit) -> bool:
    """Say whether one of the next words is for what bodies do, for people of its kind or for what it is called."""
    fit = fit_of(kinds_of(hit.name.descriptors))
    stop = fills_quotes(hit.passage.text, hit.start, hit.end)
    if _SAID_BETWEEN.match(hit.passage.scan, stop):
        return False
    following = _NEXT_ACTS.match(hit.passage.scan, stop, stop + _NEAR)
    near = _WORD.findall(following[0]) if following else []
    return not hit.name.descriptors.isdisjoint(near) or any(
        pattern.match(word) for word in near for pattern in (fit.acts, fit.people, fit.words) if pattern
    )


def kind_in_article(hit: Hit, article: Article) -> Cue | None:
    """Return a word for the kind of body anywhere in the article that no other name claims; found once."""
    descriptors = hit.name.descriptors
    if descriptors not in article.kinds:
        article.kinds[descriptors] = _free_word(descriptors, article)
    return article.kinds[descriptors]


def _free_word(descriptors: frozenset[str], article: Article) -> Cue | None:
    fit = fit_of(kinds_of(descriptors))
    if article.words is None:
        article.words = [(passage, frozenset(_WORD.findall(passage.scan))) for passage in article.passages]
    for passage, words in article.words:
        fitting = words & descriptors
        if fit.words:
            fitting |= {word for word in words if fit.words.match(word)}
        for word in sorted(fitting):
            cue = _free_place(word, passage, word in descriptors and word in GENERAL)
            if cue:
                return cue
    return None


def _free_place(word: str, passage: Passage, general: bool) -> Cue | None:
    """Return the first place of a word that no other name claims; of a general one, beside a status."""
    for match in islice(re.finditer(rf"(?<!\w){word}(?!\w)", passage.scan), _MOST_CUES):
        if not _claimed(passage, *match.span()) and not (general and not _status_near(passage, *match.span())):
            return Cue(word, passage, *match.span())
    return None


def _claimed(passage: Passage, start: int, end: int) -> bool:
    """Say whether a name stands directly behind a word (a quotation, a capital, a hit), or the word is part of one."""
    following = passage.text[end : end + 2].lstrip(" ")[:1]
    closes = passage.text[end : end + 1] in _EITHER  # directly behind a word: `"… институт"`, „… институт“
    if following in _OPENING and following and not closes:
        return True
    named = passage.text[start].isupper() and not (sentence_begins(passage.text, start) or begins_line(passage, start))
    if following.isupper() or named:
        return True
    at = bisect_right(passage.hits, start, key=lambda hit: hit.start) - 1
    inside = at >= 0 and start < passage.hits[at].end
    return inside and (named or passage.hits[at].verdict == MARK)


def _status_near(passage: Passage, start: int, end: int) -> bool:
    first, last = sentence_span(passage.text, start, end)
    return bool(passage.roots) and states_status(passage.scan[first:last]) is not None


def status_in_article(hit: Hit, article: Article) -> Cue | None:
    """Return a status stated anywhere in the article, in a sentence that marks no other organization."""
    if article.stated is None:
        article.stated = _statements(article)
    for cue, marked in article.stated:
        if not marked or marked == {hit.name.organization}:
            return cue
    return None


def is_only_one(hit: Hit, article: Article) -> bool:
    """Say whether the article marks no other organization that a status could be said of."""
    others = (article.cued or {}).keys() - {hit.name.organization}
    return not others and not is_ordinary_here(hit, article)


def names_status(cue: Cue) -> bool:
    """Say whether a status is named, not only a list: `added to the list` is said of many things."""
    return any(root in cue.words.lower() for root in _STATED)


def _statements(article: Article) -> list[tuple[Cue, set[str]]]:
    found: list[tuple[Cue, set[str]]] = []
    for passage in article.passages:
        done = -1
        for root in passage.roots:
            if root < done or len(found) >= _MOST_CUES:
                continue
            first, done = sentence_span(passage.text, root, root)
            span = states_status(passage.scan[first:done])
            if span:
                inside = passage.hits[
                    bisect_right(passage.hits, first - 1, key=lambda hit: hit.start) : bisect_right(
                        passage.hits, done, key=lambda hit: hit.start
                    )
                ]
                marked = {one.name.organization for one in inside if one.verdict == MARK}
                if not inside and any(char in _OPENING for char in passage.text[first:done]):
                    marked = {""}  # a quoted name that is on no list
                cue = Cue(passage.text[first + span[0] : first + span[1]], passage, first + span[0], first + span[1])
                found.append((cue, marked))
    return found


def is_quoted(hit: Hit) -> bool:
    """Say whether the hit fills quotation marks."""
    return fills_quotes(hit.passage.text, hit.start, hit.end) > hit.end


def is_inside_sentence(hit: Hit) -> bool:
    """Say whether the capital of an unquoted hit is no one's but the name's."""
    text, start = hit.passage.text, hit.start
    return (
        text[start].isupper()
        and not sentence_begins(text, start)
        and not in_capitals(text, start, hit.end)
        and not is_quoted(hit)
        and not in_title_case(hit)
    )


def is_of_numerals(hit: Hit) -> bool:
    """Say whether a name begins with a numeral and is no number, so that no capital can tell it: 24x7."""
    word = hit.passage.text[hit.start : hit.end]
    return word[0].isdigit() and not word.isdigit() and " " not in word


def has_several_capitals(hit: Hit) -> bool:
    """Say whether a name of several words has a capital behind the first, where a sentence gives none."""
    words = _WORD.findall(hit.passage.text, hit.start, hit.end)
    return len(words) > 1 and any(word[0].isupper() for word in words[1:]) and not in_title_case(hit)


def is_ordinary_here(hit: Hit, article: Article) -> bool:
    """Say whether the article has the same word in small letters."""
    form = hit.passage.scan[hit.start : hit.end]
    return any(_has_small(passage, form) for passage in article.passages)


def _has_small(passage: Passage, form: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", passage.text.replace("ё", "е")) is not None


def is_body_noun(hit: Hit) -> bool:
    """Say whether the hit begins a sentence and may be the noun for any body: `Проект, внесённый в реестр, …`."""
    text, name = hit.passage.text, hit.name.text.lower()
    noun = name in BODY_NOUNS and not is_quoted(hit) and sentence_begins(text, hit.start)
    return noun and not text.startswith(" (", hit.end)


def begins_word(hit: Hit) -> bool:
    """Say whether a foreign word begins another word, not one for what a body does or has: `Beam-language`."""
    text, end = hit.passage.text, hit.end
    return hit.name.language == "en" and text.startswith("-", end) and _COMPOUND_OF_BODY.match(text, end) is None


def begins_phrase(hit: Hit) -> bool:
    """Say whether a capitalized word follows a single foreign word: `Bellona Bay Brewery`."""
    text, end = hit.passage.text, hit.end
    if hit.name.language != "en" or " " in text[hit.start : end] or is_quoted(hit):
        return False
    following = text.startswith(" ", end) and _CAPITALIZED.match(text, end + 1, end + _NEAR)
    return bool(following) and not begins_hit(hit, end + 1) and not in_title_case(hit)


def is_joined_behind(hit: Hit) -> bool:
    """Say whether a hyphen joins a hit to the end of another name: `Embry-Beam`."""
    start = hit.start
    return _JOINED_BEFORE.search(hit.passage.text, max(0, start - _NEAR), start) is not None


def in_longer_phrase(hit: Hit) -> bool:
    """Say whether a single word is part of a longer capitalized phrase: `Cartoon Network`, `Network Manager`."""
    text, start, end = hit.passage.text, hit.start, hit.end
    if " " in text[start:end]:
        return False
    if is_joined_behind(hit):
        return True
    following = text.startswith(" ", end) and _CAPITALIZED.match(text, end + 1, end + _NEAR)
    if following and not begins_hit(hit, end + 1):
        return not in_title_case(hit)
    if hit.name.language != "en" or not text.endswith(" ", 0, start):
        return False
    before = _CAPITALIZED.match(text, text.rfind(" ", max(0, start - _NEAR), start - 1) + 1, start)
    if before is None or before.end() != start - 1 or sentence_begins(text, before.start()):
        return False
    return not in_title_case(hit)


def is_lone_word(hit: Hit) -> bool:
    """Say whether the name is a single word."""
    return len(_WORD.findall(hit.name.text)) == 1
