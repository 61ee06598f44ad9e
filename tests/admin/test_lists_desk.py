"""The legal desk's pages of keepers' lists: who may, what is shown, what is refused, what is remembered."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from articles.admin.registers.lists import words
from articles.interchange.keeper import entries
from articles.interchange.keeper.compare import RETURNED, TWIN
from articles.lists import difference, identity
from articles.lists.drawing import POINTED
from articles.lists.layouts import FORMS, ROLES
from articles.lists.line import KINDS
from articles.models import (
    ListFile,
    ListLayout,
    Organization,
    Register,
    RegisterImport,
)
from tests.admin.lists import (
    HEADER,
    ODD,
    REST,
    agents,
    layout,
    legal,
    mark_of,
    store,
    stored,
    taken,
    text_of,
    to,
    upload,
)
from tests.interchange.conftest import entry, file_of

__all__ = ["agents", "layout", "legal"]  # fixtures


# Who may


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Administrator"])
def test_pages_are_closed_to_those_who_may_not_change_registers(
    client_as: Callable[[str], Client], legal: Client, layout: ListLayout, role: str
) -> None:
    file = taken(legal)
    row, client = file.rows.first(), client_as(role)
    assert row is not None
    gets = [to("add"), to("changelist"), to("change", file.pk), to("names", file.pk), to("store", file.pk)]
    gets += [to("accept", file.pk), to("drop", file.pk)]
    gets += [reverse(f"admin:articles_listlayout_{name}") for name in ("changelist", "add")]
    gets.append(reverse("admin:articles_listlayout_change", args=[layout.pk]))
    posts = [to("answer", file.pk, row.pk), to("answers", file.pk), to("confirm", file.pk, row.pk)]
    posts += [to("confirm_page", file.pk), to("count", file.pk), to("checked", file.pk), to("store", file.pk)]
    posts += [to("accept", file.pk), to("drop", file.pk), to("add")]
    posts += [reverse(f"admin:articles_listlayout_{name}") for name in ("add", "try", "keep")]
    posts += [reverse(f"admin:articles_listlayout_{name}", args=[layout.pk]) for name in ("copy", "remove")]
    for address in gets:
        assert client.get(address).status_code == 403, address
    for address in posts:
        assert client.post(address).status_code == 403, address
    file.refresh_from_db()
    assert file.state == "waiting"


def test_acts_are_no_links(legal: Client, layout: ListLayout) -> None:
    file = taken(legal)
    row = file.rows.first()
    assert row is not None
    for address in (to("answer", file.pk, row.pk), to("answers", file.pk), to("checked", file.pk)):
        assert legal.get(address).status_code == 405, address


@pytest.mark.parametrize("name", ["change", "names", "store"])
def test_no_such_file_is_said(legal: Client, name: str) -> None:
    assert legal.get(to(name, 999)).status_code == 404


def test_every_reason_of_a_pair_has_words() -> None:
    steps = {reason for reason, _key in identity.STEPS} | set(difference.DOUBTFUL) | {"former name"}
    assert steps | set(entries.RANK) | {TWIN, RETURNED} == set(words.REASONS)


def test_everything_that_a_column_can_hold_has_words() -> None:
    assert set(ROLES) == set(words.ROLES)
    assert set(POINTED) == set(ROLES) - {"schema"}
    assert set(words.NAME_KINDS) == set(KINDS)
    assert set(words.FORMS) == set(FORMS)


# The one door


def test_unknown_table_is_pointed_at_and_known_from_then_on(legal: Client, agents: Register) -> None:
    answer = upload(legal, ODD)
    assert "It fits no layout" in text_of(answer)
    assert answer.context["pointing"].roles == {}
    point = {
        "grid": answer.context["grid"], "header": "0", "column-0": "name", "column-1": "since", "column-2": "private",
        "title": "Isles", "register": agents.pk, "kind": "organization", "since_from": "since", "aliases_as": "",
    }  # fmt: skip
    tried = legal.post(reverse("admin:articles_listlayout_try"), point, headers={"HX-Request": "true"})
    assert tried.context["trial"]["lines"][0]["names"][0]["text"] == "Cercle des pélicans"
    assert "5 March 2021" in text_of(tried)
    legal.post(reverse("admin:articles_listlayout_keep"), point)
    row = ListLayout.objects.get(title="Isles")
    assert (row.register, row.is_shipped, row.data["name"]) == (agents, False, row.name)
    file = taken(legal)
    assert (file.layout, file.register) == (row, agents)
    kept = json.dumps([[one.data, one.numbers, one.line] for one in file.rows.all()])
    assert "1970" not in kept
    assert "01.02" not in kept


def test_what_was_pointed_at_wrongly_is_said_and_not_kept(legal: Client, agents: Register) -> None:
    grid = upload(legal, ODD).context["grid"]
    point = {"grid": grid, "header": "0", "column-1": "since", "title": "Isles", "register": agents.pk}
    answer = legal.post(reverse("admin:articles_listlayout_keep"), point | {"since_from": "since"})
    assert "No column holds the name" in text_of(answer)
    forged = legal.post(reverse("admin:articles_listlayout_keep"), point | {"grid": grid + "x"})
    assert "open too long" in text_of(forged)
    assert not ListLayout.objects.filter(is_shipped=False).exists()


def test_shipped_layout_is_looked_at_and_copied_and_only_the_copy_is_removed(legal: Client) -> None:
    shipped = ListLayout.objects.get(name="ru-foreign-agents")
    page = text_of(legal.get(reverse("admin:articles_listlayout_change", args=[shipped.pk])))
    assert "доменное имя" in page
    legal.post(reverse("admin:articles_listlayout_copy", args=[shipped.pk]))
    copy = ListLayout.objects.get(is_shipped=False)
    assert copy.data["columns"] == shipped.data["columns"]
    assert legal.get(reverse("admin:articles_listlayout_add"), {"base": copy.pk}).status_code == 200
    assert legal.post(reverse("admin:articles_listlayout_remove", args=[shipped.pk])).status_code == 403
    legal.post(reverse("admin:articles_listlayout_remove", args=[copy.pk]))
    assert not ListLayout.objects.filter(is_shipped=False).exists()


def test_register_file_of_ours_goes_its_own_way(legal: Client, agents: Register) -> None:
    answer = upload(legal, file_of(entry("agents-1", "Tern Society")), "ours.json")
    assert answer.redirect_chain[-1][0] == reverse(  # type: ignore[attr-defined]
        "admin:articles_registerimport_change", args=[RegisterImport.objects.get().pk]
    )
    assert not ListFile.objects.exists()


def test_register_file_of_ours_that_is_faulty_is_refused_with_its_place(legal: Client, agents: Register) -> None:
    answer = upload(legal, file_of(entry("agents-1", "Tern Society", since="soon")), "ours.json")
    assert "since" in text_of(answer)
    assert not RegisterImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04", "damaged"),
        (b"<?xml version='1.0'?><a/>", "XML"),
    ],
)
def test_what_is_no_list_is_refused_in_words(legal: Client, content: bytes, said: str) -> None:
    assert said in text_of(upload(legal, content))
    assert not ListFile.objects.exists()


def test_register_that_the_file_does_not_name_has_to_be_chosen(legal: Client, agents: Register) -> None:
    table = "Наименование;Иное наименование;Дата включения\nКруг крачек;;01.02.2020\n"
    assert "choose the register" in text_of(upload(legal, table))
    assert taken(legal, table, register=agents.pk).register == agents


def test_same_file_twice_leads_to_the_one_that_waits(legal: Client, layout: ListLayout) -> None:
    file = taken(legal)
    answer = text_of(upload(legal, ODD))
    assert "waits already" in answer
    assert to("change", file.pk) in answer


# What is new


def test_line_is_text_whatever_it_holds(legal: Client, layout: ListLayout) -> None:
    hostile = HEADER + '"<script>alert(1)</script> ""Circle""";05.03.2021;\n=1+1 Circle;06.03.2021;\n'
    file = taken(legal, hostile)
    for name in ("change", "names", "store"):
        page = text_of(legal.get(to(name, file.pk), {"show": "all"}))
        assert "<script>alert" not in page, name
    assert "&lt;script&gt;alert" in text_of(legal.get(to("change", file.pk), {"show": "all"}))
    assert "=1+1 Circle" in text_of(legal.get(to("change", file.pk), {"show": "all"}))


