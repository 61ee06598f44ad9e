"""Rules about the words beside a name: its own data (other meanings, descriptors, cues) and the grammar of English."""

import re
from bisect import bisect_left

from articles.footnotes.rules.hit import Cue, Hit, fills_quotes, in_capitals, sentence_begins

_WORD_AFTER = re.compile(r"[\s\"']*([^\W_]+)")
_BEFORE = 80

# English: what stands before a form of "to be" and what stands after it, and not beside a noun.
_SUBJECTS = frozenset("he here it she there".split())
_OPEN_SUBJECTS = frozenset("how that this what when where which who why".split())
_COMPLEMENTS = frozenset(
    "a already also always an another any at better going how it just my never no nothing not now on our over so still "
    "that the there this true very what who why your".split()
)
# What such a verb brings, and what no subject ends in: with these before it the letters may be the name.
_BROUGHT = frozenset("a an better easier harder no not still that the there true what worse".split())
_NO_SUBJECTS = frozenset(
    "a against an and as at attack attacked between beat bomb bombed but by called crush defeat defeated "
    "destroy drive drove eject expel fight fighting for fought from in into join joined like named of on "
    "or over pushed than the to toward towards with".split()
)
_ASKED = _SUBJECTS | {"this", "that", "anybody", "anyone", "nobody", "everything"}  # `IS it true?`
_PARTICIPLES = ("ed", "ing")
_BETWEEN = " \"'”’»"  # what may part a name from its verb
_NEGATIONS = frozenset({"n't", "nt", "not", "null"})  # null: in a query
_VERBS = frozenset({"am", "are", "be", "can", "has", "have", "is", "was", "will"})
_SAYS = re.compile(
    r",\s*[—–-]\s*(?:сказал|говор|ответил|отвеча|произн|шепнул|прошептал|крикнул|закричал|воскликнул|спросил|переспросил|"
    r"добавил|повторил|скомандовал|приказал|подумал|отрезал|подсказал|пошутил|бросил|прочита)"
)


def word_before(hit: Hit) -> str:
    """Return the folded word directly before a hit, quotation marks passed over."""
    if hit.before is None:
        start, scan = hit.start, hit.passage.scan
        if start > 1 and scan[start - 1] == " ":  # as before most
            word = scan[scan.rfind(" ", max(0, start - _BEFORE), start - 1) + 1 : start - 1]
            if word.isalnum() and len(word) < start - 1:
                hit.before = word
                return word
        before = hit.passage.scan[start - _BEFORE if start > _BEFORE else 0 : start].rstrip(" \"'(\n")
        word = before[before.rfind(" ") + 1 :]
        if not word.isalnum():
            at = len(word)
            while at and word[at - 1].isalnum():
                at -= 1
            word = word[at:]
        hit.before = word
    return hit.before


def word_after(hit: Hit) -> str:
    """Return the folded word directly after a hit, quotation marks passed over."""
    if hit.after is None:
        scan, end = hit.passage.scan, hit.end
        stop = scan.find(" ", end + 1, end + _BEFORE) if scan.startswith(" ", end) else -1
        if stop < 0 or not (word := scan[end + 1 : stop]).isalnum():  # it does not stand between spaces
            match = _WORD_AFTER.match(scan, end)
            word = match[1] if match else ""
        hit.after = word
    return hit.after


def means_something_else(hit: Hit) -> bool:
    """Say whether the name's own data names the words before or after it as a sign of another meaning."""
    name, scan = hit.name, hit.passage.scan
    beside = name.not_after
    if beside and (
        (word := word_before(hit)) in beside.words or (beside.beginnings and word.startswith(beside.beginnings))
    ):
        before = scan[max(0, hit.start - _BEFORE) : hit.start].replace('"', " ").split()
        for phrase in beside.phrases:
            if _fits(phrase, before[-len(phrase) :]):
                hit.cue = Cue(" ".join(phrase), hit.passage, hit.start, hit.start)
                return True
    beside = name.not_before
    if beside and (
        (word := word_after(hit)) in beside.words or (beside.beginnings and word.startswith(beside.beginnings))
    ):
        after = scan[hit.end : hit.end + _BEFORE].replace('"', " ").split()
        for phrase in beside.phrases:
            if _fits(phrase, after[: len(phrase)], end=True):
                hit.cue = Cue(" ".join(phrase), hit.passage, hit.end, hit.end)
                return True
    return False


def _fits(phrase: tuple[str, ...], words: list[str], *, end: bool = False) -> bool:
    """Say whether the words are those of a phrase; `*` at the end of a word stands for any ending."""
    if len(words) != len(phrase):
        return False
    if end:
        words[-1] = words[-1].rstrip(".,;:!?)…'").removesuffix("'s")
    return all(
        word.startswith(part[:-1]) if part[-1] == "*" else word == part
        for part, word in zip(phrase, words, strict=True)
    )


def whole_utterance(hit: Hit) -> bool:
    """Say whether a quoted word is all that somebody says: `«Луч», — сказал он`."""
    text, stop = hit.passage.text, hit.end + 1
    if not text.startswith(",", stop) or fills_quotes(text, hit.start, hit.end) != stop:
        return False
    return _SAYS.match(text, stop) is not None and sentence_begins(text, hit.start)


def in_verb_position(hit: Hit) -> bool:
    """Say whether an abbreviation that spells an English verb stands where the verb stands."""
    text, scan = hit.passage.text, hit.passage.scan
    if scan[hit.start : hit.end] not in _VERBS:
        return False
    before, after = word_before(hit), word_after(hit)
    if before in _SUBJECTS or after in _NEGATIONS:
        return True
    if after in _ASKED and sentence_begins(text, hit.start):
        return True
    open_subject, complement = before in _OPEN_SUBJECTS, after in _COMPLEMENTS
    if open_subject and complement:
        return True
    if not in_capitals(text, hit.start, hit.end):
        return False
    return open_subject or complement or after.endswith(_PARTICIPLES) or _follows_name(hit)


def may_be_verb(hit: Hit) -> bool:
    """Say whether such letters stand between a noun and what a verb brings: `Love IS what it is`."""
    text, start, end = hit.passage.text, hit.start, hit.end
    if word_after(hit) not in _BROUGHT or hit.passage.scan[start:end] not in _VERBS:
        return False
    before = word_before(hit)
    return bool(before) and before not in _NO_SUBJECTS and text[end] == " " and text[start - 1] == " "


def _follows_name(hit: Hit) -> bool:
    """Say whether another name, the verb's subject, stands directly before."""
    hits = hit.passage.hits
    at = bisect_left(hits, hit.start, key=lambda other: other.start) - 1
    return at >= 0 and not hit.passage.text[hits[at].end : hit.start][:_BEFORE].strip(_BETWEEN)
