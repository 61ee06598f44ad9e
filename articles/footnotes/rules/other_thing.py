"""Rule: what stands beside an ordinary word says that it names another kind of thing: a film, a vessel, a share, a key.

The nouns are data (`things`), each with its example.
"""

import re

from articles.footnotes.automaton import NameData
from articles.footnotes.fold import fold_form
from articles.footnotes.rules.context import word_after, word_before
from articles.footnotes.rules.fits import kinds_of
from articles.footnotes.rules.hit import Cue, Hit, fills_quotes, sentence_begins
from articles.footnotes.rules.said import said_to_be_thing
from articles.footnotes.rules.sentence import in_title_case, list_begins, longer_quotation, sentence_span, words_before
from articles.footnotes.rules.things import TRADES, Thing, things_called

_BETWEEN = " \n\t\"'(«“„"
_LAST_TWO = re.compile(r"([a-z]+ [a-z]+)[\s\"'(]*(?:the )?[\"'(]*\Z")
# What a longer one, or any behind a strong name, may call a thing: no body is one of these, while many a listed one is
# a team, a band or a festival.
_NO_BODY = frozenset(
    "aircraft album bakery bar boat brewery cafe café cat cruiser dog ferry film frigate guesthouse hamlet horse "
    "hostel hotel inn island lake laundry motel movie nightclub novel opera painting plane poem pub racehorse "
    "residence restaurant river satellite schooner ship shop song stadium store street supermarket tanker town "
    "train trawler vessel village yacht".split()
)
_TWO_WORDS = re.compile(r"(?<![а-я])([а-я]+) ([а-я]+) [\"'«„(]*\Z")
# The genitive behind a noun: `на конкурсе чтецов «Луч»`; what ends in ли or ти is rather a verb.
_GENITIVE = re.compile(r"[а-я]+(?:ов|ев|ей|ий|ы|[^лт]и)\Z")
_PHRASE = re.compile(r"((?: [A-Z][a-z]+){1,3})")
_APPOSITION = re.compile(r", (?:the|an?)((?: [^\W_]+){1,2})")
# The head of a longer one stands where it ends: `Veter, a backpackers' hostel by the station`.
_ENDED_APPOSITION = re.compile(
    r", (?:the|an?)(?: [^\W_]+(?:['’-][^\W_]+|['’](?= ))*){0,6}?"
    r"( [^\W_]+)(?=[,.;:!?]|\Z| (?:of|in|for|at|on|by|near|behind|about|across|beside|between|over|to|under|"
    r"where|whose|from|that|which|with|"
    r"outside|off|turned|based|called|designated|founded|known|listed|named|opened|owned|recogni[sz]ed|run)\b)"
)
_WORD = re.compile(r"[^\W_]+")
_NEAR = 60
_NAMED = frozenset({"named", "called", "nicknamed", "christened", "titled", "entitled"})
_AGAINST = frozenset({"между", "против"})  # `матч между «Лучом» и «Ветром»`
_TITLED = frozenset({"названием", "именем"})  # `яхта под названием «Луч»`
# What a body may make, show, send or open, and a verb behind its name.
_MADE = frozenset(
    "album algorithm ballet benchmark boat book bot cafe cartoon club comic contest dataset drone exhibition festival "
    "film font game island label lake lighthouse model movie mural museum musical novel nickname opera painting plane "
    "play poem poster river rocket route satellite sculpture series ship shop show single sitcom song statue store "
    "story surname symphony team theater theatre track train vessel village word".split()
)
# In a Russian text a Latin name is not declined: only what is no body's own bears one beside it (`бар Beam`).
_BORNE = frozenset(
    "бар* ресторан* кафе паб* отель отел* гостиниц* хостел* яхт* танкер* паром* трио дуэт* диджей* рэпер* певиц* "
    "лошад* собак* кот сорт* духи магазин* кофейн* пиццери*".split()
)
_VERB = re.compile(
    r" (?:[^\W_]{2,}(?:ed|[^s' ]s)|is|was|has|had|will|can|sent|made|built|led|held|ran|broke|took|gave|wrote|shot|"
    r"found|sold|won|lost|told|said|got|put|cut|set)(?![\w'])"
)
_ONE_OR_THE = re.compile(r"(?:The )?[A-Z][a-z]+\Z")


def another_thing(hit: Hit) -> bool:
    """Say whether the words beside say that the hit is no body but another kind of thing, and keep the cue."""
    quoted = fills_quotes(hit.passage.text, hit.start, hit.end) > hit.end
    found = _around_longer(hit) or (_of_trade(hit) if quoted else None)
    if found is None:
        if word_before(hit) in hit.name.descriptors or (hit.name.abbreviation and not quoted):
            return False
        found = _before(hit, quoted) or _on_screen(hit, quoted) or _behind(hit)
        found = found or (said_to_be_thing(hit) if quoted else None)
    if found:
        hit.cue = found
    return found is not None


def _last_word(scan: str, low: int, at: int) -> tuple[str, int, int]:
    """Return the word that ends before an offset, signs passed over, with its span; "" when there is none."""
    text = scan[max(0, low) : at].rstrip(_BETWEEN)
    start = end = len(text)
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start:], max(0, low) + start, max(0, low) + end