def test_line_that_is_gone_is_asked_about_and_ends_on_the_day_that_is_given(legal: Client, layout: ListLayout) -> None:
    stored(legal, ODD + "Club des crabes;07.03.2021;\n")
    file = taken(legal, HEADER + REST)
    page = legal.get(to("change", file.pk))
    assert page.context["show"] == "open"
    assert [one["row"].change for one in page.context["rows"]] == ["gone"]
    assert "1 question waits" in text_of(legal.get(to("store", file.pk)))
    row = file.rows.get(change="gone")
    form = {"seen": mark_of(legal, row), "answer": "end", "ends_on": "2026-02-30"}
    legal.post(to("answer", file.pk, row.pk), form)
    assert file.rows.get(change="gone").is_open
    legal.post(to("answer", file.pk, row.pk), form | {"ends_on": "2026-02-03"})
    assert "It has ended" in text_of(legal.get(to("change", file.pk), {"show": "gone"}))
    store(legal, file, reason="order 5")
    ended = Organization.objects.get(names__text="Cercle des pélicans")
    assert [str(one.designated_until) for one in ended.designations.all()] == ["2026-02-03"]


def test_second_of_two_people_is_told_that_it_has_changed_since(
    legal: Client, client_as: Callable[[str], Client], layout: ListLayout
) -> None:
    stored(legal, ODD + "Club des crabes;07.03.2021;\n")
    file = taken(legal, HEADER + REST)
    row = file.rows.get(change="gone")
    form = {"seen": mark_of(legal, row)}
    legal.post(to("answer", file.pk, row.pk), form | {"answer": "keep"})
    other = client_as("Managing editor")
    answer = other.post(to("answer", file.pk, row.pk), form | {"answer": "end"}, headers={"HX-Request": "true"})
    assert "This has changed since you looked" in text_of(answer)
    assert "legal" in text_of(answer)
    assert "It is still listed" in text_of(answer)
    row.refresh_from_db()
    assert row.answer == "keep"


