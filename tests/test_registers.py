"""Register rows and the compiled versions made of them."""

import hashlib
from datetime import timedelta

import pytest

from articles.footnotes.registers import RegisterFileError, parse_registers
from articles.models import Batch, Designation, Name, Organization, Register, RegisterVersion
from articles.registers import (
    NoRegisters,
    book_of,
    current_compiled,
    current_version,
    export_registers,
    load_register_data,
    loaded,
    refresh_version,
    renew_version,
    state_of_rows,
)
from tests.builders import NOW, make_newsroom, organization, registers_data


@pytest.mark.django_db
def test_without_registers_the_command_to_run_is_named() -> None:
    with pytest.raises(NoRegisters, match="load_registers"):
        current_version()


@pytest.mark.django_db
def test_loading_a_file_twice_changes_nothing() -> None:
    make_newsroom()
    counts = [model.objects.count() for model in (Register, Organization, Name, Designation)]
    load_register_data(registers_data())
    assert [model.objects.count() for model in (Register, Organization, Name, Designation)] == counts
    assert refresh_version(NOW).number == 1


@pytest.mark.django_db
def test_what_goes_in_as_a_file_comes_out_the_same() -> None:
    make_newsroom()
    given, got = parse_registers(registers_data()).to_dict(), parse_registers(export_registers()).to_dict()
    by_key = {one["key"]: one for one in got["organizations"]}
    assert by_key == {one["key"]: one for one in given["organizations"]}
    assert got["registers"] == given["registers"]
    assert got["own_notice"] == given["own_notice"]


@pytest.mark.django_db
def test_a_change_of_a_row_makes_a_new_version() -> None:
    make_newsroom()
    Name.objects.filter(text="Northern Lamp Fund").update(text="Northern Lamp House")
    version = refresh_version(NOW + timedelta(hours=1))
    assert version.number == 2
    assert current_version() == version
    assert current_compiled().registers.organization("northern-lamp").names[0].text == "Northern Lamp House"


@pytest.mark.django_db
def test_file_with_a_mistake_stores_nothing() -> None:
    data = registers_data()
    data["organizations"].append(organization("bad", [{"text": "Bad", "strength": "huge"}], "no-such-register"))
    with pytest.raises(RegisterFileError) as error:
        load_register_data(data)
    assert len(error.value.problems) >= 2
    assert not Organization.objects.exists()


@pytest.mark.django_db
def test_only_bytes_of_the_rows_digest_are_loaded() -> None:
    make_newsroom()
    version = current_version()
    RegisterVersion.objects.update(compiled=b"other bytes")
    loaded.cache_clear()
    with pytest.raises(RuntimeError, match="digest"):
        loaded(version.pk, version.digest)


@pytest.mark.django_db
def test_bytes_of_an_older_engine_are_compiled_anew() -> None:
    make_newsroom()
    version = current_version()
    old = b"FOOTNOTES0\n" + b"what an older engine wrote"
    digest = hashlib.sha256(old).hexdigest()
    RegisterVersion.objects.update(compiled=old, digest=digest)
    loaded.cache_clear()
    assert loaded(version.pk, digest).registers.organization("northern-lamp") is not None
    renew_version(NOW)
    assert current_version().number == 2
    assert current_compiled().registers.organization("northern-lamp") is not None
    renew_version(NOW)
    assert current_version().number == 2


def versions_with_bytes() -> list[int]:
    kept = RegisterVersion.objects.exclude(compiled=b"").order_by("number")
    return list(kept.values_list("number", flat=True))


@pytest.mark.django_db
def test_compiled_bytes_are_kept_of_versions_in_use_and_made_again_when_asked() -> None:
    """Of the newest, the two applied last and those of a relabel that runs; all others keep their source."""
    make_newsroom()
    for hour in range(1, 5):
        Name.objects.filter(organization__key="northern-lamp", language="en").update(text=f"Lamp House {hour}")
        refresh_version(NOW + timedelta(hours=hour))
    assert versions_with_bytes() == [4, 5]
    first = RegisterVersion.objects.get(number=1)
    Batch.objects.create(kind="change", register_version_id=current_version().pk, previous_version=first, made_at=NOW)
    loaded.cache_clear()
    old = loaded(first.pk, first.digest)
    assert old.registers.organization("northern-lamp").names[0].text == "Northern Lamp Fund"
    assert "northern lamp fund" in old.forms()
    assert book_of(first) == book_of(RegisterVersion.objects.get(pk=first.pk))
    assert book_of(first).organizations["northern-lamp"].names[0].text == "Northern Lamp Fund"
    RegisterVersion.objects.filter(pk=first.pk).update(compiled=b"kept")
    Name.objects.filter(organization__key="northern-lamp", language="en").update(text="Lamp House 9")
    refresh_version(NOW + timedelta(hours=9))
    assert versions_with_bytes() == [1, 5, 6]


@pytest.mark.django_db
def test_bytes_without_a_source_are_kept() -> None:
    """A version older than sources cannot be compiled again."""
    make_newsroom()
    RegisterVersion.objects.update(source=b"")
    for hour in range(1, 4):
        Name.objects.filter(organization__key="northern-lamp", language="en").update(text=f"Lamp House {hour}")
        refresh_version(NOW + timedelta(hours=hour))
    assert 1 in versions_with_bytes()


@pytest.mark.django_db
def test_the_registers_of_other_jurisdictions_stay_in_the_rows() -> None:
    """They mark nothing, and come back with their jurisdiction."""
    site = make_newsroom()
    before, state = export_registers(), state_of_rows()
    site.jurisdictions = ["KZ"]
    site.save()
    assert state_of_rows() != state
    assert export_registers() == {"jurisdictions": ["KZ"], **before}
    refresh_version(NOW + timedelta(hours=1))
    assert current_compiled().in_force(NOW.date(), NOW.date())["grey-wolves-league"] == ()
