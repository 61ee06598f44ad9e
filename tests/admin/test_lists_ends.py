"""How a keeper's file ends: stored as it was shown, checked, dropped, gone on with by somebody else, taken back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import (
    Batch,
    Designation,
    Event,
    KeeperLine,
    ListLayout,
    Organization,
    Register,
)
from articles.registers import refresh_version
from tests.admin.lists import (
    HEADER,
    ODD,
    REST,
    agents,
    layout,
    legal,
    mark_of,
    names_form,
    store,
    stored,
    taken,
    text_of,
    to,
)
from tests.builders import NOW, make_user

__all__ = ["agents", "layout", "legal"]  # fixtures


def test_what_is_stored_is_what_was_shown(legal: Client, layout: ListLayout) -> None:
    file = taken(legal)
    seen = legal.get(to("store", file.pk)).context["seen"]
    row = file.rows.order_by("position").first()
    assert row is not None
    legal.post(to("answer", file.pk, row.pk), {"seen": mark_of(legal, row), "answer": "skip"})
    late = legal.post(to("store", file.pk), {"seen": seen}, follow=True)
    assert "changed since" in text_of(late)
    assert not KeeperLine.objects.exists()
    done = store(legal, file, reason="test")
    assert "Stored." in text_of(done)
    assert Organization.objects.filter(names__text="Société de la sterne").exists()
    assert not Organization.objects.filter(names__text="Cercle des pélicans").exists()
    twice = legal.post(to("store", file.pk), {"seen": seen}, follow=True)
    assert "stored or dropped already" in text_of(twice) or "changed since" in text_of(twice)


def test_registers_that_changed_meanwhile_are_said_and_the_file_is_compared_anew(
    legal: Client, layout: ListLayout, agents: Register
) -> None:
    file = taken(legal)
    seen = legal.get(to("store", file.pk)).context["seen"]
    other = Organization.objects.create(key="other")
    other.names.create(text="Other", language="en", strength="strong")
    Designation.objects.create(organization=other, register=agents)
    late = legal.post(to("store", file.pk), {"seen": seen, "reason": "x"}, follow=True)
    assert "changed since" in text_of(late)
    assert not KeeperLine.objects.exists()
    page = legal.get(to("change", file.pk))
    assert file.rows.filter(change="gone", entry=other).exists()
    assert page.status_code == 200


def test_nothing_new_is_checked_by_an_act_of_its_own(legal: Client, layout: ListLayout, agents: Register) -> None:
    stored(legal)
    Register.objects.update(checked_at=None)
    file = taken(legal, ODD + "\n")
    page = text_of(legal.get(to("store", file.pk)))
    assert "Checked today: nothing new" in page
    answer = text_of(legal.post(to("checked", file.pk), follow=True))
    agents.refresh_from_db()
    assert agents.checked_at is not None
    assert "by the file" in answer
    assert Event.objects.filter(kind="list checked").count() == 1


def test_partial_file_is_no_check_and_what_is_new_is_none(legal: Client, layout: ListLayout, agents: Register) -> None:
    stored(legal)
    Register.objects.update(checked_at=None)
    partial = taken(legal, ODD + "\n", partial="on")
    assert "Checked today" not in text_of(legal.get(to("store", partial.pk)))
    assert "it is no check" in text_of(legal.post(to("checked", partial.pk), follow=True))
    more = taken(legal, ODD + "Club des crabes;07.03.2021;\n")
    assert "Something is new" in text_of(legal.post(to("checked", more.pk), follow=True))
    agents.refresh_from_db()
    assert agents.checked_at is None


def test_dropped_file_leaves_nothing_but_its_line_in_the_history(legal: Client, layout: ListLayout) -> None:
    file = taken(legal)
    assert "Nothing of it is stored" in text_of(legal.get(to("drop", file.pk)))
    legal.post(to("drop", file.pk))
    file.refresh_from_db()
    assert (file.state, file.rows.count()) == ("dropped", 0)
    for name in ("change", "names", "store"):
        assert legal.get(to(name, file.pk)).status_code == 200
    assert "list.csv" in text_of(legal.get(to("changelist")))


def test_another_person_goes_on_where_the_first_has_stopped(
    legal: Client, client_as: Callable[[str], Client], layout: ListLayout
) -> None:
    file = taken(legal)
    row = file.rows.order_by("position").first()
    assert row is not None
    legal.post(to("confirm", file.pk, row.pk), names_form(legal, row))
    other = client_as("Managing editor")
    assert file.file_name in text_of(other.get(reverse("admin:articles_pending_changelist")))
    assert other.get(to("names", file.pk)).context["unconfirmed"] == 1
    store(other, file, reason="test")
    file.refresh_from_db()
    assert (file.state, file.ended_by and file.ended_by.user) == ("stored", make_user("Managing editor"))
    page = text_of(legal.get(to("change", file.pk)))
    assert "managing-editor" in page
    assert "What the file did" in text_of(legal.get(to("store", file.pk)))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_opens_in_both_languages(legal: Client, layout: ListLayout, language: str) -> None:
    stored(legal)
    file = taken(legal, HEADER + REST)
    pages = [to("add"), to("changelist"), to("change", file.pk), to("names", file.pk), to("store", file.pk)]
    pages += [to("accept", file.pk), to("drop", file.pk), reverse("admin:articles_listlayout_changelist")]
    pages += [reverse("admin:articles_listlayout_change", args=[one.pk]) for one in ListLayout.objects.all()]
    pages.append(reverse("admin:articles_register_change", args=[file.register_id]))
    for address in pages:
        assert legal.get(address, headers={"Accept-Language": language}).status_code == 200, address


@pytest.mark.parametrize("way", ["discarded", "taken back"])
def test_file_that_was_taken_back_is_new_again(legal: Client, layout: ListLayout, agents: Register, way: str) -> None:
    refresh_version(NOW)
    stored(legal)
    if way == "discarded":
        legal.post(reverse("admin:articles_pending_discard"), {"reason": "a mistake"})
    else:
        page = legal.get(reverse("admin:articles_pending_impact"))
        seen = {"version": page.context["candidate"].pk, "previous": page.context["standing"].pk}
        legal.post(reverse("admin:articles_pending_apply"), seen | {"reason": "the list"})
        batch = Batch.objects.latest("pk")
        legal.post(reverse("admin:articles_batch_reverse", args=[batch.pk]), {"reason": "a mistake"})
    assert not Organization.objects.filter(names__text="Société de la sterne").exists()
    file = taken(legal, ODD + "\n")
    assert file.rows.filter(change="unchanged").count() == 0
    assert "Checked today" not in text_of(legal.get(to("store", file.pk)))
    legal.post(to("accept", file.pk))
    store(legal, file, reason="test")
    assert Organization.objects.filter(names__text="Société de la sterne").exists()
