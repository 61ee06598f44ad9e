"""Photos in the text: what the body holds of them, their place in the reading form, and who gets which glyph there."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from articles.editions import content_of_article, fields_of, preview, reading_form
from articles.editions.clean import clean_html
from articles.editions.figures import NoTexts, ids_in, read_texts, write_texts
from articles.models import Article, Edition, Photo, Site
from articles.publishing import publish
from articles.publishing.photo_uses import where_used
from articles.publishing.saving import keep_version
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.figures import figure, photo

SUP = re.compile(r'<sup class="mark">(?:<a [^>]*>)?([^<]*)')
PIECES = [
    "<p>Words</p>",
    "<b>",
    "</b>",
    "<ul><li>",
    "</figure>",
    "<figure>",
    "<td>",
    "</p>",
    " x ",
    "<!-- ",
    "-->",
    "<h2>",
]
FIGURES = [
    '<figure data-photo="7">',
    "<figure data-photo='8 7 x 9' data-align=left></figure>",
    "<FIGURE DATA-PHOTO=5 >",
]


@pytest.fixture
def editor(db: None, settings: object, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    make_newsroom()
    return make_user("Editor")


def story(body: str, **fields: str) -> Article:
    return make_article(headline="A quiet day", summary="", body=body, authors=[], **fields)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (
            '<p>a</p><figure data-photo="3" id="x"><img src="/x"><figcaption>Bad <b>word</b></figcaption></figure>b',
            '<p>a</p><figure data-photo="3"></figure>b',
        ),
        (
            '<p>one <b>bold<figure data-align="left" data-photo=" 7 12 7 x 03"></figure>still</b></p>',
            '<p>one <b>bold</b></p><figure data-photo="7 12" data-align="left"></figure><b>still</b>',
        ),
        ('<figure data-photo="0"><figcaption>kept</figcaption></figure>', "kept"),
        ('<figure data-photo="4" data-align="up"></figure>', '<figure data-photo="4"></figure>'),
        ('<figure data-photo="1"><p>text</p>', '<figure data-photo="1"></figure><p>text</p>'),
        ('<h2>a<figure data-photo=5></figure>b</h2>', '<h2>a</h2><figure data-photo="5"></figure><h2>b</h2>'),
        ('<hr data-photo="3">', "<hr>"),
        ('<p data-photo="3">x</p>', "<p>x</p>"),
    ],
)  # fmt: skip
def test_the_body_holds_which_photos_and_where_and_nothing_else(sent: str, kept: str) -> None:
    assert clean_html(sent) == kept


@given(st.lists(st.sampled_from([*PIECES, *FIGURES]), max_size=12).map("".join))
def test_whatever_stands_around_figures_the_cleaning_leaves_them_bare_and_cleans_once(sent: str) -> None:
    clean = clean_html(sent)
    assert clean_html(clean) == clean
    tags = re.findall(r"<figure[^>]*>.{0,9}", clean)
    assert all(re.fullmatch(r'<figure data-photo="[0-9 ]+"( data-align="left")?></figure>', tag) for tag in tags)
    assert len(tags) == clean.count("</figure>")
    assert ids_in(sent) == [int(one) for tag in tags for one in re.search(r'"([0-9 ]+)"', tag)[1].split()]  # type: ignore[index]


def test_a_photo_gets_its_place_as_the_lead_photo_is_printed(editor: User) -> None:
    one = photo(alt_en="A <pier>", caption_en="The pier & the crane", credit="Anna Tern")
    release = publish(story(f"<p>Before.</p>{figure(one)}<p>After.</p>"), by=editor, at=NOW)
    sha256 = release.edition.figures[0]["sha256"]
    assert re.fullmatch("[0-9a-f]{64}", sha256)
    shown = (
        f'<figure class="photo">\n<img src="/media/{one.web}" width="40" height="30" alt="A &lt;pier&gt;" '
        f'data-sha256="{sha256}">\n<figcaption>The pier &amp; the crane <span class="credit">Anna Tern</span>'
        "</figcaption>\n</figure>\n"
    )
    assert f"<p>Before.</p>{shown}<p>After.</p>" in reading_form(release)


def test_a_caption_in_the_middle_gets_its_glyph_between_the_paragraphs(editor: User) -> None:
    one = photo(alt_en="Twofold Bridge", caption_en="The Northern Lamp Fund", credit="GDL")
    article = story(f"<p>It rained.</p>{figure(one)}<p>The GDL met the Northern Lamp Fund.</p>")
    release = publish(article, by=editor, at=NOW)
    form = reading_form(release)
    assert 'alt="Twofold Bridge*"' in form
    assert SUP.findall(form) == ["**", "***", "***", "**"]
    assert release.edition.ledger == [["test-terrorist", "test-agents"], ["test-agents"], ["test-terrorist"]]
    assert form.count("listed as") == 4  # a note of each, two of the first
    fields = [mark["field"] for mark in release.edition.marks]
    assert fields == ["figure_alt_0", "figure_caption_0", "figure_credit_0", "body", "body"]


def test_only_the_first_mention_is_marked_where_the_house_says_so_as_the_page_is_read(editor: User) -> None:
    Site.objects.update(mentions="first_per_article")
    one, two = photo(caption_en="The GDL, seen", alt_en="GDL"), photo("blue", caption_en="The GDL again")
    article = story(f"<p>It rained.</p>{figure(one)}<p>The GDL met.</p>{figure(two)}")
    form = preview(article, NOW).form.html
    assert 'alt="GDL*"' in form  # an alternative text is read by itself
    assert form.count('<sup class="mark">') == 1
    assert "The GDL<sup" in form.partition("<figcaption>")[2].partition("</figcaption>")[0]


def test_several_photos_in_a_figure_are_a_gallery_and_keep_the_order_of_the_page(editor: User) -> None:
    photos = [photo(colour, caption_en=f"Caption {colour}") for colour in ("red", "green", "blue")]
    article = story(
        f"<p>a</p>{figure(photos[2], align='left')}{figure(photos[1], photos[0])}<p>b</p>{figure(photos[2])}"
    )
    form = preview(article, NOW).form.html
    assert re.findall(r"Caption (\w+)", form) == ["blue", "green", "red", "blue"]
    assert form.count('<div class="gallery">') == 1 and '<figure class="photo figure-left">' in form
    names = [item.name for item in fields_of(content_of_article(article))]
    assert names[-4:] == [f"figure_caption_{number}" for number in range(4)]


def test_an_article_may_say_otherwise_than_the_photo_does(editor: User) -> None:
    one = photo(alt_en="A pier", caption_en="The pier")
    article = story(figure(one) + "<p>x</p>", figure_texts=write_texts({one.pk: {"caption": "The pier in May"}}))
    form = preview(article, NOW).form.html
    assert "<figcaption>The pier in May</figcaption>" in form and 'alt="A pier"' in form


def test_each_language_has_its_own_texts(editor: User) -> None:
    one = photo(alt_en="A pier", alt_ru="Причал", caption_en="The pier", caption_ru="Причал в мае")
    form = preview(story(figure(one) + "<p>x</p>", language="ru"), NOW).form.html
    assert 'alt="Причал"' in form and "Причал в мае" in form and "pier" not in form


def test_a_photo_that_is_gone_leaves_no_hole_and_takes_no_other_with_it(editor: User) -> None:
    one, two = photo(caption_en="one"), photo("blue", caption_en="two")
    article = story(f"{figure(one)}<p>a</p>{figure(two)}")
    one.delete()
    form = preview(article, NOW).form.html
    assert "two" in form and form.count("<img") == 1 and "data-photo" not in form


def test_an_edition_prints_the_same_when_it_is_read_again(editor: User) -> None:
    one = photo(caption_en="The GDL")
    article = story(f"<p>The Northern Lamp Fund.</p>{figure(one)}<p>GDL</p>")
    first = publish(article, by=editor, at=NOW)
    Photo.objects.update(caption_en="Another")
    assert Edition.objects.get(pk=first.edition_id).figures[0]["caption"] == "The GDL"
    assert "The GDL" in reading_form(first)


@pytest.mark.parametrize(
    "sent", ["[]", "{", '{"x": {}}', '{"1": {"text": "x"}}', '{"1": {"alt": 3}}', '{"1": 4}', "9" * 9]
)
def test_what_is_no_text_of_a_photo_is_refused(sent: str) -> None:
    with pytest.raises(NoTexts):
        read_texts(sent)


def test_texts_are_stored_in_one_way() -> None:
    assert read_texts("") == {} and write_texts({}) == "" and write_texts({3: {}}) == ""
    written = write_texts(read_texts('{"12": {"caption": " b\\u0007 ", "alt": ""}, "3": {"alt": "a"}}'))
    assert written == '{"3": {"alt": "a"}, "12": {"caption": "b"}}'
    with pytest.raises(NoTexts) as no:
        read_texts(write_texts({3: {"alt": "x" * 301}}))
    assert (no.value.photo, no.value.name) == (3, "alt")


def test_a_saved_version_and_an_edition_name_their_photos(editor: User) -> None:
    one, two = photo(), photo("blue")
    article = story(f"{figure(one, two)}<p>a</p>{figure(one)}")
    keep_version(article, by=editor, at=NOW)
    assert {row.photo_id for row in article.photo_uses.all()} == {one.pk, two.pk}
    release = publish(article, by=editor, at=NOW)
    article.body = figure(two) + "<p>a</p>"
    article.save()
    keep_version(article, by=editor, at=NOW)
    [used] = where_used(one, NOW)
    assert not used.in_copy and used.editions == (1,)
    assert {row.photo_id for row in release.edition.figure_rows.all()} == {one.pk, two.pk}
