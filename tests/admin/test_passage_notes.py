"""Notes to colleagues at the desk: by the script and without one, by each role, beside what is typed and saved."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, ArticleVersion, PassageNote, PassageNoteAnswer, Slot
from articles.publishing import answer_note, close_note, keep_version, put_in_bin, write_note
from articles.publishing.passage_notes import Passage
from tests.admin.forms import filled
from tests.builders import NOW, make_article, make_user

ROLES = ("Reporter", "Editor", "Legal", "Managing editor")
BODY = "<p>Officers spoke of the port.</p><p>The port was quiet.</p>"
PORT = Passage("body", "the port")
SCRIPT = {"accept": "application/json"}


@pytest.fixture
def article(newsroom: Any) -> Article:
    made = make_article(body=BODY)
    keep_version(made, by=make_user("Editor"), at=NOW)
    return made


def notes_of(article: Article) -> str:
    return reverse("admin:articles_article_notes", args=[article.pk])


def act_on(note: PassageNote, act: str) -> str:
    return reverse("admin:articles_article_note", args=[note.article_id, note.pk, act])


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def sent(**values: str) -> dict[str, str]:
    return {"field": "body", "quotation": "the port", "text": "Which one?"} | values


def panel(answer: HttpResponse) -> str:
    told = json.loads(answer.content)
    assert told["ok"] and told["token"]
    return str(told["panel"])


@pytest.mark.parametrize("role", ROLES)
def test_by_a_form_without_a_script(article: Article, client_as: Callable[[str], Client], role: str) -> None:
    client = client_as(role)
    page = client.get(change(article)).content.decode()
    assert "None is open. Readers never see them." in page and f'action="{notes_of(article)}"' in page
    answer = client.post(notes_of(article), sent())
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{change(article)}#notes")
    note = PassageNote.objects.get()
    assert client.post(act_on(note, "answer"), {"text": "The old one."}).status_code == 302
    page = client.get(change(article)).content.decode()
    assert "Which one?" in page and "The old one." in page and 'data-offset="18"' in page
    assert client.post(act_on(note, "close"), follow=True).status_code == 200
    assert not PassageNote.objects.open().exists()
    page = client.get(change(article)).content.decode()
    assert "1 closed note" in page and "The old one." in page
    client.post(act_on(note, "reopen"))
    assert PassageNote.objects.open().exists()


def test_refused_without_a_script_is_said_above_the_form(article: Article, editor: Client) -> None:
    page = editor.post(notes_of(article), sent(quotation="the quay"), follow=True)
    assert "These words do not stand in the saved text" in page.content.decode()


def test_by_a_script(article: Article, editor: Client) -> None:
    told = panel(editor.post(notes_of(article), sent(offset="23", quotation="quay <b>"), headers=SCRIPT))
    assert "quay &lt;b&gt;" in told and "The passage has changed." in told and "hidden> · The" not in told
    note = PassageNote.objects.get()
    assert note.offset == 23
    assert "By me" in panel(editor.post(act_on(note, "answer"), {"text": "By me"}, headers=SCRIPT))
    assert "1 closed note" in panel(editor.post(act_on(note, "close"), headers=SCRIPT))
    assert panel(editor.get(notes_of(article), headers=SCRIPT)).count("<li") == 2


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"quotation": "the quay"}, "do not stand in the saved text"),
        ({"quotation": "the quay", "offset": "-1"}, "do not stand in the saved text"),
        ({"quotation": "", "offset": "1"}, "Choose a passage"),
        ({"field": "slug"}, "no such text"),
        ({"text": " "}, "Write what you want to say."),
        ({"text": "a" * 2001}, "at most 2000 characters"),
    ],
)
def test_what_is_no_note_is_said_to_the_script(
    article: Article, editor: Client, values: dict[str, str], says: str
) -> None:
    answer = editor.post(notes_of(article), sent(**values), headers=SCRIPT)
    assert answer.status_code == 422 and says in answer.json()["says"]
    assert not PassageNote.objects.exists()


def test_who_may_not_see_notes_is_shown_none(article: Article, client_as: Callable[[str], Client]) -> None:
    note = write_note(article, PORT, "Which one?", by=make_user("Editor"), at=NOW)
    administrator = client_as("Administrator")
    page = administrator.get(change(article)).content.decode()
    assert "Which one?" not in page and "Notes to colleagues" not in page
    assert administrator.get(notes_of(article), headers=SCRIPT).status_code == 403
    answer = administrator.post(notes_of(article), sent(), headers=SCRIPT)
    assert answer.status_code == 403 and answer.json()["error"] == "forbidden"
    for act in ("answer", "close", "reopen"):
        assert administrator.post(act_on(note, act), {"text": "No"}).status_code == 403
    assert "open note" not in administrator.get(reverse("admin:articles_article_changelist")).content.decode()
    assert PassageNote.objects.open().count() == 1 and not PassageNoteAnswer.objects.exists()


def test_closed_by_its_writer_or_who_may_change_the_article(
    article: Article, client_as: Callable[[str], Client]
) -> None:
    note = write_note(article, PORT, "Which one?", by=make_user("Legal"), at=NOW)
    reporter = client_as("Reporter")
    assert "Close the note" not in reporter.get(change(article)).content.decode()
    assert reporter.post(act_on(note, "close"), headers=SCRIPT).status_code == 403
    assert PassageNote.objects.open().exists()
    for role in ("Legal", "Editor"):
        assert "Close the note" in client_as(role).get(change(article)).content.decode()
    assert client_as("Editor").post(act_on(note, "close"), headers=SCRIPT).status_code == 200


def test_nobody_and_another_write_nothing(article: Article, editor: Client, client: Client) -> None:
    answer = client.post(notes_of(article), sent(), headers=SCRIPT)
    assert (answer.status_code, answer.json()["error"]) == (401, "login")
    asked = client.post(notes_of(article), sent())
    assert asked.status_code == 401 and 'value="Which one?"' in asked.content.decode()
    other = str(make_user("Legal").pk)
    answer = editor.post(notes_of(article), sent(user=other), headers=SCRIPT)
    assert (answer.status_code, answer.json()["error"]) == (409, "other")
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_user("Editor"))
    origin = {"origin": "http://testserver"}
    stale = careful.post(notes_of(article), sent(), headers=SCRIPT | origin)
    assert (stale.status_code, stale.json()["error"]) == (403, "token")
    assert careful.post(notes_of(article), sent(), headers=origin).headers["Content-Type"].startswith("text/html")
    assert not PassageNote.objects.exists()
    again = origin | {"x-csrftoken": stale.json()["token"]}
    assert panel(careful.post(notes_of(article), sent(), headers=SCRIPT | again))


def test_of_another_article_or_another_act_is_not_found(article: Article, editor: Client) -> None:
    note = write_note(make_article("second", body=BODY), PORT, "Which?", by=make_user("Editor"), at=NOW)
    address = reverse("admin:articles_article_note", args=[article.pk, note.pk, "close"])
    assert editor.post(address, headers=SCRIPT).status_code == 404
    assert editor.post(act_on(note, "burn"), headers=SCRIPT).status_code == 404
    assert editor.get(act_on(note, "close")).status_code == 405
    assert editor.put(notes_of(article)).status_code == 405


def test_in_the_bin_they_are_read_only(editor: Client, newsroom: Any) -> None:
    article, by = make_article(body=BODY), make_user("Editor")
    write_note(article, PORT, "Which one?", by=by, at=NOW)
    put_in_bin(article, by=by, at=NOW)
    page = editor.get(change(article)).content.decode()
    assert "Which one?" in page and "Close the note" not in page and "Write a note" not in page
    assert "in the bin" in editor.post(notes_of(article), sent(), headers=SCRIPT).json()["says"]


def test_beside_what_is_typed_and_saved(article: Article, editor: Client) -> None:
    """No note is a change of the form, a version, or a reason to ask whose text holds."""
    by, form = make_user("Editor"), filled(editor.get(change(article)))
    typed = {"user": by.pk, "article": article.pk, "base": article.version, "client": "c", "sequence": 1}
    kept = json.dumps(typed | {"fields": {"body": "<p>Typed.</p>"}})
    assert editor.post(reverse("admin:articles_article_keep"), kept, "application/json").json()["kept"]
    before = {name: value for name, value in vars(Article.objects.get()).items() if name != "_state"}
    slot = Slot.objects.values().get()
    note = write_note(article, PORT, "Which one?", by=make_user("Legal"), at=timezone.now())
    editor.post(act_on(note, "answer"), {"text": "This one."}, headers=SCRIPT)
    editor.post(act_on(note, "close"), headers=SCRIPT)
    assert {name: value for name, value in vars(Article.objects.get()).items() if name != "_state"} == before
    assert Slot.objects.values().get() == slot
    ping = editor.post(reverse("admin:articles_article_keep"), json.dumps(typed), "application/json").json()
    assert ping["version"] == article.version
    answer = editor.post(change(article), form | {"body": BODY.replace("quiet", "loud")})
    assert answer.status_code == 302, "no conflict"
    assert Article.objects.get().body == BODY.replace("quiet", "loud")
    assert ArticleVersion.objects.count() == 2


def test_a_note_written_while_the_form_is_stored_is_no_reason_to_read_it_again(
    article: Article, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.admin.articles.article_form import ArticleForm

    read = ArticleForm.clean

    def clean_and_note(form: ArticleForm) -> Any:
        write_note(article, PORT, "Which one?", by=make_user("Legal"), at=NOW)
        return read(form)

    form = filled(editor.get(change(article)))
    monkeypatch.setattr(ArticleForm, "clean", clean_and_note)
    assert editor.post(change(article), form | {"headline": "Another"}).status_code == 302
    assert (Article.objects.get().headline, PassageNote.objects.count()) == ("Another", 1)


def test_open_ones_stand_in_the_order_of_the_page(article: Article, editor: Client) -> None:
    by = make_user("Editor")
    for field, words in (("body", "quiet"), ("body", "gone"), ("summary", "League"), ("body", "Officers")):
        write_note(article, Passage(field, words, 0 if words == "gone" else None), "?", by=by, at=NOW)
    told = panel(editor.get(notes_of(article), headers=SCRIPT))
    order = [told.index(f">{words}</blockquote>") for words in ("League", "gone", "Officers", "quiet")]
    assert sorted(order) == order


def test_closed_ones_come_newest_first_and_have_an_end(
    article: Article, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.admin.articles.notes import panel as shown

    monkeypatch.setattr(shown, "CLOSED_SHOWN", 2)
    by = make_user("Editor")
    for number in range(3):
        note = write_note(article, PORT, f"Number {number}", by=by, at=NOW)
        close_note(note, by=by, at=timezone.now())
    told = panel(editor.get(notes_of(article), headers=SCRIPT))
    assert told.index("Number 2") < told.index("Number 1") and "Number 0" not in told
    assert "Only those closed last" in told


def test_list_of_articles_tells_of_open_ones(article: Article, editor: Client) -> None:
    by, quiet = make_user("Editor"), make_article("second", headline="Quiet", body=BODY)
    for text in ("One", "Two", "Three"):
        note = write_note(article, PORT, text, by=by, at=NOW)
    close_note(note, by=by, at=NOW)
    close_note(write_note(quiet, PORT, "Four", by=by, at=NOW), by=by, at=NOW)
    listed = reverse("admin:articles_article_changelist")
    page = editor.get(listed)
    assert "2 open notes" in page.content.decode() and "1 open note<" not in page.content.decode()
    found = editor.get(listed, {"notes": "open"}).context["cl"].result_list
    assert [one.pk for one in found] == [article.pk]


def queries_of(count: Callable[..., Any], client: Client, address: str, most: int) -> None:
    with count(most):
        assert client.get(address, headers=SCRIPT).status_code == 200


@pytest.mark.parametrize("number", [2, 20])
def test_panel_asks_the_database_the_same_for_few_and_many(
    article: Article, editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    people: list[User] = [make_user(role) for role in ROLES]
    for one in range(number):
        note = write_note(article, PORT, f"Number {one}", by=people[one % 4], at=NOW)
        answer_note(note, "Yes", by=people[one % 3], at=NOW)
    queries_of(django_assert_max_num_queries, editor, notes_of(article), 12)


def test_each_text_is_read_once_however_many_quote_it(
    article: Article, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.admin.articles.notes import panel as shown

    for number in range(5):
        write_note(article, PORT, f"Number {number}", by=make_user("Editor"), at=NOW)
    read: list[str] = []
    plain = shown.plain_text
    monkeypatch.setattr(shown, "plain_text", lambda *given: read.append(given[1]) or plain(*given))
    assert panel(editor.get(notes_of(article), headers=SCRIPT)).count('data-field="body"') == 5
    assert read == ["body"]
