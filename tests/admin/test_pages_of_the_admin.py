"""Every page of the admin opens for the roles that may see it, and stays closed for the others."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from pytest_django.fixtures import DjangoAssertNumQueries

from articles.models import Article, Correction, Heartbeat, JobRun, Outbox, Register, Release
from articles.publishing.queue import refresh
from tests.admin.conftest import ROLES
from tests.admin.forms import act, change_article
from tests.builders import make_article

MODELS = sorted(f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)
HIDDEN = {"auth_user", "auth_group", "articles_site", "articles_accountchange"}


@pytest.fixture
def busy(editor: Client) -> None:
    """Leave something in every list."""
    act(editor, make_article(), "publish")
    act(editor, make_article("later"), "schedule", live_at_0="2031-05-04", live_at_1="09:30")
    JobRun.objects.create(job="close_day", key="2026-03-09", started_at=timezone.now(), detail={"pages": 3})
    Outbox.objects.create(
        to="desk@outlet.invalid", subject="Alarm", body="…", made_at=timezone.now(), last_error="refused"
    )


@pytest.mark.parametrize("language", ["en", "ru"])
def test_managing_editor_opens_every_list_and_form(
    busy: None, client_as: Callable[[str], Client], language: str
) -> None:
    client = client_as("Managing editor")
    for name in MODELS:
        if name in HIDDEN:
            continue
        listed = client.get(reverse(f"admin:{name}_changelist"), headers={"Accept-Language": language})
        assert listed.status_code == 200, name
        model = next(model for model in admin.site._registry if model._meta.label_lower == name.replace("_", "."))
        for row in model._default_manager.all()[:2]:
            assert client.get(reverse(f"admin:{name}_change", args=[row.pk])).status_code == 200, name


def test_run_is_headed_by_the_name_of_its_job_for_people(busy: None, client_as: Callable[[str], Client]) -> None:
    address = reverse("admin:articles_jobrun_change", args=[JobRun.objects.get().pk])
    for language, name in (("en", "Close the day 2026-03-09"), ("ru", "Закрыть день 2026-03-09")):
        page = client_as("Administrator").get(address, headers={"Accept-Language": language}).content.decode()
        assert name in page
        assert "lose_day" not in page


def test_administrator_opens_users_roles_and_settings(client_as: Callable[[str], Client]) -> None:
    client = client_as("Administrator")
    for name in ("auth_user", "auth_group"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert client.get(reverse("admin:articles_site_changelist"), follow=True).status_code == 200
    form = client.get(reverse("admin:auth_user_add")).context["adminform"].form
    assert form["is_staff"].value() is True, "who gets an account works at the desk"
    assert str(form["groups"].label) == "Role"


def test_administrator_gives_an_account_with_a_role(client_as: Callable[[str], Client]) -> None:
    client, role = client_as("Administrator"), Group.objects.get(name="Legal")
    words = {"username": "vela", "email": "vela@outlet.invalid", "is_staff": "on", "groups": [role.pk]}
    answer = client.post(reverse("admin:auth_user_add"), words)
    assert answer.status_code == 302
    assert User.objects.get(username="vela").has_perm("articles.change_register")


def test_reporter_sees_neither_users_nor_jobs_nor_settings(client_as: Callable[[str], Client]) -> None:
    client = client_as("Reporter")
    for name in ("auth_user", "articles_jobrun", "articles_site", "articles_page", "articles_outbox"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403, name
    page = client.get(reverse("admin:index")).content.decode()
    assert reverse("admin:auth_user_changelist") not in page
    assert reverse("admin:articles_article_changelist") in page


@pytest.mark.parametrize("role", ROLES)
def test_overview_opens_and_warns_while_the_jobs_are_silent(client_as: Callable[[str], Client], role: str) -> None:
    client = client_as(role)
    assert "The worker is silent." in client.get(reverse("admin:index")).content.decode()
    Heartbeat.objects.create(job="tick", beat_at=timezone.now())
    assert "The worker is silent." not in client.get(reverse("admin:index")).content.decode()


def test_overview_shows_what_comes_and_what_is_unclear(busy: None, editor: Client) -> None:
    article = make_article("unclear", headline="The Harbour case", body="<p>The Harbour spoke.</p>")
    refresh(article, timezone.now())
    page = editor.get(reverse("admin:index"))
    assert [release.edition.slug for release in page.context["coming"]] == ["later"]
    assert [article.names for article in page.context["unclear"]] == [["Harbour"]]
    assert page.context["waiting"] == "2"
    assert [tile["number"] for tile in page.context["statuses"]] == [1, 0, 0, 1, 1, 0]


def test_overview_says_which_release_is_overdue_and_why(busy: None, client_as: Callable[[str], Client]) -> None:
    ago = timezone.now() - timedelta(minutes=2)
    Release.objects.filter(edition__slug="dunes").update(
        issued_at=ago, live_at=ago, announced_at=None, last_error="ValueError: no such day"
    )
    page = client_as("Managing editor").get(reverse("admin:index"))
    assert [release.edition.slug for release in page.context["overdue"]] == ["dunes"]
    assert "ValueError: no such day" in page.content.decode()


@pytest.mark.parametrize("number", [3, 30])
def test_list_of_articles_asks_the_database_the_same_for_few_and_many(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for count in range(number):
        make_article(f"dunes-{count}")
    with django_assert_max_num_queries(20):
        assert editor.get(reverse("admin:articles_article_changelist")).status_code == 200


@pytest.mark.parametrize(
    ("chosen", "slugs"), [("live", ["dunes"]), ("scheduled", ["later"]), ("draft", ["third"]), ("nonsense", None)]
)
def test_articles_are_filtered_by_status(busy: None, editor: Client, chosen: str, slugs: list[str] | None) -> None:
    make_article("third")
    response = editor.get(reverse("admin:articles_article_changelist"), {"status": chosen})
    if slugs is not None:
        assert [article.slug for article in response.context["cl"].result_list] == slugs


def test_scripts_carry_the_nonce_of_the_policy(editor: Client) -> None:
    response = editor.get(reverse("admin:articles_article_add"))
    nonce = response.headers["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]
    importmap = next(tag for tag in response.content.decode().split("<script") if 'type="importmap"' in tag)
    assert nonce and f'nonce="{nonce}"' in importmap
    assert "<main" in response.content.decode()


@pytest.mark.parametrize("entry", ["register", "pending", "article"])
def test_one_entry_of_the_sidebar_is_marked_as_open(client_as: Callable[[str], Client], entry: str) -> None:
    address = reverse(f"admin:articles_{entry}_changelist")
    page = client_as("Managing editor").get(address)
    items = [item for group in page.context["sidebar_navigation"] for item in group["items"]]
    assert [item["link"] for item in items if item["active"]] == [address]


def test_people_and_moments_are_shown_as_people_read_them(busy: None, client_as: Callable[[str], Client]) -> None:
    article = Article.objects.get(slug="dunes")
    client = client_as("Managing editor")
    act(client, article, "correct", reason="correction", note="It was Monday.")
    correction = Correction.objects.get()
    shown = client.get(reverse("admin:articles_correction_change", args=[correction.pk])).content.decode()
    assert "managing-editor" in shown and correction.made_by.code not in shown
    records = client.get(reverse("admin:articles_publicationrecord_changelist"))
    lines = list(records.context["cl"].result_list)
    assert lines == sorted(lines, key=lambda line: -line.number) and len(lines) > 2
    record = client.get(reverse("admin:articles_publicationrecord_change", args=[lines[-1].pk])).content.decode()
    with timezone.override("Europe/Moscow"):
        assert localize(timezone.localtime(lines[-1].release.live_at)) in html.unescape(record)


@pytest.mark.parametrize(
    ("model", "asked", "holds", "lacks"),
    [
        ("registerimport", "", ("Nothing here yet", "Add import of a register"), "Show everything"),
        ("registerimport", "?state__exact=stored", ("No results found", "Show everything"), "Nothing here yet"),
        ("outbox", "", ("Nothing here yet",), "Add "),
    ],
)
def test_empty_list_says_what_can_be_done(
    client_as: Callable[[str], Client], model: str, asked: str, holds: tuple[str, ...], lacks: str
) -> None:
    page = client_as("Managing editor").get(reverse(f"admin:articles_{model}_changelist") + asked)
    section = page.content.decode().partition('class="card empty-list"')[2].partition("</section>")[0]
    assert all(text in section for text in holds) and lacks not in section


def test_history_holds_changes_only(editor: Client) -> None:
    article = make_article()
    change_article(editor, article)
    assert not LogEntry.objects.exists()
    change_article(editor, article, headline="Another")
    assert LogEntry.objects.count() == 1


def test_those_who_may_only_look_see_no_field_of_a_form_alone(busy: None, client_as: Callable[[str], Client]) -> None:
    reporter = client_as("Reporter")
    register = Register.objects.earliest("pk")
    shown = reporter.get(reverse("admin:articles_register_change", args=[register.pk])).content.decode()
    assert register.notes["en"]["one"]["text"] in html.unescape(shown)
    assert "En one" not in shown
    article = Article.objects.earliest("pk")
    shown = reporter.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert "Seen version" not in shown and article.headline in html.unescape(shown)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_links_to_one_that_the_role_may_not_open(
    busy: None, client_as: Callable[[str], Client], role: str
) -> None:
    client, seen, waiting = client_as(role), set(), ["/admin/"]
    while waiting:
        address = waiting.pop()
        kind = re.sub(r"\d+", "#", address.partition("?")[0])
        if kind in seen or "logout" in kind:
            continue
        seen.add(kind)
        response = client.get(address)
        assert response.status_code < 400, address
        if response.headers["Content-Type"].startswith("text/html"):
            links = re.findall(r'href="(/admin/[^"#]*)"', response.content.decode())
            waiting += [html.unescape(link) for link in links]
    assert len(seen) > 20
