"""The bin of drafts: who may put what there, what happens to it there, what is left when it is emptied."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied

from articles import publishing
from articles.baking.jobs import close_periods
from articles.models import (
    Article,
    ArticleVersion,
    Event,
    MentionDecision,
    Outbox,
    PassageNote,
    PassageNoteAnswer,
    PreviewToken,
    Site,
    Slot,
    UnclearMention,
)
from articles.publishing import (
    Refused,
    answer_mention,
    answer_note,
    cancel,
    empty_bin,
    keep_version,
    make_link,
    open_questions,
    publish,
    put_in_bin,
    schedule,
    slots,
    status,
    take_from_bin,
    write_note,
)
from articles.publishing.passage_notes import Passage
from articles.publishing.previews import open_link
from articles.publishing.roles import may_edit, staff_id
from tests.builders import NOW, make_article, make_user

DAY = timedelta(days=1)
UNCLEAR = "<p>Lawyers of Harbour issued a statement.</p>"
SECRET = "Pelican at noon"


def draft(slug: str = "dunes", **fields: Any) -> Article:
    return make_article(slug, **{"headline": SECRET, "summary": "", "body": UNCLEAR} | fields)


def again(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_in_and_out_again_as_it_was(editor: User) -> None:
    article = draft()
    keep_version(article, by=editor, at=NOW)
    before = {name: value for name, value in vars(again(article)).items() if name != "_state"}
    put_in_bin(article, by=editor, at=NOW)
    assert (status(again(article), NOW), may_edit(editor, again(article))) == ("bin", False)
    assert not UnclearMention.objects.exists()
    take_from_bin(article, by=editor, at=NOW + DAY)
    assert {name: value for name, value in vars(again(article)).items() if name != "_state"} == before
    assert (status(again(article), NOW), may_edit(editor, again(article))) == ("draft", True)
    assert UnclearMention.objects.get().surface == "Harbour"
    assert list(Event.objects.filter(kind__endswith="binned").order_by("pk").values_list("kind", flat=True)) == [
        "binned",
        "unbinned",
    ]


def test_only_who_may_edit_it(editor: User) -> None:
    article, reporter = draft(), make_user("Reporter")
    for act in (put_in_bin, take_from_bin):
        for user in (reporter, make_user("Legal"), make_user("Administrator")):
            with pytest.raises(PermissionDenied):
                act(article, by=user, at=NOW)
    Article.objects.filter(pk=article.pk).update(created_by=staff_id(reporter))
    put_in_bin(article, by=reporter, at=NOW)
    take_from_bin(article, by=reporter, at=NOW)


def published(article: Article, editor: User) -> None:
    publish(article, by=editor, at=NOW)


def called_off(article: Article, editor: User) -> None:
    schedule(article, by=editor, at=NOW, live_at=NOW + DAY)
    cancel(article, by=editor, at=NOW)


def translated(article: Article, editor: User) -> None:
    make_article("dunes-ru", language="ru", origin_article=article)


def binned(article: Article, editor: User) -> None:
    put_in_bin(article, by=editor, at=NOW)


@pytest.mark.parametrize("holds", [published, called_off, translated, binned])
def test_what_something_else_holds_stays_out(editor: User, holds: Callable[[Article, User], None]) -> None:
    article = draft(body="<p>Nothing happened.</p>")
    holds(article, editor)
    with pytest.raises(Refused):
        put_in_bin(article, by=editor, at=NOW)


ACTS: dict[str, dict[str, Any]] = {
    "submit": {},
    "approve": {},
    "return_to_draft": {},
    "publish": {},
    "schedule": {"live_at": NOW + DAY},
    "ask_override": {"note": "", "live_at": NOW, "link": "/"},
    "override_gate": {"reason": "why", "live_at": NOW},
    "make_link": {},
    "copy_as_new": {},
    "restore": {"number": 1, "seen": 1},
    "write_note": {"passage": Passage("headline", SECRET), "text": "Is it?"},
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_done_with_it_there(editor: User, act: str) -> None:
    managing, article = make_user("Managing editor"), draft()
    put_in_bin(article, by=managing, at=NOW)
    with pytest.raises((Refused, PermissionDenied)) as refused:
        getattr(publishing, act)(article, by=managing, at=NOW, **ACTS[act])
    assert isinstance(refused.value, PermissionDenied) or "in the bin" in str(refused.value)
    assert status(again(article), NOW) == "bin"


def test_no_mention_of_it_is_answered_there(editor: User) -> None:
    article = draft()
    key = open_questions(article, NOW)[0].key
    decision = answer_mention(article, key, "not", by=editor, at=NOW)
    put_in_bin(article, by=editor, at=NOW)
    with pytest.raises(Refused, match="in the bin"):
        answer_mention(article, key, "mark", by=editor, at=NOW)
    with pytest.raises(Refused, match="in the bin"):
        publishing.take_back_answer(decision, by=editor, at=NOW)


def test_its_preview_links_end(editor: User) -> None:
    article = draft()
    made = make_link(article, by=editor, at=NOW, newest=True)
    assert open_link(made.token, NOW + DAY)
    put_in_bin(article, by=editor, at=NOW + DAY)
    take_from_bin(article, by=editor, at=NOW + DAY)
    assert open_link(made.token, NOW + 2 * DAY) is None


def full(editor: User) -> Article:
    """Return a draft of which there is something in every table."""
    article = draft()
    keep_version(article, by=editor, at=NOW)
    answer_mention(article, open_questions(article, NOW)[0].key, "not", by=editor, at=NOW)
    make_link(article, by=editor, at=NOW)
    note = write_note(article, Passage("headline", SECRET), SECRET, by=editor, at=NOW)
    answer_note(note, SECRET, by=editor, at=NOW)
    slots.keep_typed(slots.Typed("one", 1, article, 1, {"headline": SECRET}), by=editor, at=NOW)
    Outbox.objects.create(to="x@outlet.invalid", subject=f"About {SECRET}", body=SECRET, made_at=NOW)
    kind = ContentType.objects.get_for_model(Article)
    LogEntry.objects.create(
        user=editor, content_type=kind, object_id=str(article.pk), object_repr=SECRET, action_flag=ADDITION
    )
    return article


def test_emptied_after_its_days_and_nothing_is_left(editor: User) -> None:
    article, kept = full(editor), draft("kept", headline="Gulls")
    pk = article.pk
    put_in_bin(article, by=editor, at=NOW)
    assert empty_bin(NOW + 30 * DAY - timedelta(seconds=1)) == 0
    assert empty_bin(NOW + 30 * DAY) == 1
    assert [one.pk for one in Article.objects.all()] == [kept.pk]
    for model in (ArticleVersion, MentionDecision, PassageNote, PassageNoteAnswer, PreviewToken, Slot):
        assert not model.objects.exists(), model
    assert list(Event.objects.values_list("kind", "article", "detail")) == [("bin emptied", None, {"number": pk})]
    mail, entry = Outbox.objects.get(), LogEntry.objects.get()
    assert SECRET not in mail.subject + mail.body + entry.object_repr + entry.change_message


def test_an_earlier_headline_goes_too(editor: User) -> None:
    article = full(editor)
    article.headline = "Another one"
    article.save()
    keep_version(article, by=editor, at=NOW)
    put_in_bin(article, by=editor, at=NOW)
    empty_bin(NOW + 31 * DAY)
    assert SECRET not in Outbox.objects.get().subject


def test_the_settings_say_after_how_many_days(editor: User) -> None:
    Site.objects.update(bin_days=2)
    put_in_bin(draft(), by=editor, at=NOW)
    assert (empty_bin(NOW + DAY), empty_bin(NOW + 2 * DAY)) == (0, 1)


def test_what_was_taken_out_is_not_erased(editor: User) -> None:
    article = draft()
    put_in_bin(article, by=editor, at=NOW)
    take_from_bin(article, by=editor, at=NOW + DAY)
    assert empty_bin(NOW + 60 * DAY) == 0 and again(article)


def test_a_translation_goes_with_its_original(editor: User) -> None:
    article = draft()
    other = make_article("dunes-ru", language="ru", origin_article=article)
    put_in_bin(other, by=editor, at=NOW)
    with pytest.raises(Refused):
        put_in_bin(article, by=editor, at=NOW)
    Article.objects.filter(pk=article.pk).update(binned_at=NOW)
    assert empty_bin(NOW + 31 * DAY) == 2


def test_one_that_cannot_go_holds_up_no_other(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, other = draft("stuck"), draft("other")
    for one in (stuck, other):
        put_in_bin(one, by=editor, at=NOW)
    delete = Article.delete

    def refusing(article: Article) -> Any:
        if article.pk == stuck.pk:
            raise RuntimeError
        return delete(article)

    monkeypatch.setattr(Article, "delete", refusing)
    assert empty_bin(NOW + 31 * DAY) == 1
    assert list(Article.objects.all()) == [stuck]


def test_the_daily_job_empties_it(editor: User) -> None:
    put_in_bin(draft(), by=editor, at=NOW)
    close_periods(NOW + 31 * DAY)
    assert not Article.objects.exists()
