"""The eligible runs of an HTML fragment: what tags, embeds and code become when the text is folded.

Tags are found by one pattern, because a parser costs ten times the matching; broken markup is text, as in a browser.
The pattern is possessive and each attempt stops at the next unquoted `<`, so hostile input stays linear.
"""

import re

from articles.footnotes.fold import Cuts, Edit, cut

_TAG = re.compile(
    r"<(?:/?([a-zA-Z][a-zA-Z0-9:-]*+)(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>|!--(?:.*?(?:-->|\Z))|[!?][^<>]*+>)", re.S
)
_TAG_BEGUN = re.compile(r"</?[a-zA-Z](?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+")
_UNTOUCHED = frozenset(
    "applet audio button canvas code embed head iframe kbd math noscript object pre samp script select style svg "
    "template textarea title var video".split()
)
_UNTOUCHED_END = {name: re.compile(rf"</{name}\s*>|\Z", re.I) for name in _UNTOUCHED}
_BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li link main menu meta nav ol optgroup option p "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_OBJECT = "\ufffc"
# What a tag's name turns into; a name that is not here is inline and turns into nothing.
_BECOMES = dict.fromkeys(_BLOCKS, "\n") | {"br": " ", "img": _OBJECT, "input": _OBJECT}
# The commonest tags as they stand, without attributes: found without the pattern.
_PLAIN = _BECOMES | {f"/{name}": becomes for name, becomes in _BECOMES.items()}
_PLAIN |= {f"{slash}{name}": "" for name in ("a", "b", "em", "i", "q", "span", "strong", "u") for slash in ("", "/")}
# Whatever looks like a tag; blocks that follow each other, as they stand, in one.
_PLAIN_BLOCK = rf"/?(?:p|{'|'.join(sorted(_BLOCKS - {'p'}))})>"
_PIECES = re.compile(rf"(<(?:{_PLAIN_BLOCK}(?:\s*<{_PLAIN_BLOCK})*|[^<>]*>))")
_BREAK = re.compile(rf"<{_PLAIN_BLOCK}(?:\s*<{_PLAIN_BLOCK})*\Z")
_RAISED_MARK = re.compile(
    r"<sup(?:\s[^<>]*)?>\s*(?:<a(?:\s[^<>]*)?>)?\s*(?:[0-9]{1,2}|[*✱†‡]{1,4})\s*(?:</a>)?\s*</sup>", re.I
)
_CLOSING_INLINE = re.compile(
    r"(?:</(?:a|abbr|b|bdi|big|cite|dfn|em|font|i|ins|mark|q|s|small|span|strong|sub|u)\s*>)+", re.I
)
_LINK_EDGE = re.compile(r"<(/?)a(?=[\s>])(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>", re.I)


def markup_cuts(text: str) -> Cuts:
    """Cut a fragment at its markup: inline elements become nothing, a block a line break, an embed an object."""
    seen = text.replace("\n", " ")  # a line break is a space
    pieces = _PIECES.split(seen)
    becomes = pieces.copy()
    tags = list(map(_KNOWN.get, pieces[1::2]))
    if None not in tags or _learn(pieces, tags):
        becomes[1::2] = tags
        shown = "".join(becomes)
        if "<" not in shown:
            return Cuts(pieces, becomes, shown)
    return cut(seen, _markup_edits(seen))


# What pieces of markup become, those of articles read before included.
_KNOWN = {f"<{name}>": becomes for name, becomes in _PLAIN.items()}
_KEPT, _SHORT = 1000, 40


