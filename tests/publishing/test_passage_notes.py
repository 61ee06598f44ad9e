"""Notes to colleagues: who may write, answer and close them, what they leave alone, where no word of them stands."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.models import Article, Event, PassageNote, PassageNoteAnswer, PreviewToken
from articles.publishing import (
    Refused,
    answer_note,
    close_note,
    copy_as_new,
    make_link,
    publish,
    put_in_bin,
    reopen_note,
    take_from_bin,
    withdraw,
    write_note,
)
from articles.publishing.passage_notes import MOST_ANSWERS, MOST_OPEN, Passage, closable
from articles.publishing.record import erase, erase_staff, verify
from articles.publishing.roles import staff_id
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_user
from tests.publishing.erasing import places_of

HOUR = timedelta(hours=1)
BODY = "<p>Officers spoke of the port.</p><p>The port was quiet.</p>"
WORD = "quokkaberg"
PORT = Passage("body", "the port")
CAN = ("Reporter", "Editor", "Legal", "Managing editor")


def article_of(by: User, **fields: Any) -> Article:
    return make_article(body=BODY, created_by=staff_id(by), **fields)


def test_written_answered_closed_and_opened_again(editor: User) -> None:
    reporter = make_user("Reporter")
    article = article_of(reporter)
    before = {name: value for name, value in vars(Article.objects.get()).items() if name != "_state"}
    note = write_note(article, PORT, " Which one?\r\nSay so. ", by=editor, at=NOW)
    answer = answer_note(note, "The old one.", by=reporter, at=NOW + HOUR)
    assert (note.field, note.quotation, note.offset) == ("body", "the port", 18)
    assert (note.text, note.made_by, answer.text) == ("Which one?\nSay so.", staff_id(editor), "The old one.")
    close_note(note, by=reporter, at=NOW + 2 * HOUR)
    close_note(note, by=editor, at=NOW + 3 * HOUR)
    assert (note.closed_at, note.closed_by) == (NOW + 2 * HOUR, staff_id(reporter))
    assert not PassageNote.objects.open().exists()
    with pytest.raises(Refused, match="closed"):
        answer_note(note, "Too late.", by=editor, at=NOW)
    reopen_note(note, by=editor, at=NOW)
    reopen_note(note, by=editor, at=NOW)
    assert (note.closed_at, note.closed_by) == (None, None)
    assert list(note.answers.all()) == [answer]
    assert {name: value for name, value in vars(Article.objects.get()).items() if name != "_state"} == before
    told = Event.objects.order_by("pk").values_list("kind", "staff", "detail")
    own = {"passage_note": note.pk}
    assert list(told) == [
        ("passage note", staff_id(editor).pk, own),
        ("passage note answered", staff_id(reporter).pk, own),
        ("passage note closed", staff_id(reporter).pk, own),
        ("passage note reopened", staff_id(editor).pk, own),
    ]


@pytest.mark.parametrize("role", [*CAN, "Administrator"])
def test_who_may_write_and_answer(editor: User, role: str) -> None:
    user, article = make_user(role), make_article(body=BODY)
    theirs = write_note(article, PORT, "Which?", by=editor, at=NOW)
    if role in CAN:
        note = write_note(article, PORT, f"I am {role}", by=user, at=NOW)
        answer_note(theirs, "This.", by=user, at=NOW)
        close_note(note, by=user, at=NOW)
        return
    for act in (
        lambda: write_note(article, PORT, "Which?", by=user, at=NOW),
        lambda: answer_note(theirs, "This.", by=user, at=NOW),
        lambda: close_note(theirs, by=user, at=NOW),
        lambda: reopen_note(theirs, by=user, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (PassageNote.objects.count(), PassageNoteAnswer.objects.count()) == (1, 0)


def test_a_note_is_closed_by_its_writer_or_who_may_change_the_article(editor: User) -> None:
    reporter, legal = make_user("Reporter"), make_user("Legal")
    article = article_of(reporter)
    note = write_note(article, PORT, "Which?", by=legal, at=NOW)
    assert [bool(closable(user, article, [note])) for user in (legal, editor, reporter)] == [True, True, True]
    article.state = "in_review"
    article.save()
    assert [bool(closable(user, article, [note])) for user in (legal, editor, reporter)] == [True, True, False]
    with pytest.raises(PermissionDenied):
        close_note(note, by=reporter, at=NOW)
    close_note(note, by=editor, at=NOW)
    with pytest.raises(PermissionDenied):
        reopen_note(note, by=reporter, at=NOW)


def test_who_has_left_writes_nothing(editor: User) -> None:
    article = make_article(body=BODY)
    editor.is_active = False
    with pytest.raises(PermissionDenied):
        write_note(article, PORT, "Which?", by=editor, at=NOW)


@pytest.mark.parametrize(
    ("passage", "text", "field"),
    [
        (Passage("body", "the quay"), "Which?", "quotation"),
        (Passage("body", " \x07 "), "Which?", "quotation"),
        (Passage("body", "a" * 501, 0), "Which?", "quotation"),
        (Passage("slug", "dunes", 0), "Which?", "field"),
        (PORT, " \r\n\x00", "text"),
        (PORT, "a" * 2001, "text"),
    ],
)
def test_what_is_no_note_is_refused_at_its_field(editor: User, passage: Passage, text: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        write_note(make_article(body=BODY), passage, text, by=editor, at=NOW)
    assert refused.value.field == field
    assert not PassageNote.objects.exists()


def test_a_passage_that_is_not_saved_yet_is_taken_with_its_place(editor: User) -> None:
    note = write_note(make_article(body=BODY), Passage("summary", "typed now", 10**12), "Sure?", by=editor, at=NOW)
    assert note.quotation == "typed now" and note.offset == 10_000_000


def test_sent_twice_is_one(editor: User) -> None:
    article, other = make_article(body=BODY), make_user("Legal")
    notes = [write_note(article, PORT, "Which?", by=editor, at=NOW) for _time in range(2)]
    assert notes[0] == notes[1] != write_note(article, PORT, "Which?", by=other, at=NOW)
    answers = [answer_note(notes[0], "This.", by=other, at=NOW) for _time in range(2)]
    assert answers[0] == answers[1] != answer_note(notes[0], "This.", by=editor, at=NOW)
    assert Event.objects.count() == 4


def test_there_is_an_end_to_them(editor: User) -> None:
    article, staff = make_article(body=BODY), staff_id(editor)
    said = {"made_by": staff, "made_at": NOW, "text": "Which?"}
    PassageNote.objects.bulk_create(
        PassageNote(article=article, field="body", quotation="the port", offset=number, **said)
        for number in range(MOST_OPEN)
    )
    with pytest.raises(Refused, match="close some"):
        write_note(article, PORT, "One more", by=editor, at=NOW)
    note = PassageNote.objects.earliest("pk")
    PassageNoteAnswer.objects.bulk_create(PassageNoteAnswer(note=note, **said) for _number in range(MOST_ANSWERS))
    with pytest.raises(Refused, match="answers already"):
        answer_note(note, "One more", by=editor, at=NOW)


def test_nothing_of_it_is_in_what_readers_see_or_the_record_keeps(editor: User) -> None:
    article = make_article(body=BODY)
    note = write_note(article, PORT, WORD, by=editor, at=NOW)
    answer_note(note, f"So {WORD}", by=editor, at=NOW)
    publish(article, by=editor, at=NOW)
    close_note(note, by=editor, at=NOW)
    publish(article, by=editor, at=NOW + HOUR, reason="update", note="More of it.")
    make_link(article, by=editor, at=NOW, newest=True)
    waiting, seen = ["/en/", "/sitemap.xml", "/en/feed.xml"], set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        page = build(path, NOW + 2 * HOUR).body.decode()
        assert WORD not in page, path
        waiting += [link for link in re.findall(r'href="(/en/[^"#?]*)"', page) if link not in seen]
    assert "/en/2026/03/10/dunes/" in seen
    assert set(places_of(WORD)) == {"articles_passagenote", "articles_passagenoteanswer"}
    assert verify() == [] and PreviewToken.objects.exists()


def test_copy_as_new_takes_none_along(editor: User) -> None:
    article = make_article(body=BODY)
    write_note(article, PORT, "Which?", by=editor, at=NOW)
    assert not copy_as_new(article, by=editor, at=NOW).passage_notes.exists()
    assert article.passage_notes.count() == 1


def test_the_bin_keeps_them_untouched(editor: User) -> None:
    article = make_article(body=BODY)
    note = write_note(article, PORT, "Which?", by=editor, at=NOW)
    put_in_bin(article, by=editor, at=NOW)
    for act in (
        lambda: answer_note(note, "This.", by=editor, at=NOW),
        lambda: close_note(note, by=editor, at=NOW),
        lambda: reopen_note(note, by=editor, at=NOW),
    ):
        with pytest.raises(Refused, match="in the bin"):
            act()
    take_from_bin(article, by=editor, at=NOW)
    answer_note(note, "This.", by=editor, at=NOW)


def test_an_erased_article_takes_none(editor: User) -> None:
    article, managing = make_article(body=BODY), make_user("Managing editor")
    note = write_note(article, PORT, "Which?", by=editor, at=NOW)
    publish(article, by=editor, at=NOW)
    withdraw(article, by=managing, at=NOW + HOUR, note="All of it.")
    erase(article, by=managing, at=NOW + HOUR, reason="Asked for.")
    assert not PassageNote.objects.exists()
    assert Event.objects.get(kind="passage note").detail == {"passage_note": note.pk}
    with pytest.raises(Refused, match="erased"):
        write_note(article, Passage("body", "the port", 0), "Which?", by=editor, at=NOW)


def test_whose_pseudonym_is_cut_stays_as_that(editor: User) -> None:
    note = write_note(make_article(body=BODY), PORT, "Which?", by=editor, at=NOW)
    erase_staff(editor, by=None, at=NOW)
    note.refresh_from_db()
    assert note.made_by.user is None and note.text == "Which?"
    assert not closable(make_user("Reporter"), note.article, [note])
    assert closable(make_user("Editor"), note.article, [note]) == {note.pk}
