"""The names of a line: what they are, and the parts of a person's name, put right before they are stored."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import ListRow, Organization, Register
from tests.admin.test_lists_desk import agents, names_form, store, taken, text_of, to

__all__ = ["agents"]  # a fixture
PERSONS = "Фамилия;Имя;Дата включения\nЖеня;Тарн;05.03.2021\n"


@pytest.fixture
def legal(client_as: Callable[[str], Client]) -> Client:
    return client_as("Legal")


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
