"""Read HTML as a browser's tokenizer does, once from left to right, and write it down anew with nothing left to guess.

What comes out holds only tags of a small set, in one spelling, and at most DEPTH of them open at once. Only that is
given to a parser that builds a tree: such a parser is quadratic in what stands open, which the sender chooses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple

from ..footnotes.html import LINE_TAG
from ..models.fields import printable
from .attributes import ALIGN, PHOTOS, POST, VALUES

LONGEST = 500_000  # characters of a text, its markup included
DEPTH = 100  # elements open at once: a list in a list in a table in a quotation has a dozen

# A browser's rules for the ends of comments and tags; an attribute may stand without a value or quotation marks.
# All that repeats is possessive, and what does not end takes the rest of the text with it: one pass, whatever is sent.
_ATTRIBUTE = r"""[\s/]*+(=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)|(?=>)))?+"""
_NAMELESS = re.sub(r"\((?!\?)", "(?:", _ATTRIBUTE)
_PIECE = re.compile(
    rf"""(?P<text>[^<]++)
    |<!--(?:>|->|.*?(?:--!?>|\Z))|<(?:[!?]|/(?![a-zA-Z]))[^>]*+(?:>|\Z)
    |<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:{_NAMELESS})*+)[\s/]*+>
    |(?P<open></?[a-zA-Z].*)
    |(?P<sign><)""".replace("\n    ", ""),
    re.DOTALL,
)
_PAIR = re.compile(_ATTRIBUTE, re.DOTALL)
_LINE = re.compile(rf"{LINE_TAG}\Z", re.IGNORECASE)
# Written instead of the entities of `&` and `<`: a tree's text costs the square of the entities in it.
_HIDDEN_SIGN = "\ufdd1"
_HIDE = {ord("&"): "\ufdd0", ord("<"): _HIDDEN_SIGN}
_LINE_BREAK = re.compile("&#(?:0*11(?![0-9])|[xX]0*[bB](?![0-9a-fA-F]));?")  # a word processor's; no character of HTML
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")
# Their words are no words of the text.
DROPPED = frozenset("script style title textarea noscript iframe object template svg math".split())
_DROPPED_END = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>|\Z", re.IGNORECASE) for name in DROPPED}

# Where photos and posts stand. A parser is given a line across in its place, which holds nothing and needs no end.
FIGURE, STAND_IN = "figure", "hr"
_FIGURE_EDGE = re.compile(r"<(/?)figure(?=[\s/>])[^>]*+>", re.IGNORECASE)
FORMATTING = frozenset("a b code em i s strong u".split())
# They end by themselves where the next begins, and stand in one another only through an element that is counted.
UNCOUNTED = frozenset("br col colgroup hr li p tbody td tfoot th thead tr".split())
INLINE = FORMATTING | {"sub", "sup"}
HEADINGS = dict.fromkeys(("h2", "h3", "h4"), "h")  # the end of one ends any
KEPT = FORMATTING | UNCOUNTED | frozenset("blockquote div h2 h3 h4 ol pre sub sup table ul".split())
SPELLED = {"h1": "h2", "h5": "h4", "h6": "h4"}
SPACED = frozenset({"div"})  # a block that articles do not hold: no two words may become one
WORDLESS = frozenset("col colgroup tfoot".split())  # words stand in the cells only
IN_TABLES = frozenset("col colgroup tbody td tfoot th thead tr".split())
# They end by themselves, too, and leave their space.
_GIVEN_UP = frozenset("dd dt head link meta optgroup option".split())
ATTRIBUTES = {
    "a": {"href"},  # no `title`: a name in it could bear no mark
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    FIGURE: {PHOTOS, ALIGN, POST},
}
# Formatting whose own style takes it back: Google Docs sends each text in a `b` that is none.
STYLED = dict.fromkeys(("b", "strong"), re.compile(r"font-weight:\s*+(?:normal|lighter|[1-5]00)\b", re.IGNORECASE))
STYLED |= dict.fromkeys(("em", "i"), re.compile(r"font-style:\s*+normal\b", re.IGNORECASE))
ALWAYS = {"dir", "lang"}
PLAIN = "data-plain"  # in their place
LONG_LINK = 200  # characters of its attributes: one that is longer ends at the next block, which a parser, and the
# making valid, would write it into, and into each after it
_SHORT = 20  # no name of an element is longer
_ACROSS = 3  # blocks open within a formatting element, beyond which its end does not surely end it for a parser


class Tag(NamedTuple):
    """`name`: as this module spells it, "" for one that goes. `before`: the space that a block leaves."""

    name: str
    ends: bool
    attributes: str
    before: str


NO_TAG = Tag("", False, "", "")


@dataclass
class Open:
    """The elements that a tree would hold open, as far as they are counted; rather one too many than too few.

    `cells`: for each table whether a cell of it is open.
    `long_link`: whether the link that is open is too long to be written again.
    `solid`: how many of them stood open when an element began that is not counted; `sub`, `sup` do not end across one.
    """

    names: list[str] = field(default_factory=list)
    cells: list[bool] = field(default_factory=list)
    solid: int = 0
    too_deep: bool = False
    long_link: bool = False

    def begin(self, name: str) -> bool:
        """Say whether there is room for another; take it in."""
        if name in UNCOUNTED:
            self.solid = len(self.names)
            if name in IN_TABLES and self.cells:
                self.cells[-1] = name in ("td", "th")
            return True
        if name == "a":  # a link ends the one before it
            self.end(name)
        if len(self.names) >= DEPTH:
            self.too_deep = True
            return False
        self.names.append(HEADINGS.get(name, name))
        if name == "table":
            self.cells.append(False)
        return True

    @property
    def between_cells(self) -> bool:
        """Say whether a table is open but no cell of it: a parser would look for the place of what stands there."""
        return bool(self.cells) and not self.cells[-1]

    def begin_cell(self) -> str:
        """Begin a row with a cell for it."""
        self.begin("td")
        return "<tr><td>"

    def end(self, name: str) -> None:
        """Take out the last of that name, nothing across a table's edge; what stood in it waits for its own end.

        A parser ends that, too. But what only seems open here must not take with it what is.
        """
        if name in UNCOUNTED:
            if name in IN_TABLES and self.cells:
                self.cells[-1] = False
            return
        if name == "table" and self.cells:
            self.cells.pop()
        if name == "a":
            self.long_link = False
        name = HEADINGS.get(name, name)
        across = 0
        for i in range(len(self.names) - 1, -1, -1):
            if self.names[i] == name:
                inline = across > _ACROSS if name in FORMATTING else across or i < self.solid
                if name not in INLINE or not inline:
                    del self.names[i]
                    self.solid = min(self.solid, len(self.names))
                return
            if self.names[i] == "table":
                return
            across += self.names[i] not in INLINE


def plain(html: str) -> tuple[str, bool]:
    """Return the fragment in the spelling of this module, and whether tags were left out as they stood too deep."""
    open_now = Open()
    out: list[str] = []
    for piece in pieces(html):
        if isinstance(piece, str):
            if open_now.between_cells and not piece.isspace():
                out.append(open_now.begin_cell())
            out.append(piece)
            continue
        if piece.ends:
            write_end(piece, open_now, out)
            continue
        if open_now.between_cells and piece.name and piece.name not in IN_TABLES:
            out.append(open_now.begin_cell())
        if open_now.long_link and piece.name not in INLINE and piece.name not in ("", "br"):
            out.append("</a>")
            open_now.end("a")
        out.append(piece.before)
        if piece.name and open_now.begin(piece.name):
            out.append(f"<{piece.name}{piece.attributes}>")
            open_now.long_link |= piece.name == "a" and len(piece.attributes) > LONG_LINK
    return "".join(out), open_now.too_deep


def write_end(tag: Tag, open_now: Open, out: list[str]) -> None:
    """Write the tag of an element's end, but not between the cells of a table, where there is nothing to end."""
    if not open_now.between_cells or tag.name == "table" or tag.name in IN_TABLES:
        out.append(f"{tag.before}</{tag.name}>" if tag.name else tag.before)
    open_now.end(tag.name)


