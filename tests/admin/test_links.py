"""The preview links of an article on its page: listed with maker, end and last use; taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Event, PreviewToken, Site
from articles.publishing import make_link
from articles.publishing.roles import staff_id
from tests.admin.forms import CHANGE, act
from tests.builders import make_article, make_user


def page(client: Client, article: Article) -> str:
    return client.get(reverse(CHANGE, args=[article.pk])).content.decode()


def revoke(client: Client, link: PreviewToken, method: str = "post") -> int:
    address = reverse("admin:articles_article_revoke", args=[link.article_id, link.pk])
    return getattr(client, method)(address).status_code


def test_links_are_listed_with_maker_end_and_last_use(editor: Client) -> None:
    article, user = make_article(), make_user("Editor")
    assert "Preview links" not in page(editor, article)
    act(editor, article, "share", shown="newest")
    act(editor, article, "share", shown="saved")
    PreviewToken.objects.filter(version=None).update(last_used_at=timezone.now())
    shown = page(editor, article)
    assert shown.count("Take the link back") == 2
    assert "always the newest version" in shown and "version 1" in shown
    assert f"made by {user.username}" in shown
    assert "last used" in shown and "not used yet" in shown
    assert all(link.digest not in shown for link in PreviewToken.objects.all())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, "expired"),
        ({"ending": "withdrawn", "ended_at": timezone.now()}, "ended by withdrawal"),
        ({"made_by": None}, "ended with its maker"),
    ],
)
def test_link_that_no_longer_opens_says_why(editor: Client, change: dict[str, object], said: str) -> None:
    article = make_article()
    act(editor, article, "share", shown="saved")
    PreviewToken.objects.update(**change)
    shown = page(editor, article)
    assert said in shown and "Take the link back" not in shown


def test_link_is_taken_back(editor: Client) -> None:
    article = make_article()
    made = make_link(article, by=make_user("Editor"), at=timezone.now())
    assert Client().get(f"/preview/{made.token}/").status_code == 200
    assert revoke(editor, made.link, "get") == 405
    assert revoke(editor, made.link) == 302
    assert Client().get(f"/preview/{made.token}/").status_code == 404
    assert "revoked" in page(editor, article)
    assert Event.objects.filter(kind="preview ended", staff=staff_id(make_user("Editor"))).count() == 1


@pytest.mark.parametrize(("role", "status"), [("Reporter", 403), ("Legal", 403), ("Administrator", 403)])
def test_others_take_no_link_back(client_as: Callable[[str], Client], role: str, status: int) -> None:
    made = make_link(make_article(), by=make_user("Editor"), at=timezone.now())
    assert revoke(client_as(role), made.link) == status
    assert Client().get(f"/preview/{made.token}/").status_code == 200


def test_reporter_makes_no_link_for_what_is_not_theirs(client_as: Callable[[str], Client]) -> None:
    reporter, article = client_as("Reporter"), make_article()
    assert act(reporter, article, "share", shown="saved").status_code == 403
    own = make_article("own")
    own.created_by = staff_id(make_user("Reporter"))
    own.save()
    assert act(reporter, own, "share", shown="saved").status_code == 302
    assert [link.article for link in PreviewToken.objects.all()] == [own]


def test_link_of_another_article_is_not_found(editor: Client) -> None:
    made = make_link(make_article(), by=make_user("Editor"), at=timezone.now())
    address = reverse("admin:articles_article_revoke", args=[make_article("second").pk, made.link.pk])
    assert editor.post(address).status_code == 404


def test_closing_an_account_in_the_admin_ends_its_links(client_as: Callable[[str], Client]) -> None:
    user = make_user("Editor")
    made = make_link(make_article(), by=user, at=timezone.now())
    address = reverse("admin:auth_user_change", args=[user.pk])
    answer = client_as("Administrator").post(address, {"username": user.username, "is_staff": "on"})
    assert answer.status_code == 302
    made.link.refresh_from_db()
    assert made.link.ending == "maker"


def test_each_event_is_told_in_words(client_as: Callable[[str], Client]) -> None:
    managing, article = client_as("Managing editor"), make_article()
    act(managing, article, "share", shown="saved")
    act(managing, article, "publish")
    shown = managing.get(reverse("admin:articles_event_changelist")).content.decode()
    assert "made a preview link" in shown and "ended a preview link" in shown and "ended by publication" in shown


def test_dead_link_has_a_page_that_says_so(newsroom: Site) -> None:
    address = f"/preview/{'x' * 43}/"
    answer = Client().get(address)
    assert answer.status_code == 404 and "This link does not open" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]
