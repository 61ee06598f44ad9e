"""The outlet's settings: what every article prints of them reaches the archive."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles.interchange import discard, waiting
from articles.models import Batch, Mention, Organization, Register, Site
from articles.publishing import publish
from articles.publishing.relabel import apply_version, impact_of, work_batches
from articles.registers import compile_version, refresh_version
from tests.builders import NOW, make_article, make_user
from tests.busy import busy_error


def form_of(site: Site) -> dict[str, object]:
    names = ("name_en", "name_ru", "tagline_en", "tagline_ru", "time_zone", "own_notice_name", "glyphs", "mentions")
    names = (*names, "languages", "listed_authors", "bin_days", "draft_days")
    return {name: getattr(site, name) for name in names} | {"jurisdictions": [], "publisher": ""}


@pytest.mark.parametrize(
    ("changes", "follows"),
    [
        ({"glyphs": "daggers"}, True),
        ({"listed_authors": "notice"}, True),
        ({"tagline_en": "By the sea"}, False),
        ({"jurisdictions": ["RU"]}, False),
        ({}, False),
    ],
)
def test_archive_follows_what_articles_print(
    client_as: Callable[[str], Client],
    newsroom: Site,
    changes: dict[str, str],
    follows: bool,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    publish(make_article(), by=make_user("Editor"), at=NOW)
    client = client_as("Administrator")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        answer = client.post(reverse("admin:articles_site_change", args=[1]), form_of(newsroom) | changes)
    assert answer.status_code == 302
    assert Batch.objects.filter(kind="house").exists() is follows


def test_own_organization_is_chosen_from_the_registers(client_as: Callable[[str], Client], newsroom: Site) -> None:
    own = Organization.objects.get(key="own-outlet")
    client = client_as("Administrator")
    client.post(reverse("admin:articles_site_change", args=[1]), form_of(newsroom) | {"publisher": own.pk})
    assert Site.current().publisher == own


def test_unknown_time_zone_is_named_at_its_field(client_as: Callable[[str], Client], newsroom: Site) -> None:
    client = client_as("Administrator")
    answer = client.post(
        reverse("admin:articles_site_change", args=[1]), form_of(newsroom) | {"time_zone": "Mars/Base"}
    )
    assert "Mars/Base" in answer.content.decode()
    assert Site.current().time_zone == "Europe/Moscow"


@pytest.mark.django_db(transaction=True)
def test_change_and_what_follows_it_are_stored_together_or_not_at_all(
    client_as: Callable[[str], Client], newsroom: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(make_article(), by=make_user("Editor"), at=NOW)
    client, address = client_as("Administrator"), reverse("admin:articles_site_change", args=[1])

    def busy(*_args: object, **_kwargs: object) -> None:
        raise busy_error()

    with monkeypatch.context() as locked:
        locked.setattr("articles.publishing.relabel.batch.Batch.objects.create", busy)
        answer = client.post(address, form_of(newsroom) | {"glyphs": "daggers"})
    assert (answer.status_code, Site.current().glyphs) == (503, newsroom.glyphs)
    answer = client.post(address, form_of(newsroom) | {"glyphs": "daggers"})
    assert (answer.status_code, Site.current().glyphs) == (302, "daggers")
    assert Batch.objects.get().kind == "house"


def test_jurisdictions_are_chosen_among_those_of_the_registers(
    client_as: Callable[[str], Client], newsroom: Site
) -> None:
    """What is chosen waits, marks nothing else once it is applied, and is dropped with what waits."""
    publish(make_article(summary="", body="<p>The Grey Dune League met.</p>"), by=make_user("Editor"), at=NOW)
    Register.objects.filter(key="test-terrorist").update(jurisdiction="KZ")
    refresh_version(NOW)
    client = client_as("Administrator")
    address = reverse("admin:articles_site_change", args=[1])
    form = client.get(address).context["adminform"].form
    assert form.fields["jurisdictions"].choices == [("KZ", "KZ"), ("RU", "RU")]
    answer = client.post(address, form_of(newsroom) | {"jurisdictions": ["BY"]})
    assert "jurisdictions" in answer.context["adminform"].form.errors
    client.post(address, form_of(newsroom) | {"jurisdictions": ["RU"]})
    assert [one.lines for one in waiting().registers] == [["~ jurisdictions in force: all → RU"]]
    impact = impact_of(compile_version(NOW), NOW)
    assert (impact.changed, impact.samples[0].removed) == ({"en": 1}, ["GDL", "Grey Dune League"])
    discard(by=make_user("Legal"), at=NOW, reason="No.")
    assert Site.current().jurisdictions == []
    assert waiting().total == 0
    Site.objects.update(jurisdictions=["RU"])
    batch = apply_version(compile_version(NOW), by=make_user("Legal"), at=NOW, reason="Order 7.")
    while work_batches(lambda: NOW):
        pass
    assert (Batch.objects.get(pk=batch.pk).changed, Mention.objects.filter(edition__number=2).count()) == (1, 0)


def test_a_notice_of_authors_needs_its_text(client_as: Callable[[str], Client], newsroom: Site) -> None:
    """Chosen without one, nothing would be printed, and nobody told."""
    Register.objects.update(own_notice={})
    client, address = client_as("Administrator"), reverse("admin:articles_site_change", args=[1])
    answer = client.post(address, form_of(newsroom) | {"listed_authors": "notice"})
    assert "listed_authors" in answer.context["adminform"].form.errors
    assert client.post(address, form_of(newsroom) | {"listed_authors": "mark"}).status_code == 302


def test_who_may_not_apply_is_not_sent_where_it_is_done(
    client_as: Callable[[str], Client], newsroom: Site, transactional_db: None
) -> None:
    """An administrator chooses the jurisdictions, the legal desk puts them in force."""
    address = reverse("admin:articles_site_change", args=[1])
    answer = client_as("Administrator").post(address, form_of(newsroom) | {"jurisdictions": ["RU"]}, follow=True)
    page = answer.content.decode()
    assert "1 change waits: the legal desk applies them" in page
    assert reverse("admin:articles_pending_changelist") not in page