def shown(html: str) -> str:
    """Return what a parser made of the fragment with the entities in it that `plain` has hidden."""
    return html.replace("\ufdd0", "&amp;").replace(_HIDDEN_SIGN, "&lt;")


def links(html: str) -> Iterator[tuple[str, str]]:
    """Return address and words of each link that has an address, as a browser reads them."""
    address: str | None = None
    words: list[str] = []
    for piece in pieces(html):
        if isinstance(piece, str):
            words.append(piece)
        elif piece.name == "a":
            if address is not None:
                yield address, unescape(shown("".join(words)))
            found = re.search(r' href="([^"]*+)"', piece.attributes)
            address, words = (unescape(found[1]) if found and not piece.ends else None), []
    if address is not None:
        yield address, unescape(shown("".join(words)))


def pieces(html: str) -> Iterator[str | Tag]:
    """Return the texts and the tags of a fragment, in order; comments and the words of programs are left out."""
    html = printable(html)
    at = 0
    while at < len(html):
        match = _PIECE.match(html, at)
        if match is None:  # cannot be: each character begins a piece
            raise ValueError(html[at : at + 20])
        at = match.end()
        if match["text"]:
            yield words_of(match["text"]).translate(_HIDE) if "&" in match["text"] else match["text"]
        elif match["sign"]:
            yield _HIDDEN_SIGN
        elif match["name"]:
            name = match["name"].lower()
            if name in DROPPED:
                if not match["end"]:
                    at = _ended(name, html, at)
                continue
            photos = attributes_of(FIGURE, match["attributes"]) if name == FIGURE and not match["end"] else ""
            if f" {PHOTOS}=" in photos or f" {POST}=" in photos:
                at = _figure_ended(html, at)
                yield Tag(STAND_IN, False, photos, "")
                continue
            bare = bare_tag(name, bool(match["end"])) if len(name) < _SHORT else NO_TAG
            written = "" if bare.ends else match["attributes"]
            yield bare._replace(attributes=attributes_of(bare.name, written)) if written else bare


