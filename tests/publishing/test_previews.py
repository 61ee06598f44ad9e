"""Preview links: who makes one, what it shows, and each of the things that end it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from articles.baking.tick import announce_and_beat
from articles.models import Article, Event, Name, Organization, PreviewToken
from articles.publishing import (
    MadeLink,
    Refused,
    cancel,
    make_link,
    publish,
    retract,
    revoke_link,
    schedule,
    submit,
    withdraw,
)
from articles.publishing.previews import open_link
from articles.publishing.record import erase, erase_staff
from articles.publishing.relabel import apply_version, work_batches
from articles.publishing.roles import staff_id
from articles.publishing.saving import keep_version
from articles.registers import compile_version
from tests.builders import make_article, make_newsroom, make_user

pytestmark = pytest.mark.django_db
AT = timezone.now() - timedelta(hours=3)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def newsroom(db: None) -> None:
    make_newsroom()


@pytest.fixture
def editor() -> User:
    return make_user("Managing editor")


def made(article: Article, by: User, *, newest: bool = False) -> MadeLink:
    return make_link(article, by=by, at=AT, newest=newest)


def opens(one: MadeLink, hours: float = 2) -> bool:
    """Say whether the link opens so many hours after it was made."""
    return open_link(one.token, AT + hours * HOUR) is not None


def reporters_article(state: str = "draft", by: str = "Reporter", slug: str = "dunes") -> Article:
    article = make_article(slug)
    article.state, article.created_by = state, staff_id(make_user(by))
    article.save()
    return article


def test_token_is_stored_nowhere(editor: User) -> None:
    one = made(make_article(), editor)
    row = PreviewToken.objects.values().get()
    assert len(one.token) == 43 and one.token not in str(row)
    assert one.token not in str(list(Event.objects.values()))
    assert open_link(row["digest"], AT) is None


@pytest.mark.parametrize(
    ("role", "article", "allowed"),
    [
        ("Reporter", lambda: reporters_article(), True),
        ("Reporter", lambda: reporters_article(by="Editor"), False),
        ("Reporter", lambda: make_article(), False),
        ("Reporter", lambda: reporters_article("in_review"), False),
        ("Reporter", lambda: reporters_article("approved"), False),
        ("Editor", lambda: reporters_article(), True),
        ("Managing editor", lambda: reporters_article("approved"), True),
        ("Legal", lambda: reporters_article(by="Legal"), False),
        ("Administrator", lambda: reporters_article(by="Administrator"), False),
    ],
)
def test_link_is_made_only_for_what_one_may_edit(role: str, article: Callable[[], Article], allowed: bool) -> None:
    given, user = article(), make_user(role)
    if allowed:
        assert opens(made(given, user))
        return
    with pytest.raises(PermissionDenied):
        made(given, user)
    assert not PreviewToken.objects.exists() and not Event.objects.filter(kind="preview made").exists()


def test_closed_account_makes_no_link() -> None:
    article, user = reporters_article(), make_user("Editor")
    user.is_active = False
    with pytest.raises(PermissionDenied):
        made(article, user)


def test_link_shows_the_version_it_was_made_for_or_the_newest(editor: User, client: Client) -> None:
    article = make_article(headline="The first words", summary="Old summary", authors=["Anna Tern"])
    keep_version(article, by=editor, at=AT)
    fixed, newest = made(article, editor), made(article, editor, newest=True)
    article.headline, article.summary = "The later words", "New summary"
    article.save()
    article.bylines.all().delete()
    keep_version(article, by=editor, at=AT + HOUR)
    first = client.get(f"/preview/{fixed.token}/").content.decode()
    later = client.get(f"/preview/{newest.token}/").content.decode()
    assert "The first words" in first and "Old summary" in first and "Anna Tern" in first
    assert "later words" not in first and "New summary" not in first
    assert "It shows version 2" in first
    assert "The later words" in later and "Anna Tern" not in later
    assert "always shows the newest" in later


def test_link_shows_what_publishing_that_version_would_print(editor: User, client: Client) -> None:
    article = make_article(body="<p>The Grey Dune League met.</p>")
    one = made(article, editor)
    article.body = "<p>Nobody met.</p>"
    article.save()
    page = client.get(f"/preview/{one.token}/").content.decode()
    assert "The organization is listed as terrorist." in page and "Nobody met" not in page


def published(article: Article, editor: User) -> None:
    publish(article, by=editor, at=AT + HOUR)


def withdrawn(article: Article, editor: User) -> None:
    withdraw(article, by=editor, at=AT + HOUR, note="Gone.")


def erased(article: Article, editor: User) -> None:
    withdrawn(article, editor)
    erase(article, by=editor, at=AT + HOUR, reason="A court.")


def retracted(article: Article, editor: User) -> None:
    retract(article, by=editor, at=AT + HOUR, note="It was made up.")


def scheduled(article: Article, editor: User) -> None:
    schedule(article, by=editor, at=AT + HOUR / 2, live_at=AT + HOUR)


def closed(article: Article, editor: User) -> None:
    """As an administrator does in the admin."""
    editor.is_active = False
    editor.save()


def closed_by_hand(article: Article, editor: User) -> None:
    """As somebody does at the database."""
    User.objects.filter(pk=editor.pk).update(is_active=False)


def maker_erased(article: Article, editor: User) -> None:
    erase_staff(editor, by=None, at=AT + HOUR)


def user_deleted(article: Article, editor: User) -> None:
    editor.delete()


def revoked(article: Article, editor: User) -> None:
    revoke_link(PreviewToken.objects.get(), by=editor, at=AT + HOUR)


ENDS = {
    "published": published,
    "withdrawn": withdrawn,
    "erased": erased,
    "retracted": retracted,
    "scheduled": scheduled,
    "closed": closed,
    "closed by hand": closed_by_hand,
    "maker erased": maker_erased,
    "user deleted": user_deleted,
    "revoked": revoked,
}
LIVE = {"withdrawn", "erased", "retracted"}  # acts on what readers see


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("name", ENDS)
def test_link_is_ended_by(name: str, newest: bool, editor: User, client: Client) -> None:
    article = make_article()
    if name in LIVE:
        publish(article, by=editor, at=AT - HOUR)
    one = made(article, editor, newest=newest)
    assert opens(one, 0.4)
    assert client.get(f"/preview/{one.token}/").status_code == 200
    ENDS[name](Article.objects.get(), editor)
    assert not opens(one)
    answer = client.get(f"/preview/{one.token}/")
    assert answer.status_code == 404 and article.headline not in answer.content.decode()


def test_schedule_ends_links_when_it_begins_and_no_earlier(editor: User) -> None:
    article = make_article()
    one = made(article, editor)
    scheduled(article, editor)
    assert opens(one, 0.9) and not opens(one, 1.0)
    cancel(article, by=editor, at=AT + HOUR / 1.5)
    assert opens(one)


def relabelled(editor: User, at: datetime) -> None:
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Officers", language="en", strength="strong", position=9)
    apply_version(compile_version(at), by=editor, at=at, reason="The keeper's list of today.")
    while work_batches(lambda: at):
        pass


def test_relabel_ends_no_link(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=AT - HOUR)
    one = made(article, editor)
    relabelled(editor, AT + HOUR)
    assert [release.edition.reason for release in article.releases.order_by("live_at")] == ["first", "relabel"]
    assert opens(one)


def test_link_of_another_article_goes_on(editor: User) -> None:
    one = made(make_article("first"), editor)
    published(make_article("second"), editor)
    assert opens(one)


def test_link_made_after_publication_opens_until_the_next(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=AT - HOUR)
    one = made(article, editor)
    assert opens(one)
    published(Article.objects.get(), editor)
    assert not opens(one)


def test_expired_link_does_not_open(editor: User) -> None:
    one = made(make_article(), editor)
    assert opens(one, 7 * 24 - 0.1) and not opens(one, 7 * 24)


def test_withdrawn_or_erased_article_gets_no_link_from_those_who_may_not_bring_it_back(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=AT - 2 * HOUR)
    withdraw(article, by=editor, at=AT - HOUR, note="Gone.")
    with pytest.raises(PermissionDenied):
        made(article, make_user("Editor"))
    assert opens(made(article, editor))
    erase(article, by=editor, at=AT, reason="A court.")
    with pytest.raises(Refused):
        made(article, editor)


def test_link_is_revoked_by_its_maker_and_those_who_may_edit(editor: User) -> None:
    reporter, other = make_user("Reporter"), make_user("Legal")
    article = reporters_article()
    one, two = made(article, reporter), made(article, editor)
    with pytest.raises(PermissionDenied):
        revoke_link(one.link, by=other, at=AT)
    submit(article, by=reporter, at=AT)
    with pytest.raises(PermissionDenied):
        revoke_link(two.link, by=reporter, at=AT)
    revoke_link(one.link, by=reporter, at=AT)
    assert not opens(one) and opens(two)
    revoke_link(two.link, by=make_user("Editor"), at=AT)
    assert not opens(two)


def test_each_is_written_down_once(editor: User, client: Client) -> None:
    article = make_article()
    one, two = made(article, editor), made(article, editor)
    for _ in range(3):
        client.get(f"/preview/{one.token}/")
    client.head(f"/preview/{two.token}/")
    revoke_link(one.link, by=editor, at=AT + HOUR)
    revoke_link(one.link, by=editor, at=AT + HOUR)
    published(article, editor)
    log = Event.objects.filter(kind__startswith="preview").order_by("pk")
    assert [(event.kind, event.detail["link"], event.detail.get("ending")) for event in log] == [
        ("preview made", one.link.pk, None),
        ("preview made", two.link.pk, None),
        ("preview used", one.link.pk, None),
        ("preview ended", one.link.pk, "revoked"),
        ("preview ended", two.link.pk, "published"),
    ]
    assert [event.staff_id is None for event in log] == [False, False, True, False, False]


def test_use_is_noted_to_the_minute_and_costs_a_reader_no_more(
    editor: User, client: Client, django_assert_max_num_queries: Callable
) -> None:
    one = made(make_article(), editor)
    client.get(f"/preview/{one.token}/")
    first = PreviewToken.objects.get().last_used_at
    with django_assert_max_num_queries(20) as asked:
        client.get(f"/preview/{one.token}/")
    assert not [query["sql"] for query in asked.captured_queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert first is not None and PreviewToken.objects.get().last_used_at == first
    PreviewToken.objects.update(last_used_at=first - timedelta(minutes=2))
    client.get(f"/preview/{one.token}/")
    assert PreviewToken.objects.get().last_used_at >= first


def test_two_links_never_share_a_token(editor: User) -> None:
    one = made(make_article(), editor)
    two = made(make_article("second"), editor)
    with pytest.raises(IntegrityError):
        PreviewToken.objects.filter(pk=two.link.pk).update(digest=one.link.digest)


def test_erasing_a_pseudonym_by_command_ends_its_links(editor: User) -> None:
    one = made(make_article(), editor)
    call_command("erase_staff", editor.username)
    assert not opens(one)


def test_publication_of_a_schedule_that_was_relabelled_ends_the_link(editor: User) -> None:
    """The edition that begins was issued for the registers' sake; what it publishes is new to readers all the same."""
    article = make_article()
    one = made(article, editor)
    scheduled(article, editor)
    relabelled(editor, AT + HOUR * 0.7)
    assert opens(one, 0.9) and not opens(one, 1.0)


def test_account_that_is_closed_and_opened_by_hand_opens_no_old_link(editor: User) -> None:
    article = make_article()
    one = made(article, editor)
    closed_by_hand(article, editor)
    announce_and_beat(AT + HOUR)
    User.objects.filter(pk=editor.pk).update(is_active=True)
    assert not opens(one)
    assert Event.objects.get(kind="preview ended").detail["ending"] == "maker"
