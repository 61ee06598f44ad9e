"""Copy as new: what a draft takes from another article, and what it does not."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.models import Article, Event
from articles.publishing import (
    Refused,
    answer_mention,
    copy_as_new,
    keep_version,
    open_questions,
    publish,
    status,
    withdraw,
)
from articles.publishing.record import erase
from articles.publishing.roles import staff_id
from tests.builders import NOW, make_article, make_user

DAY = timedelta(days=1)
# Of every field of an article, whether the copy has it; a new field has to be put into one of the two.
TAKEN = set(
    "language headline summary body figure_texts lead_photo photo_caption photo_alt authors source_line category "
    "regions topics".split()
)
LEFT = set(
    "id guid slug dated_at embargo_until origin_article origin_outlet origin_published_at origin_zone origin_url "
    "translator translation_method state version binned_at erase_asked_by erase_asked_at created_by created_at "
    "updated_at".split()
)


def filled() -> Article:
    return make_article(
        body="<p>Lawyers of Harbour issued a statement.</p>",
        photo_caption="A pier",
        photo_alt="Boats",
        source_line="Own news",
        authors=["Anna Tern", "Boris Gull"],
        dated_at=NOW - DAY,
        embargo_until=NOW - DAY,
        origin_outlet="The Gull",
        origin_published_at=NOW - DAY,
        origin_zone="MSK",
        origin_url="https://gull.example/",
        translator="Vera Auk",
        translation_method="human",
        origin_article=make_article("original", language="ru"),
    )


def test_every_field_is_taken_or_left(editor: User) -> None:
    article = filled()
    copied = Article.objects.get(pk=copy_as_new(article, by=editor, at=NOW).pk)
    names = {field.name for field in Article._meta.get_fields() if not field.auto_created or field.concrete}
    assert names == TAKEN | LEFT and not TAKEN & LEFT
    for name in TAKEN - {"authors", "regions", "topics"}:
        assert getattr(copied, name) == getattr(article, name), name
    for name in ("regions", "topics"):
        assert set(getattr(copied, name).all()) == set(getattr(article, name).all()) != set(), name
    assert list(copied.bylines.values_list("author", "position")) == list(
        article.bylines.values_list("author", "position")
    )
    same = {
        "created_at",
        "updated_at",
        "binned_at",
        "erase_asked_at",
        "erase_asked_by",
        "state",
        "version",
        "created_by",
    }
    for name in LEFT - same:
        assert getattr(copied, name) != getattr(article, name), name
    assert (copied.slug, copied.state, copied.created_by) == ("", "draft", staff_id(editor))
    assert copied.versions.get().fields["headline"] == article.headline


def test_answers_and_editions_stay_with_the_original(editor: User) -> None:
    article = filled()
    answer_mention(article, open_questions(article, NOW)[0].key, "not", by=editor, at=NOW)
    publish(article, by=editor, at=NOW)
    copied = copy_as_new(article, by=editor, at=NOW)
    assert status(copied, NOW) == "draft"
    assert not (copied.decisions.exists() or copied.editions.exists() or copied.releases.exists())
    assert [one.text for one in open_questions(copied, NOW)] == ["Harbour"]


def test_it_is_written_down(editor: User) -> None:
    article = filled()
    copied = copy_as_new(article, by=editor, at=NOW)
    assert Event.objects.get(kind="copy").article == copied
    assert Event.objects.get(kind="copy").detail == {"original": article.pk}


def test_a_copy_without_address_part_is_not_published(editor: User) -> None:
    copied = copy_as_new(make_article(), by=editor, at=NOW)
    with pytest.raises(Refused) as refused:
        publish(copied, by=editor, at=NOW)
    assert refused.value.field == "slug"
    copied.slug = "second"
    copied.save()
    keep_version(copied, by=editor, at=NOW)
    assert publish(copied, by=editor, at=NOW)


@pytest.mark.parametrize("role", ["Legal", "Administrator"])
def test_who_may_not_write_may_not_copy(editor: User, role: str) -> None:
    with pytest.raises(PermissionDenied):
        copy_as_new(make_article(), by=make_user(role), at=NOW)


def test_an_erased_article_gives_no_copy(editor: User) -> None:
    article, managing = make_article(), make_user("Managing editor")
    publish(article, by=editor, at=NOW - DAY)
    withdraw(article, by=managing, at=NOW, note="All of it.")
    erase(article, by=managing, at=NOW, reason="Asked for.")
    with pytest.raises(Refused):
        copy_as_new(article, by=editor, at=NOW)
