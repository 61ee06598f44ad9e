"""Pages without tables: numbered paragraphs `1. Name (decision …)`, and blocks of list items."""

import re

from .dates import first_day
from .grid import GridRow
from .layouts import Layout
from .line import Raw
from .page import KeeperPage
from .private import without_private
from .refused import Mistake, say
from .refused import gettext_noop as _
from .table import notes
from .text import clean

NUMBERED = re.compile(r"^(\d{1,4})\s*[.)]\s*(?=\D)")
TAIL = re.compile(r"(?:\b(?:ИНН|ОГРН|СНИЛС)\b|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\s*г\.?\s*р)", re.IGNORECASE)


def read_paragraphs(page: KeeperPage, layout: Layout) -> tuple[list[Raw], list[Mistake]]:
    """Return a line for each numbered paragraph; one that breaks off goes on in the next."""
    decision = re.compile(rf"\((?=[^()]*(?:{layout.decision}))", re.IGNORECASE)
    items: list[tuple[str, GridRow]] = []
    for row in page.paragraphs:
        text = row.cells[0]
        if NUMBERED.match(text):
            items.append((text, row))
        elif items and not decision.search(items[-1][0]) and decision.search(text):
            items[-1][1].marks.extend(row.marks)
            items[-1] = (f"{items[-1][0]} {text}", items[-1][1])
    lines, faults = [], []
    for text, row in items:
        number = NUMBERED.match(text)
        if number is None:
            continue
        rest = text[number.end() :]
        found = decision.search(rest)
        if not found and not re.search(r"[«\"„“А-ЯЁA-Z]", rest):
            continue
        name, said = (rest[: found.start()], rest[found.start() :]) if found else (rest, "")
        in_force = re.search(layout.in_force, said, re.IGNORECASE)
        raw = Raw({"number": number[1]}, row.number, clean(without_private(name)[0]).strip(" ;,"), kind=layout.kind)
        raw.decided = first_day(said)
        raw.since = first_day(said[in_force.end() :]) if in_force else None
        if not found:
            faults.append(Mistake(row.number, "", say(_("no decision stands behind the name: is the page whole?"))))
        if raw.since is None:
            raw.questions.append(say(_("no date in force is printed: since when it holds is unknown")))
        notes(raw, row, page.notes)
        lines.append(raw)
    return lines, faults


def read_blocks(page: KeeperPage, layout: Layout) -> tuple[list[Raw], list[Mistake]]:
    """Return a line for each item of the blocks that the layout names."""
    lines = []
    faults = [
        Mistake(0, "", say(_("the block “%(block)s” is missing"), block=block))
        for block in layout.blocks
        if block not in page.blocks
    ]
    for block, kind in layout.blocks.items():
        for row in page.blocks.get(block, []):
            number = NUMBERED.match(row.cells[0])
            text = row.cells[0][number.end() if number else 0 :].strip(" ;")
            name, private = _parted(text, kind)
            where = {"block": block, "number": number[1] if number else str(row.number)}
            raw = Raw(where, row.number, clean(name.replace("*", " ")).replace(" ,", ","), kind=kind)
            raw.ogrn = private.pop("ogrn", "") if kind == "organization" else ""
            raw.private = private
            lines.append(raw)
    return lines, faults


def _parted(text: str, kind: str) -> tuple[str, dict[str, str]]:
    """Return the name with its brackets, and what stands behind it: numbers, birth date, address."""
    _rest, private = without_private(text)
    tail = TAIL.search(text)
    name = text[: tail.start()] if tail else text
    depth = 0
    for at, char in enumerate(name):
        depth += (char == "(") - (char == ")")
        if char == "," and depth <= 0:
            ends = kind == "person" or re.search(r"[\"»*)]\s*$", name[:at]) or not tail
            if ends and not re.match(r",\s*[\"«]", name[at:]):
                name = name[:at]
                break
    rest = clean(text[len(name) :])
    if rest:
        private["rest"] = rest
    return name.strip(" ,;"), private
