"""What may have been meant by a query that no article answers: other keys, other letters, one letter wrong.

Each word that no article has is exchanged for one that an article has which readers see; nothing else is proposed.
"""

from collections.abc import Iterable
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


def meant(query: str, language: str, at: datetime) -> str:
    """Return the query with the words that no article has exchanged; empty where there is nothing better."""
    parts = query[:LONGEST_QUERY].split()
    if len(parts) > MOST_WORDS:
        return ""
    found = [_part(part, language, at) for part in parts]
    return " ".join(one for one in found if one is not None) if None not in found and found != parts else ""


def _part(part: str, language: str, at: datetime) -> str | None:
    """Return what stands for a part of a query: itself where articles have its words; None where nothing does."""
    if part in OR or part == AND or part.startswith("-"):
        return part
    bare = part.strip(QUOTES)
    before, behind = part[: part.find(bare)] if bare else part, part[part.find(bare) + len(bare) :] if bare else ""
    word = _word(bare, language, at)
    return None if word is None else f"{before}{word}{behind}"


def _word(written: str, language: str, at: datetime) -> str | None:
    words = folded(written)
    if not words or _are_known(words, language):
        return written
    for lemma in _candidates(written, words, language):
        shown = shown_as(lemma, language, at)
        if shown:
            return shown
    return None


def _are_known(words: Iterable[str], language: str) -> bool:
    """Say whether each of the words is in an article; a number is never exchanged."""
    return all(not word.isalpha() or numbers_of(lemmas(word).every, language) for word in words)


def _candidates(written: str, words: list[str], language: str) -> Iterable[str]:
    """Yield lemmas that articles have, the likeliest first."""
    turned = other_keys(written)
    if len(folded(turned)) == 1:
        yield from _same(folded(turned)[0], language)
    if len(words) == 1:
        yield from _same(words[0], language)
        yield from _alike(words[0], language)


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
