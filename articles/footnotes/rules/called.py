"""The noun beside a name that says what the body is: its descriptor, before, behind, over a list, in an apposition."""

import re

from articles.footnotes.rules.context import word_before
from articles.footnotes.rules.fits import GENERAL, nouns_of
from articles.footnotes.rules.hit import Article, Cue, Hit, fills_quotes
from articles.footnotes.rules.sentence import list_begins, noun_of_list, singulars

_WORD = re.compile(r"[^\W_]+")
_NEAR = 60
_OF_ART = re.compile(r"\b(?:рок|поп|рэп|панк|фолк|джаз|метал|кавер|арт|rock|pop|punk|folk|jazz|metal|cover|art)[- ]\Z")
_LAST = re.compile(r"([^\W_]+)[ \"'«“„(]*\Z")
_APPOSED = re.compile(r", (?:an?|the|once an?|now an?) ((?:[^\W_]+[ ,.;:]?){1,5})")
_SEVERAL_CAPITALS = re.compile(r"(?:[A-Z]\w* ){1,5}[A-Z]\w*\Z")  # which a general noun behind does not leave open
_ENDS_APPOSITION = re.compile(r"(?:[,.;:]|\Z| (?:of|in|for|at|on|by|from|that|which|with|based|founded|run|known)\b)")


def noun_beside(hit: Hit) -> Cue | None:
    """Return the descriptor directly before a hit, of an English name also behind it, or that of a list it is in."""
    passage, descriptors = hit.passage, hit.name.descriptors
    for word, at in heads(hit):
        if _called(word, descriptors):
            start = passage.scan.rindex(word, 0, at)
            if not _quoted_together(hit, start) and not _OF_ART.search(passage.scan, max(0, start - _NEAR), start):
                return Cue(word, passage, start, start + len(word))
    if hit.name.language != "en":
        return None
    following = _WORD.search(passage.scan, hit.end, hit.end + _NEAR)
    if (
        following
        and passage.scan[hit.end : following.start()].strip(" \"'") == ""
        and _called(following[0], descriptors)
    ):
        return Cue(following[0], passage, *following.span())
    apposed = _apposed(hit) if passage.text.startswith(", ", hit.end) else None
    if apposed:
        return apposed
    noun = noun_of_list(hit)
    if noun and _called(noun, descriptors):
        at = passage.scan.find(noun, hit.end)
        return Cue(noun, passage, at, at + len(noun))
    return None


def _apposed(hit: Hit) -> Cue | None:
    """Return the noun of an apposition that says what the body is: `Beam, a small channel in the delta,`."""
    match = _APPOSED.match(hit.passage.scan, hit.end, hit.end + 2 * _NEAR)
    for word in _WORD.finditer(match[1]) if match else ():
        low = word[0]
        ends = match and _ENDS_APPOSITION.match(match[1], word.end())
        if (
            match
            and ends
            and (low not in GENERAL or _SEVERAL_CAPITALS.match(hit.passage.text, hit.start, hit.end))
            and (low in hit.name.descriptors or low in nouns_of(hit.name.descriptors))
        ):
            at = match.start(1) + word.start()
            return Cue(low, hit.passage, at, at + len(low))
    return None


def apposed_with_cue(hit: Hit, article: Article) -> Cue | None:
    """Return the general noun of an apposition that holds a cue of the name, too: `Beam, the river news group,`."""
    passage = hit.passage
    if hit.name.language != "en" or not passage.text.startswith(", ", hit.end):
        return None
    match = _APPOSED.match(passage.scan, hit.end, hit.end + 2 * _NEAR)
    cued = match and any(
        hit.name.number in numbers and where is passage and match.start(1) <= start and end <= match.end(1)
        for numbers, where, start, end in article.cues_found
    )
    for word in _WORD.finditer(match[1]) if match and cued else ():
        if match and word[0] in hit.name.descriptors and _ENDS_APPOSITION.match(match[1], word.end()):
            at = match.start(1) + word.start()
            return Cue(word[0], passage, at, at + len(word[0]))
    return None


def heads(hit: Hit) -> list[tuple[str, int]]:
    """Return the word before a hit, and that before the list it stands in, each with where what it heads begins."""
    found = [(word_before(hit), hit.start)] if "\n" not in hit.passage.text[max(0, hit.start - 2) : hit.start] else []
    begins = list_begins(hit)
    match = _LAST.search(hit.passage.scan, max(0, begins - _NEAR), begins) if begins < hit.start else None
    return [*found, (match[1], begins)] if match else found


def _called(word: str, descriptors: frozenset[str]) -> bool:
    return any(one in descriptors for one in singulars(word))


def _quoted_together(hit: Hit, at: int) -> bool:
    """Say whether a quotation holds the word and the hit alone: a longer name, in which it is no descriptor."""
    return fills_quotes(hit.passage.text, at, hit.end) > hit.end
