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


def test_who_is_new_is_told_with_the_gender(newsroom: None) -> None:
    """It chooses the wording; so do the pending changes tell what is said of the name."""
    refresh_version(NOW)
    entries = [person(surname="ask", not_beside=["врач"]), entry("pelicans", "Pelican Circle")]
    load_register_data({**registers_data(), "organizations": entries})
    lines = {one.key: one.lines for one in waiting().added}
    assert lines["ryabokonev"][-3:] == [
        "+ a person: Рябоконев Тихон Саввич (m)",
        "~ the family name alone: nothing by itself → is asked about",
        "+ never this person beside “врач”",
    ]
    assert not any("person" in line for line in lines["pelicans"])


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


def test_a_key_that_is_another_person_s_now_changes_nobody(newsroom: None) -> None:
    """A keeper has numbered the list anew: no name of one is given to another, and nobody ends by it."""
    before = [person("agents-1"), person("agents-2", HER_PARTS)]
    take(file_of(*before), partial=True)
    third = PARTS | {"family": "Туманко", "given": "Эмма", "patronymic": None, "gender": "f"}
    done = take(file_of(person("agents-1", HER_PARTS), person("agents-2", third)), force="The list was numbered anew.")
    assert [name["text"] for name in exported("agents-1")["names"]] == ["Рябоконев Тихон Саввич"]
    assert [name["text"] for name in exported("agents-2")["names"]] == ["Зеленоборская Инга Тихоновна"]
    assert exported("agents-2")["designations"][0]["until"] is None
    (told,) = done.plan.left_out
    assert told.startswith("line 27, organizations[1].key: “agents-2” is the key of somebody else here")


@pytest.mark.parametrize("is_person_here", [True, False])
def test_a_key_of_a_body_is_not_given_to_a_person_nor_the_other_way_round(newsroom: None, is_person_here: bool) -> None:
    """A plain name that is the person's own is the person."""
    entries = [person("agents-1"), entry("agents-1", "Pelican Circle")]
    ours, theirs = entries if is_person_here else entries[::-1]
    take(file_of(ours), partial=True)
    before = exported("agents-1")
    take(file_of(theirs, entry("agents-2", "Tern Circle")), partial=True)
    assert exported("agents-1") == before
    take(file_of(entry("agents-3", "Тихон Рябоконев"), entry("agents-4", "Ice Guard")), partial=True)
    take(file_of(person("agents-3", PARTS | {"given": "Пётр"}), entry("agents-5", "Ice Circle")), partial=True)
    assert "person" not in exported("agents-3"), "somebody else of that family name"
    take(file_of(person("agents-3", PARTS | {"patronymic": None})), partial=True)
    assert "person" in exported("agents-3")


@pytest.mark.parametrize(
    ("parts", "is_another"),
    [
        ({"family": "Туманко"}, False),  # with the same given name and patronymic
        ({"given": "Титон"}, False),
        ({"patronymic": None}, False),
        ({"family": "Рябоконевский"}, False),
        ({"family": "Ryabokonev", "given": "Tikhon", "patronymic": None}, False),
        ({"family": "Туманко", "patronymic": "Ильич"}, True),
        ({"family": "Туманко", "patronymic": None}, True),
        ({"given": "Пётр"}, True),
        ({"given": "Сергей", "patronymic": None}, True),
    ],
)
def test_who_is_another_under_the_same_key(newsroom: None, parts: dict[str, Any], is_another: bool) -> None:
    """A common given name, or a brother's family name, is not enough to be the same."""
    take(file_of(person()), partial=True)
    other = person(parts=PARTS | parts)
    plan = plan_of(file_of(other, entry("pelicans", "Pelican Circle")), KEY, None, partial=True, at=NOW)
    assert bool(plan.left_out) == is_another
    assert [one.key for one in plan.changed] == ([] if is_another else ["ryabokonev"])


def test_a_file_that_calls_a_person_otherwise_says_so(newsroom: None) -> None:
    """The parts stay; the desk is told."""
    take(file_of(person()), partial=True)
    plan = plan_of(file_of(person(parts=PARTS | {"family": "Рябоконевский"})), KEY, None, partial=True, at=NOW)
    assert [line for line in plan.suspicious if "Рябоконевский Тихон Саввич (m); the parts" in line]


def test_namesakes_of_a_file_beside_one_of_unknown_start(newsroom: None) -> None:
    """The first is the one we have, the other is new; the file is not refused for them."""
    take(file_of(person("ours", since=None)), partial=True)
    take(file_of(person("agents-1", since="2024-03-01"), person("agents-2", since="2025-06-02")), partial=True)
    assert exported("ours")["also_keys"] == ["agents-1"]
    assert exported("ours")["designations"][0]["since"] == "2024-03-01"
    assert exported("agents-2")["designations"][0]["since"] == "2025-06-02"


def test_a_csv_file_has_pseudonyms_and_names_each_row_it_leaves_out(newsroom: None) -> None:
    """A pseudonym of one letter, a patronymic in the wrong field, an impossible gender, a key and a person twice."""
    columns = {
        "key": "No",
        "family": "F",
        "given": "I",
        "patronymic": "O",
        "gender": "G",
        "pseudonym": "P",
        "name_en": "E",
    }
    mapping = Mapping.parse({"columns": columns, "delimiter": ";", "names_separator": "/"})
    rows = (
        "No;F;I;O;G;P;E",
        "1;Рябоконев;Тихон;Саввич;M;Старый Лоцман / Снегирь;Tikhon Ryabokonev",
        "2;Туманко;Эмма;;F;Э;",
        "3;Туманко;Павел Ильич;;м;;",
        "4;Туманко;Пётр;;он;;",
        "5;РЯБОКОНЁВ;Тихон;Саввич;;;",
        "1;Туманко;Яков;;м;;",
        "6;Туманко;Клим;;Муж;;",
        "7;Туманко;;;f;;",
    )
    done = import_register("\n".join(rows).encode(), KEY, mapping, by=None, at=NOW, partial=True)
    assert [(name["text"], name.get("kind")) for name in exported("1")["names"]] == [
        ("Tikhon Ryabokonev", None),
        ("Старый Лоцман", "pseudonym"),
        ("Снегирь", "pseudonym"),
    ]
    assert exported("6")["person"]["gender"] == "m"
    assert [line.split(":")[0] for line in done.plan.left_out] == [
        "line 3, organizations[1].names[1].text",
        "line 4, organizations[2].person.given",
        "line 5, organizations[3].person.gender",
        "line 7, organizations[5].key",
        "line 9, organizations[7].person.given",
        "line 6, organizations[4].person",
    ]


def test_a_row_of_an_organization_has_no_pseudonym(newsroom: None) -> None:
    mapping = Mapping.parse({"columns": {"key": "No", "name": "N", "family": "F", "pseudonym": "P"}})
    with pytest.raises(Unreadable, match=r"line 2, organizations\[0\]\.names\[1\]\.kind: only a person"):
        import_register(b"No,N,F,P\n1,Pelican Circle,,Pelican\n", KEY, mapping, by=None, at=NOW, partial=True)
