"""The review queue: which questions stand in it, in which order, and what an answer does to what readers see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editions import reading_form
from articles.footnotes.annotate import article_key
from articles.models import Article, Edition, Event, Name, Organization, Outbox, Page, Release, UnclearMention
from articles.publishing import (
    Refused,
    answer_mention,
    cancel,
    keep_version,
    live_release,
    override_gate,
    publish,
    queue,
    schedule,
    take_back_answer,
    withdraw,
)
from articles.publishing.record import verify
from articles.publishing.relabel import apply_version, relabel_all, work_batches
from articles.publishing.roles import staff_id
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
LATER = NOW + HOUR
TEXT = "<p>It rained. Lawyers of <b>Harbour</b> spoke. Then it was dry.</p><p>Nobody saw the Harbour again.</p>"


@pytest.fixture
def legal(editor: User) -> User:
    return make_user("Legal")


def story(slug: str = "rain", **fields: Any) -> Article:
    return make_article(slug, **{"headline": "Quiet day", "summary": "", "body": TEXT} | fields)


def saved(by: User, slug: str = "rain", **fields: Any) -> Article:
    article = story(slug, **fields)
    keep_version(article, by=by, at=NOW)
    return article


def let_out(article: Article, editor: User, live_at: Any = NOW) -> Release:
    """Release the article with its questions open, by a second person's word."""
    managing = make_user("Managing editor")
    override_gate(article, by=managing, at=NOW, reason="The town is meant.", live_at=live_at)
    if live_at > NOW:
        return schedule(article, by=editor, at=NOW, live_at=live_at)
    return publish(article, by=editor, at=NOW)


def waiting() -> list[tuple[str, str, bool]]:
    rows = UnclearMention.objects.select_related("article")
    return [(row.article.slug, row.surface, row.is_released) for row in rows]


def first(article: Article) -> UnclearMention:
    row = article.unclear_mentions.order_by("pk").first()
    assert row is not None
    return row


def surfaces(article: Article, at: Any = LATER) -> list[str]:
    release = live_release(article, at)
    assert release is not None
    return list(release.edition.mentions.order_by("pk").values_list("surface", flat=True))


def ask_about(text: str) -> None:
    """Add a name to the registers that nobody marks without a person."""
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text=text, language="en", strength="ask", position=9)


def change_registers(legal: User, at: Any = LATER) -> None:
    apply_version(compile_version(at), by=legal, at=at)
    while work_batches(lambda: at):
        pass


def test_saved_article_asks_with_its_sentences(editor: User) -> None:
    article = saved(editor)
    rows = list(article.unclear_mentions.order_by("pk"))
    assert [(row.before, row.surface, row.after) for row in rows] == [
        ("Lawyers of ", "Harbour", " spoke."),
        ("Nobody saw the ", "Harbour", " again."),
    ]
    assert (rows[0].organization.key, rows[0].registers, rows[0].field) == ("harbour", "test-agents", "body")
    assert rows[0].rule == "ask_person"
    assert not rows[0].is_released


def test_changed_text_asks_anew_and_keeps_when_the_rest_was_found(editor: User) -> None:
    article = saved(editor)
    article.body = TEXT.replace("Nobody saw the Harbour again.", "All was well.")
    article.save()
    keep_version(article, by=editor, at=LATER)
    assert [(row.after, row.found_at) for row in article.unclear_mentions.all()] == [(" spoke.", NOW)]


def test_public_articles_come_before_drafts_and_the_newest_first(editor: User) -> None:
    one = "<p>Lawyers of Harbour spoke.</p>"
    for slug in ("live", "planned"):
        let_out(story(slug, body=one), editor, LATER if slug == "planned" else NOW)
    saved(editor, "draft", body=one)
    UnclearMention.objects.filter(article__slug="live").update(found_at=NOW - HOUR)
    assert waiting() == [("planned", "Harbour", True), ("live", "Harbour", True), ("draft", "Harbour", False)]


def test_cancelled_or_withdrawn_article_counts_as_a_draft_again(editor: User, legal: User) -> None:
    planned, live = story("planned"), story("live")
    let_out(planned, editor, LATER)
    let_out(live, editor)
    cancel(planned, by=editor, at=NOW)
    withdraw(live, by=legal, at=LATER, note="Court order.")
    assert {row[2] for row in waiting()} == {False}


def test_answer_marks_what_readers_see_at_once(editor: User) -> None:
    article = story()
    let_out(article, editor)
    Page.objects.all().update(dirty_since=None)
    row = first(article)
    answer_mention(article, row.key, "mark", by=editor, at=LATER, reason="The fund's lawyers.")
    release = live_release(article, LATER)
    assert release is not None
    assert surfaces(article) == ["Harbour"]
    assert "Harbour</b><sup" in reading_form(release)
    assert (release.edition.reason, release.published_at, release.edition.modified_at) == ("relabel", NOW, None)
    assert "/en/2026/03/10/rain/" in set(Page.objects.dirty(LATER).values_list("path", flat=True))
    assert "/en/" not in set(Page.objects.dirty(LATER).values_list("path", flat=True))
    assert [row[1] for row in waiting()] == ["Harbour"]
    assert verify() == []