def test_questions_of_one_kind_are_answered_at_once_only_by_who_has_looked(legal: Client, layout: ListLayout) -> None:
    many = HEADER + "".join(f"Cercle {number} des pélicans;05.03.2021;\n" for number in range(9))
    stored(legal, many)
    file = taken(legal, "".join(many.splitlines(keepends=True)[:7]))
    bulk = legal.get(to("change", file.pk)).context["bulk"]
    assert (bulk["count"], bulk["change"]) == (3, "gone")
    form = {"change": "gone", "answer": "keep", "count": "3"}
    assert "say first that you have looked" in text_of(legal.post(to("answers", file.pk), form, follow=True))
    less = legal.post(to("answers", file.pk), form | {"sure": "1", "count": "2"}, follow=True)
    assert "changed since" in text_of(less)
    assert file.rows.filter(answer="keep").count() == 0
    legal.post(to("answers", file.pk), form | {"sure": "1"})
    assert file.rows.filter(answer="keep").count() == 3
    assert legal.post(to("answers", file.pk), form | {"sure": "1", "answer": "same"}).status_code == 404


def test_rows_are_found_by_their_words_and_shown_by_pages(legal: Client, layout: ListLayout) -> None:
    many = HEADER + "".join(f"Cercle {number} des pélicans;05.03.2021;\n" for number in range(130))
    file = taken(legal, many)
    first = legal.get(to("change", file.pk))
    assert (len(first.context["rows"]), first.context["page"].paginator.num_pages) == (50, 3)
    found = legal.get(to("change", file.pk), {"show": "all", "q": "cercle 77"})
    assert [one["line"] for one in found.context["rows"]] == ["Cercle 77 des pélicans"]
    assert len(legal.get(to("change", file.pk), {"show": "all", "page": "3"}).context["rows"]) == 30


@pytest.mark.parametrize("number", [60, 400])
def test_pages_ask_the_database_the_same_for_short_and_long_files(
    legal: Client, layout: ListLayout, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many = HEADER + "".join(f"Cercle {one} des pélicans;05.03.2021;\n" for one in range(number))
    file = taken(legal, many)
    for name in ("change", "names"):
        with django_assert_max_num_queries(40):
            legal.get(to(name, file.pk))