def words_of(text: str) -> str:
    """Return the text without entities; a number that no character has is the sign for what cannot be read."""
    if "&" not in text:
        return text
    text = _LINE_BREAK.sub(" ", _NO_CHARACTER.sub("\ufffd", text))
    return printable(unescape(text))


def _ended(name: str, html: str, at: int) -> int:
    end = _DROPPED_END[name].search(html, at)
    return end.end() if end else len(html)


def _figure_ended(html: str, at: int) -> int:
    """Return where a figure ends, what it holds left out; at once if another begins before it has an end."""
    edge = _FIGURE_EDGE.search(html, at)
    return edge.end() if edge and edge[1] else at


@lru_cache(maxsize=1000)
def bare_tag(name: str, ends: bool) -> Tag:
    """Return the tag as it is written anew, without attributes."""
    line = bool(_LINE.match(f"<{name}"))
    before = " " if line and name not in KEPT - SPACED and name not in SPELLED and name not in WORDLESS else ""
    name = SPELLED.get(name, name)
    if name not in KEPT:
        name = "div" if line and name not in _GIVEN_UP else ""
    return Tag(name, ends, "", before)


def attributes_of(name: str, written: str) -> str:
    """Return the attributes that the element may have, the first of each name; in a browser a later one is ignored."""
    wanted = ATTRIBUTES.get(name, set()) | ALWAYS
    seen: dict[str, str] = {}
    for pair in _PAIR.finditer(written):
        key = pair[1].lower()
        if key in wanted or (key == "style" and name in STYLED):
            seen.setdefault(key, words_of(pair[2] or pair[3] or pair[4] or ""))
    taken_back = name in STYLED and STYLED[name].search(seen.pop("style", ""))
    kept = ((key, VALUES[key](value) if key in VALUES else value) for key, value in seen.items())
    return "".join(f' {key}="{escape(value)}"' for key, value in kept if value is not None) + (
        f' {PLAIN}=""' if taken_back else ""
    )
