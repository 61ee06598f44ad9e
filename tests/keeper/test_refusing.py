"""What is refused of a keeper's file, or from whom: nothing changes."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.interchange import Unreadable, keeper
from articles.models import ListLayout, Register
from articles.publishing import Refused
from tests.builders import NOW, make_user
from tests.keeper.conftest import changes, dump, empty_register
from tests.keeper.taken import FUND, LATER, PERSON, THREE, listed, row_of, take
from tests.lists.made import banned, undesirable
from tests.lists.test_bad_files import BAD


def test_only_those_who_may_change_registers_do(stored: Register, legal: User) -> None:
    reporter = make_user("Reporter")
    with pytest.raises(PermissionDenied):
        take(listed(*THREE, as_of="30.10.2026"), stored, reporter)
    file = take(listed(FUND, PERSON, as_of="30.10.2026"), stored, legal)
    for act in (
        lambda: keeper.answer(row_of(file, "Осенний причал"), "keep", by=reporter, at=NOW),
        lambda: keeper.accept_all(file, by=reporter, at=NOW),
        lambda: keeper.store_file(file, "", by=reporter, at=NOW),
        lambda: keeper.checked(file, by=reporter, at=NOW),
        lambda: keeper.drop(file, by=reporter, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_list_is_refused_and_nothing_changes(what: str, stored: Register, legal: User) -> None:
    before = dump()
    content, message = BAD[what]
    with pytest.raises(Unreadable) as error:
        take(content, stored, legal)
    assert message in str(error.value)
    assert dump() == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (undesirable(banned("1", "Tarn Watch, США")), "another keeper's file: it is of “ru-undesirable”"),
        (listed(*THREE, as_of="16.09.2026"), "as of 16 September 2026, older than the last one, as of 16 October 2026"),
        (listed(FUND, as_of="30.10.2026"), "Lines of the file: 1; of the keeper's last list: 3. It is not whole"),
        (listed(), "no line of a list stands in it"),
    ],
)
def test_file_that_cannot_be_the_next_is_refused_and_nothing_changes(
    content: bytes, why: str, stored: Register, legal: User
) -> None:
    empty_register("ru-undesirable")
    before = dump()
    with pytest.raises((Refused, Unreadable)) as error:
        take(content, stored, legal)
    assert why in str(error.value)
    assert dump() == before


def test_file_that_waits_or_was_stored_before_the_last_one_is_refused(stored: Register, legal: User) -> None:
    first = listed(*THREE)
    file = take(listed(*THREE, as_of="30.10.2026"), stored, legal)
    with pytest.raises(Refused, match="waits already, taken on 10 March 2026"):
        take(listed(*THREE, as_of="30.10.2026"), stored, legal)
    keeper.checked(file, by=legal, at=LATER)
    with pytest.raises(Refused, match="stored before the last one"):
        take(first, stored, legal)


def test_file_of_a_layout_of_another_keeper_is_refused_unless_it_is_named(stored: Register, legal: User) -> None:
    table = (
        "Наименование;Иные наименования;Дата включения\n"
        "Фонд «Камышовая заводь»;;05.02.2021\nИздание «Осенний причал»;;12.03.2021\n"
    ).encode()
    with pytest.raises(Refused, match="the last one of this register was of"):
        take(table, stored, legal)
    named = take(table, stored, legal, layout=ListLayout.objects.get(name="table"))
    assert changes(named) == {"changed": 1, "gone": 1, "unchanged": 1, "open": 1}
