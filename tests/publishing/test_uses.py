"""In which articles photos and posts stand: noted by every act that stores a text or issues an edition, whether a form
has ever saved the article or not; and what follows from it for a photo that is the still picture of a post."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.baking.tick import announce_and_beat
from articles.editions import release_path
from articles.models import Article, EditionFigure, KeptPost, Name, Organization, Photo, PhotoUse, PostUse
from articles.photos import upload
from articles.photos.files import web_file
from articles.publishing import copy_as_new, keep_version, publish, restore, retract, schedule
from articles.publishing.freezing import freeze, lift_on_server
from articles.publishing.photo_acts import delete, turn
from articles.publishing.photo_uses import live_with, where_used
from articles.publishing.posts import change_post
from articles.publishing.relabel import apply_version, work_batches
from articles.reader.pages import build
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.figures import figure, photo
from tests.posts.conftest import card, kept, picture

HOUR = timedelta(hours=1)
LATER = NOW + HOUR


@pytest.fixture
def chief(db: None, settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT, settings.PAGES_DIR = tmp_path / "media", tmp_path / "pages"
    make_newsroom()
    return make_user("Managing editor")


def published(article: Article, by: User) -> None:
    publish(article, by=by, at=NOW)


def scheduled(article: Article, by: User) -> None:
    schedule(article, by=by, at=NOW, live_at=LATER)


def published_again(**how: Any) -> Callable[[Article, User], None]:
    def act(article: Article, by: User) -> None:
        publish(article, by=by, at=NOW)
        forget()
        publish(article, by=by, at=LATER, **how)

    return act


def retracted(article: Article, by: User) -> None:
    publish(article, by=by, at=NOW)
    forget()
    retract(article, by=by, at=LATER, note="It was wrong.")


def held(article: Article, by: User) -> None:
    schedule(article, by=by, at=NOW, live_at=LATER)
    stands = freeze("publishing", by=None, at=NOW, reason="A phone was lost.")
    announce_and_beat(NOW)
    forget()
    lift_on_server(stands, at=NOW + HOUR / 2, reason="Found.")
    announce_and_beat(NOW + HOUR / 2)


def relabelled(article: Article, by: User) -> None:
    publish(article, by=by, at=NOW)
    forget()
    organization = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=organization, text="Pelican Circle", language="en", strength="strong", position=9)
    apply_version(compile_version(LATER), by=by, at=LATER, reason="The list of today.")
    while work_batches(lambda: LATER):
        pass
    assert article.editions.count() == 2


def saved(article: Article, by: User) -> None:
    keep_version(article, by=by, at=NOW)


def restored(article: Article, by: User) -> None:
    keep_version(article, by=by, at=NOW)
    forget()
    restore(article, 2, by=by, at=LATER, seen=2)


def copied(article: Article, by: User) -> None:
    keep_version(article, by=by, at=NOW)
    forget()
    copy_as_new(article, by=by, at=LATER)


def forget() -> None:
    """Take the notes away, so that the act that follows has to make them."""
    PhotoUse.objects.all().delete()
    PostUse.objects.all().delete()


ACTS: dict[str, Callable[[Article, User], None]] = {
    "publish": published,
    "schedule": scheduled,
    "update": published_again(reason="update", note="More is known."),
    "correction": published_again(reason="correction", note="It was another pier."),
    "minor": published_again(reason="minor"),
    "retract": retracted,
    "held by a freeze": held,
    "relabel": relabelled,
    "save": saved,
    "restore": restored,
    "copy": copied,
}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_notes_which_article_names_which_photo_and_post(chief: User, act: str) -> None:
    lead, one, post = photo(alt_en="A pier"), photo("blue", alt_en="A quay"), kept(still=True)
    body = f'<p>The Pelican Circle met.</p>{figure(one)}{card(post)}<figure data-photo="999999"></figure>'
    article = make_article(lead_photo=lead, body=body)
    ACTS[act](article, chief)
    holder = Article.objects.latest("pk")
    assert set(PhotoUse.objects.values_list("photo", "article")) == {(lead.pk, holder.pk), (one.pk, holder.pk)}
    assert set(PostUse.objects.values_list("post", "article")) == {(post.pk, holder.pk)}
    issued = {(edition, pk) for edition in holder.editions.all() for pk in (one.pk, post.picture_id)}
    assert {(row.edition, row.photo_id) for row in EditionFigure.objects.all()} == issued


@pytest.fixture
def still(chief: User) -> tuple[KeptPost, Photo, str]:
    """A card with a still picture in a published text; the address of that page."""
    post = kept(still=True)
    release = publish(make_article(body=f"<p>a</p>{card(post)}", summary=""), by=chief, at=NOW)
    assert post.picture is not None
    return post, post.picture, release_path(release)


def test_a_still_picture_is_known_to_be_used_where_its_card_stands(still: tuple[KeptPost, Photo, str]) -> None:
    _post, picture_of_it, _path = still
    [used] = where_used(picture_of_it, NOW)
    assert used.in_copy and used.is_live and used.editions == (1,)
    assert [one.edition.number for one in live_with(picture_of_it, NOW)] == [1]


def test_a_still_picture_that_is_turned_stays_on_the_pages_that_show_it(
    still: tuple[KeptPost, Photo, str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    _post, one, path = still
    before = one.web
    with django_capture_on_commit_callbacks(execute=True):
        turn(one, "left", at=LATER)
    assert f"/media/{before}" in build(path, LATER).body.decode() and web_file(before).is_file()


def test_a_still_picture_that_was_replaced_stays_while_an_edition_prints_it(
    chief: User, still: tuple[KeptPost, Photo, str]
) -> None:
    post, one, path = still
    change_post(post, upload.prepare(picture("blue")), by=chief, at=LATER)
    [used] = where_used(one, LATER)
    assert used.is_live and not used.in_copy
    with pytest.raises(Exception, match="in use"):
        delete(one, at=LATER)
    assert f"/media/{one.web}" in build(path, LATER).body.decode() and web_file(one.web).is_file()
