"""The gate: what is open, who may let it through, for whom and for how long."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied

from articles.models import Article, Designation, GateOverride, Outbox, Release
from articles.publishing import (
    Refused,
    answer_mention,
    approve,
    ask_override,
    keep_version,
    open_questions,
    override_gate,
    publish,
    retract,
    schedule,
    submit,
    withdraw,
)
from articles.publishing.roles import staff_id
from articles.registers import refresh_version
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
UNCLEAR = "<p>Lawyers of Harbour issued a statement.</p>"
OTHERS = ["Reporter", "Editor", "Legal", "Administrator"]


@pytest.fixture
def managing(editor: User) -> User:
    return make_user("Managing editor")


def unclear(**fields: Any) -> Article:
    return make_article(**{"headline": "Quiet day", "summary": "", "body": UNCLEAR} | fields)


def second_managing_editor() -> User:
    user = User.objects.create(username="second", is_staff=True, email="second@outlet.invalid")
    user.groups.add(Group.objects.get(name="Managing editor"))
    return User.objects.get(pk=user.pk)


def let_through(article: Article, by: User, live_at: Any = NOW) -> GateOverride:
    return override_gate(article, by=by, at=NOW, reason="The town is meant.", live_at=live_at)


def refused(article: Article, by: User, **given: Any) -> str:
    """Return why the article cannot go out."""
    with pytest.raises(Refused) as excluded:
        publish(article, by=by, at=NOW, **given)
    assert excluded.value.field == "gate"
    return str(excluded.value)


def test_open_mention_stops_publishing_and_scheduling(editor: User) -> None:
    article = unclear()
    assert "no answer yet: Harbour." in refused(article, editor)
    with pytest.raises(Refused) as excluded:
        schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    assert excluded.value.field == "gate"
    assert not Release.objects.exists()


def test_answered_mention_passes(editor: User) -> None:
    article = unclear()
    answer_mention(article, open_questions(article, NOW)[0].key, "not", by=editor, at=NOW)
    assert publish(article, by=editor, at=NOW)


def test_override_of_another_person_lets_it_through_and_is_recorded(editor: User, managing: User) -> None:
    article = unclear()
    override = let_through(article, managing)
    assert (override.made_by, override.questions[0]["text"]) == (staff_id(managing), "Harbour")
    publish(article, by=editor, at=NOW)
    given = article.events.get(kind="override")
    used = article.events.get(kind="gate overridden")
    assert (given.staff, given.detail["reason"]) == (staff_id(managing), "The town is meant.")
    assert (used.staff, used.detail["override"]) == (staff_id(editor), override.pk)


def test_nobody_overrides_for_themselves(editor: User, managing: User) -> None:
    article = unclear()
    let_through(article, managing)
    refused(article, managing)
    let_through(article, second_managing_editor())
    assert publish(article, by=managing, at=NOW)


@pytest.mark.parametrize("role", OTHERS)
def test_only_a_managing_editor_overrides(editor: User, role: str) -> None:
    article = unclear()
    with pytest.raises(PermissionDenied):
        let_through(article, make_user(role))
    assert not GateOverride.objects.exists()


def test_override_needs_a_reason_and_something_open(editor: User, managing: User) -> None:
    with pytest.raises(Refused) as excluded:
        override_gate(unclear(), by=managing, at=NOW, reason="  ", live_at=NOW)
    assert excluded.value.field == "reason"
    with pytest.raises(Refused):
        let_through(make_article("clear"), managing)


def test_override_holds_for_the_text_it_was_given_for(editor: User, managing: User) -> None:
    article = unclear()
    keep_version(article, by=editor, at=NOW)
    let_through(article, managing)
    article.body += "<p>It rained.</p>"
    article.save()
    keep_version(article, by=editor, at=NOW)
    refused(article, editor)


def test_override_holds_for_the_questions_it_names(editor: User, managing: User) -> None:
    article = unclear()
    let_through(article, managing)
    article.body += "<p>The ships of Harbour sailed.</p>"
    article.save()
    assert refused(article, editor)
    answer_mention(article, open_questions(article, NOW)[1].key, "mark", by=editor, at=NOW)
    assert publish(article, by=editor, at=NOW)


def test_handing_on_an_article_keeps_its_override(editor: User, managing: User) -> None:
    article = unclear()
    keep_version(article, by=editor, at=NOW)
    let_through(article, managing)
    submit(article, by=editor, at=NOW)
    approve(article, by=editor, at=NOW)
    assert publish(article, by=editor, at=NOW)


def test_change_of_a_live_article_passes_the_same_gate(editor: User, managing: User) -> None:
    article = make_article(summary="")
    publish(article, by=editor, at=NOW)
    article.body = UNCLEAR
    article.save()
    for given in ({"reason": "correction", "note": "It was wrong."}, {"reason": "update", "note": "News."}, {}):
        assert "Harbour" in refused(article, editor, **given)
    let_through(article, managing)
    assert publish(article, by=editor, at=NOW + HOUR, reason="correction", note="It was wrong.")


def test_retraction_and_withdrawal_are_not_held_up(editor: User, managing: User) -> None:
    article = unclear()
    let_through(article, managing)
    publish(article, by=editor, at=NOW)
    GateOverride.objects.all().delete()
    retract(article, by=editor, at=NOW + HOUR, note="It was made up.")
    withdraw(article, by=managing, at=NOW + 2 * HOUR, note="Court order.")


def test_scheduled_article_is_asked_by_the_registers_of_its_day(editor: User, managing: User) -> None:
    Designation.objects.filter(organization__key="harbour").update(designated_from=date(2026, 3, 12))
    refresh_version(NOW)
    article = unclear()
    assert open_questions(article, NOW) == []
    live_at = NOW + 3 * 24 * HOUR
    with pytest.raises(Refused):
        schedule(article, by=editor, at=NOW, live_at=live_at)
    let_through(article, managing, live_at)
    assert schedule(article, by=editor, at=NOW, live_at=live_at)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, []),
        ({"source_line": "Own sources"}, []),
        ({"translator": "A. Tern"}, ["outlet", "date"]),
        ({"translation_method": "machine"}, ["outlet", "date"]),
        ({"origin_url": "https://herald.example/ru/1"}, ["outlet", "date"]),
        ({"origin_outlet": "the Russian page"}, ["date"]),
        ({"translator": "A. Tern", "origin_published_at": NOW - HOUR}, ["outlet"]),
        ({"translator": "A. Tern", "origin_published_at": NOW - HOUR, "origin_outlet": "the Russian page"}, []),
    ],
)
def test_translation_names_its_origin(editor: User, fields: dict[str, Any], missing: list[str]) -> None:
    article = make_article(**fields)
    assert [question.key for question in open_questions(article, NOW)] == missing
    if missing:
        assert "The translation does not say" in refused(article, editor)
    else:
        assert publish(article, by=editor, at=NOW)


def test_link_to_the_own_original_is_an_origin(editor: User) -> None:
    original = make_article("original", language="ru", headline="Тихий день", summary="", body="<p>Шёл дождь.</p>")
    article = make_article(translator="A. Tern", origin_article=original)
    assert open_questions(article, NOW) == []


def test_missing_origin_can_be_overridden_too(editor: User, managing: User) -> None:
    article = make_article(translation_method="human")
    let_through(article, managing)
    assert publish(article, by=editor, at=NOW)


def test_asking_for_an_override_mails_the_other_managing_editors(editor: User, managing: User) -> None:
    article = unclear()
    asked = {"at": NOW, "note": "We must go now.", "live_at": NOW, "link": "/admin/somewhere/"}
    with pytest.raises(Refused):
        ask_override(article, by=editor, **asked)
    User.objects.filter(pk=managing.pk).update(email="managing@outlet.invalid")
    User.objects.filter(pk=editor.pk).update(email="editor@outlet.invalid")
    second_managing_editor()
    assert ask_override(article, by=editor, **asked) == 2
    assert set(Outbox.objects.values_list("to", flat=True)) == {"managing@outlet.invalid", "second@outlet.invalid"}
    mail = Outbox.objects.first()
    assert mail is not None
    assert all(part in mail.body for part in ("Harbour", "We must go now.", "editor", "/admin/somewhere/"))
    let_through(article, managing)
    answer = Outbox.objects.get(to="editor@outlet.invalid")
    assert "Override given" in answer.subject
    assert "Разрешение дано" in answer.subject
    assert "The town is meant." in answer.body


def test_nothing_open_is_nothing_to_ask_for(editor: User, managing: User) -> None:
    with pytest.raises(Refused):
        ask_override(make_article(), by=editor, at=NOW, note="", live_at=NOW, link="/")


@pytest.mark.parametrize("role", ["Reporter", "Legal", "Administrator"])
def test_only_those_who_publish_ask_for_an_override(editor: User, role: str) -> None:
    with pytest.raises(PermissionDenied):
        ask_override(unclear(), by=make_user(role), at=NOW, note="", live_at=NOW, link="/")
