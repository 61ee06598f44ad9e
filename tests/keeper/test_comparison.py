"""Their list beside ours on paper: every line once, where it differs, what only one side has."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.interchange import keeper
from articles.interchange.keeper.comparison import Comparison, comparison_of
from articles.models import Designation, ListFile, Name, Organization, Register
from articles.publishing import Refused
from tests.builders import NOW, make_user
from tests.keeper.conftest import accepted, empty_register
from tests.keeper.test_way import FUND, OUTLET, PERSON, THREE, listed, take

TODAY = date(2026, 11, 1)


@pytest.fixture
def register(legal: User) -> Register:
    return empty_register("ru-foreign-agents")


@pytest.fixture
def stored(register: Register, legal: User) -> ListFile:
    file = take(listed(*THREE), register, legal)
    accepted(file, legal)
    return file


def texts(lines: Any) -> list[str]:
    return [one.line for one in lines]


def of(file: ListFile) -> Comparison:
    return comparison_of(ListFile.objects.select_related("register").get(pk=file.pk), TODAY)


def test_of_a_file_just_taken_only_they_have_all(register: Register, legal: User) -> None:
    found = of(take(listed(*THREE), register, legal))
    assert (found.same, found.differing, found.ours) == ([], [], [])
    assert [one.theirs for one in found.theirs] == [
        "since 5 February 2021",
        "since 12 March 2021",
        "since 2 April 2022",
    ]


def test_once_stored_both_lists_are_the_same(stored: ListFile) -> None:
    found = of(stored)
    assert (found.differing, found.theirs, found.ours) == ([], [], [])
    assert len(found.same) == found.total == 3
    fund = next(one for one in found.same if "Камышовая" in one.line)
    assert fund.ours == [fund.theirs] == ["since 5 February 2021"]
    assert fund.key == "fond-kamyshovaya-zavod"
    assert fund.names


def test_what_was_changed_by_hand_is_named(stored: ListFile, legal: User) -> None:
    fund = Organization.objects.filter(names__text__contains="Камышовая").first()
    assert fund is not None
    fund.designations.update(designated_from=date(2020, 1, 1))
    Name.objects.filter(organization=fund, text="Reedwater Fund").delete()
    ended = Organization.objects.filter(names__text__contains="причал").first()
    assert ended is not None
    ended.designations.update(designated_until=date(2025, 5, 5))
    found = of(stored)
    assert {one.line: one.differs for one in found.differing} == {
        texts(found.differing)[0]: [
            "Theirs: since 5 February 2021; ours: since 1 January 2020.",
            "Names that we have not: Reedwater Fund.",
        ],
        texts(found.differing)[1]: ["Theirs: since 12 March 2021; ours: since 12 March 2021, until 5 May 2025."],
    }
    Designation.objects.filter(organization=fund).delete()
    assert "The entry is not on this register." in next(one.differs[0] for one in of(stored).differing)


def test_what_only_we_have_is_listed_while_it_is_in_force(stored: ListFile) -> None:
    for key, until in (("tern", None), ("gull", date(2027, 1, 1)), ("auk", date(2026, 1, 1))):
        one = Organization.objects.create(key=key)
        one.names.create(text=f"The {key} fund", language="en")
        Designation.objects.create(organization=one, register=stored.register, designated_until=until)
    found = of(stored)
    assert found.ours is not None
    assert [(one.key, one.names, one.ours) for one in found.ours] == [
        ("gull", ["The gull fund"], ["start unknown, until 1 January 2027"]),
        ("tern", ["The tern fund"], ["start unknown"]),
    ]


def test_a_line_that_has_gone_is_what_only_we_have(stored: ListFile, legal: User) -> None:
    next_one = take(listed(FUND, PERSON, as_of="30.10.2026"), stored.register, legal, at=NOW + timedelta(days=14))
    found = of(next_one)
    assert found.ours is not None
    assert [one.names[0] for one in found.ours] == [Name.objects.filter(text__contains="причал")[0].text]
    assert (len(found.same), found.theirs) == (2, [])


def test_of_a_part_of_a_list_nobody_says_what_only_we_have(stored: ListFile, legal: User) -> None:
    part = take(listed(OUTLET), stored.register, legal, partial=True)
    found = of(part)
    assert found.ours is None
    assert len(found.same) == 1


def test_a_merged_entry_is_the_one_that_it_was_merged_into(stored: ListFile) -> None:
    fund = Organization.objects.filter(names__text__contains="Камышовая").first()
    other = Organization.objects.filter(names__text__contains="причал").first()
    assert fund is not None and other is not None
    Organization.objects.filter(pk=other.pk).update(merged_into=fund)
    found = of(stored)
    assert {one.key for one in (*found.same, *found.differing)} == {
        fund.key,
        Organization.objects.get(kind="person").key,
    }


def test_a_file_whose_lines_are_gone_is_refused(stored: ListFile, legal: User) -> None:
    dropped = take(listed(FUND, OUTLET, PERSON, as_of="30.10.2026"), stored.register, legal)
    keeper.drop(dropped, by=legal, at=NOW)
    with pytest.raises(Refused, match="no longer kept"):
        of(dropped)


def test_the_page_names_file_and_hash_and_is_made_to_be_printed(stored: ListFile) -> None:
    client = Client()
    client.force_login(make_user("Legal"))
    page = client.get(reverse("admin:articles_register_comparison", args=[stored.pk])).content.decode()
    assert stored.sha256 in page
    assert "export.xlsx, as of 16 October 2026" in page
    assert "The keeper&#x27;s list has 3 lines." in page or "The keeper's list has 3 lines." in page
    assert "articles/comparison.css" in page
    assert "The same on both" in page
    first = client.get(reverse("admin:articles_register_compare_last", args=[stored.register_id]))
    assert first.url == reverse("admin:articles_register_comparison", args=[stored.pk])


def test_the_page_costs_as_many_queries_for_many_lines(register: Register, legal: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.lists.made import agent

    counts, file = [], ListFile()
    for number in (3, 40):
        rows = [
            agent(n, f"Фонд «Пристань {n}»", "05.02.2021", type="Юридические лица", reg=f"АГ-{n}")
            for n in range(number)
        ]
        for waits in (True, False):
            file = take(listed(*rows, as_of=f"{16 + number // 4}.10.2026"), register, legal) if waits else file
            if not waits:
                accepted(file, legal)
            with CaptureQueriesContext(connection) as queries:
                found = of(file)
            assert found.total == number
            counts.append(len(queries))
    assert len(set(counts[1:])) == 1  # the first of all has no entries yet


def test_who_may_not_see_registers_sees_no_comparison(stored: ListFile) -> None:
    client, user = Client(), make_user("Reporter")
    user.groups.clear()
    client.force_login(user)
    address = reverse("admin:articles_register_comparison", args=[stored.pk])
    assert client.get(address).status_code == 403
    client.force_login(make_user("Legal"))
    assert client.get(reverse("admin:articles_register_comparison", args=[10**7])).status_code == 404
