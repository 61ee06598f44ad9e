"""The names of a line: what they are, and the parts of a person's name, put right before they are stored."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import (
    ListLayout,
    ListRow,
    Organization,
    Register,
)
from tests.admin.lists import HEADER, agents, layout, legal, names_form, store, taken, text_of, to

__all__ = ["agents", "layout", "legal"]  # fixtures
PERSONS = "Фамилия;Имя;Дата включения\nЖеня;Тарн;05.03.2021\n"


@pytest.fixture
def row(legal: Client, agents: Register) -> ListRow:
    return taken(legal, PERSONS, register=str(agents.pk)).rows.get()


def test_parts_are_put_right_and_stored_so(legal: Client, row: ListRow) -> None:
    assert "Parts of the name" in text_of(legal.get(to("names", row.file_id)))
    form = names_form(legal, row) | {"part-family": " Тарн ", "part-given": "Женя", "part-gender": "m"}
    answer = legal.post(to("confirm", row.file_id, row.pk), form, headers={"HX-Request": "true"})
    assert "Тарна Жени" in text_of(answer)
    store(legal, row.file, reason="test")
    entry = Organization.objects.get(family="Тарн")
    assert (entry.given, entry.patronymic, entry.gender) == ("Женя", "", "m")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"part-family": "Тарн", "part-gender": "m"}, "a family name and a given name"),
        ({"part-family": "Тарн", "part-given": "Женя", "part-gender": "x"}, "Choose the gender"),
        ({"part-family": "Тарн", "part-given": "…", "part-gender": "m"}, "a family name and a given name"),
    ],
)
def test_parts_that_make_no_name_are_refused(legal: Client, row: ListRow, parts: dict[str, str], said: str) -> None:
    answer = legal.post(to("confirm", row.file_id, row.pk), names_form(legal, row) | parts, follow=True)
    assert said in text_of(answer)
    row.refresh_from_db()
    assert row.data["person"]["family"] == "Женя" and not row.names_confirmed


def test_what_a_name_is_can_be_said_otherwise(legal: Client, row: ListRow) -> None:
    form = names_form(legal, row) | {"text-1": "Чайка", "kind-1": "pseudonym"}
    legal.post(to("confirm", row.file_id, row.pk), form)
    row.refresh_from_db()
    assert [(one["text"], one["kind"]) for one in row.names] == [("Женя Тарн", "official"), ("Чайка", "pseudonym")]
    legal.post(to("confirm", row.file_id, row.pk), names_form(legal, row) | {"kind-1": "former"})
    row.refresh_from_db()
    assert row.names[1]["kind"] == "former"
    legal.post(to("confirm", row.file_id, row.pk), names_form(legal, row) | {"kind-1": "nonsense"})
    row.refresh_from_db()
    assert row.names[1]["kind"] == "former"


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
