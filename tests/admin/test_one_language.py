"""An outlet that publishes in one language: how it becomes one, what its desk shows, and how it takes up another."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import publishing
from articles.admin.site import outlet
from articles.models import CODES, Article, Author, Category, Photo, Region, Register, Site
from articles.models.languages import ALL
from articles.publishing import Refused, publish, schedule, withdraw
from articles.publishing.languages import shown_in
from articles.publishing.mails import in_each_language
from tests.admin.forms import act, add_article, change_article, errors, filled
from tests.admin.test_pages_of_the_admin import MODELS
from tests.admin.test_pages_of_the_admin import busy as busy
from tests.builders import NOW, make_article, make_user

SETTINGS = "admin:articles_site_change"
As = Callable[[str], Client]


def change(client: Client, name: str, pk: int, **changes: object) -> object:
    """Open a form, change fields, send it."""
    address = reverse(f"admin:articles_{name}_change", args=[pk])
    return client.post(address, filled(client.get(address), **changes))


def add(client: Client, name: str, **changes: object) -> object:
    address = reverse(f"admin:articles_{name}_add")
    return client.post(address, filled(client.get(address), **changes))


def fields(client: Client, name: str, *pk: int) -> set[str]:
    """Return the fields of a form as the page has them."""
    address = reverse(f"admin:articles_{name}_{'change' if pk else 'add'}", args=pk)
    return set(client.get(address).context["adminform"].form.fields)


@pytest.fixture
def whoever(newsroom: Site) -> Client:
    """A browser before which nothing is closed."""
    client = Client()
    client.force_login(User.objects.create_superuser("whoever"))
    return client


@pytest.fixture(params=CODES)
def only(request: pytest.FixtureRequest, newsroom: Site) -> str:
    """The one language of the outlet."""
    Site.objects.update(languages=request.param)
    return str(request.param)


@pytest.fixture
def other(only: str) -> str:
    return next(code for code in CODES if code != only)


# Giving a language up


@pytest.mark.parametrize("is_scheduled", [False, True])
def test_a_language_with_public_or_scheduled_articles_is_not_given_up(client_as: As, is_scheduled: bool) -> None:
    by, now = make_user("Managing editor"), timezone.now()
    for slug in ("one", "two"):
        if is_scheduled:
            schedule(make_article(slug), by=by, at=now, live_at=now + timedelta(days=1))
        else:
            publish(make_article(slug), by=by, at=now)
    client = client_as("Administrator")
    answer = change(client, "site", 1, languages="ru")
    assert [*errors(answer)] == ["languages"]
    assert "2 articles in it are public or scheduled" in errors(answer)["languages"][0]
    assert Site.current().used == CODES
    assert change(client, "site", 1, languages="en").status_code == 302
    assert Site.current().used == ("en",)


def test_a_language_is_given_up_once_nothing_in_it_is_public(client_as: As) -> None:
    """What is left of it stays at the desk, and is named with the way to it."""
    by = make_user("Managing editor")
    article = make_article("gone")
    publish(article, by=by, at=NOW)
    withdraw(Article.objects.get(pk=article.pk), by=by, at=NOW + timedelta(hours=1), note="A court order.")
    draft = make_article("draft")
    client = client_as("Administrator")
    answer = change(client, "site", 1, languages="ru")
    assert answer.status_code == 302
    [told] = [str(message) for message in get_messages(answer.wsgi_request)][:1]
    assert "2 articles in a language that is no longer used (English)" in told
    listed = client.get(re.findall(r'href="([^"]+)"', told)[0])
    assert {one.slug for one in listed.context["cl"].result_list} == {"gone", "draft"}
    page = client.get(reverse("admin:articles_article_change", args=[draft.pk]))
    assert page.status_code == 200


def test_who_publishes_at_that_moment_is_waited_for(client_as: As, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form, in which nothing was public yet, is read once more, and refused at its field."""
    client = client_as("Administrator")
    publish(make_article(), by=make_user("Managing editor"), at=timezone.now())
    answers = [lambda *_asked: 0]
    monkeypatch.setattr(outlet, "shown_in", lambda *asked: (answers.pop() if answers else shown_in)(*asked))
    answer = change(client, "site", 1, languages="ru")
    assert answers == []
    assert [*errors(answer)] == ["languages"]
    assert Site.current().used == CODES


