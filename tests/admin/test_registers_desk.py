"""The registers desk: what waits, its impact, apply, discard; batches; imports by upload; history; a name tried."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.baking import work_relabels
from articles.models import Article, Batch, Event, JobRun, Name, Organization, Register, RegisterImport, RegisterVersion
from articles.publishing import live_release, publish
from articles.registers import current_version
from tests.admin.forms import errors, filled
from tests.builders import make_article, make_user
from tests.interchange.conftest import HEADER, MAPPING, entry, file_of

PENDING = reverse("admin:articles_pending_changelist")
IMPACT = reverse("admin:articles_pending_impact")
APPLY = reverse("admin:articles_pending_apply")


@pytest.fixture
def legal(client_as: Callable[[str], Client]) -> Client:
    return client_as("Legal")


@pytest.fixture
def waiting(legal: Client) -> Name:
    """Publish an article in each language and let a name wait that both would be marked by."""
    by = make_user("Editor")
    at = timezone.now()
    publish(make_article(summary="", body="<p>The <em>Pelican</em> Circle met.</p>"), by=by, at=at)
    russian = make_article("dyuny", language="ru", headline="Тихий день", summary="", body="<p>Pelican Circle.</p>")
    publish(russian, by=by, at=at)
    lamp = Organization.objects.get(key="northern-lamp")
    return Name.objects.create(organization=lamp, text="Pelican Circle", language="en", strength="strong", position=9)


def text(response: Any) -> str:
    return response.content.decode()


def apply(client: Client, **changes: str) -> Any:
    page = client.get(IMPACT)
    data = {"version": page.context["candidate"].pk, "previous": page.context["standing"].pk, "reason": "Order 7."}
    return client.post(APPLY, data | changes, follow=True)


def work() -> None:
    while work_relabels(timezone.now):
        pass


def test_a_saved_change_waits_and_says_so(legal: Client, transactional_db: None) -> None:
    lamp = Organization.objects.get(key="northern-lamp")
    address = reverse("admin:articles_organization_change", args=[lamp.pk])
    data = filled(legal.get(address)) | {
        "names-TOTAL_FORMS": "3",
        "names-2-text": "Pelican Circle",
        "names-2-language": "en",
        "names-2-strength": "strong",
        "names-2-organization": lamp.pk,
        "names-2-position": "5",
        "names-2-review": "rule",
    }
    page = text(legal.post(address, data, follow=True))
    assert "1 change waits" in page
    assert PENDING in page
    assert Name.objects.get(text="Pelican Circle").review == "hand"
    assert Name.objects.get(text="Northern Lamp Fund").review == "rule"
    assert RegisterVersion.objects.count() == 1


def test_pending_page_lists_what_differs_and_warns_of_age(legal: Client, waiting: Name) -> None:
    Register.objects.filter(key="test-agents").update(checked_at=timezone.now())
    page = text(legal.get(PENDING))
    assert "+ name “Pelican Circle”: strong: always marked" in page
    assert "Perhaps out of date" in page
    assert "test-terrorist" in page.partition("What waits")[0]
    assert "test-agents" not in page.partition("Perhaps out of date")[2].partition("What waits")[0]


def test_impact_is_shown_before_it_has_any_effect(legal: Client, waiting: Name) -> None:
    page = legal.get(IMPACT)
    impact = page.context["impact"]
    assert (impact.examined, impact.changed) == (2, {"en": 1, "ru": 1})
    assert "<ins>Pelican Circle*</ins>" in text(page)
    assert current_version().number == 1
    assert not Batch.objects.exists()
    part = legal.get(IMPACT, headers={"HX-Request": "true"})
    assert "<html" not in text(part)


def test_apply_asks_for_a_reason(legal: Client, waiting: Name) -> None:
    page = apply(legal, reason="")
    assert "This field is required." in text(page)
    assert current_version().number == 1


def test_applied_change_is_followed_watched_and_taken_back(legal: Client, waiting: Name) -> None:
    page = apply(legal)
    batch = Batch.objects.get()
    assert page.redirect_chain[-1][0] == reverse("admin:articles_batch_change", args=[batch.pk])
    assert f'hx-get="{reverse("admin:articles_batch_progress", args=[batch.pk])}"' in text(page)
    assert (current_version().reason, current_version().applied_by.user.username) == ("Order 7.", "legal")
    work()
    part = text(legal.get(reverse("admin:articles_batch_progress", args=[batch.pk])))
    assert "hx-get" not in part
    assert "100 %" in part
    run = JobRun.objects.get(job="relabel")
    assert (run.key, run.state, run.detail["changed"], run.detail["examined"]) == (str(batch.pk), "done", 2, 2)
    back = legal.post(reverse("admin:articles_batch_reverse", args=[batch.pk]), {"reason": "A mistake."}, follow=True)
    assert "as they were before" in text(back)
    work()
    assert not Name.objects.filter(text="Pelican Circle").exists()
    release = live_release(Article.objects.get(slug="dunes"), timezone.now())
    assert "Pelican" not in str(list(release.edition.mentions.values_list("surface", flat=True)))
    assert JobRun.objects.filter(job="relabel", state="done").count() == 2
    listed = text(legal.get(reverse("admin:articles_batch_changelist")))
    assert "A mistake." in listed and "Order 7." in listed


def test_what_was_looked_at_is_what_is_applied(legal: Client, waiting: Name) -> None:
    page = legal.get(IMPACT)
    data = {"version": page.context["candidate"].pk, "previous": page.context["standing"].pk, "reason": "Order 7."}
    waiting.organization.names.create(text="Another Circle", language="en", strength="strong")
    answer = legal.post(APPLY, data, follow=True)
    assert "have changed since you looked" in text(answer)
    assert current_version().number == 1


def test_unusable_rows_are_named_and_cannot_be_applied(legal: Client, waiting: Name) -> None:
    Register.objects.filter(key="test-agents").update(notes={"en": {}})
    assert "cannot be used like this" in text(legal.get(PENDING))
    assert "cannot be used like this" in text(legal.get(IMPACT))
    russian = text(legal.get(PENDING, headers={"accept-language": "ru"}))
    assert "notes.en.one: ожидается формулировка;" in russian


def test_discard_brings_the_rows_back(legal: Client, waiting: Name) -> None:
    Organization.objects.get(key="harbour").names.update(strength="strong")
    answer = legal.post(reverse("admin:articles_pending_discard"), {"reason": "Not ours."}, follow=True)
    assert "Nothing waits" in text(answer)
    assert not Name.objects.filter(text="Pelican Circle").exists()
    assert Name.objects.get(text="Harbour").strength == "ask"
    assert Event.objects.get(kind="registers discarded").detail == {"reason": "Not ours."}


def test_batch_is_stopped_and_goes_on(legal: Client, waiting: Name) -> None:
    apply(legal)
    batch = Batch.objects.get()
    legal.post(reverse("admin:articles_batch_stop", args=[batch.pk]))
    work()
    assert JobRun.objects.get(job="relabel").detail["stopped"]
    again = legal.post(reverse("admin:articles_batch_stop", args=[batch.pk]), follow=True)
    assert "not running" in text(again)
    legal.post(reverse("admin:articles_batch_resume", args=[batch.pk]))
    work()
    batch.refresh_from_db()
    assert (batch.examined, batch.changed) == (2, 2)


def test_whole_archive_is_relabelled_after_a_question(legal: Client, waiting: Name) -> None:
    address = reverse("admin:articles_batch_whole")
    assert "can be stopped" in text(legal.get(address))
    assert not Batch.objects.exists()
    legal.post(address)
    work()
    assert (Batch.objects.get().kind, Batch.objects.get().examined, Batch.objects.get().changed) == ("full", 2, 0)


def test_failed_articles_are_named(legal: Client, waiting: Name, monkeypatch: pytest.MonkeyPatch) -> None:
    from articles.publishing.relabel import batch as module

    def fail(*args: Any) -> Any:
        raise RuntimeError("no paper")

    monkeypatch.setattr(module, "relabel", fail)
    apply(legal)
    work()
    page = text(legal.get(reverse("admin:articles_batch_change", args=[Batch.objects.get().pk])))
    assert "These articles keep their old marks" in page
    assert "RuntimeError: no paper" in page
    run = JobRun.objects.get(job="relabel")
    assert (run.state, run.detail["failed"]) == ("failed", 2)


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Administrator"])
def test_only_those_who_keep_registers_get_in(client_as: Callable[[str], Client], role: str) -> None:
    client = client_as(role)
    for address in (
        PENDING,
        IMPACT,
        reverse("admin:articles_registerimport_add"),
        reverse("admin:articles_batch_whole"),
    ):
        assert client.get(address).status_code == 403, address
    assert client.post(APPLY, {"reason": "x"}).status_code == 403
    assert client.post(reverse("admin:articles_pending_discard"), {"reason": "x"}).status_code == 403


def upload(client: Client, content: bytes, name: str = "list.json", **more: Any) -> Any:
    register = Register.objects.get(key="test-agents")
    data = {"register": register.pk, "file": SimpleUploadedFile(name, content), **more}
    return client.post(reverse("admin:articles_registerimport_add"), data, follow=True)


def test_upload_shows_what_it_would_do_then_stores_it(legal: Client) -> None:
    page = upload(legal, file_of(entry("pelicans", "Pelican Circle"), entry("w", "Harbinger")), partial="on")
    assert "What the file would do" in text(page)
    assert "+ name “Pelican Circle”" in text(page)
    assert "“Harbinger” is a single word" in text(page)
    assert not Organization.objects.filter(key="pelicans").exists()
    row = RegisterImport.objects.get()
    stored = legal.post(reverse("admin:articles_registerimport_store", args=[row.pk]), follow=True)
    assert "Pelican Circle" in text(stored)
    row.refresh_from_db()
    assert (row.state, row.content, row.report["counts"]["added"]) == ("stored", None, 2)
    twice = legal.post(reverse("admin:articles_registerimport_store", args=[row.pk]), follow=True)
    assert "stored or dropped already" in text(twice)
    assert "+2 ~0 −0" in text(legal.get(reverse("admin:articles_registerimport_changelist")))
    assert "What the file did" in text(legal.get(reverse("admin:articles_registerimport_change", args=[row.pk])))


def test_distrusted_upload_needs_a_reason(legal: Client) -> None:
    page = upload(legal, file_of(entry("pelicans", "Pelican Circle")))
    assert "not to be trusted without a reason" in text(page)
    row = RegisterImport.objects.get()
    store = reverse("admin:articles_registerimport_store", args=[row.pk])
    assert "This field is required." in text(legal.post(store, {"force": ""}, follow=True))
    assert "would be lost" in text(legal.post(store, follow=True))
    assert RegisterImport.objects.get().state == "waiting"
    legal.post(store, {"force": "The keeper began anew."})
    row.refresh_from_db()
    assert (row.state, row.forced) == ("stored", "The keeper began anew.")


def test_faulty_upload_is_refused_at_its_field_and_not_kept(legal: Client) -> None:
    page = upload(legal, b'{"organizations": [\n{"key": "x"}]}')
    assert "line 2, organizations[0].names: at least one name is expected" in text(page)
    page = upload(legal, (HEADER + "1;=1+1;;;;\n").encode(), "list.csv", mapping=SimpleUploadedFile("map.json", b"{}"))
    assert "mapping.columns" in text(page)
    page = upload(legal, b"x" * (20 * 2**20 + 1))
    assert "larger than 20 megabytes" in text(page)
    assert not RegisterImport.objects.exists()


def test_mapping_of_the_last_import_is_used_again(legal: Client) -> None:
    mapping = SimpleUploadedFile("map.json", json.dumps(MAPPING | {"partial": True}).encode())
    upload(legal, (HEADER + "1;Круг пеликанов;;15.01.2026;;\n").encode(), "list.csv", mapping=mapping)
    row = RegisterImport.objects.get()
    legal.post(reverse("admin:articles_registerimport_store", args=[row.pk]))
    page = upload(legal, (HEADER + "2;Круг крачек;;15.01.2026;;\n").encode(), "next.csv")
    assert "Круг крачек" in text(page)


def test_only_the_columns_that_are_read_wait(legal: Client) -> None:
    """The report is that of the whole file; stored, the history names the file as it came."""
    content = (HEADER + "1;Круг пеликанов;;15.01.2026;;born 12.03.1970\n").encode()
    mapping = SimpleUploadedFile("mapping.json", json.dumps(MAPPING | {"partial": True}).encode())
    upload(legal, content, "list 12.03.1970.csv", mapping=mapping)
    row = RegisterImport.objects.get()
    assert "Круг пеликанов".encode() in bytes(row.content or b"")
    assert b"1970" not in bytes(row.content or b"") and "1970" not in row.file_name
    legal.post(reverse("admin:articles_registerimport_store", args=[row.pk]))
    digest = hashlib.sha256(content).hexdigest()
    assert Event.objects.get(kind="register imported").detail["sha256"] == digest == row.sha256


def test_file_that_nobody_stores_is_dropped(legal: Client) -> None:
    upload(legal, file_of(entry("pelicans", "Pelican Circle")), partial="on")
    RegisterImport.objects.update(made_at=timezone.now() - timedelta(days=2))
    upload(legal, file_of(entry("terns", "Tern Circle")), partial="on")
    old, new = RegisterImport.objects.order_by("made_at")
    assert (old.state, old.content, new.state) == ("dropped", None, "waiting")
    legal.post(reverse("admin:articles_registerimport_drop", args=[new.pk]))
    new.refresh_from_db()
    assert (new.state, new.content) == ("dropped", None)


def test_history_says_who_when_why_and_what(legal: Client, waiting: Name) -> None:
    apply(legal)
    listed = text(legal.get(reverse("admin:articles_registerversion_changelist")))
    assert "Order 7." in listed and "legal" in listed
    page = text(legal.get(reverse("admin:articles_registerversion_change", args=[current_version().pk])))
    assert "+ name “Pelican Circle”" in page
    assert "Against version 1" in page
    first = RegisterVersion.objects.get(number=1)
    assert "the first version" in text(legal.get(reverse("admin:articles_registerversion_change", args=[first.pk])))


def test_name_is_tried_on_what_readers_see(legal: Client, waiting: Name) -> None:
    waiting.delete()
    address = reverse("admin:articles_organization_try")
    page = legal.get(address, {"text": "Pelican Circle", "language": "en", "organization": "northern-lamp"})
    trial = page.context["trial"]
    assert (trial.looked_at, len(trial.articles), len(trial.marked)) == (2, 2, 2)
    assert "<b>Pelican Circle</b>" in text(page)
    asked = legal.get(address, {"text": "Pelican", "language": "en", "strength": "ask"})
    trial = asked.context["trial"]
    assert (len(trial.marked), len(trial.unclear), len(trial.rejected)) == (0, 1, 1)
    anyway = legal.get(address, {"text": "Grey Dune", "language": "en", "organization": "grey-wolves-league"})
    assert anyway.context["trial"].marked == []
    assert "holds no letter" in text(legal.get(address, {"text": "…", "language": "en"}))
    assert not Name.objects.filter(text="Pelican").exists()


def test_unknown_start_is_called_unknown(legal: Client) -> None:
    lamp = Organization.objects.get(key="northern-lamp")
    lamp.designations.update(designated_from=None, designated_until="2031-05-01")
    page = text(legal.get(reverse("admin:articles_organization_change", args=[lamp.pk])))
    assert "start unknown: counts on every day, until the day before 1 May 2031" in page


def test_own_notice_and_terms_are_edited_with_the_register(legal: Client) -> None:
    register = Register.objects.get(key="test-agents")
    address = reverse("admin:articles_register_change", args=[register.pk])
    page = legal.get(address)
    assert "МАТЕРИАЛ СОЗДАН {name}." in text(page)
    bad = legal.post(address, filled(page, shrink_percent="101"))
    assert list(errors(bad)) == ["shrink_percent"]
    legal.post(address, filled(page, own_ru_text="СОЗДАНО {name}.", shrink_percent="25", check_days="2"))
    register.refresh_from_db()
    assert register.own_notice["ru"]["text"] == "СОЗДАНО {name}."
    assert (register.own_notice["ru"]["size"], register.shrink_percent, register.check_days) == (2.0, 25, 2)
    assert "never" in text(legal.get(reverse("admin:articles_register_changelist")))


def change_name(client: Client, **changes: str) -> Any:
    """Send the form of an organization with changes of its first name."""
    lamp = Organization.objects.get(key="northern-lamp")
    address = reverse("admin:articles_organization_change", args=[lamp.pk])
    return client.post(address, filled(client.get(address)) | {f"names-0-{key}": to for key, to in changes.items()})


def test_what_holds_for_a_name_is_edited_as_lines(legal: Client) -> None:
    first = Organization.objects.get(key="northern-lamp").names.all()[0]
    Name.objects.filter(pk=first.pk).update(data={"case": "any"})
    address = reverse("admin:articles_organization_change", args=[first.organization_id])
    assert "case: any" in text(legal.get(address))
    change_name(legal, strength="weak", more="case: capitals\ncues: court; trial\nspells_word: true")
    first.refresh_from_db()
    assert first.data == {"case": "capitals", "cues": ["court", "trial"], "spells_word": True}
    assert (first.strength, first.review) == ("weak", "hand")
    change_name(legal, more="")
    first.refresh_from_db()
    assert first.data == {}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"more": "cues court"}, "Line 1: “word: value” is expected"),
        ({"more": "cues: a\ncues: b"}, "Line 2: “word: value” is expected"),
        ({"more": "case: loud"}, "Line 1: one of these is expected: as_written"),
        ({"text": "…"}, "text: holds no letter"),
        ({"inflection": "sideways"}, "not one of the available choices"),
    ],
)
def test_what_no_register_file_says_of_a_name_is_refused(legal: Client, changes: dict[str, str], said: str) -> None:
    before = list(Name.objects.order_by("pk").values())
    assert said in text(change_name(legal, **changes))
    assert list(Name.objects.order_by("pk").values()) == before


def test_what_a_file_would_do_to_registers_that_have_changed_since_is_not_stored(legal: Client) -> None:
    register = Register.objects.get(key="test-agents")
    upload = SimpleUploadedFile("list.json", file_of(entry("pelicans", "Pelican Circle")))
    legal.post(reverse("admin:articles_registerimport_add"), {"register": register.pk, "file": upload, "partial": "on"})
    row = RegisterImport.objects.get()
    page = text(legal.get(reverse("admin:articles_registerimport_change", args=[row.pk])))
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    Name.objects.filter(text="Harbour").update(strength="strong")
    store = reverse("admin:articles_registerimport_store", args=[row.pk])
    answer = legal.post(store, {"seen": seen}, follow=True)
    assert "have changed since the file was looked at" in text(answer)
    assert RegisterImport.objects.get().state == "waiting"
    assert not Organization.objects.filter(key="pelicans").exists()
    again = legal.get(reverse("admin:articles_registerimport_change", args=[row.pk])).context["seen"]
    assert "Stored." in text(legal.post(store, {"seen": again}, follow=True))
    assert Organization.objects.filter(key="pelicans").exists()
