"""What a site answers of a post (oEmbed), as plain words; of its markup and scripts nothing is taken."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

MONTHS = "january february march april may june july august september october november december".split()
_DAY = re.compile(r"([A-Z][a-z]{2,8}) ([0-9]{1,2}), ([0-9]{4})\s*\Z")
DROPPED = frozenset({"script", "style", "iframe", "template", "noscript"})


class ToldError(ValueError):
    """The answer is none that can be read."""


@dataclass(frozen=True)
class ToldPost:
    """What was told, "" and None for what was not. `picture`: address of the still."""

    author: str = ""
    text: str = ""
    posted_on: date | None = None
    picture: str = ""


class PostWords(HTMLParser):
    """The words of the first paragraph, or of all where there is none, and those behind it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.first: list[str] = []
        self.rest: list[str] = []
        self.paragraphs = self.dropped = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.paragraphs += tag == "p"
        self.dropped += tag in DROPPED
        if tag == "br":
            self.put("\n")

    def handle_endtag(self, tag: str) -> None:
        self.paragraphs += tag == "p"
        self.dropped -= tag in DROPPED and self.dropped > 0

    def handle_data(self, data: str) -> None:
        self.put(data)

    def put(self, text: str) -> None:
        """Keep words: in a paragraph the number of its tags is 1."""
        if not self.dropped:
            (self.first if self.paragraphs == 1 else self.rest).append(text)


def words_of(html: str) -> tuple[str, str]:
    """Return the plain words of the first paragraph and the others.

    >>> words_of("<blockquote><p>One<br>two</p>&mdash; Name <a>May 4, 2026</a></blockquote>")
    ('One\\ntwo', '— Name May 4, 2026')
    """
    reader = PostWords()
    reader.feed(html)
    reader.close()
    first, rest = ("".join(words).strip() for words in (reader.first, reader.rest))
    return first, rest


def read_answer(kind: str, body: bytes, longest_text: int, longest_author: int) -> ToldPost:
    """Read a site's answer; raise ToldError. What is too long is cut: a person looks through it."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ToldError("no JSON") from error
    if not isinstance(answer, dict):
        raise ToldError("no object")
    text, rest = words_of(_text(answer, "html")) if kind == "x" else (_text(answer, "title"), "")
    posted_on = day_at_end(rest) if kind == "x" else day_of(_text(answer, "upload_date"))
    author = words_of(_text(answer, "author_name"))
    return ToldPost(
        author="".join(author)[:longest_author].strip(),
        text=(text if kind == "x" else "".join(words_of(text)))[:longest_text].strip(),
        posted_on=posted_on,
        picture=_text(answer, "thumbnail_url")[:2000],
    )


def _text(answer: dict[str, Any], key: str) -> str:
    value = answer.get(key)
    return value if isinstance(value, str) else ""


def day_at_end(text: str) -> date | None:
    """Return the day that a text ends with, as X writes it: "May 4, 2026"."""
    match = _DAY.search(text)
    if match is None:
        return None
    month = next((number for number, name in enumerate(MONTHS, 1) if name.startswith(match[1].lower())), 0)
    try:
        return date(int(match[3]), month, int(match[2]))
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