def _before(hit: Hit, quoted: bool) -> Cue | None:
    scan, text = hit.passage.scan, hit.passage.text
    for at in dict.fromkeys((hit.start, list_begins(hit))):
        word, start, end = _last_word(scan, at - _NEAR, at)
        if word in _TITLED and scan.endswith("под ", 0, start):
            word, start, end = _last_word(scan, at - _NEAR, start - 4)
        elif word in _NAMED or word in _AGAINST:
            word, start, end = _last_word(scan, at - _NEAR, start)
        between = text[end:at]
        if not word or "(" in between or "\n" in between:
            continue
        if word in hit.name.descriptors:
            return None
        lines = [*things_called(word)]
        if hit.name.language == "en" or word.isascii():
            two = _LAST_TWO.search(scan, max(0, at - _NEAR), at)
            lines += things_called(two[1]) if two else ()
        elif quoted and not lines and _GENITIVE.match(word) and scan[start - 1 : start] == " ":
            word, start, end = _last_word(scan, start - _NEAR, start - 1)
            lines = [*things_called(word)] if end == start + len(word) and word not in hit.name.descriptors else []
        for line in lines:
            if _holds_before(line, hit, quoted):
                return Cue(word, hit.passage, start, end)
    return None


def _holds_before(line: Thing, hit: Hit, quoted: bool) -> bool:
    if line.way == "title":
        return quoted and _is_base_form(hit)
    if line.way == "whose":
        return quoted and "company" not in kinds_of(hit.name.descriptors) and _in_sentence(line, hit)
    return line.way == "form" and quoted


def _of_trade(hit: Hit) -> Cue | None:
    """Return the words for a business directly before a Russian quotation: `свадебное агентство «Луч»`."""
    scan, low = hit.passage.scan, max(0, hit.start - _NEAR)
    match = _TWO_WORDS.search(scan, low, hit.start)
    for line in TRADES if match else ():
        if match and match[1].startswith(line.word.rstrip("*")) and match[2].startswith(line.sentence):
            return Cue(f"{match[1]} {match[2]}", hit.passage, match.start(1), match.end(2))
    return None


def _is_base_form(hit: Hit) -> bool:
    """A title stays as it is beside such a noun (`в фильме «Луч»`); another case says whose it is."""
    return hit.passage.scan[hit.start : hit.end] == fold_form(hit.name.text)


def _in_sentence(line: Thing, hit: Hit) -> bool:
    if not line.sentence:
        return True
    scan = hit.passage.scan
    first, last = sentence_span(hit.passage.text, hit.start, hit.end)
    sentence = scan[first:last]
    return any(word in sentence for word in line.sentence)


def _around_longer(hit: Hit) -> Cue | None:
    """A legal form or a thing before the longer quotation that the hit stands in."""
    passage, opened = hit.passage, longer_quotation(hit)
    word, start, end = _last_word(passage.scan, opened - _NEAR, opened) if opened > 0 else ("", 0, 0)
    if word not in hit.name.descriptors and any(line.way in ("form", "title") for line in things_called(word)):
        return Cue(word, passage, start, end)
    return None


def _on_screen(hit: Hit, quoted: bool) -> Cue | None:
    """What is pressed or chosen, said anywhere before in the sentence."""
    for word in words_before(hit) if quoted else ():
        if any(line.way == "sentence" for line in things_called(word)):
            at = hit.passage.scan.rfind(word, 0, hit.start)
            return Cue(word, hit.passage, at, at + len(word))
    return None


def _behind(hit: Hit) -> Cue | None:
    if hit.name.language != "en":
        return None
    word = word_after(hit)
    if word in hit.name.descriptors or "company" in kinds_of(hit.name.descriptors):
        return None
    if not any(line.way == "after" for line in things_called(word)):
        return None
    at = hit.passage.scan.find(word, hit.end)
    if not hit.passage.text[hit.end : at].strip("\"'”’“ ") and not sentence_begins(hit.passage.text, at):
        return Cue(word, hit.passage, at, at + len(word))
    return None


def may_be_thing(name: NameData) -> bool:
    """Say whether a name is an English word, or one with an article, such as films, pubs and ships have."""
    return name.language == "en" and not name.abbreviation and _ONE_OR_THE.match(name.text) is not None


def thing_named_before(hit: Hit) -> Cue | None:
    """Return the English noun for a thing directly before a name without quotation marks: `the trio Veter`."""
    text, start = hit.passage.text, hit.start
    if start == 0 or text[start - 1] != " " or not text[start].isupper():
        return None
    word, at = word_before(hit), start - 1
    if word in _NAMED:
        word, _, at = _last_word(hit.passage.scan, start - _NEAR, start - 1 - len(word))
    if word in hit.name.descriptors or not text[start - 2].isalpha():
        return None
    if not any(
        line.way == "title" and (word.isascii() or line.word in _BORNE) for line in things_called(word)
    ) or "company" in kinds_of(hit.name.descriptors):
        return None
    return Cue(word, hit.passage, at - len(word), at)


def may_be_whose(hit: Hit, thing: str) -> bool:
    """Say whether a thing may be the name's own, as a verb behind says: `the book Veter published`."""
    return thing in _MADE and _VERB.match(hit.passage.scan, hit.end) is not None


def thing_named_behind(hit: Hit) -> Cue | None:
    """Return the noun of a longer name (`Veter Street`) or of an apposition (`Veter, a film`)."""
    text, end = hit.passage.text, hit.end
    sign = text[end : end + 1]
    if sign not in (" ", ",") or (sign == " " and not text[end + 1 : end + 2].isupper()):
        return None
    match = (_PHRASE if sign == " " else _APPOSITION).match(text, end)
    if sign == "," and match is not None and (ended := _ENDED_APPOSITION.match(text, end)):
        short = ended.end() <= match.end() and hit.name.strength != "strong"
        match = ended if short or ended[1].strip().lower() in _NO_BODY else None
    for word in _WORD.finditer(text, *match.span(1)) if match else ():
        low = word[0].lower()
        if low in hit.name.descriptors:
            return None
        if any(line.way == ("after" if sign == " " else "title") for line in things_called(low)):
            return None if sign == " " and in_title_case(hit) else Cue(word[0], hit.passage, *word.span())
    return None
