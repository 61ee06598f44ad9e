"""The files of a Debian server, each checked by its own tool where that is installed, and by a rule where it is not."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

from newsroom.connections import database, redis_url
from newsroom.env import read_file
from tests.deploy.conftest import ROOT, SCRIPT, render

SCRIPTS = [SCRIPT, ROOT / "deploy" / "lock"]
# What no folder of a test has: the other units of a server, the programs of an installed newsroom.
ELSEWHERE = re.compile(r"Unit sysinit\.target not found|Command \S+ is not executable: No such file")
SANDBOX = """
    NoNewPrivileges ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectKernelModules ProtectProc
    RestrictAddressFamilies RestrictNamespaces SystemCallFilter CapabilityBoundingSet User
""".split()


def test_each_script_is_right_by_the_shell_and_its_checker() -> None:
    checker = shutil.which("shellcheck")
    assert checker or os.environ.get("TEST_ALL") != "1", "shellcheck is missing"
    for script in SCRIPTS:
        subprocess.run(["bash", "-n", script], check=True)
        if checker:
            subprocess.run([checker, script], check=True)


def test_what_the_tests_cannot_run_says_so_in_its_first_line() -> None:
    assert SCRIPT.read_text().splitlines()[1].startswith("# NOT RUN as a whole by the tests")


def test_rendering_twice_changes_nothing(server: Path) -> None:
    def files() -> dict[str, tuple[bytes, int, int]]:
        found = [path for path in server.rglob("*") if path.is_file()]
        return {str(one): (one.read_bytes(), one.stat().st_mode, one.stat().st_ino) for one in found}

    first = files()
    render(server, Path("/etc/letsencrypt/live/tern.example"))
    assert files() == first
    assert len(first) == 16


def test_the_passwords_are_long_agree_and_are_for_their_group_alone(server: Path) -> None:
    settings, redis = server / "etc/newsroom/newsroom.env", server / "etc/redis/newsroom.conf"
    values = read_file(settings)
    (password,) = re.findall(r"^requirepass (\w+)$", redis.read_text(), re.M)
    assert len(values["SECRET_KEY"]) >= 50 and len(password) >= 50
    assert redis_url("REDIS_URL", values["REDIS_URL"]) == f"redis://:{password}@127.0.0.1:6379/0"
    assert database("DATABASE_URL", values["DATABASE_URL"])["HOST"] == "/var/run/postgresql"
    assert values["SITE_URL"] == "https://tern.example"
    assert [path.stat().st_mode & 0o777 for path in (settings, redis)] == [0o640, 0o640]


def read_units(server: Path) -> dict[str, configparser.RawConfigParser]:
    found = {}
    for path in sorted((server / "etc/systemd/system").glob("*.service")):
        unit = configparser.RawConfigParser(strict=False)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read([path, path.with_name(f"{path.name}.d") / "10-sandbox.conf"])
        found[path.stem] = unit
    return found


def test_each_unit_is_right_by_systemd_and_is_sandboxed(server: Path) -> None:
    units = read_units(server)
    assert units.keys() == {"newsroom-web", "newsroom-worker", "newsroom-beat", "newsroom-backup"}
    assert all(unit.has_option("Service", name) for unit in units.values() for name in SANDBOX)
    if program := shutil.which("systemd-analyze"):
        files = sorted((server / "etc/systemd/system").glob("newsroom-*.*r*"))
        files = [path for path in files if path.is_file()]
        command = [program, f"--root={server}", "--man=no", "verify", *map(str, files)]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()
        assert [line for line in told if not ELSEWHERE.search(line)] == []
        # Exposure of at most 2.0 of 10, by systemd's own count.
        weighed = [program, "security", "--offline=true", f"--root={server}", "--threshold=20", "--no-pager"]
        subprocess.run([*weighed, *(f"{name}.service" for name in units)], check=True, capture_output=True)


def test_only_the_backup_reaches_the_backups(server: Path) -> None:
    hidden = {
        name: "/var/backups/newsroom" in unit.get("Service", "InaccessiblePaths", fallback="")
        for name, unit in read_units(server).items()
    }
    assert hidden == {"newsroom-web": True, "newsroom-worker": True, "newsroom-beat": True, "newsroom-backup": False}


def test_the_logs_are_rotated_by_rules_that_logrotate_reads(server: Path) -> None:
    rules = (server / "etc/logrotate.d/newsroom").read_text()
    logs = re.findall(r"(?:access|error)_log (/[^ ;]+)", "".join(one.read_text() for one in nginx_files(server)))
    assert logs and all(Path(log).match("/var/log/newsroom/*.log") for log in logs)
    assert rules.startswith("/var/log/newsroom/*.log {") and rules.count("{") == rules.count("}")
    if program := shutil.which("logrotate", path="/usr/sbin:/usr/bin"):
        subprocess.run([program, "--debug", server / "etc/logrotate.d/newsroom"], check=True, capture_output=True)


def nginx_files(server: Path) -> list[Path]:
    return sorted(path for path in (server / "etc/nginx").rglob("*") if path.is_file())
