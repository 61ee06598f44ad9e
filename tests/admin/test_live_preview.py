"""The page of what stands in a form and is not saved: the bytes that publishing it then gives to readers."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles import pagestore, publishing
from articles.baking import bake_dirty
from articles.models import Article, ArticleVersion, Author, Category, Photo, Region, Release, Site, Slot, Topic
from articles.photos.upload import add_photo
from articles.publishing import override_gate, publish, schedule
from articles.reader import pages
from articles.registers import load_register_data, refresh_version
from tests.admin.forms import ADD, CHANGE, errors
from tests.admin.previewed import LIVE, ask, in_form, page_of, without_known
from tests.builders import NOW, make_article, make_user
from tests.persons import person, registers_with_persons

HOUR = timedelta(hours=1)
TABLE = "<table><tbody><tr><th>Town</th></tr><tr><td>The GDL's town</td></tr></tbody></table>"
ENGLISH = {
    "headline": "GDL* cells “found” & counted",
    "summary": "The Grey Dune League says it was elsewhere.",
    "body": f'<p>The GDL <b>and</b> Twofold Bridge, <a href="https://example.org/?a=1">here</a>.</p>{TABLE}<p>GDL**</p>',
    "source_line": "Northern Lamp Fund",
}
RUSSIAN = {
    "language": "ru",
    "headline": "Лига серых дюн отвечает",
    "summary": "Что сказал фонд «Северная лампа».",
    "body": "<p>Лига серых дюн* пришла.</p><blockquote><p>Вестник крачки молчит.</p></blockquote>",
}
PERSON = {"language": "ru", "headline": "Тихон Рябоконев вернулся", "body": "<p>Рябоконев Т. С. молчит.</p>"}
ORIGIN = {
    "origin_outlet": "Grey Dune League Post",
    "origin_published_at_0": "2026-03-01",
    "origin_published_at_1": "10:00",
    "origin_zone": "MSK",
    "origin_url": "https://example.org/one",
    "translator": "Anna Tern",
    "translation_method": "human",
}
UNCLEAR = {"headline": "The port", "body": "<p>The Harbour spoke.</p>"}
DATED = {**ENGLISH, "dated_at_0": "2026-03-05", "dated_at_1": "08:30"}


@pytest.fixture
def editor(editor: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Stop the clock; readers have seen articles on the same topic, before and on that day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    load_register_data(registers_with_persons(person()))
    refresh_version(NOW)
    by = make_user("Managing editor")
    for hours in (50, 2):
        for language in ("en", "ru"):
            earlier = make_article(f"before-{hours}-{language}", language=language, dated_at=NOW - hours * HOUR)
            publish(earlier, by=by, at=NOW - HOUR)
    return editor


def keys(model: Any) -> list[str]:
    return [str(row.pk) for row in model.objects.all()]


def photo() -> Photo:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "#357").save(file, "JPEG")
    file.seek(0)
    texts = {"alt_en": "GDL flags", "caption_en": "A GDL pier", "alt_ru": "Флаги", "caption_ru": "Лига серых дюн"}
    return add_photo(file, **texts, credit="Northern Lamp Fund")


def published(client: Client, fields: dict[str, Any], article: Article | None = None) -> str:
    """Save the form, publish it, and return the page that readers get, built and stored."""
    address = reverse(CHANGE, args=[article.pk]) if article else reverse(ADD)
    saved = client.post(address, fields)
    assert saved.status_code == 302, errors(saved)
    article = article or Article.objects.latest("pk")
    article.refresh_from_db()
    legal = make_user("Managing editor")
    if publishing.open_questions(article, NOW):
        override_gate(article, by=legal, at=NOW, reason="The town is meant.", live_at=NOW)
    release = publish(article, by=make_user("Editor"), at=NOW)
    path = f"{release.published_date:/{article.language}/%Y/%m/%d}/{article.slug}/"
    bake_dirty(NOW)
    stored = pagestore.get(path)
    assert stored == pages.build(path, NOW).body
    return stored.decode()


@pytest.mark.parametrize(
    ("typed", "filed"),
    [
        (ENGLISH, {}),
        (RUSSIAN, {}),
        (PERSON, {}),
        (UNCLEAR, {}),
        (DATED | ORIGIN, {"lead_photo": photo, "topics": lambda: keys(Topic), "regions": lambda: keys(Region)}),
        (RUSSIAN, {"lead_photo": photo, "topics": lambda: keys(Topic)}),
    ],
    ids=["marks", "russian", "person", "unclear", "all", "photo"],
)
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "live"])
def test_it_is_the_page_that_publishing_then_stores(
    editor: Client, typed: dict[str, Any], filed: dict[str, Callable[[], Any]], is_new: bool
) -> None:
    article = None
    if not is_new:
        article = make_article("first", language=typed.get("language", "en"))
        publish(article, by=make_user("Editor"), at=NOW - 3 * HOUR)
    category = str(Category.objects.get(slug="courts").pk)
    changes = typed | {"category": category, "slug": "the-one"} | {name: make() for name, make in filed.items()}
    author = Author.objects.create(slug="berta", name_en="Berta Knot", name_ru="Берта Узел")
    rows = 0 if is_new else 1
    byline = {f"bylines-{rows}-{name}": value for name, value in {"author": author.pk, "position": 1}.items()}
    changes |= {"bylines-TOTAL_FORMS": str(rows + 1)} | {name: str(value) for name, value in byline.items()}
    fields = in_form(editor, article, **changes)
    before = (Article.objects.count(), ArticleVersion.objects.count(), Release.objects.count(), Slot.objects.count())
    page = page_of(editor, fields, article)
    after = (Article.objects.count(), ArticleVersion.objects.count(), Release.objects.count(), Slot.objects.count())
    assert before == after
    assert '<meta name="robots" content="noindex">' in page and "canonical" not in page
    assert 'class="preview-banner"' in page and '<base target="_blank">' in page
    assert without_known(page) == without_known(published(editor, fields, article))
    assert "Knot" in page or "Узел" in page


def test_saved_text_is_shown_as_publishing_it_stores_it(editor: Client) -> None:
    article = make_article("saved", **{name: text for name, text in ENGLISH.items() if name != "language"})
    answer = editor.get(reverse("admin:articles_article_preview", args=[article.pk]))
    policy = answer["Content-Security-Policy"]
    assert "sandbox allow-same-origin" in policy and "allow-scripts" not in policy and "form-action 'none'" in policy
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
    shown = answer.content.decode()
    assert without_known(shown) == without_known(published(editor, in_form(editor, article), article))


def test_what_a_schedule_would_say_is_not_in_the_page_of_now(editor: Client) -> None:
    article, by = make_article("planned"), make_user("Editor")
    publish(article, by=by, at=NOW - 3 * HOUR)
    schedule(article, by=by, at=NOW - HOUR, live_at=NOW + HOUR, reason="update", note="The GDL was elsewhere.")
    fields = in_form(editor, article, summary="New.")
    page = page_of(editor, fields, article)
    assert "elsewhere" not in page.partition('<div class="beneath">')[0]
    assert without_known(page) == without_known(published(editor, fields, article))


def test_what_is_missing_is_told_and_the_rest_is_shown(editor: Client) -> None:
    fields = in_form(editor, body="<p>The GDL, the Harbour.</p>", category="", headline="", dated_at_0="yesterday")
    answer = ask(editor, fields | {"photo_alt": "a" * 5000}).json()
    says = "\n".join(answer["missing"])
    assert all(label in says for label in ("Headline", "Category", "Publication date", "Harbour", "Alternative text"))
    assert 'class="mark"' in answer["page"] and "—" in answer["page"]
    empty = ask(editor, {}).json()
    assert "An article needs a text." in empty["missing"] and '<article class="story"' in empty["page"]
    deep = ask(editor, fields | {"body": "<blockquote>" * 200}).json()
    assert any("too deep" in text for text in deep["missing"]) and deep["page"]
    dead = ask(editor, fields | {"body": '<p>A <a href="javascript:x()">way</a>, GDL</p>'}).json()
    assert any("leads nowhere" in text or "begins with" in text for text in dead["missing"])
    assert "GDL" in dead["page"] and "javascript:" not in dead["page"]


def test_languages_of_an_article_are_told_with_the_pages_of_its_translations(editor: Client) -> None:
    original = make_article("one", headline="The original")
    fields = in_form(editor, original)
    alone = ask(editor, fields, original).json()["languages"]
    assert [(one["code"], one["is_own"], one["address"]) for one in alone] == [("en", True, ""), ("ru", False, "")]
    translation = make_article("dva", language="ru", headline="Перевод", origin_article=original)
    told = ask(editor, fields, original).json()["languages"]
    address = reverse("admin:articles_article_preview", args=[translation.pk])
    assert [(one["code"], one["address"]) for one in told] == [("en", ""), ("ru", address)]
    assert "Перевод" in editor.get(address).content.decode()
    back = ask(editor, in_form(editor, translation), translation).json()["languages"]
    assert [(one["code"], one["is_own"], bool(one["address"])) for one in back] == [
        ("ru", True, False),
        ("en", False, True),
    ]
    Article.objects.filter(pk=translation.pk).update(binned_at=timezone.now())
    assert not any(one["address"] for one in ask(editor, fields, original).json()["languages"])


def test_only_who_may_write_it_is_answered(editor: Client, client_as: Callable[[str], Client], client: Client) -> None:
    article = make_article()
    fields = in_form(editor, article)
    assert ask(client_as("Reporter"), fields, article).json()["error"] == "forbidden"
    assert ask(client_as("Reporter"), fields).status_code == 200
    assert ask(client, fields, article, user=1).json()["error"] == "login"
    assert ask(editor, fields, article, user=4711).json()["error"] == "other"
    article.pk = 10**9
    assert ask(editor, fields, article).json()["error"] == "gone"
    assert editor.get(LIVE).status_code == 405
    for broken in ("no json", "[]", json.dumps({"user": int(editor.session["_auth_user_id"]), "fields": {"body": 5}})):
        assert editor.post(LIVE, broken, content_type="application/json").json()["error"] == "broken"


def test_article_in_a_language_that_the_outlet_has_given_up_is_still_shown(editor: Client) -> None:
    article = make_article("staroe", language="ru", headline="Порт", body="<p>Лига серых дюн.</p>")
    Site.objects.update(languages="en")
    page = page_of(editor, in_form(editor, article), article)
    assert "Порт" in page and 'class="mark"' in page
    assert "Порт" in editor.get(reverse("admin:articles_article_preview", args=[article.pk])).content.decode()


def test_who_may_only_read_gets_the_saved_page(editor: Client, client_as: Callable[[str], Client]) -> None:
    article = make_article()
    reporter = client_as("Reporter")
    page = reporter.get(reverse(CHANGE, args=[article.pk])).content.decode()
    address = reverse("admin:articles_article_preview", args=[article.pk])
    assert f'data-address="{address}"' in page and 'id="typed"' not in page
    assert reporter.get(address).status_code == 200


def test_stale_token_is_answered_with_a_new_one(newsroom: object) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_user("Editor"))
    answer = careful.post(LIVE, "{}", content_type="application/json", headers={"origin": "http://testserver"})
    assert answer.status_code == 403 and answer.json()["token"]


def test_page_of_a_new_article_and_the_window_open(editor: Client, client: Client) -> None:
    for name in ("preview_new", "preview_window"):
        address = reverse(f"admin:articles_article_{name}")
        assert editor.get(address).status_code == 200
        assert client.get(address).status_code == 302
