"""Persons in a register's file: stored with all that the file says, merged with ours, left out when they are faulty."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.interchange import Mapping, Unreadable, import_register, needed, plan_of, waiting
from articles.models import Designation, Organization, Register
from articles.publishing.relabel import apply_version, reverse
from articles.registers import compile_version, export_registers, load_register_data, loaded, refresh_version, restore
from tests.builders import NOW, make_user, registers_data
from tests.interchange.conftest import entry, file_of
from tests.persons import HER_PARTS, PARTS, person, registers_with_persons

KEY = "test-agents"


def take(content: bytes, **options: Any) -> Any:
    return import_register(content, KEY, None, by=None, at=NOW, **options)


def exported(key: str) -> dict[str, Any]:
    return next(one for one in export_registers()["organizations"] if one["key"] == key)


def test_a_person_goes_in_and_comes_out(newsroom: None) -> None:
    """With kind, parts, family name alone, words beside, pseudonyms; a version holds the same."""
    given = person(pseudonyms=("Старый Лоцман",), surname="ask", not_beside=["хирург", "яхт-клуб"])
    take(file_of(given), partial=True)
    row = Organization.objects.get(key="ryabokonev")
    assert (row.kind, row.family, row.given, row.patronymic, row.gender) == ("person", *PARTS.values())
    out = exported("ryabokonev")
    assert {key: out[key] for key in ("kind", "person", "surname", "not_beside")} == {
        "kind": "person",
        "person": PARTS,
        "surname": "ask",
        "not_beside": ["хирург", "яхт-клуб"],
    }
    assert [name.get("kind") for name in out["names"]] == [None, "pseudonym"]
    version = compile_version(NOW)
    assert loaded(version.pk, version.digest).registers.organizations["ryabokonev"].surname == "ask"
    assert "kind" not in exported("northern-lamp")


def test_what_waits_is_told_and_discarded(newsroom: None) -> None:
    """The parts, the policy of the family name, each word."""
    load_register_data({**registers_data(), "organizations": [person()]})
    refresh_version(NOW)
    before = export_registers()
    load_register_data(
        {
            **registers_data(),
            "organizations": [person(parts=PARTS | {"given": "Титон"}, surname="mark", not_beside=["врач"])],
        }
    )
    lines = waiting().changed[0].lines
    assert "~ the parts of the name: Рябоконев Тихон Саввич (m) → Рябоконев Титон Саввич (m)" in lines
    assert "~ the family name alone: nothing by itself → is marked" in lines
    assert "+ never this person beside “врач”" in lines
    restore(before)
    assert export_registers() == before


def test_what_a_person_has_decided_stays(newsroom: None) -> None:
    """A file brings its names and periods; parts, family name and words beside are ours."""
    take(file_of(person(surname="ask", not_beside=["хирург"])), partial=True)
    take(file_of(person(surname="mark", not_beside=[], pseudonyms=("Старый Лоцман",))), partial=True)
    out = exported("ryabokonev")
    assert (out["surname"], out["not_beside"]) == ("ask", ["хирург"])
    assert [name["text"] for name in out["names"]] == ["Рябоконев Тихон Саввич", "Старый Лоцман"]


def test_an_entry_that_the_file_knows_to_be_a_person_becomes_one(newsroom: None) -> None:
    """As after a list that gave plain names."""
    take(file_of(entry("ryabokonev", "Рябоконев Тихон Саввич")), partial=True)
    take(file_of(person(since="2026-01-15")), partial=True)
    assert Organization.objects.get(key="ryabokonev").is_person


def test_a_person_under_another_key_is_the_one_we_have(newsroom: None) -> None:
    """The designation is added to the entry, which keeps both keys."""
    load_register_data({**registers_data(), "organizations": [person("savva", PARTS, "test-terrorist")]})
    take(file_of(person("agents-118")), partial=True)
    out = exported("savva")
    assert out["also_keys"] == ["agents-118"]
    assert {one["register"] for one in out["designations"]} == {"test-terrorist", KEY}
    assert not Organization.objects.filter(key="agents-118").exists()


def test_namesakes_of_one_register_stay_two(newsroom: None) -> None:
    """Listed since different days."""
    take(file_of(person(), person("ryabokonev-2", since="2025-06-02")), partial=True)
    assert Organization.objects.filter(family="Рябоконев").count() == 2


FAULTY = person("nobody", PARTS | {"gender": "x"})


def test_a_faulty_person_is_left_out_with_line_and_field(newsroom: None) -> None:
    """All else is stored."""
    done = take(file_of(person(), FAULTY, entry("pelicans", "Pelican Circle")), partial=True)
    (told,) = done.plan.left_out
    content = file_of(person(), FAULTY, entry("pelicans", "Pelican Circle")).decode().splitlines()
    line = int(told.split(",")[0].removeprefix("line "))
    assert "organizations[1].person.gender" in told
    assert '"person"' in content[line - 1]
    assert set(
        Organization.objects.filter(key__in=("ryabokonev", "pelicans", "nobody")).values_list("key", flat=True)
    ) == {
        "ryabokonev",
        "pelicans",
    }


def test_a_faulty_person_does_not_end(newsroom: None) -> None:
    """What the file says of it could not be read, so what we have stays."""
    take(file_of(person(), person("zelenoborskaya", HER_PARTS)), partial=True)
    rest = [one for one in registers_data()["organizations"] if any(p["register"] == KEY for p in one["designations"])]
    content = file_of(*rest, person(parts=PARTS | {"gender": "x"}))
    plan = plan_of(content, KEY, None, partial=False, at=NOW)
    assert [one.key for one in plan.ended] == ["zelenoborskaya"]
    nameless = {key: value for key, value in FAULTY.items() if key != "key"}
    assert plan_of(file_of(*rest, nameless), KEY, None, partial=False, at=NOW).ended == []


def test_a_file_of_faulty_persons_alone_is_refused(newsroom: None) -> None:
    """And says why."""
    with pytest.raises(Unreadable, match="gender"):
        take(file_of(FAULTY), partial=True)


def test_a_faulty_organization_still_refuses_the_file(newsroom: None) -> None:
    """Only of persons the rest is taken."""
    bad = entry("pelicans", "Pelican Circle") | {"surname": "ask"}
    with pytest.raises(Unreadable, match="surname"):
        take(file_of(person(), bad), partial=True)


def test_nothing_of_a_person_but_the_name_is_stored(newsroom: None) -> None:
    """Birth date, number and address are told of and stand in no row."""
    content = file_of(
        person() | {"birth_date": "1970-03-12", "address": "Озёрная, 1"} | {"person": PARTS | {"inn": "77"}}
    )
    done = take(content, partial=True)
    assert len(done.plan.left_out) == 3
    assert Organization.objects.filter(key="ryabokonev").exists()
    out = json.dumps(export_registers(), ensure_ascii=False)
    assert not any(text in out for text in ("1970", "Озёрная", '"77"'))
    kept = needed(content, None).decode()
    assert not any(text in kept for text in ("1970", "Озёрная", '"77"'))
    assert "Рябоконев" in kept


def test_the_command_tells_the_line_and_ends_with_one(newsroom: None, tmp_path: Path) -> None:
    """`load_registers` and `import_register` alike."""
    file = tmp_path / "persons.json"
    data = registers_with_persons(FAULTY, person())
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match=r"line \d+: organizations\[5\]\.person\.gender"):
        call_command("load_registers", str(file), stdout=out)
    assert Organization.objects.filter(key="ryabokonev").exists()
    with pytest.raises(CommandError, match="all else was read"):
        call_command("import_register", str(file), register=KEY, partial=True, stdout=out)
    assert "Left out: 1" in out.getvalue()


def test_the_shape_of_a_person_is_held_by_the_database(newsroom: None) -> None:
    """No person without a family name, no organization with one."""
    from django.db import IntegrityError, transaction

    for wrong in ({"kind": "person", "given": "Тихон", "gender": "m"}, {"family": "Рябоконев"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organization.objects.create(key="wrong", **wrong)
    assert not Designation.objects.filter(organization__key="wrong").exists()


def test_a_csv_file_of_persons_and_organizations(newsroom: None) -> None:
    """The parts in columns of their own; a gender in words, or told by the patronymic; a faulty row is left out."""
    columns = {"key": "No", "name": "Name", "family": "F", "given": "I", "patronymic": "O", "gender": "G"}
    mapping = Mapping.parse({"columns": columns, "delimiter": ";", "key_prefix": "agents-"})
    rows = (
        "No;Name;F;I;O;G",
        "1;;Рябоконев;Тихон;Саввич;",
        "2;;Зеленоборская;Инга;-;жен",
        "3;Pelican Circle;;;;",
        "4;;;Тихон;Саввич;м",
        "5;;Туманко;Эмма;;",
    )
    done = import_register("\n".join(rows).encode(), KEY, mapping, by=None, at=NOW, partial=True)
    assert exported("agents-1")["person"] == PARTS
    assert [name["text"] for name in exported("agents-1")["names"]] == ["Рябоконев Тихон Саввич"]
    assert exported("agents-2")["person"] == {**HER_PARTS, "patronymic": None, "gender": "f"}
    assert "person" not in exported("agents-3")
    assert [line.split(":")[0] for line in done.plan.left_out] == [
        "line 5, organizations[3].person.family",
        "line 6, organizations[4].person.gender",
    ]


def test_additions_wait_while_a_wording_for_persons_is_lacking(newsroom: None) -> None:
    """A register that lets additions apply by themselves asks the desk first; once it is given, they apply."""
    Register.objects.filter(key=KEY).update(apply_additions=True)
    names = [{"text": "Рябоконев Тихон Саввич", "strength": "strong"}]
    assert take(file_of(person(names=names)), partial=True).batch is None
    assert [one.key for one in waiting().added] == ["ryabokonev"]
    load_register_data(registers_with_persons())
    refresh_version(NOW)
    her = person("zelenoborskaya", HER_PARTS)
    her["names"][0]["strength"] = "strong"
    assert take(file_of(her), partial=True).batch is not None


def test_what_was_in_force_comes_back_without_wordings(newsroom: None) -> None:
    """Taking back is no new state: a list without them was in force when the product did not ask."""
    load_register_data({**registers_data(), "organizations": [person()]})
    refresh_version(NOW)
    load_register_data(registers_with_persons())
    legal = make_user("Legal")
    batch = apply_version(compile_version(NOW), by=legal, at=NOW)
    assert reverse(batch, by=legal, at=NOW, reason="No.").kind == "reverse"
