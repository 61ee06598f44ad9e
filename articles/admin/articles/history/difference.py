"""What differs between two sides, field by field, in the words of the desk: pieces that a template escapes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from articles.worddiff import PARAGRAPH, BlockChange, Piece, diff_bodies, diff_words

from .sides import MARKED, Text, TextSide

LOOKS = {
    "strong": gettext_lazy("bold"),
    "em": gettext_lazy("italic"),
    "u": gettext_lazy("underlined"),
    "s": gettext_lazy("struck through"),
    "sub": gettext_lazy("subscript"),
    "sup": gettext_lazy("superscript"),
    "code": gettext_lazy("code"),
    "a": gettext_lazy("link"),
}
BLOCKS = {
    "p": gettext_lazy("paragraph"),
    "h2": gettext_lazy("heading"),
    "h3": gettext_lazy("smaller heading"),
    "h4": gettext_lazy("smallest heading"),
    "ul": gettext_lazy("list"),
    "ol": gettext_lazy("numbered list"),
    "li": gettext_lazy("entry of a list"),
    "blockquote": gettext_lazy("quotation"),
    "pre": gettext_lazy("lines as typed"),
    "table": gettext_lazy("table"),
    "tr": gettext_lazy("row"),
    "td": gettext_lazy("cell"),
    "th": gettext_lazy("cell of a heading"),
    "hr": gettext_lazy("line across"),
    "figure": gettext_lazy("photos in the text"),
}
ALIGNED = {
    "left": gettext_lazy("(at the left)"),
    "right": gettext_lazy("(at the right)"),
    "wide": gettext_lazy("(wide)"),
}
# Signs for what is not seen, and their names.
UNSEEN = {
    " ": ("␣", gettext_lazy("space")),
    "\u00a0": ("⍽", gettext_lazy("no-break space")),
    "\n": ("↵", gettext_lazy("line break")),
    "\t": ("⇥", gettext_lazy("tabulator")),
    PARAGRAPH: (f"{PARAGRAPH}\n", gettext_lazy("new paragraph")),
}
_FORMAT = re.compile(r'(?P<name>[a-z0-9]+)(?: href="(?P<address>[^"]*)")?(?P<more>.*)', re.DOTALL)
_PAIR = re.compile(r'([a-z-]+)="([^"]*)"')
_FOLDED = 2  # equal blocks in a row that are folded away; one on each side of a change is left in sight


@dataclass(frozen=True)
class ShownPiece:
    """A piece of a text. `note`: how its look differs; `said`: the names of signs that stand for what is not seen."""

    op: str
    text: str
    note: str = ""
    said: str = ""


@dataclass(frozen=True)
class ShownBlock:
    """`note`: what the block is, where that has changed, or is no paragraph that came or went."""

    op: str
    pieces: tuple[ShownPiece, ...]
    note: str = ""


@dataclass(frozen=True)
class Fold:
    """Blocks in a row, all changed or to be seen, or all the same and folded away."""

    is_folded: bool
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True)
class Change:
    """`pieces` of a plain text or a value, `folds` of a body; `only_markup`: nothing of it differs for readers."""

    name: str
    label: str
    pieces: tuple[ShownPiece, ...] = ()
    folds: tuple[Fold, ...] = ()
    only_markup: bool = False


@dataclass(frozen=True)
class TextComparison:
    """`same`: the labels of the texts that are the same."""

    old: TextSide
    new: TextSide
    changes: tuple[Change, ...]
    same: tuple[str, ...]


def difference(old: TextSide, new: TextSide) -> TextComparison:
    """Return what differs from one side to the other."""
    changes, same = [], []
    for name, label, one, other, is_html in compared_texts(old, new):
        if one == other:
            same.append(label)
        elif is_html:
            changes.append(body_change(name, label, one, other))
        else:
            changes.append(Change(name, label, tuple(shown_pieces(text_pieces(one, other)))))
    told = {change.name for change in changes}
    changes += [change for change in value_changes(old, new) if change.name not in told]
    return TextComparison(old, new, tuple(changes), tuple(same))


def compared_texts(old: TextSide, new: TextSide) -> Iterator[tuple[str, str, str, str, bool]]:
    """Yield name, label, both texts and whether they are HTML. What was put right later is no change of the text, and a
    working copy bears no marks: boxes and marked names are compared between editions only."""
    both = {**old.texts, **new.texts}
    for name in sorted(both, key=lambda one: both[one].order):
        if name.startswith(("correction", MARKED)) and not (old.is_edition and new.is_edition):
            continue
        one, other = (side.texts.get(name, Text("", "", False, (0, ""))).text for side in (old, new))
        yield name, both[name].label, one, other, both[name].is_html


def text_pieces(old: str, new: str) -> Iterator[Piece]:
    return (Piece(op, text) for op, text in diff_words(old, new))


def value_changes(old: TextSide, new: TextSide) -> Iterator[Change]:
    """Yield the values that both sides have and that differ; between two working copies those of their own, too."""
    is_first = not old.values  # the first version, which follows nothing
    whole = is_first or bool(old.own and new.own)
    one, other = (side.values | side.own if whole else side.values for side in (old, new))
    for name, after in other.items():
        before = one.get(name, "")
        if before != after and (is_first or name in one):
            pieces = (ShownPiece(op, text) for op, text in (("delete", before), ("insert", after)) if text)
            yield Change(name, label_of(name), tuple(pieces))


def label_of(column: str) -> str:
    found = Article._meta.get_field(column)
    return str(found.verbose_name) if isinstance(found, Field) else column


def body_change(name: str, label: str, old: str, new: str) -> Change:
    blocks = diff_bodies(old, new)
    if all(block.op == "equal" for block in blocks):
        return Change(name, label, only_markup=True)
    return Change(name, label, folds=tuple(folded([shown_block(block) for block in blocks])))


def folded(blocks: Sequence[ShownBlock]) -> Iterator[Fold]:
    """Yield the blocks, those that stay and stand beside none that has changed folded away."""
    changed = [n for n, block in enumerate(blocks) if block.op != "equal"]
    near = {m for n in changed for m in (n - 1, n, n + 1)}
    for is_near, some in groupby(range(len(blocks)), key=lambda n: n in near):
        run = tuple(blocks[n] for n in some)
        yield Fold(not is_near and len(run) >= _FOLDED, run)


def shown_block(block: BlockChange) -> ShownBlock:
    note = ""
    if block.kind != block.kind_before:
        note = _("%(before)s, now %(after)s") % {
            "before": kind_words(block.kind_before),
            "after": kind_words(block.kind),
        }
    elif block.op != "equal" and block.kind != "p":
        note = kind_words(block.kind)
    return ShownBlock(block.op, tuple(shown_pieces(block.pieces)), note)


def shown_pieces(pieces: Iterable[Piece]) -> Iterator[ShownPiece]:
    for piece in pieces:
        unseen = piece.op != "equal" and all(sign in UNSEEN for sign in piece.text)
        text = (
            "".join(UNSEEN[sign][0] for sign in piece.text)
            if unseen
            else piece.text.replace(PARAGRAPH, f"{PARAGRAPH}\n")
        )
        said = ", ".join(str(UNSEEN[sign][1]) for sign in piece.text) if unseen else ""
        yield ShownPiece(piece.op, text, look_note(piece), said)


def look_note(piece: Piece) -> str:
    """Say how a piece looks that came or went, or what of its look came and went."""
    if piece.op in ("delete", "insert"):
        return ", ".join(look_words(one) for one in piece.before + piece.after)
    if piece.op != "format":
        return ""
    lost = [look_words(one) for one in piece.before if one not in piece.after]
    got = [look_words(one) for one in piece.after if one not in piece.before]
    if not lost and not got:
        return _("looks the same in other places of the word")
    told = [_("no longer: %(looks)s") % {"looks": ", ".join(lost)}] if lost else []
    told += [_("now: %(looks)s") % {"looks": ", ".join(got)}] if got else []
    return "; ".join(told)


def look_words(format_: str) -> str:
    """Name a look: `strong`, `a href="/en/"`."""
    match = _FORMAT.match(format_)
    if match is None:
        return format_
    return (
        f"{LOOKS.get(match['name'], match['name'])}{' ' + match['address'] if match['address'] else ''}{match['more']}"
    )


def kind_words(kind: str) -> str:
    """Name what a block is and where it stands: `ul/li`, `p, p`."""
    return "; ".join(" › ".join(part_words(part) for part in one.split("/")) for one in kind.split(", "))


def part_words(part: str) -> str:
    name, space, more = part.partition(" ")
    if name == "figure":
        said = dict(_PAIR.findall(more))
        if "data-post" in said:
            return _("card of post %(number)s") % {"number": said["data-post"]}
        told = (
            BLOCKS[name],
            said.get("data-photo", "").replace(" ", ", "),
            ALIGNED.get(said.get("data-align", ""), ""),
        )
        return " ".join(str(one) for one in told if one)
    return f"{BLOCKS.get(name, name)}{space}{more}"
