"""A register's file: added, changed, ended, suspicious; stored whole or not at all; distrusted when it must be."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.interchange import Mapping, Unreadable, discard, import_register, plan_of, waiting
from articles.models import Batch, Designation, Event, Name, Organization, Register, RegisterVersion
from articles.publishing import Refused
from articles.registers import current_version, export_registers
from tests.builders import NOW, make_user, registers_data
from tests.busy import busy_error
from tests.interchange.conftest import HEADER, MAPPING, entry, file_of

KEY = "test-agents"


def take(content: bytes, legal: User, mapping: Mapping | None = None, **options: Any) -> Any:
    return import_register(content, KEY, mapping, by=legal, at=NOW, **options)


def counts(plan: Any) -> tuple[int, int, int]:
    return len(plan.added), len(plan.changed), len(plan.ended)


def test_dry_run_says_what_would_be_and_stores_nothing(legal: User) -> None:
    before = export_registers()
    content = file_of(entry("pelicans", "Pelican Circle", "Круг пеликанов"), entry("northern-lamp", "Lamp House"))
    plan = plan_of(content, KEY, None, partial=True, at=NOW)
    assert counts(plan) == (1, 1, 0)
    assert plan.added[0].lines == [
        "+ name “Pelican Circle”: by rule, from the name itself",
        "+ name “Круг пеликанов”: by rule, from the name itself",
        "+ on test-agents, since 15 January 2026",
    ]
    assert "+ name “Lamp House”: by rule, from the name itself" in plan.changed[0].lines
    assert export_registers() == before


def test_stored_file_waits_and_the_same_file_again_changes_nothing(legal: User) -> None:
    content = file_of(entry("pelicans", "Pelican Circle"))
    done = take(content, legal, partial=True)
    assert done.batch is None
    assert [one.key for one in waiting().added] == ["pelicans"]
    assert current_version().number == 1
    assert Register.objects.get(key=KEY).checked_at is None  # a part of a list is no check
    rows = export_registers()
    again = take(content, legal, partial=True)
    assert counts(again.plan) == (0, 0, 0)
    assert again.plan.unchanged == 1
    assert export_registers() == rows


def test_our_own_file_changes_nothing(legal: User) -> None:
    for key in ("test-terrorist", KEY):
        plan = plan_of(json.dumps(registers_data()).encode(), key, None, partial=False, at=NOW)
        assert counts(plan) == (0, 0, 0), plan.report()


def test_what_a_whole_file_does_not_name_is_ended_today(twenty: Register, legal: User) -> None:
    kept = [one for one in export_registers()["organizations"] if one["key"] not in ("agents-3", "agents-4")]
    done = take(file_of(*kept), legal)
    assert counts(done.plan) == (0, 0, 2)
    ended = Designation.objects.filter(organization__key__in=("agents-3", "agents-4"))
    assert {one.designated_until for one in ended} == {date(2026, 3, 10)}
    assert Designation.objects.filter(register__key="test-terrorist", designated_until=None).count() == 2


def test_file_that_shrinks_the_register_is_refused_unless_a_reason_is_given(twenty: Register, legal: User) -> None:
    before = export_registers()
    kept = [one for one in before["organizations"] if one["key"] not in ("agents-3", "agents-4", "agents-5")]
    with pytest.raises(Refused, match="the file only 21") as refused:
        take(file_of(*kept), legal)
    assert refused.value.field == "force"
    assert export_registers() == before
    take(file_of(*kept), legal, force="The keeper has cleaned its list.")
    assert Register.objects.get(key=KEY).checked_at == NOW
    assert Designation.objects.filter(designated_until__isnull=False).count() == 3
    assert Event.objects.get(kind="register imported").detail["forced"] == "The keeper has cleaned its list."


def test_file_that_ends_many_at_once_is_refused(twenty: Register, legal: User) -> None:
    all_of_them = export_registers()["organizations"]
    for one in all_of_them[:5]:
        for period in one["designations"]:
            period["until"] = "2026-03-01"
    with pytest.raises(Refused, match="It would end 5 of 24"):
        take(file_of(*all_of_them), legal)


def test_share_is_the_registers_own(twenty: Register, legal: User) -> None:
    Register.objects.filter(key=KEY).update(shrink_percent=50)
    kept = [
        one for one in export_registers()["organizations"] if one["key"] not in ("agents-3", "agents-4", "agents-5")
    ]
    assert counts(take(file_of(*kept), legal).plan) == (0, 0, 3)


def test_single_dictionary_words_become_questions_whatever_the_file_says(legal: User) -> None:
    words = [
        {"text": "Весна", "strength": "strong", "review": "hand"},
        {"text": "ВЕСНА", "strength": "strong"},
        {"text": "Harbinger", "strength": "strong"},
        {"text": "Круг пеликанов", "strength": "strong"},
        {"text": "КПКП"},
    ]
    file = file_of({**entry("words", "x"), "names": words})
    done = take(file, legal, partial=True)
    found = dict(Name.objects.filter(organization__key="words").values_list("text", "strength"))
    assert found == {"Весна": "ask", "ВЕСНА": "ask", "Harbinger": "ask", "Круг пеликанов": "strong", "КПКП": ""}
    assert set(Name.objects.filter(organization__key="words").values_list("review", flat=True)) == {"rule"}
    assert sum("is a single word" in line for line in done.plan.suspicious) == 3
    assert counts(take(file, legal, partial=True).plan) == (0, 0, 0)


def test_what_a_person_decided_stays(legal: User) -> None:
    Name.objects.filter(text="Northern Lamp Fund").update(strength="quoted", review="hand")
    one = {**entry("northern-lamp", "x"), "names": [{"text": "Northern Lamp Fund", "strength": "strong"}]}
    take(file_of(one), legal, partial=True)
    assert Name.objects.get(text="Northern Lamp Fund").strength == "quoted"
    assert Name.objects.filter(organization__key="northern-lamp").count() == 2


def test_unknown_start_and_empty_source_do_not_wipe_out_what_we_know(legal: User) -> None:
    one = entry("northern-lamp", "Northern Lamp Fund", since=None)
    one["designations"][0]["source"] = ""
    assert counts(plan_of(file_of(one), KEY, None, partial=True, at=NOW)) == (0, 0, 0)


def test_earlier_period_stays_beside_a_new_one(legal: User) -> None:
    Designation.objects.filter(organization__key="northern-lamp").update(designated_until=date(2022, 5, 1))
    take(file_of(entry("northern-lamp", "Northern Lamp Fund", since="2025-01-01")), legal, partial=True)
    periods = Organization.objects.get(key="northern-lamp").designations.values_list(
        "designated_from", "designated_until"
    )
    assert list(periods) == [(date(2020, 1, 1), date(2022, 5, 1)), (date(2025, 1, 1), None)]


def test_merged_keys_lead_to_the_organization_that_is_there(legal: User) -> None:
    one = {**entry("lamp-2026", "Northern Lamp Fund", since="2020-01-01"), "also_keys": ["northern-lamp"]}
    take(file_of(one), legal, partial=True)
    assert not Organization.objects.filter(key="lamp-2026").exists()
    assert Organization.objects.get(key="northern-lamp").data["also_keys"] == ["lamp-2026"]


def test_shared_name_and_day_to_come_are_suspicious(legal: User) -> None:
    plan = plan_of(
        file_of(entry("pelicans", "Grey Dune League", since="2027-01-01"), entry("terns", "Tern Circle", since=None)),
        KEY,
        None,
        partial=True,
        at=NOW,
    )
    text = "\n".join(plan.suspicious)
    assert "also a name of “grey-wolves-league”" in text
    assert "from a day to come" in text
    assert "does not say since when: 1" in text


def test_only_additions_of_strong_names_apply_by_themselves_and_only_if_the_register_says_so(legal: User) -> None:
    strong = file_of(entry("pelicans", "Pelican Circle"))
    Register.objects.filter(key=KEY).update(apply_additions=True)
    weak = take(file_of(entry("words", "Harbinger")), legal, partial=True)
    assert weak.batch is None
    waits = take(strong, legal, partial=True)
    assert waits.batch is None, "something else waited"
    discard(by=legal, at=NOW, reason="test")
    assert waiting().total == 0
    done = take(strong, legal, partial=True)
    assert done.batch == Batch.objects.get()
    assert waiting().total == 0
    assert RegisterVersion.objects.get(number=current_version().number).reason == "Imported additions."


@pytest.mark.parametrize("busy", ["compile_version", "apply_version"])
def test_additions_wait_where_the_database_is_busy_once_they_are_stored(
    legal: User, monkeypatch: pytest.MonkeyPatch, busy: str
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise busy_error()

    Register.objects.filter(key=KEY).update(apply_additions=True)
    where = "rows." if busy == "compile_version" else ""
    monkeypatch.setattr(f"articles.interchange.store.{where}{busy}", refuse)
    done = take(file_of(entry("pelicans", "Pelican Circle of the Coast")), legal, partial=True)
    assert done.batch is None
    assert Organization.objects.filter(key="pelicans").exists()
    assert [one.key for one in waiting().added] == ["pelicans"]


def test_new_register_comes_with_its_file(legal: User) -> None:
    data = registers_data()["registers"][0] | {"key": "test-new", "status": "extremist"}
    one = entry("pelicans", "Pelican Circle", register="test-new")
    done = import_register(file_of(one, registers=[data]), "test-new", None, by=legal, at=NOW)
    assert counts(done.plan) == (1, 0, 0)
    assert Register.objects.get(key="test-new").notes["en"]["one"]["text"] == "The organization is listed as terrorist."
    with pytest.raises(Unreadable, match="There is no register “nowhere”"):
        plan_of(file_of(one), "nowhere", None, partial=True, at=NOW)


def test_register_that_is_there_keeps_its_wordings(legal: User) -> None:
    data = registers_data()["registers"][1]
    data["notes"]["en"]["one"]["text"] = "Forged."
    take(file_of(entry("pelicans", "Pelican Circle"), registers=[data]), legal, partial=True)
    assert "Forged" not in str(Register.objects.get(key=KEY).notes)


def test_csv_is_read_by_its_mapping(legal: User) -> None:
    rows = "1.;Круг пеликанов;Pelican Circle;15.01.2026;-;new\n2;Общество «Крачка»;—;;;\n"
    done = take((HEADER + rows).encode(), legal, Mapping.parse({**MAPPING, "partial": True}))
    assert counts(done.plan) == (2, 0, 0)
    period = Designation.objects.get(organization__key="agents-1")
    assert (period.designated_from, period.designated_until) == (date(2026, 1, 15), None)
    assert Designation.objects.get(organization__key="agents-2").designated_from is None
    names = Name.objects.filter(organization__key="agents-1").values_list("language", "text")
    assert set(names) == {("ru", "Круг пеликанов"), ("en", "Pelican Circle")}
    again = take((HEADER + rows).encode(), legal, Mapping.parse({**MAPPING, "partial": True}))
    assert counts(again.plan) == (0, 0, 0)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8-sig"])
def test_csv_in_other_encodings(legal: User, encoding: str) -> None:
    content = (HEADER + "1;Круг пеликанов;;15.01.2026;;\n").encode(encoding)
    take(content, legal, Mapping.parse({**MAPPING, "partial": True, "encoding": encoding}))
    assert Name.objects.filter(text="Круг пеликанов").exists()


def test_only_those_who_keep_registers_import(legal: User) -> None:
    with pytest.raises(PermissionDenied):
        take(file_of(entry("pelicans", "Pelican Circle")), make_user("Editor"), partial=True)


def test_day_is_the_newsrooms(twenty: Register, legal: User) -> None:
    kept = [one for one in export_registers()["organizations"] if one["key"] != "agents-3"]
    late = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)
    import_register(file_of(*kept), KEY, None, by=legal, at=late)
    assert Designation.objects.get(organization__key="agents-3").designated_until == date(2026, 3, 11)
