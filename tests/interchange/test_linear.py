"""Twice the file, twice the work; planned while nobody waits, and stored only onto the rows it was planned against."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.interchange import Mapping, Unreadable, import_register, plan_of, store
from articles.models import Name, Organization, Register
from articles.publishing import Refused
from articles.registers import compile_version, load_register_data
from tests.benchmarks.import_files import KEY, MAPPING, csv_file, json_file
from tests.builders import NOW, registers_data
from tests.interchange.conftest import entry, file_of
from tests.steps import steps

SIZE, TIMES = 150, 2.2
COLUMNS = Mapping.parse(MAPPING | {"partial": True})
Doing = Callable[[int, int], object]  # with a file of so many organizations, the first of this number


def plan_json(size: int, first: int) -> object:
    return plan_of(json_file(size, first), KEY, None, partial=True, at=NOW)


def plan_csv(size: int, first: int) -> object:
    return plan_of(csv_file(size, first), KEY, COLUMNS, partial=True, at=NOW)


def take_json(size: int, first: int) -> object:
    return import_register(json_file(size, first), KEY, None, by=None, at=NOW, partial=True)


def take_csv(size: int, first: int) -> object:
    return import_register(csv_file(size, first), KEY, COLUMNS, by=None, at=NOW, partial=True)


def load(size: int, first: int) -> object:
    load_register_data(registers_data() | json.loads(json_file(size, first)))
    return compile_version(NOW)


def faulty_json(size: int, first: int) -> object:
    data = json.loads(json_file(size, first))
    for one in data["organizations"]:
        del one["names"]
    with pytest.raises(Unreadable) as refused:
        plan_of(json.dumps(data, indent=1).encode(), KEY, None, partial=True, at=NOW)
    return refused


def faulty_csv(size: int, first: int) -> object:
    with pytest.raises(Unreadable) as refused:
        plan_of(csv_file(size, first).replace(b"2024-02-01", b"soon"), KEY, COLUMNS, partial=True, at=NOW)
    return refused


EVERY = (plan_json, plan_csv, take_json, take_csv, load, faulty_json, faulty_csv)


@pytest.mark.parametrize("doing", EVERY, ids=lambda one: one.__name__)
def test_twice_the_rows_take_twice_the_steps_and_queries(legal: User, doing: Doing) -> None:
    doing(3, 90_000)  # whatever is loaded once
    taken = []
    for number, size in enumerate((SIZE, 2 * SIZE)):
        Organization.objects.filter(key__regex="^(invented|listed)-").delete()
        with CaptureQueriesContext(connection) as queries:
            called = steps(lambda size=size, number=number: doing(size, number * 10_000))  # type: ignore[misc]
        taken.append((called, len(queries)))
    (few, asked), (many, asked_then) = taken
    assert many <= TIMES * few, taken
    assert asked_then <= TIMES * asked, taken


@pytest.mark.django_db(transaction=True)
def test_file_is_read_and_planned_and_compiled_while_nobody_waits(
    transactional_db: None, legal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Register.objects.filter(key=KEY).update(apply_additions=True)
    seen: list[tuple[str, bool]] = []

    def watched(module: Any, name: str) -> None:
        real = getattr(module, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            seen.append((name, connection.in_atomic_block))
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, call)

    from articles import registers
    from articles.interchange import planning

    for module, name in (
        (planning, "read_register"),
        (planning, "make_plan"),
        (planning, "usable"),
        (planning, "differences"),
        (registers, "compiled_from"),
        (registers, "export_registers"),
    ):
        watched(module, name)
    done = import_register(json_file(20), KEY, None, by=legal, at=NOW, partial=True)
    assert done.batch is not None
    assert {name for name, _locked in seen} == {
        "read_register",
        "make_plan",
        "usable",
        "differences",
        "compiled_from",
        "export_registers",
    }
    assert [name for name, locked in seen if locked] == []


def in_between(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object], times: int = 1) -> list[int]:
    """Let something happen to the rows after each of the first plans; return a list with an entry for each."""
    real, made = store.planned, []

    def planned(*args: Any, **kwargs: Any) -> Any:
        found = real(*args, **kwargs)
        made.append(1)
        if len(made) <= times:
            change()
        return found

    monkeypatch.setattr(store, "planned", planned)
    return made


def test_plan_of_rows_that_have_changed_since_is_made_anew(legal: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def change() -> None:
        Name.objects.filter(text="Northern Lamp Fund").update(strength="quoted", review="hand")

    made = in_between(monkeypatch, change)
    one = {**entry("northern-lamp", "x"), "names": [{"text": "Northern Lamp Fund", "strength": "strong"}]}
    import_register(file_of(one), KEY, None, by=legal, at=NOW, partial=True)
    assert len(made) == 2
    assert Name.objects.get(text="Northern Lamp Fund").strength == "quoted", "what the person decided stays"


def test_rows_that_change_without_end_refuse_the_file(legal: User, monkeypatch: pytest.MonkeyPatch) -> None:
    strengths = iter(["weak", "strong"] * 50)
    name = Name.objects.filter(text="Harbour")
    in_between(monkeypatch, lambda: name.update(strength=next(strengths)), times=100)
    with pytest.raises(Refused, match="have changed since the file was looked at"):
        import_register(file_of(entry("pelicans", "Pelican Circle")), KEY, None, by=legal, at=NOW, partial=True)
    assert not Organization.objects.filter(key="pelicans").exists()


def test_additions_do_not_put_in_force_what_another_person_has_changed_meanwhile(
    legal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Register.objects.filter(key=KEY).update(apply_additions=True)
    real = store.rows.compile_version

    def compile_late(at: Any) -> Any:
        Name.objects.filter(text="Harbour").update(strength="strong")
        return real(at)

    monkeypatch.setattr(store.rows, "compile_version", compile_late)
    done = import_register(json_file(1), KEY, None, by=legal, at=NOW, partial=True)
    assert done.batch is None
    assert Organization.objects.filter(key="invented-0").exists()
