"""The history of an article at the desk: its time line, comparisons, bringing a version back, and who may see what."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleVersion, Event, Name, Organization, PublicationRecord
from articles.publishing import keep_version, publish, retract, schedule, withdraw
from articles.publishing.record import erase
from articles.publishing.relabel import apply_version, work_batches
from articles.publishing.roles import staff_id
from articles.registers import compile_version
from tests.admin.conftest import ROLES
from tests.admin.forms import change_article
from tests.admin.histories import DAY, changes, history, lived, rows, saved
from tests.builders import make_article, make_user

WORD = "quokkaberg"


def compared(client: Client, article: Article, old: str, new: str) -> str:
    response = client.get(reverse("admin:articles_article_compare", args=[article.pk]), {"old": old, "new": new})
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_one_time_line_of_all_that_was_done(by: User, client_as: Callable[[str], Client]) -> None:
    article = lived(by)
    found = rows(history(client_as("Editor"), article))
    told = [
        "Cancelled the schedule",
        "Edition 3: minor edit",
        "Saved as version 4",
        "Edition 2: correction",
        "Saved as version 3",
        "Edition 1: first publication",
        "Saved as version 2",
    ]
    places = [next(n for n, row in enumerate(found) if one in row) for one in told]
    assert places == sorted(places)
    assert all("editor" in row for row in found if "Saved" in row)
    assert any("correction: It was the second text." in row and "live" in row for row in found)
    assert sum("of the record" in row for row in found) == PublicationRecord.objects.count()
    assert not any("Published" in row for row in found), "the editions tell it"


def test_the_button_of_the_admin_leads_there(by: User, client_as: Callable[[str], Client]) -> None:
    article = lived(by)
    page = client_as("Editor").get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    address = reverse("admin:articles_article_history", args=[article.pk])
    assert f'<a href="{address}">History</a>' in page, "in the column beside the form"
    assert re.search(rf'href="{address}[^>]*>\s*<span class="material-symbols-outlined[^>]*>\s*history', page)
    assert address.endswith("/history/")


def test_each_version_says_what_it_changed(by: User, client_as: Callable[[str], Client]) -> None:
    article = lived(by)
    client = client_as("Editor")
    assert changes(compared(client, article, "b3", "v3"))["body"].startswith(
        "The [-first-]{+second+} text of the port."
    )
    assert set(changes(compared(client, article, "b4", "v4"))) == {"headline"}
    first = changes(compared(client, article, "b2", "v2"))
    assert first["headline"] == "{+GDL cells found in the harbour+}"
    assert first["category"] == "{+Politics+}"


def test_any_two_texts_are_compared(by: User, client_as: Callable[[str], Client]) -> None:
    article = lived(by)
    client = client_as("Editor")
    expected = {"headline": "[-GDL cells found in the harbour-]{+Later news+}"}
    for old, new in (("live", "now"), ("e2", "now"), ("e2", "v4"), ("v3", "e3"), ("e2", "e3"), ("v3", "now")):
        found = changes(compared(client, article, old, new))
        assert found.pop("headline") == expected["headline"], (old, new)
        assert ("marked" in found) == (new == "e3" and old == "e2"), "between editions"
        found.pop("marked", None)
        assert not found, (old, new)
    page = compared(client, article, "v4", "now")
    assert not changes(page) and "Nothing differs." in page
    assert changes(compared(client, article, "e1", "e2"))["correction_0"] == "{+It was the second text.+}"


def test_relabels_retractions_and_withdrawals_stand_on_it(by: User, client_as: Callable[[str], Client]) -> None:
    managing = make_user("Managing editor")
    article = make_article(headline="A meeting", summary="", body="<p>The Shoal Club met the Grey Dune League.</p>")
    publish(article, by=by, at=timezone.now())
    Name.objects.create(
        organization=Organization.objects.get(key="northern-lamp"),
        text="Shoal Club",
        language="en",
        strength="strong",
        position=9,
    )
    apply_version(compile_version(timezone.now()), by=managing, at=timezone.now())
    while work_batches(timezone.now):
        pass
    retract(article, by=by, at=timezone.now(), note="It was not so.")
    withdraw(article, by=managing, at=timezone.now(), note="It was not so at all.")
    client = client_as("Editor")
    found = rows(history(client, article))
    told = ["Withdrew", "Edition 3: retraction", "Edition 2: relabel", "Edition 1: first publication"]
    places = [next(n for n, row in enumerate(found) if one in row) for one in told]
    assert places == sorted(places)
    assert "then withdrawn" in found[places[1]]
    assert "retraction: It was not so." in found[places[1]]
    assert changes(compared(client, article, "e1", "e2")) == {
        "marked": "{+Shoal Club (foreign agent) +}Grey Dune League (terrorist)"
    }
    assert "marked" not in changes(compared(client, article, "e1", "now"))


def test_what_publishing_takes_out_is_no_change_for_readers(by: User, client_as: Callable[[str], Client]) -> None:
    article = make_article(body='<p>The Grey Dune League* said so.</p><p><a href="https://example.org/">Here</a></p>')
    saved(article, by)
    publish(article, by=by, at=timezone.now())
    client = client_as("Editor")
    assert "*" not in article.releases.get().edition.body and "*" in Article.objects.get().body
    for old, new in (("live", "now"), ("e1", "v2"), ("v2", "e1")):
        assert changes(compared(client, article, old, new)) == {}
    saved(article, by, body=article.body.replace("*", ""))
    assert changes(compared(client, article, "v2", "v3"))["body"].startswith("The Grey Dune League[-*-] said")
    assert changes(compared(client, article, "live", "now")) == {}


def test_values_beside_the_texts_are_told(by: User, client_as: Callable[[str], Client]) -> None:
    article = make_article()
    saved(article, by)
    article.regions.clear()
    article.bylines.all().delete()
    saved(article, by, embargo_until=timezone.now() + DAY, slug="other", photo_caption="A caption")
    found = changes(compared(client_as("Editor"), article, "b3", "v3"))
    assert set(found) == {"regions", "byline_0", "embargo_until", "slug", "photo_caption"}
    assert found["slug"] == "[-dunes-]{+other+}"
    assert found["regions"] == "[-North-]"


def test_looks_and_unseen_signs_are_told(by: User, client_as: Callable[[str], Client]) -> None:
    article = make_article(body='<p>Five km of <a href="https://example.org/a">the pier</a></p>')
    saved(article, by)
    body = '<p>Five\u00a0km of <a href="https://example.org/b">the <strong>pier</strong></a></p>'
    saved(article, by, body=body)
    page = compared(client_as("Editor"), article, "v2", "v3")
    told = changes(page)["body"]
    assert "[-␣-]{+⍽+}" in told and "no-break space" in page
    assert "no longer: link https://example.org/a; now: link https://example.org/b" in told
    saved(article, by, body=body.replace("strong>", "b>"))
    assert "Only the markup differs" in compared(client_as("Editor"), article, "v3", "v4")


def test_what_texts_hold_is_escaped(by: User, client_as: Callable[[str], Client]) -> None:
    article = make_article(headline="<script>alert(1)</script>", body="<p>x</p>")
    saved(article, by)
    saved(article, by, headline="<img src=x onerror=alert(2)>", body="<p>&lt;script&gt;alert(3)&lt;/script&gt;</p>")
    client = client_as("Editor")
    for name, asked in (("compare", {"old": "v2", "new": "v3"}), ("history", {})):
        page = client.get(reverse(f"admin:articles_article_{name}", args=[article.pk]), asked).content.decode()
        assert not re.search(r"<script>alert|<img src=x", page)


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_the_article_sees_its_history(by: User, client_as: Callable[[str], Client], role: str) -> None:
    article = lived(by)
    client = client_as(role)
    found = rows(history(client, article))
    assert any("Saved as version 2" in row for row in found)
    assert any("Cancelled the schedule" in row for row in found)
    assert changes(compared(client, article, "v2", "v3"))
    user = make_user(role)
    assert any("of the record" in row for row in found) == user.has_perm("articles.view_publicationrecord")


def test_words_of_the_log_only_for_those_who_may_read_it(by: User, client_as: Callable[[str], Client]) -> None:
    article = lived(by)
    withdraw(article, by=make_user("Managing editor"), at=timezone.now(), note="A word in private.")
    assert "A word in private." in history(client_as("Editor"), article)
    reporter = history(client_as("Reporter"), article)
    assert "A word in private." not in reporter
    assert any("Withdrew" in row for row in rows(reporter))


def test_nobody_else(by: User) -> None:
    article = lived(by)
    nobody = User.objects.create_user("nobody", is_staff=True)
    client = Client()
    for name, arguments in (("history", []), ("compare", []), ("restore", [2])):
        address = reverse(f"admin:articles_article_{name}", args=[article.pk, *arguments])
        assert client.get(address).status_code == 302, "to the login"
        client.force_login(nobody)
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
        client.logout()


@pytest.mark.parametrize(
    "asked",
    ["old=v99&new=now", "old=e99&new=now", "old=x&new=now", "old=v999999999999999999999&new=now", "old=v0&new=now"],
)
def test_no_such_text(by: User, client_as: Callable[[str], Client], asked: str) -> None:
    article = lived(by)
    address = reverse("admin:articles_article_compare", args=[article.pk])
    assert client_as("Editor").get(f"{address}?{asked}").status_code == 404


def test_out_of_order(by: User, client_as: Callable[[str], Client]) -> None:
    article = lived(by)
    client = client_as("Editor")
    compare = reverse("admin:articles_article_compare", args=[article.pk])
    assert client.get(compare).url == reverse("admin:articles_article_history", args=[article.pk])
    for before in ("x", "2026-03-10_0_1", "2026-13-40T00:00:00Z_0_1", f"2026-03-10T00:00:00Z_0_{'9' * 30}", "__"):
        assert rows(history(client, article, before=before, old="x", new="v77"))
    for missing in ("9" * 30, "0", "words"):
        assert client.get(f"/admin/articles/article/{missing}/history/").status_code == 404
    restore = reverse("admin:articles_article_restore", args=[article.pk, 99])
    assert client.get(restore).status_code == 404
    for seen in ("", "x", "9" * 30, "-1", "²"):
        client.post(restore, {"seen": seen})
        client.post(reverse("admin:articles_article_restore", args=[article.pk, 2]), {"seen": seen})
    assert article.versions.count() == 3


def test_what_was_erased_is_not_shown(by: User, client_as: Callable[[str], Client]) -> None:
    managing = make_user("Managing editor")
    article = make_article(headline=f"Of {WORD}", body=f"<p>Of {WORD}</p>", summary=WORD)
    saved(article, managing)
    publish(article, by=managing, at=timezone.now())
    publish(article, by=managing, at=timezone.now(), reason="correction", note=f"Not of {WORD}")
    withdraw(article, by=managing, at=timezone.now(), note=f"A court named {WORD}")
    client = client_as("Managing editor")
    assert WORD in history(client, article) and WORD in compared(client, article, "v2", "e1")
    erase(article, by=managing, at=timezone.now(), reason="A court said so.")
    page = history(client, article)
    assert WORD not in page and "A court said so." in page
    assert any("Edition 1" in row for row in rows(page)) and any("Withdrew" in row for row in rows(page))
    assert 'type="radio"' not in page and "/restore/" not in page
    compare = reverse("admin:articles_article_compare", args=[article.pk])
    for old in ("e1", "e2", "v2", "live", "now", "b2"):
        assert client.get(compare, {"old": old, "new": "now"}).status_code == 404
    assert client.get(reverse("admin:articles_article_restore", args=[article.pk, 2])).status_code == 404


def test_who_was_erased_is_a_pseudonym(by: User, client_as: Callable[[str], Client]) -> None:
    other = make_user("Managing editor")
    other.first_name, other.last_name = "Vera", "Plover"
    other.save()
    article = make_article()
    saved(article, other)
    publish(article, by=other, at=timezone.now())
    client, code = client_as("Editor"), staff_id(other).code
    assert "Vera Plover" in history(client, article)
    other.delete()
    page = history(client, article)
    assert "Vera Plover" not in page and code in page


@pytest.mark.parametrize("act", ["correct", "schedule"])
def test_the_page_of_an_act_says_what_it_changes(by: User, client_as: Callable[[str], Client], act: str) -> None:
    article = lived(by)
    client = client_as("Editor")
    page = unescape(client.get(reverse("admin:articles_article_act", args=[article.pk, act])).content.decode())
    assert changes(page) == {"headline": "[-GDL cells found in the harbour-]{+Later news+}"}
    assert "1 field" in page


def test_the_page_of_cancelling_says_what_readers_would_have_seen(by: User, client_as: Callable[[str], Client]) -> None:
    article = lived(by)
    schedule(article, by=by, at=timezone.now(), live_at=timezone.now() + DAY)
    saved(article, by, headline="Not scheduled")
    client = client_as("Editor")
    page = unescape(client.get(reverse("admin:articles_article_act", args=[article.pk, "cancel"])).content.decode())
    assert changes(page)["headline"].endswith("{+Later news+}")


@pytest.mark.parametrize("act", ["publish", "schedule"])
def test_before_the_first_publication_there_is_nothing_to_compare(
    by: User, client_as: Callable[[str], Client], act: str
) -> None:
    article = make_article()
    page = client_as("Editor").get(reverse("admin:articles_article_act", args=[article.pk, act])).content.decode()
    assert 'class="since"' not in page


def many(article: Article, by: User, number: int) -> None:
    """Leave so many versions, each with its event, at moments of which many are the same."""
    staff, begin = staff_id(by), timezone.now() - DAY
    fields = keep_version(article, by=by, at=begin).fields
    first = Article.objects.get(pk=article.pk).version
    moments = [begin + timedelta(seconds=n // 7) for n in range(1, number)]
    ArticleVersion.objects.bulk_create(
        ArticleVersion(article=article, number=first + n, fields=fields, saved_by=staff, saved_at=at)
        for n, at in enumerate(moments, 1)
    )
    Event.objects.bulk_create(Event(at=at, staff=staff, kind="state", article=article) for at in moments)
    Article.objects.filter(pk=article.pk).update(version=first + number - 1)


def test_a_thousand_versions_are_paged_through(by: User, client_as: Callable[[str], Client]) -> None:
    article = make_article()
    many(article, by, 1000)
    client, before, found = client_as("Editor"), "", []
    for _page in range(60):
        page = history(client, article, before=before, old="v5")
        found += rows(page)
        assert page.count('name="old" value="v5" checked') == 1, "what was chosen stays chosen"
        older = re.search(r'name="before" value="([^"]*)"', page)
        if older is None:
            break
        before = older[1]
    numbers = [int(number) for row in found for number in re.findall(r"Saved as version (\d+) What", row)]
    assert numbers == list(range(1001, 1, -1))
    assert len(found) == 1999


def queries(client: Client, address: str, **asked: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address, asked).status_code == 200
    return len(counted)


def test_as_many_queries_for_a_thousand_versions_as_for_ten(by: User, client_as: Callable[[str], Client]) -> None:
    few, lots = make_article("few"), make_article("lots")
    many(few, by, 10)
    many(lots, by, 1000)
    client = client_as("Managing editor")
    for article in (few, lots):
        publish(article, by=by, at=timezone.now())
        publish(article, by=by, at=timezone.now(), reason="update", note="More.")
    addresses = [
        [reverse(f"admin:articles_article_{name}", args=[one.pk]) for one in (few, lots)]
        for name in ("history", "compare")
    ]
    counts = [queries(client, address) for address in addresses[0]]
    assert counts[0] == counts[1] <= 22, counts
    counts = [queries(client, address, old="v2", new="now") for address in addresses[1]]
    assert counts[0] == counts[1] <= 35, counts


def test_saving_the_form_is_a_version(editor: Client) -> None:
    article = make_article()
    change_article(editor, article, headline="Another")
    assert any("Saved as version 2" in row for row in rows(history(editor, article)))
