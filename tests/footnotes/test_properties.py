"""What holds for any text: offsets, idempotence, and that stripping undoes marking and nothing else."""

import re
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.footnotes.annotate import annotate, strip
from articles.footnotes.fold import GLYPH_CHARS, Folded, cut, fold, fold_irregular
from articles.footnotes.html import markup_cuts
from articles.footnotes.html.tags import markup_edits
from articles.footnotes.rules.address import address_spans, in_address
from articles.footnotes.rules.hit import Passage, within
from articles.footnotes.types import Field
from tests.footnotes.engine import compiled, marked, stripped
from tests.footnotes.test_starter_shared import starter

NAMES = [
    "ISIS", "IS", "Islamic State", "ISIS-Sahara", "Free River Fund", "FRF", "Mirrora", "Prophet’s Keepers", "Veter",
    "Исламское государство", "Исламского государства", "ИГИЛ", "ИГИЛа", "Луча", "Ветер", "ФСР", "Тахир аль-Нур", "Свод",
    "Заря Юга", "Путь в исламское государство", "Общероссийское движение «Все руки»", "Blue Ribbon League",
    "Old Salt Guard", "РДУГК+", "А.Р.У.", "К берегам!", "Mirrora Platforms Inc.", "I.S.I.S.", "77", "Cold Ray",
    "Green Coast",
]  # fmt: skip
SIGNS = [
    " ", " ", " ", "“", "”", "«", "»", '"', "'", "’", "(", ")", " (", ")", "-", "–", "—", ",", ".", "*", "**", "†", "¹",
    "\n", "\n\n", "* ", "*The organization is listed as terrorist.", "’s", "'", "\u00a0", "\u00ad", "\u200b",
    "&quot;", "&nbsp;",
    "banned in Russia", "(признана иноагентом)", "group", "батальон", "телеканал", "members", "http://x.example/",
    "@", "#", "e\u0301", "\u0301", "İ", "\ud800", "🚩", "5*3", "m²", "-2", "x",
    "_", "__", "** ", " **", "***", "+", "!", "Inc.", "далее — СИ", "PK", "(PK)", " и ", " and ", "Foundations",
    "фонды",
]  # fmt: skip
TAGS = [
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<a href='ISIS'>",
    "</a>",
    "<br>",
    "<code>",
    "</code>",
    "<sup>*</sup>",
    "<",
    ">",
    "<!--",
]
texts = st.lists(st.sampled_from(NAMES + SIGNS) | st.text(max_size=3), max_size=14).map("".join)
fragments = st.lists(st.sampled_from(NAMES + SIGNS + TAGS) | st.text(max_size=3), max_size=14).map("".join)
languages = st.sampled_from(["en", "ru"])
LETTERS = [
    "word ", "Слово ", "ёЁ", "café ", "“", "”", "«", "»", "—", " – ", "-", "’s", "\u00a0", "…", "МIR", "Mир", "&mdash;",
    "&nbsp;", "&amp;", "&lt;", "&shy;", "&", "R&D", "\n", "  ", "<p>", "</p>", "</p>\n<p>", "<p class='x'>", "</h2>\n",
    "<li>", "<b>", "</b>", "<br>", "<a href=\"/x\">", "</a>", "<img src='x'>", "<P>", "<b", "<code>x</code>",
]  # fmt: skip
prose = st.lists(st.sampled_from(LETTERS + NAMES), max_size=20).map("".join)
ADDRESSES = [
    "ISIS", "is", "FRF", "x", "word", ".", "-", "/", "//", "@", "#", ":", "://", "www.", "org", "com", "http", "(", ")",
    " ", " ", "\n", "\u00a0", '"', "«", "»", "+", "_", "?q=", "рф",
]  # fmt: skip
addresses = st.lists(st.sampled_from(ADDRESSES), max_size=14).map("".join)
many = settings(max_examples=400, deadline=None)


def check_offsets(text: str, language: str, text_format: str) -> None:
    """Every offset lies in the text, in order, and names what it says."""
    field = Field("body", text, text_format)
    annotation = annotate([field], compiled(), language=language, as_of=date(2025, 1, 1), explain=True)
    last = 0
    for one in annotation.mentions:
        assert 0 <= one.start < one.end <= one.mark_at <= len(text) or one.rule == "strong"
        assert text[one.start : one.end] == one.surface
        assert last <= one.mark_at
        last = one.mark_at
    for candidate in (*annotation.unclear, *annotation.typed_marks, *annotation.rejected):
        assert text[candidate.start : candidate.end] == candidate.surface
        assert 0 <= candidate.mark_at <= len(text)


@many
@given(texts, languages)
def test_offsets_of_texts(text: str, language: str) -> None:
    """Any characters at all."""
    check_offsets(text, language, "text")


@many
@given(fragments, languages)
def test_offsets_of_markup(text: str, language: str) -> None:
    """Any markup, broken or not."""
    check_offsets(text, language, "html")


@many
@given(fragments)
def test_every_folded_character_has_its_place(text: str) -> None:
    """The map runs forward and covers no character twice."""
    folded = fold(text, markup_cuts(text))
    assert len(folded.text) == len(folded.scan)
    done = 0
    for offset in range(len(folded.text)):
        start, end = folded.source_start(offset), folded.source_end(offset + 1)
        assert done <= start < end <= len(text)
        done = end


def mapped(folded: Folded) -> tuple[str, str, list[tuple[int, int]]]:
    """Return what a fold is made of: text, scan, and where each character stands."""
    places = [(folded.source_start(at), folded.source_end(at + 1)) for at in range(len(folded.text))]
    return folded.text, folded.scan, places


