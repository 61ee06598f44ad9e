"""What may have been meant by a query that no article answers: other keys, other letters, one letter wrong.

Each word that no article has is exchanged for one that an article has which readers see; nothing else is proposed.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from ..models import Edition, SearchWord
from .counts import numbers_of
from .index import readers_texts
from .letters import is_russian, one_wrong, other_keys, sound_of
from .question import AND, LONGEST_QUERY, OR, SearchQuestion, Term
from .rows import newest
from .words import compounds, folded, lemmas, stems

MOST_WORDS = 6
SHORTEST_SOUND = 4
QUOTES = '"“”„«»'


def proposals(query: str, language: str, at: datetime) -> Iterator[str]:
    """Yield queries with the words exchanged that no article has, the likeliest first; nothing where there is nothing
    better. Whether an article has all words of one is not asked.
    """
    parts = query[:LONGEST_QUERY].split()
    if len(parts) > MOST_WORDS:
        return
    ways = [_ways(part, language, at) for part in parts]
    first = [next(way, None) for way in ways]
    likeliest = [one for one in first if one is not None]
    if len(likeliest) < len(parts) or likeliest == parts:
        return
    yield " ".join(likeliest)
    for number, way in enumerate(ways):
        for other in way:
            yield " ".join([*likeliest[:number], other, *likeliest[number + 1 :]])


def _ways(part: str, language: str, at: datetime) -> Iterator[str]:
    """Yield what may stand for a part of a query: itself alone where articles have its words."""
    if part in OR or part == AND or part.startswith("-"):
        yield part
        return
    bare = part.strip(QUOTES)
    before, behind = part[: part.find(bare)] if bare else part, part[part.find(bare) + len(bare) :] if bare else ""
    for word in _words(bare, language, at):
        yield f"{before}{word}{behind}"


def _words(written: str, language: str, at: datetime) -> Iterator[str]:
    words = folded(written)
    if not words or _are_known(words, language):
        yield written
        return
    shown = (shown_as(lemma, language, at) for lemma in _candidates(written, words, language))
    yield from dict.fromkeys(filter(None, shown))


def _are_known(words: Iterable[str], language: str) -> bool:
    """Say whether each of the words is in an article; what has a digit is never exchanged."""
    return all(any(map(str.isdigit, word)) or numbers_of(lemmas(word).every, language) for word in words)


def _candidates(written: str, words: list[str], language: str) -> Iterable[str]:
    """Yield lemmas that articles have, the likeliest first."""
    turned = other_keys(written)
    if len(folded(turned)) == 1:
        yield from _same(folded(turned)[0], language)
    if len(words) == 1:
        word = words[0].removesuffix("'s").replace("'", "")
        yield from _same(word, language)
        yield from _alike(word, language)


def _same(word: str, language: str) -> list[str]:
    """Return lemmas of a word that articles have, and those that are read alike in the other alphabet."""
    every = lemmas(word).every
    sounds = {sound_of(lemma.removesuffix("0")) for lemma in (*every, word)}
    sounds = {sound for sound in sounds if len(sound) >= SHORTEST_SOUND}
    alike = SearchWord.objects.filter(language=language, sound__in=sounds, number__gt=0).order_by("-number", "word")
    return [*_by_number(numbers_of(every, language)), *alike.values_list("word", flat=True)[:3]]


def _alike(word: str, language: str) -> list[str]:
    """Return the lemmas that a word may be with one letter wrong: of English the word, as endings hide its stem."""
    if is_russian(word):
        wrong = {one for lemma in (*lemmas(word).asked, word) for one in one_wrong(lemma)}
    else:
        wrong = {lemma for one in one_wrong(word) for lemma in stems(one)}
    return _by_number(numbers_of(wrong, language))[:3]


def _by_number(numbers: dict[str, int]) -> list[str]:
    return sorted(numbers, key=lambda word: (-numbers[word], word))


def shown_as(lemma: str, language: str, at: datetime) -> str:
    """Return how readers know a lemma: it itself in Russian, else a word of the newest article that has it; empty where
    readers see no such article."""
    question = SearchQuestion(((Term((lemma,), is_lemma=True),),))
    found = newest(question, language, at, 1)
    if not found:
        return ""
    if is_russian(lemma):
        return lemma
    edition = Edition.objects.get(release__pk=found[0].release)
    words = (word for text in readers_texts(edition) for compound in compounds(text) for word, _capital in compound)
    return next((word for word in words if lemma in lemmas(word).every), "")
