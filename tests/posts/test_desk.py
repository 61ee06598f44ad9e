"""Cards at the desk: kept by the dialog and by their own page, every complaint at its field, where each is used."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from articles.admin.articles.history.difference import kind_words
from articles.models import Article, Event, KeptPost, Photo, Site
from articles.photos.files import original_path, web_path
from articles.publishing import keep_version, publish
from articles.publishing.posts import delete_post
from articles.publishing.roles import staff_id
from articles.worddiff.blocks import blocks_of
from tests.builders import NOW, make_article, make_user

from .conftest import LINK, card, kept, picture

KEEP, CARD = reverse("admin:articles_keptpost_keep"), reverse("admin:articles_keptpost_card")


@pytest.fixture
def reporter(managing: User, client: Client) -> Client:
    client.force_login(make_user("Reporter"))
    return client


def keep(client: Client, **fields: Any) -> Any:
    return client.post(KEEP, {"link": LINK, "author": "Tern Watch", "text": "Look", "posted_on": "2026-03-01"} | fields)


def test_the_dialog_keeps_a_post_with_its_picture(reporter: Client) -> None:
    told = keep(reporter, link=f"{LINK}&utm_source=x", file=picture(), picture_alt="A bird").json()["card"]
    post = KeptPost.objects.get()
    assert (post.link, post.kind, post.author, post.text) == (LINK, "youtube", "Tern Watch", "Look")
    assert post.kept_by is not None and post.source == "typed"
    assert post.picture is not None and post.picture.alt_en == "A bird" and post.picture.credit == "YouTube"
    assert told["id"] == post.pk and told["picture"] == f"/media/{post.picture.web}"
    assert Event.objects.filter(kind="post kept").count() == 1


def test_a_post_that_is_kept_already_is_not_kept_twice(reporter: Client) -> None:
    post = kept(text="as it was")
    told = keep(reporter, link="https://youtu.be/abcdefghijk").json()
    assert told["known"] and told["card"]["id"] == post.pk and told["card"]["text"] == "as it was"
    assert KeptPost.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"link": ""}, "link", "Paste the link"),
        ({"link": "http://youtu.be/abcdefghijk"}, "link", "https://"),
        ({"link": "javascript:alert(1)"}, "link", "begins with https://"),
        ({"link": "https://tern.example/1"}, "link", "tern.example cannot be kept. Known are: YouTube"),
        ({"link": "https://y0utube.com/watch?v=abcdefghijk"}, "link", "another"),
        ({"link": "https://www.youtube.com/@tern"}, "link", "no single post"),
        ({"text": "a" * 5001}, "text", "5000"),
        ({"text": "Look <script>alert(1)</script>"}, "text", "HTML (<script>)"),
        ({"author": "<b>Tern</b>"}, "author", "HTML (<b>)"),
        ({"author": "a" * 201}, "author", "200"),
        ({"text": ""}, "text", "a link alone"),
        ({"posted_on": "2999-01-01"}, "posted_on", "not come yet"),
        ({"posted_on": "1699-01-01"}, "posted_on", "no posts that year"),
        ({"posted_on": "yesterday"}, "posted_on", "valid date"),
        ({"picture_alt": "a" * 301}, "picture_alt", "300"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(reporter: Client, fields: dict[str, str], field: str, says: str) -> None:
    answer = keep(reporter, **fields)
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert says in errors[field][0]["message"], errors
    assert not KeptPost.objects.exists()


def test_a_file_that_is_no_picture_is_refused_and_nothing_stored(reporter: Client) -> None:
    file = picture()
    file.write(b"<svg")
    file.seek(0)
    answer = keep(reporter, file=file)
    assert answer.status_code == 422 and list(answer.json()["errors"]) == ["file"]
    assert not KeptPost.objects.exists() and not Photo.objects.exists()


def test_a_link_is_read_before_it_is_kept(reporter: Client) -> None:
    told = reporter.get(CARD, {"link": "https://youtu.be/abcdefghijk?si=x"}).json()
    assert (told["link"], told["site"], told["may_ask"], told["card"]) == (LINK, "YouTube", False, None)
    Site.objects.update(fetch_posts=True)
    assert reporter.get(CARD, {"link": LINK}).json()["may_ask"] is True
    assert reporter.get(CARD, {"link": "https://t.me/tern_herald/7"}).json()["may_ask"] is False  # answers nobody
    assert reporter.get(CARD, {"link": "https://tern.example/"}).status_code == 422
    post = kept()
    assert reporter.get(CARD, {"link": LINK}).json()["card"]["id"] == post.pk
    assert reporter.get(CARD, {"post": post.pk}).json()["card"]["link"] == LINK
    for odd in ("0", "x", "9" * 40, ""):
        assert reporter.get(CARD, {"post": odd}).json()["card"] is None


def test_the_site_is_asked_only_if_the_settings_allow_it_and_somebody_wants_it(reporter: Client) -> None:
    answer = keep(reporter, text="", author="", ask="on")
    assert answer.status_code == 422  # switched off: the words are missing
    Site.objects.update(fetch_posts=True)
    assert keep(reporter, text="", author="", ask="on").json()["card"]["told"]
    assert KeptPost.objects.get().fetch == "asked"
    assert keep(reporter, link="https://t.me/tern_herald/7", text="", ask="on").status_code == 422


def test_who_may_not_write_may_not_keep(managing: User, client: Client) -> None:
    assert keep(client).status_code == 401
    client.force_login(make_user("Legal"))
    assert keep(client).status_code == 403
    assert client.get(CARD, {"link": LINK}).status_code == 200
    client.force_login(make_user("Administrator"))
    assert client.get(CARD, {"link": LINK}).status_code == 403


def test_the_page_of_a_card_changes_it_and_says_where_it_is_used(reporter: Client, managing: User) -> None:
    post = kept(still=True)
    article = make_article(body=f"<p>a</p>{card(post)}")
    keep_version(article, by=managing, at=NOW)
    page = reporter.get(reverse("admin:articles_keptpost_change", args=[post.pk]))
    text = page.content.decode()
    assert reverse("admin:articles_article_change", args=[article.pk]) in text and LINK in text
    listed = reporter.get(reverse("admin:articles_keptpost_changelist")).content.decode()
    assert "Tern Watch" in listed
    sent = {"author": "Another", "text": "Other words", "posted_on": "", "picture_alt": "", "is_gone": "on"}
    answer = reporter.post(page.request["PATH_INFO"], sent)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    post.refresh_from_db()
    assert (post.author, post.text, post.is_gone, post.link) == ("Another", "Other words", True, LINK)
    assert post.picture is not None and post.frame == ""
    assert reporter.post(reverse("admin:articles_keptpost_delete", args=[post.pk])).status_code == 403


def test_the_page_adds_a_card_too(reporter: Client) -> None:
    address = reverse("admin:articles_keptpost_add")
    assert reporter.get(address).status_code == 200
    assert reporter.post(address, {"link": "https://tern.example/", "text": "x"}).status_code == 200
    answer = reporter.post(address, {"link": LINK, "text": "x", "author": "", "posted_on": "", "picture_alt": ""})
    assert answer.status_code == 302
    assert KeptPost.objects.get().kind == "youtube"


def test_the_list_has_sites_asked_again(reporter: Client) -> None:
    post, other = kept(text="x"), kept("https://t.me/tern_herald/7", text="y")
    chosen = {"action": "ask_again", "_selected_action": [post.pk, other.pk]}
    address = reverse("admin:articles_keptpost_changelist")
    assert "switched off" in reporter.post(address, chosen, follow=True).content.decode()
    Site.objects.update(fetch_posts=True)
    assert "1 post will be asked for" in reporter.post(address, chosen, follow=True).content.decode()
    assert list(KeptPost.objects.filter(fetch="asked")) == [post]


def test_the_editor_offers_the_dialog_to_who_may_keep(reporter: Client, managing: User) -> None:
    text = reporter.get(reverse("admin:articles_article_add")).content.decode()
    assert 'id="post-dialog"' in text and "youtu.be" in text and "KeptPosts" in text


def test_names_in_a_card_are_told_beside_the_form_while_one_types(reporter: Client, managing: User) -> None:
    post = kept(text="The GDL sings.")
    body = f"<p>a GDL</p>{card(post)}"
    sent = {"headline": "", "body": body, "words": "a GDL", "language": "en"}
    address = reverse("admin:articles_article_live_marks_new")
    answer = reporter.post(address, json.dumps(sent), content_type="application/json")
    assert answer.status_code == 200
    assert [one["from"] for one in answer.json()["marks"] if one["field"] == "body"] == [2]
    article = make_article(body=body, created_by=staff_id(make_user("Reporter")))
    page = reporter.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert "text of a post" in page


def test_what_changed_between_two_versions_names_the_card(managing: User) -> None:
    post = kept()
    kinds = [kind_words(block.kind) for block in blocks_of(f"<p>a</p>{card(post)}") if "figure" in block.kind]
    assert kinds == [f"card of post {post.pk}"]


def change(client: Client, post: KeptPost, **fields: Any) -> Any:
    address = reverse("admin:articles_keptpost_change", args=[post.pk])
    sent = {"author": post.author, "text": post.text, "picture_alt": post.picture_alt}
    return client.post(address, sent | fields)


def test_a_still_picture_is_taken_out_and_goes_unless_something_prints_it(managing: User, client: Client) -> None:
    client.force_login(managing)
    free, printed = kept(still=True, picture_alt="A bird"), kept("https://t.me/tern_herald/7", still=True)
    publish(make_article(body=f"<p>a</p>{card(printed)}"), by=managing, at=NOW)
    files = [web_path(post.picture) for post in (free, printed) if post.picture]
    for post in (free, printed):
        assert change(client, post, picture_out="on").status_code == 302
        post.refresh_from_db()
        assert post.picture is None and post.picture_alt == "" and post.text
    assert [one.web for one in Photo.objects.all()] == [files[1].name]
    bare = kept("https://t.me/tern_herald/8", still=True, text="")
    answer = change(client, bare, picture_out="on")
    assert answer.status_code == 200 and "a link alone may be dead tomorrow" in answer.content.decode()


def test_a_still_picture_that_is_replaced_goes_with_its_files(
    managing: User, client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    client.force_login(managing)
    post = kept(still=True)
    assert post.picture is not None
    before = [web_path(post.picture), original_path(post.picture)]
    with django_capture_on_commit_callbacks(execute=True):
        assert change(client, post, file=picture("blue")).status_code == 302
    assert Photo.objects.count() == 1 and not any(one.exists() for one in before)


def test_a_card_that_no_text_holds_is_taken_out_with_its_still_picture(
    managing: User, client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    client.force_login(managing)
    post = kept(still=True)
    article = make_article(body=f"<p>a</p>{card(post)}")
    keep_version(article, by=managing, at=NOW)
    Article.objects.update(body="<p>a</p>")  # an earlier version alone holds it
    change(client, post, author="Somebody else")
    assert post.picture is not None
    files = [web_path(post.picture), original_path(post.picture)]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("admin:articles_keptpost_delete", args=[post.pk]), {"post": "yes"})
    assert answer.status_code == 302 and not KeptPost.objects.exists() and not Photo.objects.exists()
    assert not any(one.exists() for one in files)
    assert Event.objects.get(kind="post deleted").detail == {"kept_post": post.pk}
    assert not LogEntry.objects.exclude(object_repr="").filter(content_type__model="keptpost").exists()


def test_a_card_that_a_text_holds_or_an_edition_prints_stays(managing: User, client: Client) -> None:
    client.force_login(managing)
    held, printed, free = kept(), kept("https://t.me/tern_herald/7"), kept("https://t.me/tern_herald/8")
    keep_version(make_article("draft", headline="The pier", body=card(held) + "<p>a</p>"), by=managing, at=NOW)
    publish(make_article("live", headline="The quay", body=card(printed) + "<p>a</p>"), by=managing, at=NOW)
    Article.objects.update(body="<p>a</p>", version=9)
    Article.objects.filter(slug="draft").update(body=card(held))
    for post, name in ((held, "The pier"), (printed, "The quay")):
        address = reverse("admin:articles_keptpost_delete", args=[post.pk])
        assert f"The card is in use and stays: “{name}”" in client.get(address).content.decode()
        assert "in use" in client.post(address, {"post": "yes"}).content.decode()
    ids = [one.pk for one in (held, printed, free)]
    many = {"action": "delete_selected", "_selected_action": ids, "post": "yes"}
    client.post(reverse("admin:articles_keptpost_changelist"), many)
    assert KeptPost.objects.count() == 3
    with pytest.raises(PermissionDenied):
        delete_post(free, by=make_user("Reporter"), at=NOW)


def test_a_photo_that_is_a_still_picture_names_its_card_and_stays(managing: User, client: Client) -> None:
    client.force_login(managing)
    post = kept(still=True)
    address = reverse("admin:articles_photo_delete", args=[post.picture_id])
    for answer in (client.get(address), client.post(address, {"post": "yes"})):
        assert "It is the still picture of a card: YouTube: Tern Watch" in answer.content.decode()
    assert Photo.objects.exists()


def test_what_stands_beside_the_link_is_said_in_the_language_of_the_desk(managing: User, client: Client) -> None:
    client.force_login(managing)
    client.cookies["django_language"] = "ru"
    shown = client.get(reverse("admin:articles_keptpost_add")).content.decode()
    assert "YouTube, Vimeo" in shown and "As it stands" not in shown
