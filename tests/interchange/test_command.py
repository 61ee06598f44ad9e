"""The command: a dry run, an import, what it refuses, and its exit status."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.models import ListFile, Organization, Register
from tests.interchange.conftest import HEADER, MAPPING, entry, file_of
from tests.lists.made import agent, agents


def run(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_register", str(file), "--register", "test-agents", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(legal: User, tmp_path: Path) -> Path:
    path = tmp_path / "list.json"
    path.write_bytes(file_of(entry("pelicans", "Pelican Circle")))
    return path


def test_dry_run_then_import_then_nothing_left(file: Path) -> None:
    said = run(file, "--partial", "--dry-run")
    assert "Added: 1\n  pelicans: Pelican Circle\n    + name “Pelican Circle”" in said
    assert said.endswith("Nothing was stored.\n")
    assert not Organization.objects.filter(key="pelicans").exists()
    assert "The changes wait in the admin" in run(file, "--partial")
    assert run(file, "--partial").endswith(
        "Unchanged: 1\nSuspicious: 0\nDistrusted: 0\nThe register is as the file says.\n"
    )


def test_distrusted_file_is_shown_but_stored_only_with_a_reason(file: Path) -> None:
    assert "Distrusted: 2" in run(file, "--dry-run")
    with pytest.raises(CommandError, match="Use --force REASON"):
        run(file)
    assert "Ended: 4" in run(file, "--force", "The keeper began anew.")


def test_csv_with_its_mapping(legal: User, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(HEADER + "1;Круг пеликанов;;15.01.2026;;\n", encoding="utf-8")
    (tmp_path / "map.json").write_text(json.dumps(MAPPING), encoding="utf-8")
    run(tmp_path / "list.csv", "--map", str(tmp_path / "map.json"), "--partial")
    assert Organization.objects.filter(key="agents-1").exists()
    with pytest.raises(CommandError, match="needs a mapping"):
        run(tmp_path / "list.csv")
    (tmp_path / "map.json").write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"map\.json: line 1, mapping: This is no JSON"):
        run(tmp_path / "list.csv", "--map", str(tmp_path / "map.json"))


def test_missing_file_is_named(legal: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nothing.json")


AGENTS = agents(agent(1, "Фонд «Камышовая заводь»", "05.02.2021", type="Юридические лица", reg="АГ-1"))


def test_keepers_file_goes_up_to_the_difference(legal: User, tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes(AGENTS)
    said = run(path, "--dry-run")
    assert "Read as ru-foreign-agents, as of 2026-10-16.\nAdded: 1\n  row 4, number 1: Фонд «Камышовая заводь»" in said
    assert "Gone: 4" in said
    assert said.endswith("To be answered by a person: 4\nNothing was stored.\n")
    assert not ListFile.objects.exists()
    assert run(path).endswith("it waits in the admin.\n")
    file = ListFile.objects.get()
    assert (file.state, file.made_by, file.file_name) == ("waiting", None, "export.xlsx")
    assert not Organization.objects.filter(names__text__contains="заводь").exists()
    assert Register.objects.get(key="test-agents").checked_at is None
    assert run(path) == "Nothing was done: this file waits in the admin already.\n"
    assert ListFile.objects.count() == 1


def test_newer_keepers_file_takes_the_place_of_one_that_nobody_has_looked_at(legal: User, tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    for name in ("Фонд «Камышовая заводь»", "Фонд «Семь крачек»"):
        path.write_bytes(agents(agent(1, name, "05.02.2021", type="Юридические лица")))
        run(path)
    assert list(ListFile.objects.order_by("pk").values_list("state", flat=True)) == ["dropped", "waiting"]


def test_what_a_keepers_file_is_refused_for(legal: User, tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes(AGENTS)
    with pytest.raises(CommandError, match="--force is for register files of ours"):
        run(path, "--force", "because")
    with pytest.raises(CommandError, match="There is no layout “none”; there are: opensanctions-ftm"):
        run(path, "--layout", "none")
    with pytest.raises(CommandError, match="another keeper's file: it looks like “ru-foreign-agents”"):
        run(path, "--layout", "ru-undesirable")
    path.write_bytes(AGENTS[:-300])
    with pytest.raises(CommandError, match="damaged"):
        run(path)
    assert not ListFile.objects.exists()
