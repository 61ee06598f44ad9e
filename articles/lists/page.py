"""A keeper's page to tables, paragraphs and blocks, without scripts and menus; a footnote's sign is not of the text."""

import re
from dataclasses import dataclass, field

from lxml import etree, html

from .encodings import decoded
from .grid import Grid, GridRow
from .refused import NoList, say
from .refused import gettext_noop as _
from .text import clean

MOST_SPAN = 1000
BREAKS = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "ol",
    "ul",
    "section",
    "article",
}
DROPPED = ("script", "style", "nav", "head", "footer", "header", "form", "noscript", "svg", "iframe")
SIGN = re.compile(r"\s*(\*{1,5}|\d{1,3}|[¹²³†‡])\s*(?:[-–—).]|\s)?\s*(.+)", re.DOTALL)


@dataclass
class KeeperPage:
    """What a page holds: its title, its tables from the innermost out, its paragraphs, its blocks by their id."""

    title: str
    tables: list[Grid] = field(default_factory=list)
    paragraphs: list[GridRow] = field(default_factory=list)
    blocks: dict[str, list[GridRow]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def read_page(content: bytes) -> KeeperPage:
    """Return what the page holds. Raises NoList."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded(content, declares=True))
    try:
        tree = html.document_fromstring(
            text, parser=html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
        )
    except (etree.ParserError, ValueError) as error:
        raise NoList(say(_("the page cannot be read (%(error)s)"), error=error)) from error
    titles = [node.text_content() for node in tree.iter("title", "h1", "h2")]
    for node in list(tree.iter(*DROPPED)):
        node.drop_tree()
    page = KeeperPage(" ".join(clean(one) for one in titles))
    for table in tree.iter("table"):
        if next(table.iterdescendants("table"), None) is not None:
            continue
        page.tables.append(_table(table))
    for at, node in enumerate(tree.iter("p", "li"), 1):
        if any(parent.tag == "table" for parent in node.iterancestors()):
            continue
        text_, marks = _text(node)
        if text_:
            page.paragraphs.append(GridRow(at, [text_], marks))
    for node in tree.iter():
        if isinstance(node.tag, str) and node.get("id"):
            items = [_text(item) for item in node.iterdescendants("li")]
            if items:
                page.blocks[node.get("id")] = [
                    GridRow(at, [text_], marks) for at, (text_, marks) in enumerate(items, 1)
                ]
    page.notes = _notes(tree)
    about = page.title + " " + " ".join(row.cells[0] for row in page.paragraphs[:3])
    for grid in page.tables:
        grid.title, grid.notes = about, page.notes
    return page


def _notes(tree: html.HtmlElement) -> dict[str, str]:
    """Return the footnotes: paragraphs that begin with a raised sign, or with a star and a dash."""
    found = {}
    for node in tree.iter("p", "li", "div"):
        if node.tag == "div" and len(node):
            continue
        first = node[0] if len(node) and not clean(node.text or "") else None
        raised = clean(first.text_content()) if first is not None and first.tag == "sup" else ""
        whole = clean(node.text_content())
        if raised:
            found[raised] = whole[len(raised) :].strip(" –—-")
        elif whole.startswith("*"):
            said = SIGN.match(whole)
            if said:
                found[said[1]] = said[2]
    return found


def _text(node: html.HtmlElement) -> tuple[str, list[str]]:
    """Return the text of an element, a space where a line breaks, and the raised signs that were left out."""
    parts: list[str] = []
    marks: list[str] = []

    def walk(one: html.HtmlElement) -> None:
        if one.tag == "sup":
            sign = clean(one.text_content())
            if re.fullmatch(r"\*+|\d{1,3}\)?|[†‡]", sign):
                marks.append(sign.rstrip(")"))
                parts.append(one.tail or "")
                return
        if one.tag in BREAKS:
            parts.append(" ")
        parts.append(one.text or "")
        for child in one:
            if isinstance(child.tag, str):
                walk(child)
            else:
                parts.append(child.tail or "")
        if one.tag in BREAKS:
            parts.append(" ")
        if one is not node:
            parts.append(one.tail or "")

    walk(node)
    return clean("".join(parts)), marks


def _table(table: html.HtmlElement) -> Grid:
    """Return the table with what spans several rows or columns standing in each of them."""
    rows: list[GridRow] = []
    hanging: dict[int, tuple[int, str, list[str]]] = {}
    for at, tr in enumerate(table.iter("tr"), 1):
        row = GridRow(at, [])
        cells = [node for node in tr if node.tag in ("td", "th")]
        column = 0
        while cells or any(place >= column for place in hanging):
            if column in hanging:
                left, text, marks = hanging[column]
                row.cells.append(text)
                hanging[column] = (left - 1, text, marks)
                if left <= 1:
                    del hanging[column]
                column += 1
                continue
            if not cells:
                row.cells.append("")
                column += 1
                continue
            node = cells.pop(0)
            text, marks = _text(node)
            row.marks.extend(marks)
            wide, deep = _span(node, "colspan"), _span(node, "rowspan")
            for place in range(column, column + wide):
                row.cells.append(text)
                if deep > 1:
                    hanging[place] = (deep - 1, text, marks)
            column += wide
        rows.append(row)
    return Grid(rows, numbered=False)


def _span(node: html.HtmlElement, name: str) -> int:
    try:
        return max(1, min(MOST_SPAN, int(node.get(name) or 1)))
    except ValueError:
        return 1