@many
@given(prose)
def test_a_regular_text_is_folded_as_any_other(text: str) -> None:
    """The quick way, taken where nothing is irregular, gives what the long way gives."""
    for markup in (None, markup_cuts(text)):
        assert mapped(fold(text, markup)) == mapped(fold_irregular(text, markup))


@many
@given(prose | fragments)
def test_markup_is_cut_as_tag_by_tag(text: str) -> None:
    """All tags at once give what one after the other gives."""
    seen = text.replace("\n", " ")
    one_by_one = cut(seen, markup_edits(seen))
    assert mapped(fold(text, markup_cuts(text))) == mapped(fold(text, one_by_one))


@many
@given(prose | fragments)
def test_letters_are_those_of_the_text(text: str) -> None:
    """The bytes of a regular text say the same of word boundaries as the characters."""
    for folded in (fold(text), fold(text, markup_cuts(text)), fold_irregular(text, None)):
        letters = [char.isalnum() or char == "_" for char in folded.scan]
        offsets = range(len(letters) + 1)
        assert [bool(folded.before[at]) for at in offsets] == [False, *letters]
        assert [bool(folded.after[at]) for at in offsets] == [*letters, False]


@many
@given(addresses)
def test_no_address_is_passed_over(text: str) -> None:
    """A word in an address is seen there, though few words are looked at closely."""
    folded = fold(text)
    passage = Passage(Field("body", text), 0, folded)
    spans = address_spans(folded.text, folded.scan)
    for word in re.finditer(r"(?!www\b)\w+(?:[ -]\w+)?", folded.text):
        if within(spans, word.start()):
            assert in_address(passage, word.start(), word.end())


@many
@given(texts, languages)
def test_annotate_is_idempotent(text: str, language: str) -> None:
    """What is marked is not marked again, and nothing else comes to be marked."""
    once = marked(text, language)
    assert marked(once, language) == once


@many
@given(fragments, languages)
def test_annotate_is_idempotent_in_markup(text: str, language: str) -> None:
    """The same in HTML with bare glyphs."""
    once = marked(text, language, "html")
    assert marked(once, language, "html") == once


@many
@example("*ISIS*ISIS", "en")
@given(texts, languages)
def test_strip_undoes_annotate(text: str, language: str) -> None:
    """Stripping the marked text is stripping the text."""
    assert stripped(marked(text, language), language) == stripped(text, language)


@many
@given(fragments, languages)
def test_strip_undoes_annotate_in_markup(text: str, language: str) -> None:
    """The same in HTML."""
    assert stripped(marked(text, language, "html"), language, "html") == stripped(text, language, "html")


def marked_by_starter(text: str, language: str, text_format: str = "text") -> str:
    """Return the text with an asterisk at each mark of the starter registers."""
    fields = [Field("body", text, text_format)]
    mentions = annotate(fields, starter(), language=language, as_of=date(2025, 1, 1)).mentions
    for mention in sorted(mentions, key=lambda one: -one.mark_at):
        text = f"{text[: mention.mark_at]}*{text[mention.mark_at :]}"
    return text


def stripped_by_starter(text: str, language: str, text_format: str = "text") -> str:
    """Return the text without the marks that the starter registers' names have."""
    return strip([Field("body", text, text_format)], starter(), language=language)[0].text


STARTER_NAMES = sorted({name.text for one in starter().registers.organizations.values() for name in one.names})
AROUND = ["{}", "«{}»", "_{}_", "**{}**", "the {} said", "({})", "{}. Next", "{}, {}", "«{}» (ИГ)", "<b>{}</b>", "{}’s"]
named = st.tuples(st.sampled_from(AROUND), st.sampled_from(STARTER_NAMES)).map(
    lambda pair: pair[0].replace("{}", pair[1])
)
starters = st.lists(named | st.sampled_from(SIGNS), max_size=6).map(" ".join)


@many
@given(starters, languages)
def test_strip_undoes_annotate_for_the_starter_names(text: str, language: str) -> None:
    """Names that end in a sign included; and marking twice marks once."""
    once = marked_by_starter(text, language)
    assert stripped_by_starter(once, language) == stripped_by_starter(text, language)
    assert marked_by_starter(once, language) == once


def test_strip_undoes_annotate_for_every_starter_name() -> None:
    """Each name by itself, in every surrounding that may be taken for a sign of its own."""
    wrong = []
    for name in STARTER_NAMES:
        language = "ru" if re.search("[а-яё]", name.lower()) else "en"
        text = "\n\n".join(around.replace("{}", name) for around in AROUND[:6])
        once = marked_by_starter(text, language)
        if stripped_by_starter(once, language) != stripped_by_starter(text, language):
            wrong.append(name)
    assert wrong == []


@many
@given(texts, languages)
def test_strip_leaves_what_was_not_typed(text: str, language: str) -> None:
    """A text without a sign stays as it is, to the object."""
    plain = "".join(char for char in text if char not in GLYPH_CHARS)
    field = Field("body", plain)
    assert strip([field], compiled(), language=language) == [field]


@many
@given(texts, languages)
def test_marks_are_all_that_is_added(text: str, language: str) -> None:
    """Without the inserted signs the marked text is the text."""
    field = Field("body", text)
    annotation = annotate([field], compiled(), language=language, as_of=date(2025, 1, 1))
    out = marked(text, language)
    for i, one in enumerate(annotation.mentions):
        at = one.mark_at + i
        assert out[at] == "*"
    assert len(out) == len(text) + len(annotation.mentions)