def test_not_this_organization_issues_nothing_and_closes_the_question(editor: User) -> None:
    article = story()
    let_out(article, editor)
    decision = answer_mention(article, first(article).key, "not", by=editor, at=LATER, reason="The town's port.")
    assert (decision.made_by, decision.reason) == (staff_id(editor), "The town's port.")
    assert Edition.objects.count() == 1
    assert len(waiting()) == 1
    event = Event.objects.filter(kind="answer").latest("pk")
    assert (event.staff, event.detail["answer"], event.detail["always"]) == (staff_id(editor), "not", False)


def test_always_so_answers_all_of_the_article_and_what_is_written_later(editor: User) -> None:
    article, other = story(), saved(editor, "other")
    let_out(article, editor)
    decision = answer_mention(article, first(article).key, "mark", by=editor, at=LATER, always=True)
    assert decision.key == article_key("harbour")
    assert surfaces(article) == ["Harbour", "Harbour"]
    assert {row[0] for row in waiting()} == {other.slug}
    article.body += "<p>Once more, Harbour paid.</p>"
    article.save()
    publish(article, by=editor, at=LATER)
    assert surfaces(article) == ["Harbour"] * 3


def test_always_replaces_an_answer_for_the_one_mention(editor: User) -> None:
    article = saved(editor)
    key = first(article).key
    answer_mention(article, key, "not", by=editor, at=NOW)
    answer_mention(article, key, "mark", by=editor, at=NOW, always=True)
    publish(article, by=editor, at=LATER)
    assert surfaces(article) == ["Harbour", "Harbour"]


def test_answer_reaches_the_scheduled_edition_too(editor: User) -> None:
    article = story()
    let_out(article, editor)
    article.headline = "Quiet day, told again"
    article.save()
    let_out(article, editor, LATER)
    answer_mention(article, first(article).key, "mark", by=editor, at=NOW, always=True)
    assert surfaces(article, NOW) == surfaces(article, LATER) == ["Harbour", "Harbour"]
    assert live_release(article, LATER).edition.headline == "Quiet day, told again"  # type: ignore[union-attr]
    assert verify() == []


def test_answer_for_what_only_readers_still_see(editor: User) -> None:
    article = story()
    let_out(article, editor)
    article.body = "<p>All was well.</p>"
    article.save()
    keep_version(article, by=editor, at=NOW)
    assert {row[2] for row in waiting()} == {True}
    answer_mention(article, first(article).key, "mark", by=editor, at=LATER)
    assert surfaces(article) == ["Harbour"]


def test_answer_can_be_taken_back(editor: User) -> None:
    article = story()
    let_out(article, editor)
    decision = answer_mention(article, first(article).key, "mark", by=editor, at=LATER)
    take_back_answer(decision, by=editor, at=LATER + HOUR)
    assert surfaces(article, LATER + HOUR) == []
    assert len(waiting()) == 2
    assert Event.objects.filter(kind="answer taken back").exists()
    assert verify() == []


def test_answer_for_a_mention_that_is_gone_is_refused(editor: User) -> None:
    article = saved(editor)
    key = first(article).key
    article.body = "<p>All was well.</p>"
    article.save()
    with pytest.raises(Refused):
        answer_mention(article, key, "mark", by=editor, at=NOW)
    with pytest.raises(Refused):
        answer_mention(article, key, "perhaps", by=editor, at=NOW)
    assert not article.decisions.exists()


@pytest.mark.parametrize("role", ["Reporter", "Administrator"])
def test_only_those_who_may_answer_do(editor: User, role: str) -> None:
    article = saved(editor)
    with pytest.raises(PermissionDenied):
        answer_mention(article, first(article).key, "mark", by=make_user(role), at=NOW)
    decision = answer_mention(article, first(article).key, "mark", by=editor, at=NOW)
    with pytest.raises(PermissionDenied):
        take_back_answer(decision, by=make_user(role), at=NOW)


@pytest.mark.parametrize("role", ["Editor", "Legal", "Managing editor"])
def test_editors_and_lawyers_answer(editor: User, role: str) -> None:
    article = saved(editor)
    answer_mention(article, first(article).key, "not", by=make_user(role), at=NOW)
    assert len(waiting()) == 1


