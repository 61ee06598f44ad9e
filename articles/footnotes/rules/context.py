"""Rules about the words beside a name: its own data (other meanings, descriptors, cues) and the grammar of English."""

import re

from articles.footnotes.automaton import NameData
from articles.footnotes.rules.hit import Article, Hit, fills_quotes, in_capitals

_WORD = re.compile(r"[^\W_]+")
_WORD_BEFORE = re.compile(r"([^\W_]+)[\s\"'(]*\Z")
_WORD_AFTER = re.compile(r"[\s\"']*([^\W_]+)")
_BEFORE = 80

# English: what stands before a form of "to be" and what stands after it, and not beside a noun.
_SUBJECTS = frozenset("he here it she there".split())
_OPEN_SUBJECTS = frozenset("how that this what when where which who why".split())
_COMPLEMENTS = frozenset(
    "a already also always an another any at better going how it just my never no nothing not now on our over so still "
    "that the there this true very what who why your".split()
)
_CONTRACTED_VERBS = frozenset({"n't", "nt"})
_VERBS = frozenset({"am", "are", "be", "can", "has", "have", "is", "was", "will"})
# Works of art and places bear ordinary words as names; the noun before says so.
_WORKS = re.compile(
    r"(?:роман|фильм|песн|спектакл|пьес|книг|картин|опер|балет|альбом|сериал|мюзикл|рассказ|повест|стихотворени|сказк|"
    r"кинотеатр|ресторан|кафе|гостиниц|отел|пароход|яхт|магазин|стадион|санатори|пансионат|парк)\w{0,4}\Z"
)
_WORKS_EN = frozenset("album ballet book café film hotel movie novel opera play restaurant ship song".split())


def word_before(hit: Hit) -> str:
    """Return the folded word directly before a hit, quotation marks passed over."""
    match = _WORD_BEFORE.search(hit.passage.scan, max(0, hit.start - _BEFORE), hit.start)
    return match[1] if match else ""


def word_after(hit: Hit) -> str:
    """Return the folded word directly after a hit, quotation marks passed over."""
    match = _WORD_AFTER.match(hit.passage.scan, hit.end)
    return match[1] if match else ""


def means_something_else(hit: Hit) -> bool:
    """Say whether the name's own data names the words before or after it as a sign of another meaning."""
    name, scan = hit.name, hit.passage.scan
    if name.not_after and name.not_after.search(scan, max(0, hit.start - _BEFORE), hit.start):
        return True
    return bool(name.not_before and name.not_before.match(scan, hit.end))


def other_meaning_in_article(hit: Hit, article: Article) -> bool:
    """Say whether the article holds a phrase by which the name is something else."""
    return any(has_phrase(article, phrase) for phrase in hit.name.other_meanings)


def holds_cue(name: NameData, article: Article) -> bool:
    """Say whether one of a name's cues stands in the article as whole words."""
    found = article.found_cues.get(name.number)
    if found is None:
        if name.cue_words and article.words is None:
            article.words = {word for passage in article.passages for word in _WORD.findall(passage.scan)}
        found = bool(article.words and not name.cue_words.isdisjoint(article.words))
        found = found or any(has_phrase(article, phrase) for phrase in name.cue_phrases)
        article.found_cues[name.number] = found
    return found


def has_phrase(article: Article, phrase: str) -> bool:
    """Say whether a folded phrase stands in the article as whole words."""
    for passage in article.passages:
        scan, at = passage.scan, passage.scan.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            if not scan[at - 1 : at].isalnum() and not scan[end : end + 1].isalnum():
                return True
            at = scan.find(phrase, at + 1)
    return False


def beside_descriptor(hit: Hit) -> bool:
    """Say whether the name stands directly after a descriptor (an English name: or before one)."""
    if word_before(hit) in hit.name.descriptors:
        return True
    return hit.name.language == "en" and word_after(hit) in hit.name.descriptors


def title_of_work(hit: Hit) -> bool:
    """Say whether a quoted ordinary word is the title of a work or the sign of a house."""
    if fills_quotes(hit.passage.text, hit.start, hit.end) == hit.end:
        return False
    word = word_before(hit)
    return word not in hit.name.descriptors and (word in _WORKS_EN or _WORKS.match(word) is not None)


def in_verb_position(hit: Hit) -> bool:
    """Say whether an abbreviation that spells an English verb stands where the verb stands."""
    text, scan = hit.passage.text, hit.passage.scan
    if scan[hit.start : hit.end] not in _VERBS:
        return False
    before, after = word_before(hit), word_after(hit)
    if before in _SUBJECTS or after in _CONTRACTED_VERBS or after == "not":
        return True
    if before in _OPEN_SUBJECTS and after in _COMPLEMENTS:
        return True
    if not in_capitals(text, hit.start, hit.end):
        return False
    return after in _COMPLEMENTS or before in _OPEN_SUBJECTS
