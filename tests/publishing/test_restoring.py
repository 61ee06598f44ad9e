"""A saved version comes back as the next one, equal byte for byte; what readers see stays as it is."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Article, ArticleVersion, Author, Byline, Category, Event, Region, Release, Topic
from articles.publishing import Refused, approve, keep_version, publish, restore, status, withdraw
from articles.publishing.record import erase
from tests.builders import NOW, make_article, make_newsroom, make_user

HOUR = timedelta(hours=1)


@pytest.fixture
def editor(db: None) -> User:
    make_newsroom()
    return make_user("Editor")


def written(version: ArticleVersion) -> bytes:
    """The version as it is stored, letter for letter."""
    return json.dumps(ArticleVersion.objects.get(pk=version.pk).fields, ensure_ascii=False).encode()


def saved(article: Article, by: User, hours: int, **fields: Any) -> ArticleVersion:
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return keep_version(article, by=by, at=NOW + hours * HOUR)


def test_the_version_is_the_working_copy_again(editor: User) -> None:
    article = make_article(body="<p>First.</p>")
    first = saved(article, editor, 1)
    saved(article, editor, 2, body="<p>Second.</p>", headline="Another")
    seen = Article.objects.get().version
    restored = restore(article, first.number, by=editor, at=NOW + 3 * HOUR, seen=seen)
    article = Article.objects.get()
    assert (article.body, article.headline) == ("<p>First.</p>", "GDL cells found in the harbour")
    assert restored.version.number == article.version == seen + 1
    assert restored.gone == ()
    assert written(restored.version) == written(first)
    event = Event.objects.get(kind="restore")
    assert event.detail == {"version": seen + 1, "restored": first.number}
    assert article.versions.count() == 3


def test_readers_and_the_state_are_left_alone(editor: User) -> None:
    article = make_article()
    first = saved(article, editor, 1, headline="What was")
    saved(article, editor, 2, headline="What is")
    publish(article, by=editor, at=NOW + 3 * HOUR)
    article.refresh_from_db()
    before = list(Release.objects.values())
    restore(article, first.number, by=editor, at=NOW + 4 * HOUR, seen=article.version)
    assert list(Release.objects.values()) == before
    article.refresh_from_db()
    assert (article.state, status(article, NOW + 5 * HOUR)) == ("approved", "live")
    assert Release.objects.get().edition.headline == "What is"


def test_somebody_else_has_saved_meanwhile(editor: User) -> None:
    article = make_article()
    first = saved(article, editor, 1)
    seen = article.version
    saved(article, editor, 2, headline="Theirs")
    with pytest.raises(Refused):
        restore(article, first.number, by=editor, at=NOW + 3 * HOUR, seen=seen)
    assert Article.objects.get().headline == "Theirs"
    assert not Event.objects.filter(kind="restore").exists()


def test_a_change_of_state_counts_as_meanwhile(editor: User) -> None:
    article = make_article()
    first = saved(article, editor, 1)
    seen = article.version
    approve(article, by=editor, at=NOW + 2 * HOUR)
    with pytest.raises(Refused):
        restore(article, first.number, by=editor, at=NOW + 3 * HOUR, seen=seen)


def test_no_such_version(editor: User) -> None:
    article = make_article()
    version = saved(article, editor, 1)
    with pytest.raises(Refused):
        restore(article, version.number + 5, by=editor, at=NOW + 2 * HOUR, seen=article.version)


@pytest.mark.parametrize("role", ["Reporter", "Legal", "Administrator"])
def test_only_who_may_edit_the_article(editor: User, role: str) -> None:
    article = make_article()
    version = saved(article, editor, 1)
    with pytest.raises(PermissionDenied):
        restore(article, version.number, by=make_user(role), at=NOW + 2 * HOUR, seen=article.version)


def test_a_reporter_may_while_it_is_their_own_draft(editor: User) -> None:
    reporter = make_user("Reporter")
    article = make_article()
    version = saved(article, reporter, 1)
    restore(article, version.number, by=reporter, at=NOW + 2 * HOUR, seen=article.version)
    approve(article, by=editor, at=NOW + 3 * HOUR)
    with pytest.raises(PermissionDenied):
        restore(article, version.number, by=reporter, at=NOW + 4 * HOUR, seen=article.version)


def test_what_was_erased_stays_erased(editor: User) -> None:
    managing = make_user("Managing editor")
    article = make_article()
    version = saved(article, editor, 1)
    publish(article, by=editor, at=NOW + 2 * HOUR)
    withdraw(article, by=managing, at=NOW + 3 * HOUR, note="Told so.")
    erase(article, by=managing, at=NOW + 4 * HOUR, reason="A court said so.")
    article = Article.objects.get()
    with pytest.raises(Refused):
        restore(article, version.number, by=managing, at=NOW + 5 * HOUR, seen=article.version)
    assert Article.objects.get().body == ""


def test_what_no_longer_exists_is_told_and_left(editor: User) -> None:
    courts = Category.objects.create(slug="gone", name_en="Gone", name_ru="Нет")
    article = make_article(authors=["Anna Tern", "Boris Gull"])
    article.category = courts
    first = saved(article, editor, 1)
    article.category = Category.objects.get(slug="politics")
    article.regions.clear()
    Byline.objects.filter(author__slug="anna-tern").delete()
    saved(article, editor, 2)
    courts.delete()
    Region.objects.all().delete()
    Author.objects.filter(slug="anna-tern").delete()
    restored = restore(article, first.number, by=editor, at=NOW + 3 * HOUR, seen=article.version)
    article = Article.objects.get()
    assert set(restored.gone) == {"category", "regions", "authors"}
    assert article.category.slug == "politics"
    assert not article.regions.exists()
    assert [byline.author.slug for byline in article.bylines.all()] == ["boris-gull"]


def test_a_field_that_the_version_does_not_know_stays(editor: User) -> None:
    article = make_article(source_line="Now")
    first = saved(article, editor, 1)
    del first.fields["source_line"]
    first.save()
    restore(article, first.number, by=editor, at=NOW + 2 * HOUR, seen=article.version)
    assert Article.objects.get().source_line == "Now"


TEXT = st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs", "Cn", "Co"]), max_size=40)
MOMENTS = st.none() | st.datetimes(min_value=NOW.replace(tzinfo=None), timezones=st.just(NOW.tzinfo))
STATES = st.fixed_dictionaries(
    {
        "headline": TEXT.filter(bool),
        "summary": TEXT,
        "body": TEXT.map(lambda text: f"<p>{text}</p>"),
        "photo_caption": TEXT,
        "photo_alt": TEXT,
        "source_line": TEXT,
        "origin_outlet": TEXT,
        "translator": TEXT,
        "origin_url": st.sampled_from(["", "https://example.org/a?b=1&c=%20"]),
        "origin_published_at": MOMENTS,
        "dated_at": MOMENTS,
        "embargo_until": MOMENTS,
        "slug": st.from_regex(r"\A[a-z][a-z0-9-]{0,20}\Z"),
        "language": st.sampled_from(["en", "ru"]),
        "translation_method": st.sampled_from(["", "human", "machine"]),
    }
)
RUBRICS = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["politics", "courts"]),
        "regions": st.sets(st.sampled_from(["north", "south"])),
        "topics": st.sets(st.sampled_from(["elections", "ports"])),
        "authors": st.lists(st.sampled_from(["anna-tern", "boris-gull", "vera-plover"]), unique=True),
    }
)


class RandomVersions(TestCase):
    """Any version among random ones, after random others, is equal byte for byte when it comes back."""

    def setUp(self) -> None:
        make_newsroom()
        Region.objects.create(slug="south", name_en="South", name_ru="Юг")
        Topic.objects.create(slug="ports", name_en="Ports", name_ru="Порты")
        for slug in ("anna-tern", "boris-gull", "vera-plover"):
            Author.objects.create(slug=slug, name_en=slug, name_ru=slug)
        self.editor = make_user("Editor")

    @given(st.lists(st.tuples(STATES, RUBRICS), min_size=1, max_size=4), st.data())
    @settings(max_examples=60, deadline=None)
    def test_equal_byte_for_byte(
        self, states: list[tuple[dict[str, Any], dict[str, Any]]], data: st.DataObject
    ) -> None:
        article = make_article(authors=[])
        versions = [self.save(article, number, *state) for number, state in enumerate(states)]
        chosen = data.draw(st.sampled_from(versions))
        seen = Article.objects.get(pk=article.pk).version
        restored = restore(article, chosen.number, by=self.editor, at=NOW + 99 * HOUR, seen=seen)
        assert restored.gone == ()
        assert written(restored.version) == written(chosen)
        again = keep_version(Article.objects.get(pk=article.pk), by=self.editor, at=NOW + 100 * HOUR)
        stored = ArticleVersion.objects.get(pk=chosen.pk).fields
        for name in (
            "headline",
            "summary",
            "body",
            "photo_caption",
            "photo_alt",
            "source_line",
            "slug",
            "regions",
            "authors",
        ):
            assert again.fields[name] == stored[name]

    def save(self, article: Article, number: int, state: dict[str, Any], rubrics: dict[str, Any]) -> ArticleVersion:
        for name, value in state.items():
            setattr(article, name, value)
        article.category = Category.objects.get(slug=rubrics["category"])
        article.save()
        article.regions.set(Region.objects.filter(slug__in=rubrics["regions"]))
        article.topics.set(Topic.objects.filter(slug__in=rubrics["topics"]))
        article.bylines.all().delete()
        for position, slug in enumerate(rubrics["authors"]):
            Byline.objects.create(article=article, author=Author.objects.get(slug=slug), position=position)
        return keep_version(article, by=self.editor, at=NOW + number * HOUR)
