"""A post from elsewhere in a text: what the body holds of it, how its card is printed and marked, what opens it."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from lxml import html as parser

from articles.editions import content_of_article, content_of_edition, fields_of, preview, reading_form, release_path
from articles.editions.clean import clean_html
from articles.editions.hashed import is_as_issued
from articles.models import Article, KeptPost, Photo, PostUse, Site
from articles.models.printed import PRINTED
from articles.pagemap import is_photo_shown
from articles.publishing import keep_version, publish, withdraw
from articles.publishing.posts import change_post
from articles.publishing.record import erase
from articles.reader.opened import with_frames
from articles.reader.pages import build
from articles.search.index import engine_words, readers_words
from articles.search.words import lemmas
from tests.builders import NOW, make_article, make_user

from .conftest import WORD, card, kept

SUP = re.compile(r'<sup class="mark">(?:<a [^>]*>)?([^<]*)')


def story(body: str, **fields: str) -> Article:
    return make_article(headline="A quiet day", summary="", body=body, authors=[], **fields)


@pytest.mark.parametrize(
    ("sent", "stays"),
    [
        ('<p>a</p><figure data-post="3" class="x"><b>Bad</b> <iframe src="https://e.example"></iframe></figure>b',
         '<p>a</p><figure data-post="3"></figure>b'),
        ('<p>one<figure data-post=" 7 "></figure>two</p>', '<p>one</p><figure data-post="7"></figure>two'),
        ('<figure data-post="x"><figcaption>words</figcaption></figure>', "words"),
        ('<figure data-post="3" data-photo="4"></figure>', '<figure data-photo="4"></figure>'),
        ('<figure data-post="3" data-align="left"></figure>', '<figure data-post="3"></figure>'),
        ('<p data-post="3">x</p><hr data-post="3">', "<p>x</p><hr>"),
    ],
)  # fmt: skip
def test_the_body_holds_the_number_of_a_post_and_nothing_else(sent: str, stays: str) -> None:
    assert clean_html(sent) == stays
    assert clean_html(stays) == stays


def test_a_card_shows_author_words_day_picture_and_link_from_our_own_store(managing: User) -> None:
    post = kept(still=True, picture_alt="A <bird>", posted_on=date(2026, 3, 9), text='One & <two>\n"three"')
    release = publish(story(f"<p>Before.</p>{card(post)}<p>After.</p>"), by=managing, at=NOW)
    form = reading_form(release)
    assert post.picture is not None
    assert 'alt="A &lt;bird&gt;"' in form and f"/media/{post.picture.web}" in form
    assert re.search(r'data-sha256="[0-9a-f]{64}"', form)
    assert '<p class="post-author">Tern Watch</p>' in form
    assert "<p>One &amp; &lt;two&gt;<br>\n&quot;three&quot;</p>" in form
    assert '<time datetime="2026-03-09">9 March 2026</time>' in form
    assert f'href="{post.link}" rel="noopener nofollow"' in form
    assert form.index("Before.") < form.index("Tern Watch") < form.index("After.")
    assert "iframe" not in form and "data-photo" not in form


def test_the_texts_of_a_card_are_marked_where_they_are_read(managing: User) -> None:
    post = kept(author="Northern Lamp Fund", text="Twofold Bridge is closed, says the GDL.")
    article = story(f"<p>It rained.</p>{card(post)}<p>The GDL met the Northern Lamp Fund.</p>")
    release = publish(article, by=managing, at=NOW)
    form = reading_form(release)
    assert SUP.findall(form) == ["*", "**", "***", "***", "*"]
    assert [mark["field"] for mark in release.edition.marks] == [
        "post_author_0", "post_text_0", "post_text_0", "body", "body",
    ]  # fmt: skip
    assert form.count("listed as") == 4  # a note of each, two of both


def test_the_first_mention_alone_is_marked_where_the_house_says_so(managing: User) -> None:
    Site.objects.update(mentions="first_per_article")
    post = kept(text="GDL")
    form = preview(story(f"{card(post)}<p>The GDL met.</p>"), NOW).form.html
    assert form.count('<sup class="mark">') == 1 and "GDL<sup" in form.partition("</blockquote>")[0]


def test_the_name_of_the_site_is_marked_if_a_register_names_it(managing: User) -> None:
    from articles.models import Name, Organization
    from articles.registers import refresh_version

    Name.objects.create(
        organization=Organization.objects.get(key="northern-lamp"), text="YouTube", language="en", strength="strong"
    )
    refresh_version(NOW)
    release = publish(story(f"<p>a</p>{card(kept())}"), by=managing, at=NOW)
    page = build(release_path(release), NOW).body.decode()
    assert re.search(r'<span class="post-site">YouTube<sup class="mark">', page)
    text = parser.fromstring(page).text_content()
    assert text.count("YouTube") == 1


def test_two_cards_and_a_card_twice_keep_the_order_of_the_text(managing: User) -> None:
    one, two = kept(text="first"), kept("https://t.me/tern_herald/7", text="second")
    article = story(f"{card(two)}<p>a</p>{card(one)}{card(two)}")
    form = preview(article, NOW).form.html
    assert re.findall("first|second", form) == ["second", "first", "second"]
    names = [item.name for item in fields_of(content_of_article(article)) if item.name.startswith("post_text")]
    assert names == ["post_text_0", "post_text_1", "post_text_2"]


def test_a_card_that_is_not_there_leaves_no_hole(managing: User) -> None:
    form = preview(story('<p>a</p><figure data-post="999999"></figure><p>b</p>'), NOW).form.html
    assert "figure" not in form and "<p>a</p>" in form and "<p>b</p>" in form


def test_an_edition_keeps_what_the_card_said_when_it_was_issued(managing: User) -> None:
    post = kept()
    release = publish(story(f"<p>a</p>{card(post)}"), by=managing, at=NOW)
    KeptPost.objects.filter(pk=post.pk).update(text="Something else")
    edition = type(release.edition).objects.get(pk=release.edition_id)
    assert edition.figures[0]["text"].startswith(f"The {WORD}")
    assert is_as_issued(edition, [one.pk for one in edition.regions.all()], [one.pk for one in edition.topics.all()])
    assert fields_of(content_of_edition(edition)) == fields_of(content_of_edition(release.edition))


def test_its_words_are_found_and_known_to_a_relabel_and_shown_in_the_history(managing: User) -> None:
    release = publish(story(f"<p>a</p>{card(kept())}"), by=managing, at=NOW)
    assert WORD in engine_words(release.edition)
    assert all(lemmas(WORD).best in found for found in readers_words(release.edition))
    assert {"post_author", "post_text", "post_site"} <= {row.name for row in PRINTED}


def test_a_page_frames_what_its_cards_need_and_asks_nobody(managing: User) -> None:
    film, page = kept(), kept("https://t.me/tern_herald/7")
    release = publish(story(f"<p>a</p>{card(film)}{card(page)}"), by=managing, at=NOW)
    shown = build(release_path(release), NOW).body.decode()
    assert (
        '<meta http-equiv="Content-Security-Policy" content="frame-src https://t.me https://www.youtube-nocookie.com">'
        in shown
    )
    tree = parser.fromstring(shown)
    frames = tree.findall(".//iframe")
    assert len(frames) == 2
    for frame in frames:
        assert frame.getparent().tag == "details" and frame.getparent().get("open") is None
        assert frame.get("loading") == "lazy" and frame.get("title")
        assert "allow-top-navigation" not in frame.get("sandbox") and "allow-scripts" in frame.get("sandbox")
    asked = [one.get("src") for one in tree.iter("img", "script", "link", "source", "video") if one.get("src")]
    assert all(one.startswith("/") for one in asked)


def test_a_page_without_cards_may_frame_nothing(managing: User) -> None:
    release = publish(story("<p>a</p>"), by=managing, at=NOW)
    assert "frame-src 'none'\">" in build(release_path(release), NOW).body.decode()
    assert "frame-src 'none'\">" in build("/en/", NOW).body.decode()


def test_a_post_that_is_gone_stays_readable_and_opens_nothing(
    managing: User, django_capture_on_commit_callbacks: object
) -> None:
    from articles.models import Page

    post = kept()
    article = story(f"<p>a</p>{card(post)}")
    keep_version(article, by=managing, at=NOW)
    release = publish(article, by=managing, at=NOW)
    path = release_path(release)
    assert "<iframe" in build(path, NOW).body.decode()
    Page.objects.update(dirty_since=None)
    post.is_gone = True
    change_post(post, None, by=managing, at=NOW)
    shown = build(path, NOW).body.decode()
    assert WORD in shown and "<iframe" not in shown and "<details" not in shown and "frame-src 'none'" in shown
    assert Page.objects.get(path=path).dirty_since is not None
    assert preview(article, NOW).form.html.count(WORD) == 1


def test_no_words_of_a_text_can_make_a_frame(managing: User) -> None:
    forged = (
        '<figure class="kept-post" data-post="x">\n<figcaption><a class="post-link" href="https://t.me/tern_herald/7" '
        'rel="noopener nofollow">x</a></figcaption>\n</figure>'
    )
    post = kept(text="x")
    KeptPost.objects.filter(pk=post.pk).update(text=forged, author=forged)
    form = preview(story(f"{forged}{card(post)}"), NOW).form.html
    assert form.count("<figure") == 1
    html, sources = with_frames(form)
    assert html.count("<iframe") == 1 and sources == "https://www.youtube-nocookie.com"


def test_feeds_get_words_and_link(managing: User) -> None:
    post = kept(still=True, text="The GDL sings.")
    publish(story(f"<p>a</p>{card(post)}"), by=managing, at=NOW)
    feed = build("/en/feed.xml", NOW).body.decode()
    assert "sings" in feed and post.link.replace("&", "&amp;") in feed
    assert "iframe" not in feed and "details" not in feed and "data-sha256" not in feed
    assert "GDL&lt;sup" in feed or "GDL<sup" in feed


def test_the_still_picture_is_public_while_the_card_is(managing: User) -> None:
    post = kept(still=True)
    assert post.picture is not None
    assert not is_photo_shown(post.picture.web, NOW)
    release = publish(story(f"<p>a</p>{card(post)}"), by=managing, at=NOW)
    assert is_photo_shown(post.picture.web, NOW)
    withdraw(release.article, by=managing, at=NOW, note="x")
    assert not is_photo_shown(post.picture.web, NOW)


def test_erasing_the_last_article_with_a_card_erases_card_and_picture(managing: User) -> None:
    own, shared = kept(still=True), kept("https://t.me/tern_herald/7", still=True, text="shared")
    article, other = story(f"<p>a</p>{card(own)}{card(shared)}"), story(f"<p>b</p>{card(shared)}", slug="other")
    for one in (article, other):
        keep_version(one, by=managing, at=NOW)
        publish(one, by=managing, at=NOW)
    withdraw(article, by=managing, at=NOW, note="x")
    erase(article, by=make_user("Legal"), at=NOW, reason="Order of the district court.")
    assert list(KeptPost.objects.all()) == [shared]
    assert list(Photo.objects.values_list("pk", flat=True)) == [shared.picture_id]
    assert PostUse.objects.get().article == other
    assert not any(WORD in str(row.figures) for row in article.editions.all())
