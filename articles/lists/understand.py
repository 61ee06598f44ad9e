"""A raw line to what is proposed to be kept of it: names with kind and strength, a person's parts, the digest."""

import re

from ..footnotes.types import Name
from . import bodies, people
from .line import ListLine, Proposal, Raw
from .private import digest
from .read import Read
from .refused import gettext_noop as _
from .refused import say
from .text import clean, folded, language


def understood(found: Read, key: bytes) -> list[ListLine]:
    """Return the lines of a file with their proposals; `key` keys the digests."""
    return [understand(raw, key) for raw in found.lines]


def understand(raw: Raw, key: bytes) -> ListLine:
    """Return one line with its proposals. What the list does not say is told from the shape of the name, and asked."""
    questions = list(raw.questions)
    kind = raw.kind
    if not kind:
        kind = "person" if people.is_person(raw.name) else "organization"
        if kind == "person":
            questions.append(say(_("no column says that this is a person: the shape of the name does")))
    if kind == "person":
        names, asked, strengths = people.names_of(raw.name, raw.aliases, machine=raw.machine)
    else:
        names, asked, strengths = bodies.names_of(raw.name, raw.aliases, machine=raw.machine)
    questions += asked
    person = None
    if kind == "person" and names:
        if raw.parts:
            person, asked = people.person_of_parts(raw.parts, gender=raw.gender)
        else:
            person, asked = people.person_of(
                names[0][0], machine=raw.machine, gender=raw.gender, surname_first=bool(raw.kind)
            )
        questions += asked
    proposals = [
        Proposal(text, one, strengths.get(folded(text)) or strength(text, one), language(text)) for text, one in names
    ]
    shown = raw.name
    if raw.aliases and not raw.registration:
        shown = " / ".join([raw.name, *(text for text, _kind, _strength in raw.aliases)])
    return ListLine(raw, clean(shown), kind, proposals, person, digest(raw, key), questions)


def strength(text: str, name_kind: str) -> str:
    """Return `weak` for what means something else as often: an ordinary word, a number, two letters, a first name."""
    words = re.findall(r"[^\W\d_]+", text)
    letters = sum(char.isalnum() for char in text)
    if not words or (letters <= 2 and not re.search(r"\d", text)):
        return "weak"
    if name_kind == "abbreviation":
        return "weak" if letters <= 3 and _ordinary(text) else "strong"
    single = len(words) == 1 and " " not in text.strip() and "-" not in text
    return "weak" if single and (_ordinary(text) or people.is_given_name(words[0])) else "strong"


def _ordinary(text: str) -> bool:
    """Say whether one word is in a dictionary."""
    from ..footnotes.compile.derive import derive  # loads the dictionary, only where a list is read
    from ..footnotes.compile.persons import english_words

    if language(text) != "ru":
        return text.strip().lower() in english_words()
    word = re.sub(r"[^\w-]", "", text).capitalize()
    return derive(Name(text=word, language="ru", kind="proper")).strength == "ask"
