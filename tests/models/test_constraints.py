"""What the database itself refuses."""

from datetime import date, timedelta

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from articles.models import Designation, Edition, Organization, Register, Release
from articles.publishing import publish
from tests.builders import NOW, make_article, make_newsroom, make_user

HOUR = timedelta(hours=1)


@pytest.fixture
def release(db: None) -> Release:
    make_newsroom()
    return publish(make_article(), by=make_user("Editor"), at=NOW)


def copy(release: Release, **changes: object) -> Release:
    """Return an unsaved release of the same article with an edition of its own."""
    edition = Edition.objects.get(pk=release.edition_id)
    edition.pk, edition.number = None, edition.number + 1
    edition._state.adding = True
    edition.save()
    other = Release.objects.get(pk=release.pk)
    other.pk, other.edition = None, edition
    other._state.adding = True
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def test_two_open_releases_of_an_article(release: Release) -> None:
    with pytest.raises(Error), transaction.atomic():
        copy(release).save()


def test_overlapping_releases(release: Release) -> None:
    with pytest.raises(Error, match="overlap"), transaction.atomic():
        copy(release, live_at=NOW + HOUR, ended_at=NOW + 2 * HOUR).save()
    Release.objects.filter(pk=release.pk).update(ended_at=NOW + HOUR)
    copy(release, live_at=NOW + HOUR, ended_at=None).save()
    with pytest.raises(Error, match="overlap"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(ended_at=NOW + 2 * HOUR)


def test_empty_period_overlaps_nothing(release: Release) -> None:
    copy(release, live_at=NOW + HOUR, ended_at=NOW + HOUR).save()


def test_release_that_ends_before_it_begins(release: Release) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(ended_at=NOW - HOUR)


def test_release_before_the_act_or_the_embargo(release: Release) -> None:
    for changes in ({"issued_at": NOW + HOUR}, {"embargo_until": NOW + HOUR}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**changes)


def test_edition_is_never_changed(release: Release) -> None:
    with pytest.raises(TypeError, match="never changed"):
        release.edition.save()


def test_designation_that_ends_before_it_begins(release: Release) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.create(
            organization=Organization.objects.earliest("pk"),
            register=Register.objects.earliest("pk"),
            designated_from=date(2024, 1, 1),
            designated_until=date(2024, 1, 1),
        )


@pytest.mark.django_db(transaction=True)
def test_migrations_can_be_taken_back_and_made_again() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("articles", None)])
    assert "articles_release" not in connection.introspection.table_names()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("articles"))
    assert "articles_release" in connection.introspection.table_names()
