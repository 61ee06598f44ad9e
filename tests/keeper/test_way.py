"""A keeper's file on its way: taken, answered, stored; nothing ends by itself, nothing is stored that was not shown."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.interchange import Chosen, keeper, merge_entries, separate_entry, state_of, waiting
from articles.models import Designation, Event, KeeperLine, ListFile, ListRow, Name, Organization, Register
from articles.publishing import Refused
from articles.registers import export_registers
from tests.builders import NOW, make_user
from tests.keeper.conftest import accepted, changes
from tests.keeper.taken import BODY, FUND, LATER, OUTLET, PERSON, THREE, listed, row_of, take
from tests.lists.made import agent


def store(file: ListFile, by: User, **options: Any) -> Any:
    file = ListFile.objects.get(pk=file.pk)
    return keeper.store_file(file, keeper.plan_of_file(file, at=NOW).seen, by=by, at=NOW, **options)


def seen_of(*keys: str) -> str:
    return state_of(*(Organization.objects.get(key=key) for key in keys))


def names_of(text: str) -> dict[str, str]:
    """Return the names of the entry that has this one, with their strengths."""
    entry = Organization.objects.get(names__text=text)
    return dict(entry.names.values_list("text", "strength"))


def test_first_file_makes_entries_that_wait(register: Register, legal: User) -> None:
    file = take(listed(*THREE), register, legal)
    assert changes(file) == {"added": 3}
    assert (export_registers()["organizations"], file.as_of) == ([], date(2026, 10, 16))
    accepted(file, legal)
    assert {line for one in waiting().added for line in one.lines if line.startswith("+ on ")} == {
        "+ on ru-foreign-agents, since 5 February 2021",
        "+ on ru-foreign-agents, since 12 March 2021",
        "+ on ru-foreign-agents, since 2 April 2022",
    }
    person = Organization.objects.get(kind="person")
    assert (person.family, person.given, person.patronymic, person.gender) == ("Топчилина", "Рада", "Фроловна", "f")
    register.refresh_from_db()
    assert register.checked_at == NOW
    kinds = Event.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["list taken", "list answered", "register imported", "list stored"]


def test_excluded_line_ends_and_a_missing_one_is_asked_about(stored: Register, legal: User) -> None:
    ended = agent(1, FUND[1], "05.02.2021", until="10.10.2026", type=BODY, reg="АГ-1")
    file = take(listed(ended, PERSON, as_of="30.10.2026"), stored, legal)
    assert changes(file) == {"ended": 1, "gone": 1, "unchanged": 1, "open": 1}
    with pytest.raises(Refused, match="wait for an answer: 1"):
        keeper.plan_of_file(file, at=NOW)
    gone = row_of(file, "Осенний причал")
    assert (gone.change, gone.entry, keeper.answers_to(gone)) == (
        "gone",
        Organization.objects.get(names__text="Осенний причал"),
        ("end", "keep", "skip"),
    )
    keeper.answer(gone, "end", by=legal, at=NOW, ends_on=date(2026, 10, 20))
    store(file, legal, reason="The keeper says so.")
    until = Designation.objects.order_by("designated_from").values_list("designated_until", flat=True)
    assert list(until) == [date(2026, 10, 10), date(2026, 10, 20), None]
    again = take(listed(ended, PERSON, as_of="31.10.2026"), stored, legal)
    assert changes(again) == {"unchanged": 2}


@pytest.mark.parametrize(("given", "next_time"), [("keep", {}), ("skip", {"gone": 1, "open": 1})])
def test_missing_line_that_is_kept_is_not_asked_about_again(
    given: str, next_time: dict[str, int], stored: Register, legal: User
) -> None:
    file = take(listed(FUND, PERSON, as_of="30.10.2026"), stored, legal)
    keeper.answer(row_of(file, "Осенний причал"), given, by=legal, at=NOW)
    store(file, legal)
    assert Designation.objects.filter(designated_until=None).count() == 3
    again = take(listed(FUND, PERSON, as_of="31.10.2026"), stored, legal)
    assert changes(again) == {"unchanged": 2} | next_time


def test_line_that_returns_is_of_the_entry_that_it_was(stored: Register, legal: User) -> None:
    file = take(listed(FUND, PERSON, as_of="30.10.2026"), stored, legal)
    keeper.answer(row_of(file, "Осенний причал"), "end", by=legal, at=NOW, ends_on=date(2026, 10, 20))
    store(file, legal, reason="The keeper says so.")
    back = agent(4, OUTLET[1], "01.11.2026", type=BODY, reg="АГ-4")
    file = take(listed(FUND, PERSON, back, as_of="02.11.2026"), stored, legal)
    assert changes(file) == {"added": 1, "unchanged": 2}
    accepted(file, legal)
    entry = Organization.objects.get(names__text="Осенний причал")
    periods = entry.designations.order_by("designated_from").values_list("designated_from", "designated_until")
    assert list(periods) == [(date(2021, 3, 12), date(2026, 10, 20)), (date(2026, 11, 1), None)]


def test_renumbered_lines_are_who_they_were(stored: Register, legal: User) -> None:
    rows = [[str(number), *row[1:]] for number, row in enumerate((PERSON, OUTLET, FUND), 1)]
    assert changes(take(listed(*rows, as_of="30.10.2026"), stored, legal)) == {"unchanged": 3}


def test_known_number_with_a_wholly_other_name_stops_the_line(stored: Register, legal: User) -> None:
    other = agent(1, "Клуб «Полярная сова»", "05.02.2021", type=BODY, reg="АГ-1")
    file = take(listed(other, OUTLET, PERSON, as_of="30.10.2026"), stored, legal)
    assert changes(file) == {"stopped": 1, "unchanged": 2, "open": 1}
    before = export_registers()
    keeper.accept_all(file, by=legal, at=NOW)
    store(file, legal)
    assert export_registers() == before
    again = take(listed(other, OUTLET, PERSON, as_of="31.10.2026"), stored, legal)
    keeper.answer(row_of(again, "Полярная сова"), "other", by=legal, at=NOW)
    store(again, legal)
    assert Organization.objects.count() == 4
    third = take(listed(other, OUTLET, PERSON, as_of="01.11.2026"), stored, legal)
    assert changes(third) == {"gone": 1, "unchanged": 3, "open": 1}


def test_name_that_was_refused_once_is_refused_next_time(register: Register, legal: User) -> None:
    file = take(listed(*THREE), register, legal)
    row = row_of(file, "Осенний причал")
    short = {"text": "Осенний причал", "language": "ru", "take": False}
    own = {"text": "«Осенний причал» – новости", "language": "ru", "take": True, "strength": "weak"}
    keeper.confirm_names(row, [short, own], by=legal, at=NOW)
    accepted(file, legal)
    assert names_of("Издание «Осенний причал»") == {
        "Издание «Осенний причал»": "strong",
        "«Осенний причал» – новости": "weak",
    }
    longer = agent(2, "Издание «Осенний причал» (прежнее наименование – «Пирс»)", "12.03.2021", type=BODY, reg="АГ-2")
    again = take(listed(FUND, longer, PERSON, as_of="30.10.2026"), register, legal)
    states = {one["text"]: (one["state"], one["take"]) for one in row_of(again, "Пирс").names}
    assert states["Осенний причал"] == ("refused", False)
    assert states["Пирс"] == ("new", True)
    accepted(again, legal)
    assert set(names_of("Издание «Осенний причал»")) == {
        "Издание «Осенний причал»",
        "«Осенний причал» – новости",
        "Пирс",
    }


def test_misprint_put_right_leaves_no_former_name_and_a_renaming_does(stored: Register, legal: User) -> None:
    right = agent(3, "Топчилина Радда Фроловна «Ивушка»", "02.04.2022", reg="АГ-3", inn="001234567890")
    renamed = agent(1, "Фонд «Камышовая тропа» (ранее – Фонд «Камышовая заводь»)", "05.02.2021", type=BODY, reg="АГ-1")
    file = take(listed(renamed, OUTLET, right, as_of="30.10.2026"), stored, legal)
    assert changes(file)["changed"] == 2
    accepted(file, legal)
    assert {"Фонд «Камышовая тропа»", "Фонд «Камышовая заводь»", "Камышовая заводь"} <= set(names_of("Камышовая тропа"))


def test_resources_and_members_are_kept(register: Register, legal: User) -> None:
    sites = "https://t.me/owl_club, ID: -1001234567890; WWW.OWL.EXAMPLE; t.me/owl_club"
    owl = agent(
        1, "Клуб «Полярная сова»", "01.11.2023", type=BODY, reg="АГ-4", resources=sites, members="[Сычёв И. И.]"
    )
    accepted(take(listed(owl), register, legal), legal)
    rows = Organization.objects.get().resources.values_list("kind", "service", "value", "number", "register__key")
    assert set(rows) == {
        ("account", "t.me", "owl_club", "-1001234567890", "ru-foreign-agents"),
        ("host", "", "owl.example", "", "ru-foreign-agents"),
    }
    assert KeeperLine.objects.get().data["members"] == ["Сычёв И. И."]
    fewer = agent(1, "Клуб «Полярная сова»", "01.11.2023", type=BODY, reg="АГ-4", resources="owl.example")
    file = take(listed(fewer, as_of="30.10.2026"), register, legal)
    assert changes(file) == {"changed": 1}
    accepted(file, legal)
    assert list(Organization.objects.get().resources.values_list("value", flat=True)) == ["owl.example"]


def test_line_follows_entries_that_are_merged_and_separated(stored: Register, legal: User) -> None:
    fund, outlet = (Organization.objects.get(names__text=row[1].split(" (")[0]).key for row in (FUND, OUTLET))
    merge_entries(fund, outlet, seen=seen_of(fund, outlet), by=legal, at=NOW, reason="One body.")
    ended = agent(2, OUTLET[1], "12.03.2021", until="10.10.2026", type=BODY, reg="АГ-2")
    file = take(listed(FUND, ended, PERSON, as_of="30.10.2026"), stored, legal)
    assert changes(file) == {"ended": 1, "unchanged": 2}
    accepted(file, legal)
    periods = Designation.objects.filter(organization__key=fund).order_by("designated_from")
    assert list(periods.values_list("designated_from", "designated_until")) == [
        (date(2021, 2, 5), None),
        (date(2021, 3, 12), date(2026, 10, 10)),
    ]
    names = list(Organization.objects.get(key=fund).names.values_list("text", flat=True))
    chosen = Chosen(
        key=outlet,
        names=frozenset(at for at, name in enumerate(names) if "причал" in name.lower()),
        designations=frozenset({1}),
    )
    separate_entry(fund, chosen, seen=seen_of(fund), by=legal, at=NOW, reason="Two bodies.")
    back = agent(2, OUTLET[1], "12.03.2021", until="11.10.2026", type=BODY, reg="АГ-2")
    accepted(take(listed(FUND, back, PERSON, as_of="31.10.2026"), stored, legal), legal)
    assert Designation.objects.get(organization__key=outlet).designated_until == date(2026, 10, 11)
    assert Designation.objects.get(organization__key=fund).designated_until is None


def test_what_is_stored_is_what_was_shown(stored: Register, legal: User) -> None:
    file = take(listed(*THREE, agent(4, "Клуб «Полярная сова»", "01.11.2026", type=BODY, reg="АГ-4")), stored, legal)
    plans = keeper.plan_of_file(file, at=NOW)
    keeper.answer(row_of(file, "Полярная сова"), "skip", by=make_user("Managing editor"), at=NOW)
    before = export_registers()
    with pytest.raises(Refused, match="changed since"):
        keeper.store_file(file, plans.seen, by=legal, at=NOW)
    plans = keeper.plan_of_file(ListFile.objects.get(pk=file.pk), at=NOW)
    Name.objects.filter(text="Камышовая заводь").update(strength="weak")
    with pytest.raises(Refused, match="changed since"):
        keeper.store_file(file, plans.seen, by=legal, at=NOW)
    Name.objects.filter(text="Камышовая заводь").update(strength="strong")
    assert export_registers() == before
    assert ListFile.objects.get(pk=file.pk).state == "waiting"


def test_answer_that_somebody_else_has_changed_is_refused(stored: Register, legal: User) -> None:
    file = take(listed(FUND, PERSON, as_of="30.10.2026"), stored, legal)
    row = row_of(file, "Осенний причал")
    keeper.answer(row, "keep", by=make_user("Managing editor"), at=NOW, seen="")
    with pytest.raises(Refused, match="changed since"):
        keeper.answer(row, "end", by=legal, at=NOW, seen="")
    row.refresh_from_db()
    assert (row.answer, row.answered_by and row.answered_by.user.username) == ("keep", "managing-editor")


def test_two_waiting_files_do_not_mix(stored: Register, legal: User) -> None:
    """Of one register: the second is compared anew once the first was stored. Of two: they are shown beside."""
    owl = agent(4, "Клуб «Полярная сова»", "01.11.2026", type=BODY, reg="АГ-4")
    tern = agent(5, "Клуб «Крачка»", "02.11.2026", type=BODY, reg="АГ-5")
    first = take(listed(*THREE, owl, as_of="01.11.2026"), stored, legal)
    second = take(listed(*THREE, owl, tern, as_of="02.11.2026"), stored, legal)
    seen = keeper.plan_of_file(second, at=NOW).seen
    accepted(first, legal)
    assert keeper.beside(second).total  # type: ignore[union-attr]
    with pytest.raises(Refused, match="changed since"):
        keeper.store_file(second, seen, by=legal, at=NOW)
    second = ListFile.objects.get(pk=second.pk)
    assert keeper.fresh(second, at=NOW)
    assert changes(second) == {"added": 1, "unchanged": 4}
    plans = keeper.plan_of_file(second, at=NOW)
    assert [one.name for one in plans.plan.added] == ["Клуб «Крачка»"]
    assert plans.others is not None
    assert not plans.planned.is_first


def test_answers_stay_when_the_file_is_compared_anew(stored: Register, legal: User) -> None:
    owl = agent(4, "Клуб «Полярная сова»", "01.11.2026", type=BODY, reg="АГ-4")
    file = take(listed(FUND, PERSON, owl, as_of="30.10.2026"), stored, legal)
    keeper.answer(row_of(file, "Осенний причал"), "keep", by=legal, at=NOW)
    refused = {"text": "Полярная сова", "language": "ru", "take": False}
    keeper.confirm_names(row_of(file, "Полярная сова"), [refused], by=legal, at=NOW)
    Organization.objects.get(names__text="Камышовая заводь").names.create(text="Тростник", language="ru")
    file = ListFile.objects.get(pk=file.pk)
    assert keeper.fresh(file, at=NOW)
    assert row_of(file, "Осенний причал").answer == "keep"
    names = {one["text"]: one["take"] for one in row_of(file, "Полярная сова").names}
    assert names == {"Клуб «Полярная сова»": True, "Полярная сова": False}
    assert row_of(file, "Полярная сова").names_confirmed


def test_checked_is_an_act_of_its_own(stored: Register, legal: User) -> None:
    file = take(listed(*THREE, as_of="30.10.2026"), stored, legal)
    keeper.checked(file, by=legal, at=LATER)
    stored.refresh_from_db()
    assert stored.checked_at == LATER
    assert Event.objects.filter(kind="list checked", at=LATER).count() == 1
    assert set(KeeperLine.objects.values_list("last_seen", flat=True)) == {LATER}
    owl = agent(4, "Клуб «Полярная сова»", "01.11.2026", type=BODY, reg="АГ-4")
    for rows, options, why in (
        ((*THREE, owl), {}, "Something is new"),
        ((FUND, OUTLET), {}, "Something is new"),
        ((FUND, OUTLET), {"partial": True}, "only a part"),
    ):
        file = take(listed(*rows, as_of="01.11.2026"), stored, legal, **options)
        with pytest.raises(Refused, match=why):
            keeper.checked(file, by=legal, at=LATER)
        keeper.drop(file, by=legal, at=LATER)
    stored.refresh_from_db()
    assert stored.checked_at == LATER


def test_partial_file_asks_of_nobody_and_is_no_check(stored: Register, legal: User) -> None:
    owl = agent(4, "Клуб «Полярная сова»", "01.11.2026", type=BODY, reg="АГ-4")
    file = take(listed(owl, as_of="01.11.2026"), stored, legal, partial=True, at=LATER)
    assert changes(file) == {"added": 1}
    keeper.store_file(file, keeper.plan_of_file(file, at=LATER).seen, by=legal, at=LATER)
    stored.refresh_from_db()
    assert stored.checked_at == NOW
    assert changes(take(listed(*THREE, owl, as_of="02.11.2026"), stored, legal)) == {"unchanged": 4}


def test_dropped_file_leaves_nothing_and_a_stored_one_cannot_be_stored_again(stored: Register, legal: User) -> None:
    file = take(listed(*THREE, as_of="30.10.2026"), stored, legal)
    seen = keeper.plan_of_file(file, at=NOW).seen
    keeper.drop(file, by=legal, at=NOW)
    assert not ListRow.objects.filter(file=file).exists()
    for act in (lambda: keeper.drop(file, by=legal, at=NOW), lambda: keeper.store_file(file, seen, by=legal, at=NOW)):
        with pytest.raises(Refused, match="already"):
            act()


def test_cells_that_look_like_formulas_are_text_and_merged_ones_stop_their_lines(
    register: Register, legal: User
) -> None:
    rows = [FUND, agent(2, "=Клуб «Осока»", "01.02.2022", type=BODY), agent(3, "-Осока", "01.02.2022", type=BODY)]
    file = take(listed(*rows, OUTLET, PERSON, merged=("B7:B8",)), register, legal)
    assert [row.name for row in file.rows.all()] == [FUND[1], "=Клуб «Осока»", "-Осока"]
    column = "column “Полное наименование / ФИО «Псевдоним» (при наличии)”"
    assert [str(one) for one in keeper.faults_of(file)] == [
        f"row {row}, {column}: merged cells (B7:B8): separate them" for row in (7, 8)
    ]
    accepted(file, legal)
    register.refresh_from_db()
    assert register.checked_at is None


def test_line_that_was_not_read_is_not_gone(stored: Register, legal: User) -> None:
    file = take(listed(FUND, OUTLET, PERSON, as_of="30.10.2026", merged=("B5:B6",)), stored, legal)
    assert changes(file) == {"unchanged": 1}
    with pytest.raises(Refused, match="not read"):
        keeper.checked(file, by=legal, at=NOW)
