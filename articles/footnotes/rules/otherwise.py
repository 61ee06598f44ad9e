"""The rules that say that another thing, or somebody else, bears the name here: a work, a family, a namesake."""

from articles.footnotes.rules import context, evidence, said
from articles.footnotes.rules.called import noun_beside
from articles.footnotes.rules.context import word_before
from articles.footnotes.rules.family_name import person_before
from articles.footnotes.rules.hit import ASK, NOT, Article, Hit
from articles.footnotes.rules.longer import (
    is_ordinary_phrase,
    is_quoted_title,
    makes_works,
    may_be_owned,
    may_be_title,
    namesake,
    owns_several,
    part_of_longer,
    speaks_of_works,
)
from articles.footnotes.rules.other_thing import another_thing, may_be_whose, thing_named_before, thing_named_behind
from articles.footnotes.rules.things import bears
from articles.footnotes.rules.verdicts import cued, noted, whole


def family_name(hit: Hit, article: Article) -> str | None:
    """Behind a given name, or what somebody is, a single word is that person's family name."""
    return NOT if noted(hit, person_before(hit)) else None


def thing_before(hit: Hit, article: Article) -> str | None:
    """An English noun for another thing directly before says what is named; before a verb of bodies it may belong to
    the words before (`the book Veter published`)."""
    if not noted(hit, thing_named_before(hit)):
        return None
    return ASK if hit.cue and may_be_whose(hit, hit.cue.words) else NOT


def title_of_work(hit: Hit, article: Article) -> str | None:
    """A noun beside an ordinary word says that it is the name of a film, a ship, a share, a key; a status directly
    beside it is asked about."""
    if not another_thing(hit):
        return None
    return ASK if hit.passage.roots and evidence.status_beside(hit) else NOT


def title_alone(hit: Hit, article: Article) -> str | None:
    """A name in quotation marks beside “film” or “team” is asked about, unless the sentence states a status. An article
    and a word is a title where the text speaks of works, else asked about, unless something of the body is beside."""
    start = hit.start
    if start == 0 or hit.passage.scan[start - 1] not in "\"'":  # as most stand
        return None
    if not hit.name.text.startswith("The ") or not may_be_title(hit.name):
        word = word_before(hit)
        if bears(word, "title") and is_quoted_title(hit) and not owns_several(hit, word):
            return ASK if not evidence.status_in_sentence(hit) and another_thing(hit) else None
        found = said.said_to_be_thing(hit)
        return ASK if found and not evidence.status_in_sentence(hit) and noted(hit, found) else None
    if not is_quoted_title(hit):
        return None
    if another_thing(hit):
        return NOT
    if article.language != "en":  # elsewhere every name of an outlet is quoted
        return None
    found = speaks_of_works(hit)
    beside = evidence.belongs_beside(hit)
    if beside and beside.start < hit.start and makes_works(beside.words):
        beside = None  # `He wrote “The Watcher”`
    if beside or noun_beside(hit) or evidence.status_beside(hit):
        return None
    if cued(hit, article):
        return ASK if found else None
    hit.cue = found
    return NOT if found else ASK


def longer_name_behind(hit: Hit, article: Article) -> str | None:
    """Words behind the noun of a body may make it another body: `the Dome Institute of Medical Research`; behind a noun
    in small letters they are ordinary words, unless the sentence states a status."""
    if noted(hit, is_ordinary_phrase(hit)):
        return ASK if evidence.status_in_sentence(hit) or may_be_owned(hit) else NOT
    return ASK if noted(hit, part_of_longer(hit)) else None


def namesake_behind(hit: Hit, article: Article) -> str | None:
    """A city may place a congregation elsewhere, a proper noun behind a foreign word name another thing, unless the
    sentence states a status."""
    found = namesake(hit)
    return ASK if found and not evidence.status_in_sentence(hit) and noted(hit, found) else None


def direct_speech(hit: Hit, article: Article) -> str | None:
    """An ordinary word that is all somebody says stands in quotation marks for that reason."""
    return ASK if context.whole_utterance(hit) else None


def thing_behind(hit: Hit, article: Article) -> str | None:
    """A capitalized noun behind a name makes it that of a street, a hotel, a firm; an apposition that of a film."""
    following = hit.passage.text[hit.end : hit.end + 2]
    if not following or following[0] not in " ," or not (following[0] == "," or following[1:].isupper()):
        return None  # as behind most
    if not noted(hit, thing_named_behind(hit)):
        return None
    return ASK if following[0] == "," and evidence.status_beside(hit) else NOT


def said_to_be(hit: Hit, article: Article) -> str | None:
    """What a sentence says the name is, another kind of thing, unless the article names the organization elsewhere."""
    if article.cued and hit.name.organization in article.cued:
        return None
    return NOT if noted(hit, said.said_to_be(hit)) else None


def meant_otherwise(hit: Hit, article: Article) -> str | None:
    """Another meaning stated once holds for all forms of the word: `the film “Veter”` and later `“Veter” is long`."""
    other = article.otherwise.get((hit.name.organization, hit.name.text)) if article.otherwise else None
    if other is None:
        return None
    if hit.name.strength == "strong" and not _stays_another(hit, other, article):
        return None
    hit.cue = other.cue or whole(other)
    return ASK if other.verdict == ASK or (article.cued and hit.name.organization in article.cued) else NOT


def _stays_another(hit: Hit, other: Hit, article: Article) -> bool:
    """Say whether another meaning of an unmistakable name holds at another place: of what words beside it gave only
    letters keep it, and from there on; not where the words beside are those of such a body."""
    if other.rule == "other_words_beside" and (not hit.name.abbreviation or other.order > hit.order):
        return False
    if other.verdict == ASK and evidence.status_in_sentence(hit):
        return False
    beside = evidence.status_beside(hit) or noun_beside(hit) or evidence.belongs_beside(hit)
    return not beside