def _learn(pieces: list[str], tags: list[str | None]) -> bool:
    """Fill in what unknown pieces become; False when that cannot be said of a tag by itself."""
    for i, becomes in enumerate(tags):
        if becomes is not None:
            continue
        tag = pieces[2 * i + 1]
        if _BREAK.match(tag):
            tags[i] = "\n"
            if len(_KNOWN) < _KEPT and len(tag) < _SHORT:
                _KNOWN[tag] = "\n"
            continue
        match = _TAG.match(tag)
        name = match[1] if match and match.end() == len(tag) else None
        low = name.lower() if name else "sup"
        tags[i] = become = _BECOMES.get(low, "")
        if low == "sup" or low in _UNTOUCHED or (become == "\n" and not pieces[2 * i + 2].strip()):
            return False
    return True


def _markup_edits(text: str) -> list[Edit]:
    """Return what each piece of markup becomes: nothing inline, a line break for a block, an object for an embed."""
    edits: list[Edit] = []
    add, becomes = edits.append, _PLAIN.get
    pieces = text.split("<")
    at = len(pieces[0])
    done = 0  # where the last tag ended
    broken = -1  # where the last edit begins, if it is a line break
    since: str | None = None  # the text since then, None when it was not cut out yet
    for piece in pieces[1:]:
        start, at = at, at + 1 + len(piece)
        if start < done:
            continue
        name, closed, rest = piece.partition(">")
        plain = becomes(name) if closed else None
        if plain is None:
            edit = _odd_edit(text, start)
            broken, since = -1, None
            if edit is not None:
                add(edit)
                done = edit[1]
                broken = start if edit[2] == "\n" else -1
        elif plain != "\n":
            done = start + len(name) + 2
            add((start, done, plain, False))
            broken = -1
        else:
            if broken >= 0 and (not (since := text[done:start] if since is None else since) or since.isspace()):
                edits[-1] = (broken, start + len(name) + 2, "\n", False)
            else:
                broken = start
                add((start, start + len(name) + 2, "\n", False))
            done, since = start + len(name) + 2, rest
    return edits


def _odd_edit(text: str, at: int) -> Edit | None:
    """Return the edit of whatever begins with the `<` at an offset and is no plain tag; None when it is text."""
    tag = _TAG.match(text, at)
    if tag is None:
        return _unclosed(text, at)
    becomes = _BECOMES.get(tag[1])
    return _inline(text, at, tag.end(), tag[1]) if becomes is None else (at, tag.end(), becomes, False)


def _inline(text: str, start: int, end: int, name: str | None) -> Edit:
    """Return the edit of a tag that is no block as it is spelled: inline, raised, untouched, a comment."""
    low = name.lower() if name else ""
    if low in _BECOMES:
        return start, end, _BECOMES[low], False
    if low == "sup" and (raised := _RAISED_MARK.match(text, start)):
        return start, raised.end(), "", True
    if low not in _UNTOUCHED:
        return start, end, "", False
    if text[start + 1] == "/" or text[end - 2] == "/":
        return start, end, _OBJECT, False
    closing = _UNTOUCHED_END[low].search(text, end)
    return start, closing.end() if closing else len(text), _OBJECT, False


def _unclosed(text: str, at: int) -> Edit | None:
    """Return the edit of a tag that never closes: a browser shows nothing of it; a lone `<` is text."""
    begun = _TAG_BEGUN.match(text, at)
    if begun is None:
        return None
    end = begun.end()
    return at, len(text) if text[end : end + 1] in ('"', "'") else end, "", False


def after_closing_tags(text: str, offset: int) -> int:
    """Return the offset behind inline elements that close at it, so that a mark never stands inside a link's end."""
    closing = _CLOSING_INLINE.match(text, offset) if text.startswith("</", offset) else None
    return closing.end() if closing else offset


def link_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the contents of links, in order; a link that never closes ends with the text."""
    spans: list[tuple[int, int]] = []
    opened = -1
    for edge in _LINK_EDGE.finditer(text) if "<a" in text or "<A" in text else ():
        if edge[1] and opened >= 0:
            spans.append((opened, edge.start()))
            opened = -1
        elif not edge[1] and opened < 0:
            opened = edge.end()
    return [*spans, (opened, len(text))] if opened >= 0 else spans
