"""What differs between two plain texts, word by word."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.worddiff import diff_words, words
from articles.worddiff.subsequence import common, common_once
from articles.worddiff.words import Words, align

from . import pairs

TEXTS = st.text(alphabet="ab .,\n\u00a0\tё\u0301-1<&", max_size=60) | st.text(max_size=40)
FEW = st.lists(st.sampled_from("abcd"), max_size=40)

CASES = (
    ("", "", []),
    ("same", "same", [("equal", "same")]),
    ("", "new", [("insert", "new")]),
    ("old", "", [("delete", "old")]),
    ("A quiet day.", "A quiet night.", "A quiet [-day-]{+night+}."),
    ("one two", "one two three", "one two{+ three+}"),
    ("two three", "one two three", "{+one +}two three"),
    ("one two three", "one three", "one [-two -]three"),
    ("one two three", "one four five three", "one [-two-]{+four five+} three"),
    ("The dog ate.", "The cat ran. The dog ate.", "{+The cat ran. +}The dog ate."),
    (
        "The cat ran. The dog ate.",
        "The cat ran. The cow ran. The dog ate.",
        "The cat ran. {+The cow ran. +}The dog ate.",
    ),
    (
        "The cat ran. The cow ran. The dog ate.",
        "The cat ran. The dog ate.",
        "The cat ran. [-The cow ran. -]The dog ate.",
    ),
    (
        "said on Monday in the city",
        "said on Monday near a mill in the city",
        "said on Monday {+near a mill +}in the city",
    ),
    ("1,000 men", "2,000 men", "[-1,000-]{+2,000+} men"),
    ("кто-то пришёл", "кто-нибудь пришёл", "[-кто-то-]{+кто-нибудь+} пришёл"),
    ("за́мок", "замо́к", "[-за́мок-]{+замо́к+}"),
    ("word", "word,", "word{+,+}"),
    ("5 km", "5\u00a0km", "5[- -]{+\u00a0+}km"),
    ("a  b", "a b", "a [- -]b"),
    ("one\ntwo", "one two", "one[-\n-]{+ +}two"),
)


def written(ops):
    signs = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(signs[op].format(text) for op, text in ops)


@pytest.mark.parametrize(("old", "new", "told"), CASES)
def test_what_is_told(old, new, told):
    ops = diff_words(old, new)
    assert (ops if isinstance(told, list) else written(ops)) == told


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(old, new):
    ops = diff_words(old, new)
    assert "".join(text for op, text in ops if op != "insert") == old
    assert "".join(text for op, text in ops if op != "delete") == new
    assert all(text for _op, text in ops)
    assert all(one[0] != other[0] for one, other in pairwise(ops))


@given(TEXTS)
def test_nothing_differs_from_itself(text):
    assert diff_words(text, text) == ([("equal", text)] if text else [])


def longest(a, b):
    """The length of a longest common subsequence, by the book."""
    row = [0] * (len(b) + 1)
    for one in a:
        last = row
        row = [0]
        for j, other in enumerate(b):
            row.append(last[j] + 1 if one == other else max(last[j + 1], row[j]))
    return row[-1]


def check_pairs(a, b, found):
    assert all(a[i] == b[j] for i, j in found)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(found))


@given(FEW, FEW)
@settings(max_examples=300)
def test_as_many_words_are_kept_as_can_be(a, b):
    for found in (common(a, b), align(a, b)):
        check_pairs(a, b, found)
        assert len(found) == longest(a, b)


@given(st.lists(st.integers(0, 12), max_size=20), st.lists(st.integers(0, 12), max_size=20))
def test_of_what_stands_once_as_much_is_kept_as_can_be(a, b):
    found = common_once(a, b)
    check_pairs(a, b, found)
    once = {one for one in a if a.count(one) == 1 == b.count(one)}
    assert len(found) == longest([one for one in a if one in once], [one for one in b if one in once])


def test_as_many_words_are_kept_in_long_texts_of_few_words():
    """Longer than the rows that are kept lie apart."""
    draw = random.Random(3)
    a, b = (draw.choices("abcdefgh", k=700) for _side in range(2))
    found = align(a, b)
    check_pairs(a, b, found)
    assert len(found) == longest(a, b)


def test_texts_too_long_for_that_are_compared_by_sentences(monkeypatch):
    draw = random.Random(4)
    old = [one for _n in range(60) for one in pairs.sentence(draw)]
    new = [*old[:100], "Something", "else.", *old[100:300], *old[310:]]
    before = diff_words(" ".join(old), " ".join(new))
    monkeypatch.setattr(words, "_MOST_CELLS", 2000)
    ops = diff_words(" ".join(old), " ".join(new))
    assert "".join(text for op, text in ops if op != "insert") == " ".join(old)
    assert "".join(text for op, text in ops if op != "delete") == " ".join(new)
    assert written(ops) == written(before)


@pytest.mark.parametrize("seed", range(200))
def test_no_word_is_told_as_changed_that_was_not(seed):
    """Nothing but what was taken out goes, nothing but what was put in comes: as many words, each where it was."""
    draw = random.Random(seed)
    body = pairs.body(draw, draw.randint(1, 12))
    chosen = draw.randrange(len(body))
    changed, gone, come = pairs.edited(draw, body[chosen])
    old = "\n\n".join(one.text for one in body)
    new = "\n\n".join((changed if n == chosen else one).text for n, one in enumerate(body))
    ops = diff_words(old, new)
    counted = {op: sum(len(Words.of(text).words) for one, text in ops if one == op) for op in ("delete", "insert")}
    least = {"delete": count(gone), "insert": count(come)}
    assert counted["delete"] <= least["delete"]
    assert counted["insert"] <= least["insert"]
    told = Counter(one for op, text in ops if op == "insert" for one in Words.of(text).words)
    assert all(told[one] == 1 for one in come if one.startswith("neu"))
    begin = sum(len(one.text) + 2 for one in body[:chosen])
    at = 0
    for op, text in ops:
        if op != "equal":
            assert begin <= at <= begin + len(body[chosen].text)
        at += len(text) * (op != "insert")


def count(words_of):
    return sum(len(Words.of(one).words) for one in words_of)
