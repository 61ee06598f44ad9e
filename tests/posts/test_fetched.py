"""Words and pictures of posts are fetched by a job: where the settings allow it, into what nobody has typed."""

import json
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from articles import publishing
from articles.models import KeptPost, Photo, Site
from articles.publishing import posts
from articles.publishing.fetching import FetchedAnswer, FetchError
from articles.publishing.posts import fetch_posts, told_of
from tests.builders import NOW

from .conftest import kept, picture

ANSWER = {"title": "Dunes <b>at</b> dusk", "author_name": "Tern", "thumbnail_url": "https://i.ytimg.com/vi/x.jpg"}


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What other servers answer, by host; an error is raised. `asked`: the addresses."""
    answers: dict[str, object] = {
        "www.youtube.com": json.dumps(ANSWER).encode(),
        "i.ytimg.com": picture().getvalue(),
        "asked": [],
    }

    def fetch(url: str, may_ask: object, *, most: int) -> FetchedAnswer:
        host = url.split("/")[2]
        answers["asked"].append(url)  # type: ignore[attr-defined]
        assert may_ask(host) and most < 10_000_000  # type: ignore[operator]
        answer = answers[host]
        if isinstance(answer, Exception):
            raise answer
        return FetchedAnswer(answer, "")  # type: ignore[arg-type]

    monkeypatch.setattr(posts, "fetch", fetch)
    return answers


def waiting(**fields: object) -> KeptPost:
    post = kept(**({"author": "", "text": ""} | fields))  # type: ignore[arg-type]
    KeptPost.objects.filter(pk=post.pk).update(fetch="asked")
    return post


def test_the_setting_is_off_unless_somebody_turns_it_on_and_then_nobody_is_asked(
    managing: User, web: dict[str, object]
) -> None:
    assert Site.current().fetch_posts is False
    post = waiting()
    assert fetch_posts(NOW) == 0 and web["asked"] == []
    post.refresh_from_db()
    assert post.fetch == "failed" and "switched off" in told_of(post)


def test_words_author_and_picture_come_and_what_was_typed_stays(managing: User, web: dict[str, object]) -> None:
    Site.objects.update(fetch_posts=True)
    post = waiting(author="Typed by hand")
    assert publishing.fetch_posts(NOW) == 1
    post.refresh_from_db()
    assert (post.author, post.text, post.source, post.fetch) == ("Typed by hand", "Dunes at dusk", "fetched", "done")
    assert post.picture is not None and post.picture.credit == "YouTube" and post.last_error == ""
    assert post.claimed_until is None and post.fetched_at == NOW
    assert fetch_posts(NOW + timedelta(days=1)) == 0  # once


def test_a_picture_that_is_none_leaves_the_words(managing: User, web: dict[str, object]) -> None:
    Site.objects.update(fetch_posts=True)
    web["i.ytimg.com"] = b"<svg onload=alert(1)>"
    post = waiting()
    assert fetch_posts(NOW) == 1
    post.refresh_from_db()
    assert post.text == "Dunes at dusk" and post.picture is None and not Photo.objects.exists()
    assert "could not be taken over" in told_of(post)


def test_a_picture_elsewhere_is_not_asked_for(managing: User, monkeypatch: pytest.MonkeyPatch) -> None:
    Site.objects.update(fetch_posts=True)

    def fetch(url: str, may_ask: object, *, most: int) -> FetchedAnswer:
        host = url.split("/")[2]
        if not may_ask(host):  # type: ignore[operator]
            raise FetchError("host")
        return FetchedAnswer(json.dumps(ANSWER | {"thumbnail_url": "https://10.0.0.1/secret"}).encode(), "")

    monkeypatch.setattr(posts, "fetch", fetch)
    post = waiting()
    assert fetch_posts(NOW) == 1
    post.refresh_from_db()
    assert post.picture is None and post.last_error == "picture"


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (FetchError("status", "404"), "404"),
        (FetchError("large"), "too large"),
        (FetchError("private"), "public net"),
    ],
)
def test_a_failure_says_why_at_the_card_and_delays_no_other(
    managing: User, web: dict[str, object], error: Exception, says: str
) -> None:
    Site.objects.update(fetch_posts=True)
    web["www.youtube.com"] = error
    post = waiting()
    other = kept("https://vimeo.com/123456789", text="x")
    KeptPost.objects.filter(pk=other.pk).update(fetch="asked", text="", kept_at=NOW + timedelta(seconds=1))
    web["vimeo.com"] = json.dumps({"title": "Tides", "upload_date": "2026-03-01"}).encode()
    assert fetch_posts(NOW) == 1
    post.refresh_from_db()
    other.refresh_from_db()
    assert post.fetch == "failed" and says in told_of(post)
    assert (other.text, other.posted_on) == ("Tides", date(2026, 3, 1))


def test_an_answer_that_breaks_the_reader_delays_no_other(managing: User, web: dict[str, object]) -> None:
    Site.objects.update(fetch_posts=True)
    web["www.youtube.com"] = RuntimeError("anything")
    post = waiting()
    assert fetch_posts(NOW) == 0
    post.refresh_from_db()
    assert (post.fetch, post.last_error, post.claimed_until) == ("asked", "unread", None)
    assert "could not be read" in told_of(post)


def test_a_site_that_is_slow_is_asked_again_and_then_given_up(managing: User, web: dict[str, object]) -> None:
    Site.objects.update(fetch_posts=True)
    web["www.youtube.com"] = FetchError("slow")
    post = waiting()
    states = []
    for hour in range(5):
        fetch_posts(NOW + timedelta(hours=hour))
        post.refresh_from_db()
        states.append(post.fetch)
    assert states == ["asked", "asked", "failed", "failed", "failed"]
    assert len(web["asked"]) == KeptPost.MOST_ATTEMPTS  # type: ignore[arg-type]
    assert "in time" in told_of(post)


def test_what_was_typed_while_the_site_was_asked_stays(
    managing: User, web: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    Site.objects.update(fetch_posts=True)
    post = waiting()
    told = posts._asked

    def typed_meanwhile(*args: object) -> object:
        KeptPost.objects.filter(pk=post.pk).update(text="Typed meanwhile")
        return told(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(posts, "_asked", typed_meanwhile)
    assert fetch_posts(NOW) == 1
    post.refresh_from_db()
    assert (post.text, post.source, post.author) == ("Typed meanwhile", "typed", "Tern")


def test_every_reason_has_its_sentence(managing: User) -> None:
    raised = {"host", "private", "redirects", "large", "status", "certificate", "unread", "slow", "away", "off", "none"}
    assert raised | {"picture"} == set(posts.REASONS)