def test_names_are_asked_for_in_the_chosen_languages(client_as: As) -> None:
    client = client_as("Administrator")
    answer = change(client, "site", 1, name_en="")
    assert [*errors(answer)] == ["name_en"]
    assert change(client, "site", 1, languages="ru", name_en="").status_code == 302
    assert (Site.current().name_en, Site.current().name_ru) == ("Вестник крачки", "Вестник крачки")


def test_a_first_row_asks_for_one_name(client_as: As) -> None:
    client = client_as("Administrator")
    Site.objects.all().delete()
    answer = add(client, "site", languages="ru", name_ru="Вестник", jurisdictions=["RU"])
    assert answer.status_code == 302, errors(answer)
    assert (Site.current().used, Site.current().name_en) == (("ru",), "Вестник")


# The desk with one language


def test_forms_show_texts_in_the_one_language(whoever: Client, only: str, other: str) -> None:
    client = whoever
    article = make_article(language=only)
    photo = Photo.objects.create(original="a.jpg", web="a.jpg", width=1, height=1, sha256="")
    rows = {"site": 1, "author": Author.objects.get().pk, "photo": photo.pk, "article": article.pk}
    rows |= {"category": Category.objects.first().pk, "region": Region.objects.get().pk}  # type: ignore[union-attr]
    seen = set[str]()
    for name, pk in rows.items():
        for shown in (fields(client, name, pk), set() if name == "site" else fields(client, name)):
            assert [one for one in shown if one.endswith(f"_{other}")] == [], name
            assert "language" not in shown, name
            seen |= shown
    assert {f"{stem}_{only}" for stem in ("name", "tagline", "alt", "caption")} <= seen
    for name in ("author", "category", "article"):
        head = [str(one) for one in client.get(reverse(f"admin:articles_{name}_changelist")).context["cl"].list_display]
        assert not {f"name_{other}", "language"} & {*head}, name


def test_registers_stay_in_both_languages(whoever: Client, only: str) -> None:
    register = fields(whoever, "register", Register.objects.all()[0].pk)
    assert {f"title_{code}" for code in CODES} | {f"{code}_one" for code in CODES} <= register


def test_a_new_article_is_in_the_one_language(client_as: As, only: str) -> None:
    client = client_as("Editor")
    category = str(Category.objects.get(slug="politics").pk)
    answer = add_article(client, headline="Щука и ёж", category=category, body="<p>Text</p>")
    assert answer.status_code == 302, errors(answer)
    article = Article.objects.get()
    assert (article.language, article.slug) == (only, "shchuka-i-ezh")
    again = add_article(client, headline="Щука и ёж", category=category, body="<p>Text</p>")
    assert again.status_code == 302
    assert act(client, article, "publish").status_code == 302
    third = add_article(client, headline="Щука и ёж", category=category, body="<p>Text</p>")
    assert "slug" in errors(third), "an address is taken in the article's language"


def test_a_draft_in_the_other_language_keeps_its_choice(client_as: As, only: str, other: str) -> None:
    """It can be written on, and published once it has another language."""
    client, article = client_as("Editor"), make_article(language=other)
    shown = client.get(reverse("admin:articles_article_change", args=[article.pk]))
    assert [code for code, _label in shown.context["adminform"].form.fields["language"].choices] == ["", *CODES]
    assert change_article(client, article, headline="Rowers").status_code == 302
    answer = act(client, article, "publish")
    assert "does not publish in this language" in answer.content.decode()
    assert change_article(client, article, language=only).status_code == 302
    assert act(client, article, "publish").status_code == 302
    assert Article.objects.get().releases.get().language == only


