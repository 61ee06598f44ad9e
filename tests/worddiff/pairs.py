"""Pairs of texts, and of bodies, of which is known what was changed between them; drawn from a seed."""

import random
from dataclasses import dataclass, field
from html import escape

COMMON = "the of and a to in is that for on с на и в не что по как из за".split()
STEMS = "mar tol ven kor sil бер гор пол сан рек лес нор dal fen ost".split()
ENDS = "an el ia o us er ing ed а ов ить ский ная ом".split()
VOCABULARY = [stem + middle + end for stem in STEMS for middle in STEMS[:6] for end in ENDS]
LINKS = ("https://example.org/one", "https://example.org/two")


@dataclass
class Paragraph:
    """`words`: with the sign behind each. `bold`, `link`: places of words that look so; `link` of the address."""

    tag: str
    words: list[str]
    bold: set[int] = field(default_factory=set)
    link: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def html(self) -> str:
        out = []
        for n, word in enumerate(self.words):
            written = escape(word)
            written = f"<strong>{written}</strong>" if n in self.bold else written
            out.append(f'<a href="{self.link[n]}">{written}</a>' if n in self.link else written)
        return f"<{self.tag}>{' '.join(out)}</{self.tag}>"


def word(draw: random.Random) -> str:
    return draw.choice(COMMON) if draw.random() < 0.4 else draw.choice(VOCABULARY)


def sentence(draw: random.Random) -> list[str]:
    words = [word(draw) for _n in range(draw.randint(4, 16))]
    words[draw.randrange(len(words) - 1)] += ","
    return [words[0].capitalize(), *words[1:-1], words[-1] + draw.choice("." * 5 + "?!")]


def paragraph(draw: random.Random) -> Paragraph:
    words = [one for _n in range(draw.randint(1, 6)) for one in sentence(draw)]
    bold = {n for n in range(len(words)) if draw.random() < 0.03}
    link = {n: LINKS[0] for n in range(len(words)) if draw.random() < 0.02}
    return Paragraph(draw.choice(("p", "p", "p", "p", "h2")), words, bold, link)


def body(draw: random.Random, number: int) -> list[Paragraph]:
    return [paragraph(draw) for _n in range(number)]


def fresh(draw: random.Random) -> str:
    """Return a word that no text has but where it was put in."""
    return f"neu{draw.randrange(10**9)}"


def edited(draw: random.Random, old: Paragraph) -> tuple[Paragraph, list[str], list[str]]:
    """Return the paragraph with a few words exchanged, put in and taken out; with it what went and what came."""
    words: list[str] = []
    gone, come = [], []
    most = max(1, len(old.words) // 5)
    chosen = set(draw.sample(range(len(old.words)), draw.randint(1, most)))
    for n, one in enumerate(old.words):
        what = draw.choice(("exchange", "put in", "take out")) if n in chosen else ""
        if what in ("put in", "exchange"):
            come.append(fresh(draw) if draw.random() < 0.5 else word(draw))
            words.append(come[-1])
        if what in ("take out", "exchange"):
            gone.append(one)
        else:
            words.append(one)
    return Paragraph(old.tag, words), gone, come
