"""The acts of publishing, from the button to what readers see; each role, each refusal."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Correction, Designation, Outbox, PreviewToken, Release
from articles.publishing import status
from articles.publishing.roles import staff_id
from articles.registers import refresh_version
from tests.admin.forms import CHANGE, act, change_article, errors
from tests.builders import make_article, make_user

ALL = set(
    "submit approve return publish correct schedule request override cancel share copy bin unbin ask_erase erase "
    "retract withdraw".split()
)
MAY = {
    "Reporter": {"submit", "share", "copy", "bin", "unbin", "ask_erase", "erase"},
    "Editor": ALL - {"withdraw", "override"},
    "Legal": {"withdraw"},
    "Managing editor": ALL,
    "Administrator": set(),
}
DRAFT = {"submit", "approve", "publish", "schedule", "share", "copy", "bin"}


def own_article(role: str, **fields: str) -> Article:
    article = make_article(**fields)
    article.created_by = staff_id(make_user(role))
    article.save()
    return article


def now(article: Article) -> str:
    return status(Article.objects.get(pk=article.pk), timezone.now())


@pytest.mark.parametrize("role", MAY)
def test_buttons_are_those_of_the_role(client_as: Callable[[str], Client], role: str) -> None:
    article = own_article(role)
    response = client_as(role).get(reverse(CHANGE, args=[article.pk]))
    assert {one.name for one in response.context["acts"]} == DRAFT & MAY[role]


@pytest.mark.parametrize("role", MAY)
def test_use_cases_refuse_what_the_role_may_not(client_as: Callable[[str], Client], role: str) -> None:
    for name in sorted(ALL - MAY[role]):
        article = own_article(role, slug=f"dunes-{name}")
        moment = timezone.localtime(timezone.now() + timedelta(days=2))
        answers = {"note": "why", "live_at_0": f"{moment:%Y-%m-%d}", "live_at_1": f"{moment:%H:%M}"}
        assert act(client_as(role), article, name, **answers).status_code == 403, name
    assert not Release.objects.exists()


@pytest.mark.parametrize("role", MAY)
def test_questions_are_asked_of_those_who_may_answer(client_as: Callable[[str], Client], role: str) -> None:
    article, client = own_article(role), client_as(role)
    asked = {
        name: client.get(reverse("admin:articles_article_act", args=[article.pk, name])).status_code for name in ALL
    }
    assert asked == {name: 200 if name in MAY[role] else 403 for name in ALL}


def test_reporter_changes_and_submits_only_drafts_of_their_own(client_as: Callable[[str], Client]) -> None:
    reporter, foreign, own = client_as("Reporter"), make_article("foreign"), own_article("Reporter")
    assert reporter.post(reverse(CHANGE, args=[foreign.pk]), {"headline": "x"}).status_code == 403
    assert act(reporter, foreign, "submit").status_code == 403
    change_article(reporter, own, headline="Better", _act="submit")
    own.refresh_from_db()
    assert (own.headline, own.state) == ("Better", "in_review")
    assert reporter.post(reverse(CHANGE, args=[own.pk]), {"headline": "x"}).status_code == 403


def test_button_saves_first_and_asks_before_readers_see_it(editor: Client) -> None:
    article = make_article()
    asked = change_article(editor, article, headline="GDL denies it", _act="publish")
    assert asked.url == reverse("admin:articles_article_act", args=[article.pk, "publish"])
    assert not Release.objects.exists()
    assert "4 mentions will be marked" in editor.get(asked.url).content.decode()
    assert act(editor, article, "publish").status_code == 302
    assert Release.objects.get().edition.headline == "GDL denies it"
    assert now(article) == "live"


def test_gate_shows_what_is_open_and_offers_to_ask(client_as: Callable[[str], Client], editor: Client) -> None:
    article = make_article(body="<p>The Harbour spoke.</p>")
    response = act(editor, article, "publish")
    assert "Harbour" in response.context["form"].non_field_errors()[0]
    page = response.content.decode()
    assert "unclear mention without an answer" in page
    assert "/act/request/?for_at=" in page
    assert "/act/override/" not in page, "an editor does not override"
    assert "/act/override/?for_at=" in act(client_as("Managing editor"), article, "publish").content.decode()
    assert not Release.objects.exists()


def test_editor_asks_and_a_managing_editor_overrides(client_as: Callable[[str], Client], editor: Client) -> None:
    managing = client_as("Managing editor")
    User.objects.filter(username="managing-editor").update(email="managing@outlet.invalid")
    article = make_article(body="<p>The Harbour spoke.</p>")
    assert act(editor, article, "request", note="It is the town.").status_code == 302
    link = re.search(r"http\S+(/admin/\S+)", Outbox.objects.get().body)
    assert link is not None
    assert "Harbour" in managing.get(link[1]).content.decode()
    assert "reason" in act(managing, article, "override", reason=" ").context["form"].errors
    assert act(managing, article, "override", reason="The town is meant.").status_code == 302
    assert "gate" not in act(managing, article, "publish").context["form"].errors
    assert not Release.objects.exists(), "not by the same person"
    own = managing.get(reverse(CHANGE, args=[article.pk])).content.decode()
    assert "You have let it through: somebody else must publish it." in own
    assert 'value="override"' not in own and 'value="request"' not in own
    asked = editor.get(reverse("admin:articles_article_act", args=[article.pk, "publish"])).content.decode()
    assert "The town is meant." in asked
    assert 'class="card gate closed"' in own and 'class="card gate"' in asked
    assert act(editor, article, "publish").status_code == 302
    assert Release.objects.exists()


def test_gate_names_what_is_open_once_however_often_it_stands_there(editor: Client) -> None:
    article = make_article(headline="The port", body="<p>The Harbour spoke.</p>" * 50)
    gate = editor.get(reverse(CHANGE, args=[article.pk])).content.decode().partition('class="card gate closed"')[2]
    lines = re.findall(r"<li>(.*?)</li>", gate.partition("</section>")[0])
    assert lines == ["<mark>Harbour</mark> × 50 unclear mention without an answer"]


def test_scheduled_moment_goes_with_the_question(client_as: Callable[[str], Client], editor: Client) -> None:
    Designation.objects.filter(organization__key="harbour").update(designated_from="2031-01-01")
    refresh_version(timezone.now())
    article = make_article(body="<p>The Harbour spoke.</p>")
    page = act(editor, article, "schedule", live_at_0="2031-05-04", live_at_1="09:30")
    assert page.context["gate"].open
    address = reverse("admin:articles_article_act", args=[article.pk, "override"])
    asked = client_as("Managing editor").get(f"{address}?{page.context['gate'].query}")
    assert "Harbour" in asked.content.decode()
    carried = asked.context["form"]["for_at"].value()
    act(client_as("Managing editor"), article, "override", reason="The town.", for_at=carried)
    assert act(editor, article, "schedule", live_at_0="2031-05-04", live_at_1="09:30").status_code == 302


def test_broken_moment_counts_as_now(client_as: Callable[[str], Client]) -> None:
    article = make_article(body="<p>The Harbour spoke.</p>")
    address = reverse("admin:articles_article_act", args=[article.pk, "override"])
    assert "Harbour" in client_as("Managing editor").get(f"{address}?for_at=x").content.decode()


def test_what_a_schedule_says_of_its_change_is_what_the_next_one_begins_with(editor: Client) -> None:
    article = make_article()
    act(editor, article, "publish")
    said = {"reason": "clarification", "note": "The GDL is a club."}
    act(editor, article, "schedule", live_at_0="2031-05-04", live_at_1="09:30", **said)
    asked = editor.get(reverse("admin:articles_article_act", args=[article.pk, "schedule"])).context["form"]
    assert {name: asked[name].value() for name in said} == said


def test_what_readers_have_never_seen_is_cancelled_and_not_withdrawn(client_as: Callable[[str], Client]) -> None:
    article, managing = make_article(), client_as("Managing editor")
    act(managing, article, "schedule", live_at_0="2031-05-04", live_at_1="09:30")
    offered = {one.name for one in managing.get(reverse(CHANGE, args=[article.pk])).context["acts"]}
    assert "cancel" in offered and "withdraw" not in offered


@pytest.mark.parametrize(("days", "complaint"), [(-1, "past"), (1, "embargo")])
def test_schedule_in_the_past_or_before_the_embargo_is_refused_at_its_field(
    editor: Client, days: int, complaint: str
) -> None:
    article = make_article(embargo_until=timezone.now() + timedelta(days=3))
    moment = timezone.now() + timedelta(days=days)
    response = act(editor, article, "schedule", live_at_0=f"{moment:%Y-%m-%d}", live_at_1="10:00")
    assert complaint in response.context["form"].errors["live_at"][0]
    assert not Release.objects.exists()


def test_nonsense_for_a_time_is_refused_at_its_field(editor: Client) -> None:
    response = act(editor, make_article(), "schedule", live_at_0="31.31.31", live_at_1="xx")
    assert "live_at" in response.context["form"].errors


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_schedule_at_an_end_of_the_calendar_is_refused_at_its_field(editor: Client, day: str) -> None:
    response = act(editor, make_article(), "schedule", live_at_0=day, live_at_1="00:30")
    assert response.context["form"].errors["live_at"] == ["Write a year between 1600 and 2199."]


def test_schedule_is_in_the_newsrooms_zone_and_can_be_cancelled(editor: Client) -> None:
    article = make_article()
    act(editor, article, "schedule", live_at_0="2031-05-04", live_at_1="09:30")
    assert Release.objects.get().live_at.isoformat() == "2031-05-04T06:30:00+00:00"
    assert now(article) == "scheduled"
    act(editor, article, "cancel")
    assert now(article) == "approved"


def test_refusal_that_concerns_the_article_stands_at_its_field_of_the_form(editor: Client) -> None:
    article = make_article(body="")
    response = editor.post(reverse("admin:articles_article_act", args=[article.pk, "publish"]), follow=True)
    assert errors(response) == {"body": ["An article needs a text."]}
    assert errors(editor.get(reverse(CHANGE, args=[article.pk]))) == {}


def test_correction_needs_a_note_and_reaches_the_log(editor: Client) -> None:
    article = make_article()
    act(editor, article, "publish")
    refused = act(editor, article, "correct", reason="correction")
    assert "note" in refused.context["form"].errors
    act(editor, article, "correct", reason="clarification", note="The lawyer is not hers.")
    assert Correction.objects.get().kind == "clarification"
    assert Release.objects.count() == 2


def test_note_of_a_minor_edit_is_not_dropped_without_a_word(editor: Client) -> None:
    article = make_article()
    act(editor, article, "publish")
    answer = act(editor, article, "correct", reason="minor", note="The depth was wrong.")
    assert answer.status_code == 200 and "reason" in answer.context["form"].errors
    assert "The depth was wrong." in answer.content.decode() and article.editions.count() == 1
    assert act(editor, article, "correct", reason="minor", note=" ").status_code == 302


def test_minor_edit_tells_readers_nothing(editor: Client) -> None:
    article = make_article()
    act(editor, article, "publish")
    act(editor, article, "correct", reason="minor")
    assert not Correction.objects.exists()
    assert Release.objects.latest("pk").edition.reason == "minor"


def test_retract_and_withdraw_ask_for_a_reason(client_as: Callable[[str], Client]) -> None:
    managing, article = client_as("Managing editor"), make_article()
    act(managing, article, "publish")
    assert "note" in act(managing, article, "retract").context["form"].errors
    act(managing, article, "retract", note="It was made up.")
    assert Release.objects.latest("pk").edition.reason == "retraction"
    assert "note" in act(managing, article, "withdraw").context["form"].errors
    act(managing, article, "withdraw", note="Court order.")
    assert now(article) == "withdrawn"


def test_preview_link_opens_the_working_copy_to_anyone_who_has_it(editor: Client) -> None:
    article = make_article()
    address = reverse("admin:articles_article_act", args=[article.pk, "share"])
    response = editor.post(address, {"shown": "saved"}, follow=True)
    link = re.search(r"/preview/[\w-]{43}/", response.content.decode())
    assert link is not None and PreviewToken.objects.get().digest not in link[0]
    assert Client().get(link[0]).status_code == 200


def test_unknown_act_or_article_is_not_found(editor: Client) -> None:
    article = make_article()
    assert act(editor, article, "burn").status_code == 404
    assert editor.get(reverse("admin:articles_article_act", args=[4711, "publish"])).status_code == 404


def test_copy_as_new_saves_the_form_and_opens_the_copy(editor: Client) -> None:
    article = make_article()
    answer = change_article(editor, article, headline="Terns at sea", _act="copy")
    copied = Article.objects.exclude(pk=article.pk).get()
    assert answer["Location"] == reverse(CHANGE, args=[copied.pk])
    assert (copied.headline, copied.slug) == ("Terns at sea", "")
    assert "This is the copy" in editor.get(answer["Location"]).content.decode()
    change_article(editor, copied, headline="Gulls at sea")
    assert Article.objects.get(pk=copied.pk).slug == "gulls-at-sea"
