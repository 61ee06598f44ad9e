"""The legal desk's pages of keepers' lists: who may, what is shown, what is refused, what is remembered."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
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
    Batch,
    Designation,
    Event,
    KeeperLine,
    ListFile,
    ListLayout,
    ListRow,
    Organization,
    Register,
    RegisterImport,
)
from articles.registers import refresh_version
from tests.builders import NOW, make_user
from tests.interchange.conftest import entry, file_of

HEADER = "Organisme;Inscrit le;Né le\n"
LINES = "Cercle des pélicans;05.03.2021;01.02.1970\nSociété de la sterne;06.03.2021;\n"
REST = "Société de la sterne;06.03.2021;\nClub des crabes;07.03.2021;\n"
ODD = HEADER + LINES


@pytest.fixture
def legal(client_as: Callable[[str], Client]) -> Client:
    return client_as("Legal")


@pytest.fixture
def agents(newsroom: object) -> Register:
    """Return a register without entries."""
    register = Register.objects.get(key="test-agents")
    Designation.objects.filter(register=register).delete()
    return register


@pytest.fixture
def layout(agents: Register) -> ListLayout:
    data = {
        "name": "odd", "form": "table", "register": "test-agents", "title": {"en": "Odd", "ru": "Odd"},
        "kind": "organization", "must": ["name", "since"],
        "columns": {"name": ["^organisme$"], "since": ["^inscrit\\ le$"], "private": ["^ne\\ le$"]},
    }  # fmt: skip
    return ListLayout.objects.create(name="odd", title="Odd", register=agents, data=data)


def upload(client: Client, text: str | bytes, name: str = "list.csv", **more: Any) -> HttpResponse:
    content = text.encode() if isinstance(text, str) else text
    data = {"file": SimpleUploadedFile(name, content)} | more
    return client.post(reverse("admin:articles_listfile_add"), data, follow=True)  # type: ignore[return-value]


def taken(client: Client, text: str = ODD, **more: Any) -> ListFile:
    """Upload a file and return its row."""
    before = set(ListFile.objects.values_list("pk", flat=True))
    answer = upload(client, text, **more)
    found = ListFile.objects.exclude(pk__in=before).first()
    assert found is not None, answer.context["refused"]  # type: ignore[attr-defined]
    return found


def to(name: str, *args: object) -> str:
    return reverse(f"admin:articles_listfile_{name}", args=args)


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def store(client: Client, file: ListFile, **more: str) -> Any:
    """See what would be stored, then store it."""
    seen = client.get(to("store", file.pk)).context.get("seen", "")
    return client.post(to("store", file.pk), {"seen": seen} | more, follow=True)


def stored(client: Client, text: str = ODD) -> ListFile:
    """Take a file, accept all that is proposed, store it."""
    file = taken(client, text)
    client.post(to("accept", file.pk))
    store(client, file, reason="test")
    file.refresh_from_db()
    assert file.state == "stored"
    return file


def mark_of(client: Client, row: ListRow) -> str:
    """Return the digest that the page's form of a row carries."""
    page = client.get(to("change", row.file_id), {"show": "all"})
    return next(str(one["mark"]) for one in page.context["rows"] if one["pk"] == row.pk)


def names_form(client: Client, row: ListRow) -> dict[str, str]:
    """Return the form of a row's names as the page fills it in."""
    page = client.get(to("names", row.file_id), {"show": "all"})
    one = next(one for one in page.context["rows"] if one["pk"] == row.pk)
    form = {"mark": str(one["mark"])}
    for name in one["names"]:
        form |= {f"text-{name['at']}": name["text"], f"strength-{name['at']}": name["strength"]}
        form |= {f"take-{name['at']}": "on"} if name["take"] else {}
    return form


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


# Names


def test_names_are_left_out_altered_and_added_and_remembered(legal: Client, layout: ListLayout) -> None:
    file = taken(legal, HEADER + '"Pelican Circle (Круг пеликанов, PC)";05.03.2021;\n')
    row = file.rows.get()
    texts = [name["text"] for name in row.names]
    assert len(texts) > 1
    form = names_form(legal, row)
    del form["take-1"]
    form |= {"text-0": "The Pelican Circle", f"text-{len(texts)}": "Клуб пеликанов"}
    legal.post(to("confirm", file.pk, row.pk), form)
    row.refresh_from_db()
    assert row.names_confirmed
    assert "confirmed: legal" in text_of(legal.get(to("names", file.pk), {"show": "done"}))
    store(legal, file, reason="test")
    found = set(Organization.objects.get(names__text="The Pelican Circle").names.values_list("text", flat=True))
    assert {"The Pelican Circle", "Клуб пеликанов"} <= found
    assert not {texts[0], texts[1]} & found
    again = taken(legal, HEADER + '"Pelican Circle (Круг пеликанов, PC)";05.03.2021;\nTern Society;06.03.2021;\n')
    assert again.rows.get(change="unchanged").names_confirmed


def test_line_that_matches_no_text_says_so(legal: Client, layout: ListLayout) -> None:
    file = taken(legal)
    row = file.rows.order_by("position").first()
    assert row is not None
    form = {key: value for key, value in names_form(legal, row).items() if not key.startswith("take-")}
    answer = legal.post(to("confirm", file.pk, row.pk), form, headers={"HX-Request": "true"})
    assert "This line matches no text" in text_of(answer)


def test_names_that_another_has_changed_are_not_overwritten(
    legal: Client, client_as: Callable[[str], Client], layout: ListLayout
) -> None:
    file = taken(legal)
    row = file.rows.order_by("position").first()
    assert row is not None
    form = names_form(legal, row)
    legal.post(to("confirm", file.pk, row.pk), form)
    late = client_as("Managing editor").post(to("confirm", file.pk, row.pk), form | {"text-0": "Other"}, follow=True)
    assert "changed since" in text_of(late)
    page = client_as("Managing editor").post(
        to("confirm_page", file.pk), {"row": [f"{row.pk}:{form['mark']}"]}, follow=True
    )
    assert "changed since" in text_of(page)
    row.refresh_from_db()
    assert "Other" not in [name["text"] for name in row.names]


def test_page_of_names_is_confirmed_as_it_is_proposed(legal: Client, layout: ListLayout) -> None:
    file = taken(legal)
    page = legal.get(to("names", file.pk))
    shown = [f"{one['pk']}:{one['mark']}" for one in page.context["rows"]]
    legal.post(to("confirm_page", file.pk), {"row": shown})
    assert not file.rows.filter(names_confirmed=False).exists()


def test_names_are_counted_in_turns(legal: Client, layout: ListLayout) -> None:
    file = taken(legal)
    assert legal.get(to("names", file.pk)).context["uncounted"] == 2
    answer = legal.post(to("count", file.pk), headers={"HX-Request": "true"})
    assert "All names are counted" in text_of(answer)
    page = legal.get(to("names", file.pk))
    assert page.context["uncounted"] == 0
    assert "in no article" in text_of(page)


# The ends


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
