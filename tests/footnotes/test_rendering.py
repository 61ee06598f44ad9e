"""Marks and notes on a page: links there and back, blocks that share glyphs, plain signs, the inline form."""

from datetime import date

from articles.footnotes.annotate import annotate
from articles.footnotes.ledger import Block, Ledger, glyph
from articles.footnotes.render import render_html, render_inline, render_text
from articles.footnotes.types import Field, Mark, Style
from tests.footnotes.engine import DAY, compiled, found, registers


def block(language: str = "en", style: Style | None = None) -> Block:
    """Return the first block of a page."""
    return Ledger(registers(), style or Style(), language).block("a")


def html(text: str, text_format: str = "html", *, links: bool = True) -> tuple[str, Block]:
    """Render one field; return it with its block."""
    one = block()
    field = Field("body", text, text_format)
    return render_html(field, found(text, "en", text_format).mentions, one, links=links), one


def test_a_mark_links_to_its_note_and_the_note_back() -> None:
    """Only the first mark of a combination has the anchor."""
    out, one = html("<p>ISIS and IS</p>")
    first = (
        '<sup class="mark"><a href="#a-note-1" id="a-mark-1" role="doc-noteref" aria-label="Legal note *">*</a></sup>'
    )
    assert out == f"<p>ISIS{first} and IS{first.replace(' id=' + chr(34) + 'a-mark-1' + chr(34), '')}</p>"
    (note,) = one.notes()
    assert (note.id, note.back_id, note.back_label) == ("a-note-1", "a-mark-1", "Back to the text")
    assert str(note) == "*The organization is listed as terrorist."


def test_inside_a_link_the_mark_is_plain_and_may_be_the_anchor() -> None:
    """An anchor inside an anchor is no HTML; a mark at the end of a link stands behind it."""
    out, one = html('<a href="/x">ISIS men</a> and <a href="/y">ISIS</a>')
    assert '<a href="/x">ISIS<sup class="mark" id="a-mark-1">*</sup> men</a>' in out
    assert '<a href="/y">ISIS</a><sup class="mark"><a href="#a-note-1" role=' in out
    assert one.notes()[0].back_id == "a-mark-1"


def test_without_links_marks_are_plain_and_no_note_links_back() -> None:
    """Lists, feeds."""
    out, one = html("ISIS & <b>co</b>", "text", links=False)
    assert out == 'ISIS<sup class="mark">*</sup> &amp; &lt;b&gt;co&lt;/b&gt;'
    assert one.notes()[0].back_id == ""


def test_a_text_field_is_escaped_around_its_marks() -> None:
    """Signs of markup in a text are text."""
    out, _ = html('1 < 2 & "ISIS"', "text")
    assert out.startswith("1 &lt; 2 &amp; &quot;ISIS&quot;<sup")


def test_later_blocks_go_on_with_the_glyphs_of_the_page() -> None:
    """One glyph means one register on a page; number is counted per block."""
    ledger = Ledger(registers(), Style(), "en")
    first, second = ledger.block("a"), ledger.block("news")
    assert render_text("ISIS left", found("ISIS left").mentions, first) == "ISIS* left"
    text = "Mirrora, Tahir al-Nur and ISIS"
    assert render_text(text, found(text).mentions, second) == "Mirrora**, Tahir al-Nur* and ISIS*"
    assert [str(note) for note in first.notes()] == ["*The organization is listed as terrorist."]
    assert [str(note) for note in second.notes()] == [
        "*The organizations are listed as terrorist.",
        "**Recognized as extremist.",
    ]
    assert [note.id for note in second.notes()] == ["news-note-1", "news-note-2"]


def test_stored_marks_render_like_mentions() -> None:
    """An edition keeps Marks."""
    (one,) = found("ISIS left").mentions
    stored = Mark(one.field, one.mark_at, one.start, one.end, one.organization, one.registers)
    assert render_text("ISIS left", [stored], block()) == "ISIS* left"


def test_glyph_styles() -> None:
    """Asterisks grow, daggers alternate and double, numerals count."""
    assert [glyph(n, "asterisks") for n in (1, 2, 3)] == ["*", "**", "***"]
    assert [glyph(n, "daggers") for n in (1, 2, 3, 4)] == ["†", "‡", "††", "‡‡"]
    assert [glyph(n, "numerals") for n in (1, 2, 10)] == ["¹", "²", "¹⁰"]


def test_the_inline_form() -> None:
    """A bare title says the status itself; several statuses are joined."""
    text = "Court bans “Free River Fund” again"
    out = render_inline(text, found(text).mentions, registers(), "en", DAY)
    assert out == "Court bans “Free River Fund” (recognized as extremist; listed as a foreign agent) again"


def test_the_inline_form_in_russian_by_gender() -> None:
    """The gender is that of the descriptor."""
    text = "Закрыт телеканал «Луч»"
    mentions = found(text, "ru").mentions
    assert render_inline(text, mentions, registers(), "ru", DAY) == "Закрыт телеканал «Луч» (признан иноагентом)"


def test_the_inline_form_of_a_lifted_designation() -> None:
    """The past tense, with its day."""
    text = "Blue Ribbon League left"
    out = render_inline(text, found(text).mentions, registers(), "en")
    assert out == "Blue Ribbon League (Listed as a foreign agent until 5 May 2022) left"


def test_fields_of_one_article_are_told_apart() -> None:
    """Mentions name their field; cues and meanings count in all of them."""
    fields = [Field("headline", "Beam closed"), Field("body", "<p>The channel Beam</p>", "html")]
    annotation = annotate(fields, compiled(), language="en", as_of=date(2025, 1, 1))
    assert [(one.field, one.start) for one in annotation.mentions] == [("headline", 0), ("body", 15)]
