"""Invented articles in HTML, English and Russian, of some 3,000 characters with half a dozen mentions each."""

import random
from pathlib import Path

HERE = Path(__file__).parent


def html(language: str) -> str:
    """Return the article's body, some 3,000 characters with its markup."""
    return (HERE / f"engine_article.{language}.html").read_text(encoding="utf-8").strip()


def variants(language: str, count: int) -> list[str]:
    """Return different articles of the same size: the paragraphs and their sentences in another order.

    In life no text comes twice, so neither the automaton's states nor the rules' answers lie in a cache already.
    """
    chance = random.Random(language)
    texts = []
    for _ in range(count):
        paragraphs = html(language).split("\n")
        chance.shuffle(paragraphs)
        sentences = [paragraph[3:-4].split(". ") for paragraph in paragraphs]
        for one in sentences:
            chance.shuffle(one)
        texts.append("\n".join(f"<p>{'. '.join(one)}</p>" for one in sentences))
    return texts
