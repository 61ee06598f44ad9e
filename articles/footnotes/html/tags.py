"""What tags, embeds and code become when a text is folded, one tag after the other.

Tags are found by one pattern, because a parser costs ten times the matching; broken markup is text, as in a browser.
The pattern is possessive and each attempt stops at the next unquoted `<`, so hostile input stays linear.
"""

import re

from articles.footnotes.fold import Edit

TAG = re.compile(
    r"<(?:/?([a-zA-Z][a-zA-Z0-9:-]*+)(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>|!--(?:.*?(?:-->|\Z))|[!?][^<>]*+>)", re.S
)
_TAG_BEGUN = re.compile(r"</?[a-zA-Z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
UNTOUCHED = frozenset(
    "applet audio button canvas code embed head iframe kbd math noscript object pre samp script select style svg "
    "template textarea title var video".split()
)
_UNTOUCHED_END = {name: re.compile(rf"</{name}\s*>|\Z", re.I) for name in UNTOUCHED}
BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li link main menu meta nav ol optgroup option p "
    "section summary table tbody td tfoot th thead tr ul".split()
)
# Where a line of text ends for a reader, as the beginning of a pattern; `pre` and `br` break lines as well.
LINE_TAG = rf"</?(?:p|br|pre|{'|'.join(sorted(BLOCKS - {'p'}))})\b"
_OBJECT = "\ufffc"
# What a tag's name turns into; a name that is not here is inline and turns into nothing.
BECOMES = dict.fromkeys(BLOCKS, "\n") | {"br": " ", "img": _OBJECT, "input": _OBJECT}
# The commonest tags as they stand, without attributes: found without the pattern.
PLAIN = BECOMES | {f"/{name}": becomes for name, becomes in BECOMES.items()}
PLAIN |= {f"{slash}{name}": "" for name in ("a", "b", "em", "i", "q", "span", "strong", "u") for slash in ("", "/")}
_RAISED_MARK = re.compile(
    r"<sup(?:\s[^<>]*)?>\s*(?:<a(?:\s[^<>]*)?>)?\s*(?:[0-9]{1,2}|[*✱†‡]{1,4})\s*(?:</a>)?\s*</sup>", re.I
)


def markup_edits(text: str) -> list[Edit]:
    """Return what each piece of markup becomes: nothing inline, a line break for a block, an object for an embed."""
    edits: list[Edit] = []
    add, becomes = edits.append, PLAIN.get
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
    tag = TAG.match(text, at)
    if tag is None:
        return _unclosed(text, at)
    becomes = BECOMES.get(tag[1])
    return _inline(text, at, tag.end(), tag[1]) if becomes is None else (at, tag.end(), becomes, False)


def _inline(text: str, start: int, end: int, name: str | None) -> Edit:
    """Return the edit of a tag that is no block as it is spelled: inline, raised, untouched, a comment."""
    low = name.lower() if name else ""
    if low in BECOMES:
        return start, end, BECOMES[low], False
    if low == "sup" and (raised := _RAISED_MARK.match(text, start)):
        return start, raised.end(), "", True
    if low not in UNTOUCHED:
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
