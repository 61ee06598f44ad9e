"""Give a fragment that a parser has written the form that a checker of HTML takes, once from left to right.

The tags fit each other here, but a parser leaves many where they may not stand: words in a list beside its items,
paragraphs in bold type, lists in a heading. Nothing of the words is lost, and their look as little as can be:
formatting around blocks is written anew within each, and a block that goes leaves the blocks in it its direction and
language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape, unescape

from .attributes import ALIGN, PHOTOS, POST, address
from .plain_html import PLAIN
from .spans import Cell, Group, settle

DIV = "div"  # goes
LISTS = frozenset({"ul", "ol"})
OF_TABLES = frozenset({"table", "thead", "tbody", "tr"})
HEADINGS = ("h2", "h3", "h4")
OF_PHRASES = frozenset({*HEADINGS, "p", "pre"})  # they hold no block
FORMATS = frozenset("a b code em i s strong sub sup u".split())
STACKED = 4  # raised within raised
DROPPED_EMPTY = OF_PHRASES | LISTS | OF_TABLES | {"li", "blockquote"}
_TOKEN = re.compile(r'<(?P<end>/?)(?P<name>[a-z0-9]+)(?P<attributes>(?: [a-z-]+="[^"]*+")*+)>|(?P<text>[^<]++)')
_PAIR = re.compile(r' ([a-z-]+)="([^"]*+)"')
_SPACE = re.compile(r"(?:\s|&nbsp;)*+\Z")
_NO_SPACE = re.compile(r"&nbsp;|[^ \t\n\f\r]")  # but shown as one

Attributes = dict[str, str]
Formats = tuple[tuple[str, str], ...]  # name and attributes of each, as they are written
Levels = tuple[str, ...]
Before = tuple[int, Formats, bool, "Box | None"]


@dataclass
class Box:
    """A block that is written and open. `at`: where its tag stands. `before`: how much stood
    there before it, and what was so in the box around it. `implied`: nobody has sent it. `filled`: it holds
    words or a block that does. `fresh`: no words since it, or the last block in it, has begun or ended. `formats`: what
    is open in it. `item`: a list's last item, if nothing has come after. `groups`: a table's rows.
    `levels`: of a heading, as those of the writer."""

    name: str
    at: int
    before: "Before"
    attributes: Attributes
    implied: bool = False
    in_header: bool = False
    filled: bool = False
    fresh: bool = True
    formats: Formats = ()
    item: "Box | None" = None
    end: int = 0
    levels: Levels = ()
    groups: list[Group] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sent:
    """An element that was sent and is open. `depth`: the boxes that stay when it ends. `formats`, `carried`: what
    holds behind it again. `resumed`: the block of words that it has interrupted."""

    name: str
    depth: int
    formats: Formats
    carried: Attributes
    resumed: Box | None = None


@dataclass
class Writer:
    """`carried`: direction and language of blocks that have gone, for the next that stay. `levels`: of the headings
    under which what comes stands, as they were sent."""

    out: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=lambda: [Box("", 0, (0, (), True, None), {})])
    sent: list[Sent] = field(default_factory=list)
    formats: Formats = ()
    carried: Attributes = field(default_factory=dict)
    levels: Levels = ()


def valid(html: str) -> str:
    """Return the fragment, which a parser has written, with each element where it may stand."""
    writer = Writer()
    for token in _TOKEN.finditer(html):
        text = token["text"]
        if text:
            write_text(writer, text)
        elif token["end"]:
            end(writer)
        else:
            begin(writer, token["name"], attributes_of(token["attributes"]) if token["attributes"] else {})
    close_to(writer, 1)
    write_formats(writer, ())
    return "".join(writer.out)


def attributes_of(written: str) -> Attributes:
    return {pair[1]: pair[2] for pair in _PAIR.finditer(written)}


def write_text(writer: Writer, text: str) -> None:
    """Write words where words may stand; spaces between blocks as they are."""
    box = writer.boxes[-1]
    if _SPACE.match(text):
        between = box.name in LISTS or box.name in OF_TABLES or (writer.carried and box.name not in OF_PHRASES)
        if between or box.fresh:
            if between:
                text = _NO_SPACE.sub(" ", text)
            writer.out.append(text.lstrip("\n") if box.name == "pre" else text)
            return
        prepare_words(writer)
    else:
        if box.fresh and box.name == "pre":
            text = text.lstrip("\n")  # a parser takes the first away, each time
        prepare_words(writer).filled = True
    writer.out.append(text)


def prepare_words(writer: Writer) -> Box:
    """Return the open box that may hold words, with the formatting written that holds there."""
    while writer.boxes[-1].implied and writer.boxes[-1].name in LISTS:
        close(writer)
    box = writer.boxes[-1]
    if box.name in LISTS:
        box = open_box(writer, "li", {}, implied=True)
    elif writer.carried and box.name not in OF_PHRASES:
        box = open_box(writer, "p", {}, implied=True)
    box.fresh = False
    write_formats(writer, writer.formats)
    return box


def write_formats(writer: Writer, wanted: Formats) -> None:
    """End and begin formatting elements in the open box until the wanted ones are open."""
    box = writer.boxes[-1]
    if box.formats == wanted:
        return
    same = 0
    while same < min(len(box.formats), len(wanted)) and box.formats[same] == wanted[same]:
        same += 1
    writer.out += [f"</{name}>" for name, _written in reversed(box.formats[same:])]
    writer.out += [f"<{name}{written}>" for name, written in wanted[same:]]
    box.formats = wanted


def begin(writer: Writer, name: str, attributes: Attributes) -> None:
    """Take in the beginning of an element that was sent."""
    before = Sent(name, 0, writer.formats, writer.carried)
    if name == "br":
        prepare_words(writer)
        writer.out.append("<br>")
        return
    if name in FORMATS:
        writer.sent.append(replace(before, depth=-1))
        writer.formats = with_format(writer.formats, name, attributes)
        return
    if name == DIV:
        if attributes:
            close_implied(writer)
            writer.carried = writer.carried | attributes
        writer.sent.append(replace(before, depth=len(writer.boxes) if attributes else -1))
        return
    box = writer.boxes[-1]
    if name in HEADINGS and box.in_header:
        name = "p"
    if name in OF_PHRASES and box.name in OF_PHRASES and not box.implied:
        writer.sent.append(replace(before, depth=-1))
        write_text(writer, "\n" if box.name == "pre" else " ")
        return
    resumed = box if box.name in OF_PHRASES and not box.implied else None
    prepare_block(writer, name)
    depth = len(writer.boxes) - (resumed is not None and name == "li")
    if name == "hr":
        write_formats(writer, ())
        writer.out.append(figure(attributes) if PHOTOS in attributes or POST in attributes else "<hr>")
        writer.boxes[-1].filled = writer.boxes[-1].fresh = True
        resume(writer, resumed)
        return
    open_box(writer, name, attributes)
    writer.sent.append(replace(before, depth=depth, resumed=resumed))
    writer.carried = {}


def figure(attributes: Attributes) -> str:
    """Return the figure whose photos and place, or whose post, the stand-in names."""
    names = (PHOTOS, ALIGN) if PHOTOS in attributes else (POST,)
    named = {name: attributes[name] for name in names if name in attributes}
    return f"<figure{written(named)}></figure>"


def under(levels: Levels, name: str) -> tuple[str, Levels]:
    """Return the heading that does not skip a level, with the levels that it begins: the first stands under the
    headline, however small it is."""
    levels = (*(level for level in levels if level < name), name)
    return HEADINGS[len(levels) - 1], levels


def with_format(formats: Formats, name: str, attributes: Attributes) -> Formats:
    """Return the formatting with another element: of each name one holds, but for what is raised or lowered."""
    if PLAIN in attributes:
        return formats
    if name == "a":
        href = escape(address(unescape(attributes.get("href", ""))))
        if not href:
            return formats
        attributes = attributes | {"href": href}
    if name in ("sub", "sup"):
        stacked = sum(one in ("sub", "sup") for one, _written in formats)
        return formats if stacked >= STACKED else (*formats, (name, written(attributes)))
    known = next((one for one in formats if one[0] == name), None)
    if known is None:
        return (*formats, (name, written(attributes)))
    if not attributes:
        return formats
    merged = attributes if name == "a" else attributes_of(known[1]) | attributes
    return (*(one for one in formats if one is not known), (name, written(merged)))


def written(attributes: Attributes) -> str:
    return "".join(f' {key}="{value}"' for key, value in attributes.items())


def prepare_block(writer: Writer, name: str) -> None:
    """End what may not hold the block, and begin the list or the item that it needs."""
    while True:
        box = writer.boxes[-1]
        ends = box.name in OF_PHRASES or (name == "li" and box.name == "li" and box.implied)
        if not ends and not (box.implied and name != "li" and box.name in LISTS):
            ends = box.implied and box.name == "tbody" and name in ("thead", "tbody")
            if not ends:
                break
        close(writer)
    if box.name in OF_TABLES:
        if name == "tr" and box.name == "table":
            open_box(writer, "tbody", {}, implied=True)
        return
    if name == "li":
        if box.name not in LISTS:
            open_box(writer, "ul", {}, implied=True)
    elif box.name in LISTS:
        if name in LISTS and box.item is not None:  # a list that stands beside the item that it belongs to
            del writer.out[box.item.end :]
            writer.boxes.append(replace(box.item, implied=True))
        else:
            open_box(writer, "li", {}, implied=True)


def open_box(writer: Writer, name: str, attributes: Attributes, *, implied: bool = False) -> Box:
    """Write the beginning of a block, with what those around it that have gone have left to it."""
    around = writer.boxes[-1]
    levels: Levels = ()
    if name in HEADINGS:
        name, levels = under(writer.levels, name)
    attributes = writer.carried | attributes
    before = (len(writer.out), around.formats, around.fresh, around.item)
    write_formats(writer, ())
    if name in ("thead", "tbody"):
        name = "tbody" if around.groups else name
        around.groups.append([])
    box = Box(name, len(writer.out), before, attributes, implied, around.in_header or name == "th")
    box.levels = levels
    if name in ("tr", "thead", "tbody"):
        box.groups = around.groups
    if name == "tr":
        box.groups[-1].append([])
    elif name in ("td", "th"):
        columns, rows = (int(attributes.get(key, "1")) for key in ("colspan", "rowspan"))
        around.groups[-1][-1].append(Cell(box.at, columns, rows))
    around.item = None
    writer.out.append(f"<{name}{written(attributes)}>")
    writer.boxes.append(box)
    return box


def close(writer: Writer) -> None:
    """Write the end of the last box, or take it away if there is nothing in it."""
    write_formats(writer, ())
    box = writer.boxes.pop()
    around = writer.boxes[-1]
    if not box.filled and box.name in DROPPED_EMPTY:
        written, around.formats, around.fresh, around.item = box.before
        del writer.out[written:]
        return
    around.fresh = True
    writer.levels = box.levels or writer.levels
    if box.name == "table":
        write_spans(writer, box.groups)
    around.filled = True
    if box.implied and box.name == "p":
        writer.out[-1] = writer.out[-1].rstrip()
    box.end = len(writer.out)
    around.item = box if box.name == "li" else None
    writer.out.append(f"</{box.name}>")


def write_spans(writer: Writer, groups: list[Group]) -> None:
    """Write anew how far the cells of a table stretch."""
    sent = {cell.at: (cell.columns, cell.rows) for cell in cells_of(groups)}
    settle(groups)
    for cell in cells_of(groups):
        if (cell.columns, cell.rows) != sent[cell.at]:
            tag = re.sub(r' (?:col|row)span="[^"]*+"', "", writer.out[cell.at])[:-1]
            tag += f' colspan="{cell.columns}"' * (cell.columns > 1) + f' rowspan="{cell.rows}"' * (cell.rows > 1)
            writer.out[cell.at] = f"{tag}>"


def cells_of(groups: list[Group]) -> Iterator[Cell]:
    return (cell for group in groups for row in group for cell in row)


def end(writer: Writer) -> None:
    """Take in the end of the element that was sent last."""
    sent = writer.sent.pop()
    writer.formats = sent.formats
    if sent.depth >= 0:
        close_to(writer, sent.depth)
        if sent.name == DIV:
            close_implied(writer)
    writer.carried = sent.carried
    resume(writer, sent.resumed)


def resume(writer: Writer, box: Box | None) -> None:
    """Begin the block of words again that another block has interrupted; without words it goes again."""
    if box is not None:
        open_box(writer, box.levels[-1] if box.levels else box.name, box.attributes)


def close_to(writer: Writer, depth: int) -> None:
    while len(writer.boxes) > depth:
        close(writer)


def close_implied(writer: Writer) -> None:
    """End what nobody has sent: behind a block that has gone, other words begin."""
    while writer.boxes[-1].implied:
        close(writer)
