"""What the text says of a name: in quotation marks that it is a work, or does what only works do; without, what it is.

`“X” is the third album`, «X» — третий альбом, `a novel called “X”`, «X» звучал устало. The nouns and verbs are data
(`things`: `is`, `does`), each with its example.
"""

import re

from articles.footnotes.rules.context import word_before
from articles.footnotes.rules.fits import BODY_NOUNS, GENERAL
from articles.footnotes.rules.hit import Cue, Hit, fills_quotes
from articles.footnotes.rules.things import bears

_COPULAS = frozenset(
    "is was became remains это стал стала стало стали был была было были является считается остается".split()
)
_DASHES = frozenset("—–-")
_DETERMINERS = frozenset("a an the her his their its our my one another also only just это".split())
# What may follow the noun: `is a film by`, not `is a film studio`.
_GOES_ON = frozenset(
    "about after and at by for from in of on or released recorded set starring that to which who with written".split()
)
_NAMING = frozenset(
    "called titled entitled named называется называлась назывался называлось назван названа названо названием "
    "названиями озаглавлен озаглавлена озаглавлено".split()
)
_CALLED = re.compile(
    r"([^\W_]+),? (?:(?:is|was|were|that is|which is) )?(?:(?:simply|also) )?(?:called|titled|entitled|named)[ \"']*\Z"
    r"|([а-я]+),? (?:под названием|с названием|называется|называл(?:[аои]сь|ся)|назван[ао]?|озаглавлен[ао]?)[ \"']*\Z"
)
# `Veter is a pub by the river`: what it is, up to the first small word behind.
_PREDICATE = re.compile(r" (?:is|was) (?:the|an?)((?: [^\W_]+){1,3})")
_ENDS_PREDICATE = frozenset("of for with that which who in on from at to by and".split())
_WORD = re.compile(r"[^\W_]+(?:'s)?")
_NEAR = 60
_FEW = 4  # words before the noun


def said_to_be_thing(hit: Hit) -> Cue | None:
    """Return the noun or verb that says of a hit that it is a work; None when it fills no quotation marks."""
    passage = hit.passage
    stop = fills_quotes(passage.text, hit.start, hit.end)
    if stop == hit.end:
        return None
    behind = passage.text[stop : stop + 2]
    if behind[:1] == " " and (behind[1:] in _DASHES or _may_say(passage.scan, stop + 1)):
        first = _WORD.match(passage.scan, stop + 1) or _WORD.search(passage.scan, stop + 1, stop + _NEAR)
        found = _behind(hit, stop, first) if first else None
        if found:
            return found
    if word_before(hit) not in _NAMING:  # as before most
        return None
    match = _CALLED.search(passage.scan[max(0, hit.start - _NEAR) : hit.start])
    word = (match[1] or match[2]) if match else ""
    if not word or not bears(word, "is"):
        return None
    at = passage.scan.rindex(word, 0, hit.start)
    return Cue(word, passage, at, at + len(word))


def _may_say(scan: str, at: int) -> bool:
    """Say quickly whether the word at an offset is one of those that say what a thing is or does."""
    stop = scan.find(" ", at, at + _NEAR)
    word = scan[at : stop if stop >= 0 else at + _NEAR].rstrip(".,;:!?…)\n")
    return word in _COPULAS or bears(word, "does")


def _behind(hit: Hit, stop: int, first: re.Match[str]) -> Cue | None:
    passage = hit.passage
    if first.start() == stop + 1 and bears(first[0], "does"):
        return Cue(first[0], passage, *first.span())
    dash = passage.text[stop + 1 : stop + 2] in _DASHES and first.start() == stop + 3
    if not dash and (first.start() > stop + 1 or first[0] not in _COPULAS):
        return None
    at = first.start() if dash else first.end() + 1
    return _noun(hit, at, needs_determiner=not dash and first[0].isascii())


def _noun(hit: Hit, at: int, *, needs_determiner: bool) -> Cue | None:
    """Return the noun of a work that heads the words from an offset on."""
    passage, descriptors = hit.passage, hit.name.descriptors
    for number, word in enumerate(_WORD.finditer(passage.scan, at, at + _NEAR)):
        low, gap = word[0], passage.text[at : word.start()]
        if gap.strip(" \"'«“„") or number > _FEW or low in descriptors or low in BODY_NOUNS or low in GENERAL:
            return None
        if number == 0 and needs_determiner and low not in _DETERMINERS and not low.endswith("'s"):
            return None
        at = word.end()
        if bears(low, "is"):
            return Cue(low, passage, *word.span()) if not low.isascii() or _ends(passage.scan, at) else None
        if low in _GOES_ON:
            return None
    return None


def _ends(scan: str, at: int) -> bool:
    """Say whether no further noun follows an English one: `is a film`, not `is a film studio`."""
    following = _WORD.match(scan, at + 1) if scan.startswith(" ", at) else None
    return following is None or following[0] in _GOES_ON


def said_to_be(hit: Hit) -> Cue | None:
    """Return the noun for a thing that a sentence says an English name is: `Veter is a pub by the river`."""
    passage, end = hit.passage, hit.end
    if passage.text[end + 1 : end + 2] not in ("i", "w"):
        return None  # as behind most
    match = _PREDICATE.match(passage.text, end)
    for word in _WORD.finditer(passage.text, *match.span(1)) if match else ():
        low = word[0].lower()
        if low in hit.name.descriptors or low in _ENDS_PREDICATE:
            return None
        if bears(low, "title"):
            return Cue(word[0], passage, *word.span())
    return None
