"""A form in which somebody types at random; what is underlined beside what publishing would mark."""

import html
import json
import random
from dataclasses import dataclass, field

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import editions
from articles.admin.articles.places import words_of
from articles.models import Article
from articles.models.printed import row_of

NAMES = ["GDL", "Grey Dune League", "«GDL»", "Harbour", "Лига серых дюн", "the Harbour", "GDL*", "Grey Dune League **"]
WORDS = ["met", "the", "port 😀", "said", "in", "1998", "*", "&", "<", "no\u00a0one", "and so", "(GDL)", ".", ","]
PLAIN = ("headline", "summary", "source_line")


@dataclass
class Typist:
    """`texts`: the plain fields; `paragraphs`: of the body, each a list of words and of whether they are bold."""

    rng: random.Random
    texts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(PLAIN, ""))
    paragraphs: list[list[tuple[str, bool]]] = field(default_factory=lambda: [[]])

    def edit(self) -> None:
        """Type, take away, break a paragraph, or make something bold."""
        word = self.rng.choice(self.rng.choice((NAMES, WORDS)))
        act = self.rng.random()
        if act < 0.3:
            name = self.rng.choice(PLAIN)
            text = self.texts[name]
            at = self.rng.randrange(len(text) + 1)
            cut = self.rng.randrange(6) if self.rng.random() < 0.4 else 0
            self.texts[name] = (f"{text[:at]} {word} {text[at + cut :]}")[-200:]
            return
        line = self.rng.choice(self.paragraphs)
        at = self.rng.randrange(len(line) + 1)
        if act < 0.7:
            line.insert(at, (word, self.rng.random() < 0.2))
        elif act < 0.85 and line:
            line.pop(self.rng.randrange(len(line)))
        elif act < 0.95 and len(self.paragraphs) < 6:
            self.paragraphs.append(line[at:])
            del line[at:]
        elif len(self.paragraphs) > 1:
            self.paragraphs.remove(line)

    @property
    def body(self) -> str:
        """Return the HTML as the editor sends it."""
        lines = []
        for line in self.paragraphs:
            pieces = [f"<strong>{html.escape(word)}</strong>" if bold else html.escape(word) for word, bold in line]
            lines.append(f"<p>{' '.join(pieces)}</p>")
        return "".join(lines)

    @property
    def words(self) -> str:
        return "".join(" ".join(word for word, _bold in line) for line in self.paragraphs)

    def sent(self) -> str:
        return json.dumps({**self.texts, "body": self.body, "words": self.words})


def underlined(client: Client, article: Article, typist: Typist) -> list[tuple[str, str]]:
    """Return (field, the letters under the line) of what the form would underline."""
    address = reverse("admin:articles_article_live_marks", args=[article.pk])
    answer = client.post(address, typist.sent(), content_type="application/json")
    assert answer.status_code == 200, answer.content
    typed = {**typist.texts, "body": typist.words}
    found = []
    for mark in answer.json()["marks"]:
        if mark["kind"] == "marked":
            letters = typed[mark["field"]].encode("utf-16-le")[2 * mark["from"] : 2 * mark["to"]].decode("utf-16-le")
            found.append((mark["field"], " ".join(letters.replace("*", "").split())))
    return sorted(found)


def published(article: Article, typist: Typist) -> list[tuple[str, str]]:
    """Return (field, name) of what publishing the saved texts would mark."""
    for name, text in typist.texts.items():
        setattr(article, name, text)
    article.body = editions.clean_html(typist.body)
    prepared = editions.preview(article, timezone.now())
    fields = {one.name: one for one in editions.fields_of(prepared.content)}
    found = []
    for mention in prepared.annotation.mentions:
        row = row_of(mention.field)
        if row is not None and row.written in (*PLAIN, "body"):
            text = fields[mention.field].text[mention.start : mention.end]
            surface = words_of(text)[0] if row.format == "html" else text
            found.append((row.written, " ".join(surface.split())))
    return sorted(found)
