"""Register rows and the compiled versions made of them."""

import hashlib
from datetime import timedelta

import pytest

from articles.footnotes.registers import RegisterFileError, parse_registers
from articles.models import Designation, Name, Organization, Register, RegisterVersion
from articles.registers import (
    NoRegisters,
    current_compiled,
    current_version,
    export_registers,
    load_register_data,
    loaded,
    refresh_version,
    renew_version,
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
