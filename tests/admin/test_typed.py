"""What is typed is kept as it comes: for its person alone, the newest only, until it is saved or thrown away."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleVersion, Erasure, Presence, Slot
from articles.publishing import keep_version, slots
from articles.publishing.record import erase_staff
from tests.admin.forms import ADD, CHANGE, add_article, change_article, filled
from tests.admin.test_article_form import category
from tests.builders import make_article, make_user

KEEP = "/admin/articles/article/typed/keep/"


def of(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def keep(browser: Client, article: Article | None = None, *, user: User | None = None, **sent: Any) -> Any:
    """Send what the script sends; return the answer."""
    sent = {"user": (user or of(browser)).pk, "article": article.pk if article else None, "client": "one"} | sent
    return browser.post(KEEP, json.dumps(sent), content_type="application/json")


def test_text_is_kept_from_the_first_letter_before_anything_is_saved(editor: Client) -> None:
    answer = keep(editor, sequence=1, fields={"headline": "T", "regions": ["1", "2"]})
    assert answer.status_code == 200 and answer.json()["ok"] and answer.json()["sequence"] == 1
    slot = Slot.objects.get()
    assert slot.fields == {"headline": "T", "regions": ["1", "2"]}
    assert (slot.article, slot.base, slot.ended_at) == (None, None, None)
    assert not Article.objects.exists()
    shown = editor.get(reverse(ADD)).content.decode()
    assert "Go on with what you typed" in shown and "<ins>T</ins>" in shown


def test_older_text_never_takes_the_place_of_newer(editor: Client) -> None:
    article = make_article()
    for sequence, headline in ((5, "five"), (3, "three"), (5, "again"), (4, "four")):
        assert keep(editor, article, sequence=sequence, fields={"headline": headline}).json()["sequence"] == 5
    assert Slot.objects.get().fields == {"headline": "five"}


def test_keeping_adds_no_row_to_the_history_and_waits_for_no_one(
    editor: Client, django_assert_max_num_queries: Any
) -> None:
    article = make_article()
    keep_version(article, by=of(editor), at=timezone.now())
    keep(editor, article, sequence=1, fields={"headline": "x"})
    with django_assert_max_num_queries(21) as seen:
        keep(editor, article, sequence=2, base=2, fields={"headline": "xy"})
    written = [one["sql"] for one in seen.captured_queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(written) == 2 and all("slot" in sql or "presence" in sql for sql in written)
    assert ArticleVersion.objects.count() == 1
    assert Article.objects.get().headline == article.headline


def test_save_ends_the_slot_and_what_comes_late_changes_nothing(editor: Client) -> None:
    keep(editor, sequence=7, fields={"headline": "The port"})
    typed = {"typed_user": str(of(editor).pk), "typed_client": "one", "typed_sequence": "9"}
    add_article(editor, headline="The port", category=category(), **typed)
    slot, article = Slot.objects.get(), Article.objects.get()
    assert slot.fields == {} and slot.ended_at and (slot.article, slot.became) == (article, article.version)
    answer = keep(editor, sequence=8, fields={"headline": "The po"}).json()
    assert answer["ok"] and not answer["kept"]
    assert Slot.objects.get().fields == {}
    assert editor.get(reverse(CHANGE, args=[article.pk])).context["typed"]["offers"] == []


def test_what_is_typed_on_after_a_save_whose_answer_was_lost_builds_on_that_save(editor: Client) -> None:
    """No conflict with oneself, and no second article."""
    typed = {"typed_user": str(of(editor).pk), "typed_client": "one", "typed_sequence": "9"}
    new = {"headline": "The port", "category": category(), "body": "<p>One.</p>"}
    add_article(editor, **new, **typed)
    article = Article.objects.get()
    again = add_article(editor, **new | {"body": "<p>One and two.</p>"}, **typed | {"typed_sequence": "12"})
    assert again.status_code == 302 and again.url == reverse(CHANGE, args=[article.pk])
    assert Article.objects.count() == 1
    shown = editor.get(again.url).content.decode()
    assert "One<ins> and two</ins>." in shown and "Somebody has saved the article since" not in shown
    resumed = editor.post(again.url, {"_go_on": "one"})
    assert resumed.context["adminform"].form["body"].value() == "<p>One and two.</p>"


def test_old_page_sent_after_its_own_save_is_no_conflict(editor: Client) -> None:
    article = make_article(body="<p>One.</p>")
    keep_version(article, by=of(editor), at=timezone.now())
    address = reverse(CHANGE, args=[article.pk])
    typed = {"typed_user": str(of(editor).pk), "typed_client": "one"}
    sent = filled(editor.get(address), **typed)
    editor.post(address, sent | {"body": "<p>One, two.</p>", "typed_sequence": "1"})
    answer = editor.post(address, sent | {"body": "<p>One, two, three.</p>", "typed_sequence": "2"})
    assert answer.status_code == 302
    assert Article.objects.get().body == "<p>One, two, three.</p>"


def test_saving_without_a_change_ends_the_slot_too(editor: Client) -> None:
    article = make_article()
    keep(editor, article, sequence=1, base=1, fields={"headline": "typed and taken back"})
    change_article(editor, article, typed_client="one", typed_sequence="2")
    assert Slot.objects.get().ended_at and not ArticleVersion.objects.exists()


def test_form_that_comes_back_is_not_said_to_be_saved(editor: Client) -> None:
    """Its script keeps it at once, as if it had just been typed."""
    assert 'data-fresh=""' in editor.get(reverse(ADD)).content.decode()
    refused = add_article(editor, headline="", summary="Typed.", typed_user=str(of(editor).pk), typed_client="one")
    assert refused.status_code == 200 and 'data-fresh="yes"' in refused.content.decode()


def test_nobody_else_sees_it(editor: Client, client_as: Callable[[str], Client]) -> None:
    article = make_article()
    keep(editor, article, sequence=1, base=1, fields={"headline": "secret words"})
    other, address = client_as("Managing editor"), reverse(CHANGE, args=[article.pk])
    assert "secret words" in editor.get(address).content.decode()
    assert "secret words" not in other.get(address).content.decode()
    assert (
        "secret words" not in other.get("/admin/articles/article/typed/offers/", {"article": article.pk}).json()["html"]
    )
    other.post("/admin/articles/article/typed/throw/", {"client": "one"})
    assert Slot.objects.get().ended_at is None
    assert other.post(address, {"_go_on": "one"}).status_code == 302


def test_what_one_typed_is_never_kept_or_saved_as_anothers(editor: Client, client_as: Callable[[str], Client]) -> None:
    article, other = make_article(), client_as("Managing editor")
    answer = keep(other, article, user=of(editor), sequence=1, fields={"headline": "x"})
    assert answer.status_code == 409 and answer.json()["error"] == "other"
    sent = change_article(other, article, headline="x", typed_user=str(of(editor).pk))
    assert sent.status_code == 409 and b'value="x"' in sent.content
    assert not Slot.objects.exists() and Article.objects.get().headline == article.headline


def test_without_a_session_the_answer_is_401_and_a_token(editor: Client) -> None:
    user = of(editor)
    editor.logout()
    answer = keep(editor, user=user, sequence=1, fields={"headline": "x"})
    assert answer.status_code == 401
    assert answer.json()["error"] == "login" and answer.json()["token"]


def test_login_in_place_lets_in_only_the_person_of_the_page(newsroom: object) -> None:
    user, other, client = make_user("Editor"), make_user("Legal"), Client()
    address, password = "/admin/articles/article/typed/login/", "correct horse battery"
    wrong = client.post(address, {"username": "editor", "password": "x", "user": user.pk})
    assert wrong.status_code == 400 and "password" in wrong.json()["says"]
    stranger = client.post(address, {"username": other.username, "password": password, "user": user.pk})
    assert stranger.status_code == 409 and "_auth_user_id" not in client.session
    answer = client.post(address, {"username": user.username, "password": password, "user": user.pk})
    assert answer.json()["ok"] and answer.json()["token"]
    assert keep(client, sequence=1, fields={"headline": "x"}).status_code == 200


def test_token_that_a_login_has_made_stale_is_renewed(newsroom: object) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("Editor"))
    sent = {"user": make_user("Editor").pk, "article": None}
    origin = {"origin": "http://testserver", "x-csrftoken": "stale"}
    answer = client.post(KEEP, sent, content_type="application/json", headers=origin)
    assert answer.status_code == 403 and answer.json()["error"] == "token"
    again = client.post(
        KEEP, sent, content_type="application/json", headers=origin | {"x-csrftoken": answer.json()["token"]}
    )
    assert again.status_code == 200
    foreign = client.post(
        KEEP, sent, content_type="application/json", headers=origin | {"origin": "http://evil.example"}
    )
    assert foreign.status_code == 403 and b"token" not in foreign.content


def test_reporter_keeps_only_what_they_may_change(client_as: Callable[[str], Client]) -> None:
    article, reporter = make_article(), client_as("Reporter")
    assert keep(reporter, article, sequence=1, fields={"headline": "x"}).status_code == 403
    assert keep(reporter, sequence=1, fields={"headline": "x"}).status_code == 200
    assert keep(client_as("Legal"), sequence=1, fields={"headline": "x"}).status_code == 403
    assert Slot.objects.get().user == of(reporter)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b"nonsense",
        b"[" * 100_000,
        {"sequence": "1", "fields": {}},
        {"sequence": -1, "fields": {}},
        {"sequence": 10**30, "fields": {}},
        {"sequence": True, "fields": {}},
        {"sequence": 1, "fields": []},
        {"sequence": 1, "fields": {"headline": 7}},
        {"sequence": 1, "fields": {"headline": {"a": "b"}}},
        {"sequence": 1, "fields": {}, "client": ""},
        {"sequence": 1, "fields": {}, "client": "x" * 41},
        {"sequence": 1, "fields": {}, "base": -2},
    ],
)
def test_what_no_script_of_ours_sends_is_refused(editor: Client, sent: Any) -> None:
    if isinstance(sent, dict):
        answer = keep(editor, **sent)
        assert answer.status_code == 400
    else:
        answer = editor.post(KEEP, sent, content_type="application/json")
        assert answer.status_code in (400, 409)
    assert not Slot.objects.exists()


@pytest.mark.parametrize("key", ["abc", "9" * 40, -1, 4711, [], {}])
def test_article_that_is_not_there_is_gone(editor: Client, key: Any) -> None:
    sent = {"user": of(editor).pk, "article": key, "client": "one", "sequence": 1, "fields": {}}
    assert editor.post(KEEP, json.dumps(sent), content_type="application/json").status_code == 410


def test_erased_article_takes_no_text(editor: Client) -> None:
    article = make_article()
    Erasure.objects.create(article=article, reason="By law.", made_at=timezone.now())
    assert keep(editor, article, sequence=1, fields={"headline": "x"}).status_code == 410
    assert not Slot.objects.exists()


def test_control_characters_are_taken_out(editor: Client) -> None:
    keep(editor, sequence=1, fields={"headline": "The\x00 po\ud800rt", "regions": ["\x07"]})
    assert Slot.objects.get().fields == {"headline": "The port", "regions": [""]}


def test_too_long_a_text_is_said_to_be_so(editor: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = keep(editor, sequence=1, fields={"body": "x" * 2000})
    assert answer.status_code == 413 and "too long" in answer.json()["says"]


def test_slots_of_a_person_are_bounded_and_none_is_overwritten(editor: Client) -> None:
    for number in range(slots.MOST):
        assert keep(editor, client=f"c{number}", sequence=1, fields={"headline": "x"}).status_code == 200
    full = keep(editor, client="more", sequence=1, fields={"headline": "x"})
    assert full.status_code == 409 and "20 unfinished texts" in full.json()["says"]
    assert keep(editor, client="c0", sequence=2, fields={"headline": "xy"}).status_code == 200
    assert keep(editor, make_article(), client="elsewhere", sequence=1, fields={}).status_code == 200


def test_two_windows_of_one_person_keep_both_texts(editor: Client) -> None:
    article = make_article()
    keep(editor, article, client="left", sequence=1, base=1, fields={"headline": "left"})
    keep(editor, article, client="right", sequence=1, base=1, fields={"headline": "right"})
    shown = editor.get(reverse(CHANGE, args=[article.pk])).context["typed"]["offers"]
    assert [offer.client for offer in shown] == ["right", "left"]


def test_who_goes_on_takes_the_slot_over_unless_its_own_window_types_on(editor: Client) -> None:
    article = make_article()
    for client in ("old", "living"):
        keep(editor, article, client=client, sequence=5, base=1, fields={"headline": client})
    keep(editor, article, client="living", sequence=6, base=1, fields={"headline": "living on"})
    keep(editor, article, client="new", sequence=1, base=1, fields={"headline": "old"}, takes="old:5")
    keep(editor, article, client="newer", sequence=1, base=1, fields={"headline": "living"}, takes="living:5")
    assert set(Slot.objects.open().values_list("client", flat=True)) == {"new", "newer", "living"}


def test_offer_that_says_no_more_than_the_article_is_left_out(editor: Client) -> None:
    article = make_article()
    sent = filled(editor.get(reverse(CHANGE, args=[article.pk])))
    fields = {name: value if isinstance(value, list) else str(value) for name, value in sent.items()}
    fields = {name: [str(one) for one in value] if isinstance(value, list) else value for name, value in fields.items()}
    keep(editor, article, sequence=1, base=1, fields=fields)
    assert editor.get(reverse(CHANGE, args=[article.pk])).context["typed"]["offers"] == []
    keep(editor, article, sequence=2, base=1, fields=fields | {"summary": "Other."})
    (offer,) = editor.get(reverse(CHANGE, args=[article.pk])).context["typed"]["offers"]
    assert [change.label for change in offer.changes] == ["Summary"]


def test_thrown_away_text_is_gone_and_does_not_come_back(editor: Client) -> None:
    article = make_article()
    keep(editor, article, sequence=3, base=1, fields={"headline": "x"})
    answer = editor.post("/admin/articles/article/typed/throw/", {"client": "one", "article": article.pk})
    assert answer.url == reverse(CHANGE, args=[article.pk])
    keep(editor, article, sequence=3, base=1, fields={"headline": "x"})
    assert Slot.objects.get().fields == {}


def test_closed_account_and_erased_person_leave_nothing_typed(client_as: Callable[[str], Client]) -> None:
    article = make_article()
    for role, act in (("Editor", "close"), ("Managing editor", "erase")):
        client, user = client_as(role), make_user(role)
        keep_version(article, by=user, at=timezone.now())
        keep(client, article, sequence=1, base=1, fields={"headline": "x"})
        assert Slot.objects.exists() and Presence.objects.exists()
        if act == "close":
            user.is_active = False
            user.save()
        else:
            erase_staff(user, by=None, at=timezone.now())
        assert not Slot.objects.exists() and not Presence.objects.exists()


def test_who_else_is_here_is_told_for_thirty_seconds(editor: Client, client_as: Callable[[str], Client]) -> None:
    article, managing = make_article(), client_as("Managing editor")
    User.objects.filter(username="managing-editor").update(first_name="Berta", last_name="Knot")
    assert keep(managing, article, field="body").json()["present"] == []
    assert keep(editor, article, field="").json()["present"] == ["Berta Knot has this article open, at “Text”."]
    changelist = reverse("admin:articles_article_changelist")
    assert "Berta Knot" in editor.get(changelist).content.decode()
    Presence.objects.update(at=timezone.now() - timedelta(seconds=31))
    assert keep(editor, article).json()["present"] == []
    assert "Berta Knot" not in editor.get(changelist).content.decode()
    keep(managing, article, field="headline")
    assert keep(managing, article, leaves=True).json()["ok"]
    assert keep(editor, article).json()["present"] == []


def test_who_saved_meanwhile_is_told_by_the_version(editor: Client) -> None:
    article = make_article()
    assert keep(editor, article).json()["version"] == 1
    keep_version(article, by=of(editor), at=timezone.now())
    assert keep(editor, article).json()["version"] == 2


def test_database_that_takes_nothing_is_told_as_such(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def full(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(slots, "keep_typed", full)
    answer = keep(editor, sequence=1, fields={"headline": "x"})
    assert answer.status_code == 503 and answer.json()["error"] == "away"


def test_the_first_save_is_version_1_and_the_second_version_2(editor: Client) -> None:
    add_article(editor, headline="The quay", category=category())
    article = Article.objects.get()
    assert (article.version, [one.number for one in article.versions.all()]) == (1, [1])
    change_article(editor, article, headline="The old quay")
    article.refresh_from_db()
    assert (article.version, [one.number for one in article.versions.all()]) == (2, [2, 1])
    assert (
        "Saved as version 1"
        in editor.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    )