def test_nothing_is_published_in_a_language_that_is_not_used(only: str, other: str) -> None:
    by = make_user("Managing editor")
    with pytest.raises(Refused, match="does not publish"):
        publish(make_article(language=other), by=by, at=NOW)
    with pytest.raises(Refused, match="does not publish"):
        schedule(make_article("later", language=other), by=by, at=NOW, live_at=NOW + timedelta(days=1))


def test_a_name_that_is_not_shown_is_kept_in_step(client_as: As, only: str, other: str) -> None:
    """While it was the same or empty; one that was written stays for when its language is taken up again."""
    client = client_as("Editor")
    assert add(client, "region", **{f"name_{only}": "Coast", "slug": "coast", "position": 3}).status_code == 302
    coast = Region.objects.get(slug="coast")
    assert (coast.name_en, coast.name_ru) == ("Coast", "Coast")
    change(client, "region", coast.pk, **{f"name_{only}": "Shore"})
    coast.refresh_from_db()
    assert (coast.name_en, coast.name_ru) == ("Shore", "Shore")
    written = getattr(Category.objects.get(slug="courts"), f"name_{other}")
    change(client, "category", Category.objects.get(slug="courts").pk, **{f"name_{only}": "Law"})
    assert getattr(Category.objects.get(slug="courts"), f"name_{other}") == written


def test_the_address_part_is_made_from_the_name_that_is_shown(client_as: As, only: str) -> None:
    for name in ("category", "region", "topic", "author"):
        page = client_as("Editor").get(reverse(f"admin:articles_{name}_add"))
        [follows] = page.context["adminform"].prepopulated_fields
        assert (follows["field"].name, [one.name for one in follows["dependencies"]]) == ("slug", [f"name_{only}"])
        assert "щ" in follows["field"].field.widget.attrs["data-letters"], name


@pytest.mark.parametrize("own", CODES)
def test_the_desk_names_things_in_the_one_language(client_as: As, only: str, own: str) -> None:
    """Whatever language an editor's own desk has."""
    page = client_as("Editor").get(reverse("admin:articles_article_add"), headers={"Accept-Language": own})
    text = page.content.decode()
    right, wrong = ("Courts", "Суды") if only == "en" else ("Суды", "Courts")
    assert right in text and wrong not in text
    assert ("Tern Herald" if only == "en" else "Вестник крачки") in text
    assert ("Save" if own == "en" else "Сохранить") in text


def test_every_page_of_the_desk_opens(busy: None, whoever: Client) -> None:
    Site.objects.update(languages="en")
    make_article("russian", language="ru")
    for name in MODELS:
        listed = whoever.get(reverse(f"admin:{name}_changelist"), follow=True)
        assert listed.status_code == 200, name
        for row in listed.context["cl"].result_list[:3] if "cl" in listed.context else ():
            assert whoever.get(reverse(f"admin:{name}_change", args=[row.pk])).status_code == 200, name


def test_a_mail_is_written_in_the_one_language(only: str) -> None:
    subject, body = in_each_language(lambda: (gettext("Corrections"), [gettext("Preview")]))
    assert (subject, body) == {"en": ("Corrections", "Preview"), "ru": ("Поправки", "Предварительный просмотр")}[only]


# Taking one up


def test_a_language_is_taken_up(whoever: Client, only: str, other: str) -> None:
    answer = change(whoever, "site", 1, languages=ALL)
    assert answer.status_code == 302
    assert "one more language" in " ".join(map(str, get_messages(answer.wsgi_request)))
    assert Site.current().used == CODES
    assert f"name_{other}" in fields(whoever, "category")
    publish(make_article(language=other), by=make_user("Editor"), at=NOW)
    assert publishing.statuses([Article.objects.get()], NOW)
