"""What differs between two bodies: blocks, words, and how they look."""

import random
import subprocess
import sys
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.worddiff import PARAGRAPH, bodies, diff_bodies
from articles.worddiff.blocks import blocks_of

from . import pairs
from .test_words import written

CASES = (
    ("", "", []),
    ("<p>one</p>", "<p>one</p>", ["equal p: one"]),
    ("<p>one two</p>", "<p>one three</p>", ["change p: one [-two-]{+three+}"]),
    ("<p>one</p>", "<p>one</p><p>two</p>", ["equal p: one", "insert p: {+two+}"]),
    ("<p>one</p><hr><p>two</p>", "<p>one</p><p>two</p>", ["equal p: one", "delete hr: ", "equal p: two"]),
    ("<p>A name</p>", "<h2>A name</h2>", ["change p → h2: A name"]),
    (
        "<p>A name of it.</p>",
        "<p>Other words here!</p>",
        ["delete p: [-A name of it.-]", "insert p: {+Other words here!+}"],
    ),
    (
        "<p>One two three four five. Six seven eight.</p>",
        "<p>One two three four five.</p><p>Six seven eight.</p>",
        [f"change p: One two three four five.[- -]{{+{PARAGRAPH}+}}Six seven eight."],
    ),
    ("<p>a <b>b</b></p>", "<p>a b</p>", ["change p: a ~b|strong→~"]),
    ("<p>a <b>b c</b> d</p>", "<p>a b <i>c</i> d</p>", ["change p: a ~b|strong→~ ~c|strong→em~ d"]),
    ("<p>un<b>believ</b>able</p>", "<p>unbelievable</p>", ["change p: ~unbelievable|strong→~"]),
    ("<p><b>a</b></p>", "<p><strong>a</strong></p>", ["equal p: a"]),
    (
        '<p>see <a href="/a">the report here</a></p>',
        '<p>see <a href="/b">the report here</a></p>',
        ['change p: see ~the report here|a href="/a"→a href="/b"~'],
    ),
    ('<p><a href="/a" rel="noopener">a</a></p>', '<p><a href="/a">a</a></p>', ["equal p: a"]),
    ('<p><i lang="fr">a</i></p>', "<p><i>a</i></p>", ['change p: ~a|em lang="fr"→em~']),
    ("<p>a<br>b c d</p>", "<p>a b c d</p>", ["change p: a[-\n-]{+ +}b c d"]),
    ("<p>a  \n b</p>", "<p>a b</p>", ["equal p: a b"]),
    ("<pre>a  b</pre>", "<pre>a b</pre>", ["change pre: a [- -]b"]),
    ("<p>a &lt;b&gt; &amp;amp;</p>", "<p>a &lt;b&gt; c</p>", ["change p: a <b> [-&amp;-]{+c+}"]),
    ("<ul><li>One</li><li>Two</li></ul>", "<ul><li>One</li></ul>", ["equal ul/li: One", "delete ul/li: [-Two-]"]),
    (
        "<ul><li>One thing<ul><li>in it</li></ul></li></ul>",
        "<ol><li>One thing<ul><li>in it</li></ul></li></ol>",
        ["change ul/li → ol/li: One thing", "change ul/li/ul/li → ol/li/ul/li: in it"],
    ),
    (
        "<table><tr><th>a</th><td></td></tr><tr><td>b</td></tr></table>",
        "<table><tr><th>a</th><td></td></tr><tr><td>c</td></tr></table>",
        ["equal table/tr/th: a", "equal table/td: ", "delete table/tr/td: [-b-]", "insert table/tr/td: {+c+}"],
    ),
)


def lines(changes):
    out = []
    for change in changes:
        kinds = change.kind if change.kind == change.kind_before else f"{change.kind_before} → {change.kind}"
        texts = "".join(
            f"~{piece.text}|{', '.join(piece.before)}→{', '.join(piece.after)}~"
            if piece.op == "format"
            else written([(piece.op, piece.text)] if piece.text else [])
            for piece in change.pieces
        )
        out.append(f"{change.op} {kinds}: {texts}")
    return out


@pytest.mark.parametrize(("old", "new", "told"), CASES)
def test_what_is_told(old, new, told):
    assert lines(diff_bodies(old, new)) == told