def test_register_change_asks_about_live_articles_and_mails_the_legal_desk(editor: User, legal: User) -> None:
    User.objects.filter(pk=legal.pk).update(email="legal@outlet.invalid")
    article = story(body="<p>It rained. The Pelican case of the GDL began.</p>")
    publish(article, by=editor, at=NOW)
    draft = saved(editor, "draft", body="<p>A Pelican landed.</p>")
    assert waiting() == []
    ask_about("Pelican")
    change_registers(legal)
    assert waiting() == [(article.slug, "Pelican", True), (draft.slug, "Pelican", False)]
    mail = Outbox.objects.get()
    assert mail.to == "legal@outlet.invalid"
    assert "1 mention needs an answer" in mail.subject
    assert "Quiet day: The Pelican case of the GDL began." in mail.body
    assert "/admin/articles/unclearmention/" in mail.body
    relabel_all(by=legal, at=LATER + HOUR)
    while work_batches(lambda: LATER + HOUR):
        pass
    assert (Outbox.objects.count(), len(waiting())) == (1, 2), "a question is told once"


def test_register_change_that_no_public_article_concerns_asks_about_drafts(editor: User, legal: User) -> None:
    saved(editor, "draft", body="<p>A Pelican landed.</p>")
    ask_about("Pelican")
    change_registers(legal)
    assert waiting() == [("draft", "Pelican", False)]
    assert not Outbox.objects.exists()


def test_question_that_a_register_change_settles_leaves_the_queue(editor: User, legal: User) -> None:
    article = story()
    let_out(article, editor)
    assert len(waiting()) == 2
    Name.objects.filter(text="Harbour").update(strength="strong")
    change_registers(legal)
    assert waiting() == []
    assert surfaces(article) == ["Harbour", "Harbour"]


def test_scheduled_release_goes_out_with_its_clear_marks(editor: User, legal: User) -> None:
    article = story(body="<p>The Pelican case of the GDL began.</p>")
    schedule(article, by=editor, at=NOW, live_at=NOW + 3 * HOUR)
    ask_about("Pelican")
    Name.objects.create(
        organization=Organization.objects.get(key="northern-lamp"), text="case of the", language="en", strength="strong"
    )
    change_registers(legal)
    assert surfaces(article, NOW + 3 * HOUR) == ["case of the", "GDL"]
    assert waiting() == [("rain", "Pelican", True)]


def test_site_may_hold_a_scheduled_release_with_a_new_question(
    editor: User, legal: User, hold: Callable[[], None]
) -> None:
    hold()
    User.objects.filter(pk__in=(legal.pk, editor.pk)).update(email="desk@outlet.invalid")
    article = story(body="<p>The GDL met.</p>")
    live = publish(article, by=editor, at=NOW)
    article.body = "<p>The Pelican case of the GDL began.</p>"
    article.save()
    schedule(article, by=editor, at=NOW, live_at=NOW + 3 * HOUR)
    ask_about("Pelican")
    change_registers(legal)
    assert live_release(article, NOW + 4 * HOUR) == live
    assert article.events.filter(kind="held").get().detail["mentions"] == ["Pelican"]
    assert waiting() == [("rain", "Pelican", False)]
    mail = Outbox.objects.get()
    assert mail.subject.startswith("Schedule cancelled: Quiet day / ")
    assert "2026-03-10 18:00" in mail.body, "the newsroom's zone"
    with pytest.raises(Refused):
        schedule(article, by=editor, at=LATER, live_at=NOW + 3 * HOUR)
    assert verify() == []


def test_site_that_holds_leaves_what_was_overridden_at_the_gate(
    editor: User, legal: User, hold: Callable[[], None]
) -> None:
    hold()
    article = story()
    let_out(article, editor, NOW + 3 * HOUR)
    Name.objects.create(
        organization=Organization.objects.get(key="northern-lamp"), text="Lawyers", language="en", strength="strong"
    )
    change_registers(legal)
    assert surfaces(article, NOW + 3 * HOUR) == ["Lawyers"]


def test_relabel_asks_the_queue_once_for_a_range(editor: User, legal: User) -> None:
    articles = [make_article(f"story-{number}") for number in range(5)]
    for article in articles:
        publish(article, by=editor, at=NOW)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        relabel_all(by=legal, at=LATER)
        work_batches(lambda: LATER)
    asked = [query["sql"] for query in seen.captured_queries if "unclearmention" in query["sql"]]
    assert len([sql for sql in asked if sql.startswith("SELECT")]) <= 2, asked


def test_newsroom_without_registers_saves_all_the_same(editor: User) -> None:
    from articles.models import RegisterVersion

    RegisterVersion.objects.all().delete()
    article = story("early")
    keep_version(article, by=editor, at=NOW)
    queue.refresh(article, NOW)
    assert waiting() == []


@pytest.fixture
def hold(editor: User) -> Callable[[], None]:
    """Return what makes the site hold scheduled articles."""
    from articles.models import Site

    return lambda: Site.objects.update(hold_on_unclear=True) and None
