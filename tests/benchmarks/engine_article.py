"""Invented articles in HTML, English and Russian, of some 3,000 characters with half a dozen mentions each."""

import random
import re
from pathlib import Path

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "articles/fixtures/demo/articles"
SIZE = 2_900


def html(language: str) -> str:
    """Return the article's body, some 3,000 characters with its markup."""
    return (HERE / f"engine_article.{language}.html").read_text(encoding="utf-8").strip()


def variants(language: str, count: int) -> list[str]:
    """Return different articles of some 3,000 characters, each with two paragraphs that name organizations.

    The rest are paragraphs of the demo newsroom's articles. In life no text comes twice, so neither the automaton's
    states nor the branches of the rules lie in a cache already.
    """
    chance = random.Random(language)
    naming = [line for line in html(language).split("\n") if "IS" in line or "ИГ" in line]
    files = sorted(DEMO.glob(f"*.{language}.html"))
    plain = [one for file in files for one in re.findall(r"<p>.*?</p>", file.read_text("utf-8"), re.S)]
    texts = []
    for _ in range(count):
        paragraphs = chance.sample(naming, 2)
        while sum(map(len, paragraphs)) < SIZE:
            paragraphs.append(chance.choice(plain))
        chance.shuffle(paragraphs)
        texts.append("\n".join(paragraphs)[: SIZE + 200])
    return texts