def side(changes, wanted):
    """What the changes say stood, or stands, in the blocks: a text for each."""
    out = []
    for change in changes:
        if change.op in ("equal", "change", wanted):
            other = "insert" if wanted == "delete" else "delete"
            out += "".join(piece.text for piece in change.pieces if piece.op != other).split(PARAGRAPH)
    return out


def texts(html):
    return [block.words.text for block in blocks_of(html)]


TAGS = "<p> </p> <h2> </h2> <b> </b> <i> <ul> <li> </li> </ul> <br> <hr> <table> <tr> <td> </td> </table> </a>".split()
WORDS = ('<a href="/x">', "one ", "two", " three", ". ", "&amp;", "one two ")
FRAGMENTS = st.lists(st.sampled_from([*TAGS, *WORDS]), max_size=40).map("".join)


@given(FRAGMENTS, FRAGMENTS)
def test_both_bodies_can_be_read_from_it(old, new):
    changes = diff_bodies(old, new)
    assert side(changes, "delete") == texts(old)
    assert side(changes, "insert") == texts(new)


@given(FRAGMENTS)
def test_nothing_differs_from_itself(html):
    assert all(change.op == "equal" for change in diff_bodies(html, html))


@pytest.mark.parametrize("seed", range(200))
def test_nothing_is_told_that_was_not_changed(seed):
    """Of a body in which blocks were put in, taken out, reworded, and made to look otherwise, each as it was done."""
    draw = random.Random(seed)
    old: list[str] = []
    new: list[str] = []
    wanted: list[tuple[str, object]] = []
    for one in pairs.body(draw, draw.randint(3, 25)):
        what = draw.choice(("keep", "keep", "keep", "keep", "word", "look", "link", "insert", "delete", "kind"))
        if what != "insert":
            old.append(one.html)
        if what == "word":
            at = draw.randrange(len(one.words))
            other = replace(one, words=[*one.words[:at], pairs.fresh(draw), *one.words[at + 1 :]])
            wanted.append(("word", (one.words[at].strip(".,?!"), other.words[at])))
        elif what in ("look", "link"):
            at = draw.randrange(len(one.words))
            looks = {"bold": one.bold ^ {at}} if what == "look" else {"link": one.link | {at: pairs.LINKS[1]}}
            other = replace(one, **looks)
            wanted.append(("look", one.words[at]))
        elif what == "kind":
            other = replace(one, tag="h3")
            wanted.append(("kind", one.tag))
        else:
            other = one
            wanted.append(("equal" if what == "keep" else what, one.text))
        if what != "delete":
            new.append(other.html)
    changes = diff_bodies("".join(old), "".join(new))
    assert list(in_order(map(told, changes))) == list(in_order(wanted))


def test_bodies_too_long_for_that_are_told_as_well(monkeypatch):
    draw = random.Random(5)
    old = pairs.body(draw, 60)
    new = [pairs.edited(draw, one)[0] for one in old if len(one.words) > 9]
    before = diff_bodies("".join(one.html for one in old), "".join(one.html for one in new))
    monkeypatch.setattr(bodies, "_MOST_CELLS", 0)
    after = diff_bodies("".join(one.html for one in old), "".join(one.html for one in new))
    assert lines(after) == lines(before)
    assert sum(change.op == "change" for change in after) > 30


def in_order(done):
    """What was done to each block; where some came and some went with nothing between, those that went first."""
    for alone, some in groupby(done, key=lambda one: one[0] in ("insert", "delete")):
        those = list(some)
        yield from sorted(those) if alone else those


def told(change):
    """Say of a block what was done to it, as the test does."""
    changed = [piece for piece in change.pieces if piece.op != "equal"]
    if change.op != "change":
        [piece] = change.pieces
        return change.op, piece.text
    if change.kind != change.kind_before:
        assert not changed
        return "kind", change.kind_before
    if all(piece.op == "format" for piece in changed):
        return "look", "".join(piece.text for piece in changed)
    gone = "".join(piece.text for piece in changed if piece.op == "delete").strip(".,?!")
    come = "".join(piece.text for piece in changed if piece.op == "insert")
    return "word", (gone, come)


def test_it_needs_no_django():
    code = "import sys; sys.modules['django'] = None; import articles.worddiff; assert 'django.db' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
