"""The settings as a fresh process reads them: modes, defaults, and starts that are refused in one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQ"
PRINT = "import json, newsroom.settings as s; print(json.dumps({k: getattr(s, k) for k in %r}, default=str))"


def start(tmp_path: Path, *command: str, **values: str) -> "subprocess.CompletedProcess[str]":
    """Run Python in the project with only these variables set."""
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path / "data")} | values
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def settings(tmp_path: Path, *names: str, **values: str) -> dict[str, Any]:
    run = start(tmp_path, "-c", PRINT % (names,), **values)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def refusal(tmp_path: Path, **values: str) -> str:
    """Return what `manage.py check` says when it does not start."""
    run = start(tmp_path, "manage.py", "check", **values)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    return run.stderr.strip()


def test_production_uses_secure_transport(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    found = settings(
        tmp_path, *names, "ALLOWED_HOSTS", SITE_URL="https://news.example", SECRET_KEY=SECRET, EMAIL_URL="none:"
    )
    assert all(found[name] for name in names)
    assert found["ALLOWED_HOSTS"] == ["news.example"]


def test_nothing_is_required_for_development_and_the_key_is_kept(tmp_path: Path) -> None:
    first = settings(tmp_path, "SECRET_KEY", "SITE_URL", "REDIS_URL", DEBUG="1", PORT="8123")
    second = settings(tmp_path, "SECRET_KEY", DEBUG="1")
    assert first["SECRET_KEY"] == second["SECRET_KEY"] and len(first["SECRET_KEY"]) >= 50
    assert first["SITE_URL"] == "http://127.0.0.1:8123"
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


def test_a_redis_address_moves_broker_and_cache(tmp_path: Path) -> None:
    found = settings(tmp_path, "CELERY_BROKER_URL", "CACHES", DEBUG="1", REDIS_URL="redis://127.0.0.1:6390/3")
    assert found["CELERY_BROKER_URL"] == "redis://127.0.0.1:6390/3"
    assert found["CACHES"]["default"]["LOCATION"] == "redis://127.0.0.1:6390/3"


def test_without_redis_messages_are_files_in_the_data_folder(tmp_path: Path) -> None:
    found = settings(tmp_path, "CELERY_BROKER_URL", "CELERY_BROKER_TRANSPORT_OPTIONS", DEBUG="1")
    assert found["CELERY_BROKER_URL"].startswith("filesystem://")
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"]["polling_interval"] == 0.1
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"]["data_folder_in"].startswith(str(tmp_path))


def test_a_file_of_settings_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("DEBUG=1\nPORT=8200\nLOG_LEVEL=ERROR\n")
    found = settings(tmp_path, "PORT", "LOG_LEVEL", ENV_FILE=str(tmp_path / "env"), PORT="8300")
    assert found == {"PORT": 8300, "LOG_LEVEL": "ERROR"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Settings: SITE_URL is not set; expected the public address, such as https://news.example."),
        (
            {"SITE_URL": "https://news.example"},
            "Settings: SECRET_KEY is not set; expected at least 50 random characters.",
        ),
        (
            {"SITE_URL": "https://news.example", "SECRET_KEY": "short"},
            "Settings: SECRET_KEY is too weak (5 characters); expected at least 50 random characters.",
        ),
        (
            {"SITE_URL": "https://news.example", "SECRET_KEY": "ab" * 40},
            "Settings: SECRET_KEY is too weak (80 characters); expected at least 50 random characters.",
        ),
        (
            {"SITE_URL": "https://news.example", "SECRET_KEY": SECRET},
            "Settings: EMAIL_URL is not set; expected a mail server, such as smtp+tls://user:password@mail.example, "
            "or none: for a newsroom without mail.",
        ),
        (
            {"SITE_URL": "https://news.example", "SECRET_KEY": SECRET, "EMAIL_URL": "console:"},
            "Settings: EMAIL_URL is console:, which sends nothing; expected a mail server, or none: in production.",
        ),
        (
            {"DEBUG": "1", "ALARM_WEBHOOK": "file:///etc/passwd"},
            "Settings: ALARM_WEBHOOK is no address of a web server; expected https://host/path, or nothing.",
        ),
        ({"DEMO": "perhaps"}, "Settings: DEMO is 'perhaps'; expected 1 (yes) or 0 (no)."),
        (
            {"DEMO": "1", "BIND_ADDRESS": "0.0.0.0"},
            "Settings: BIND_ADDRESS is '0.0.0.0'; expected 127.0.0.1 while DEMO is on.",
        ),
        (
            {"DEMO": "1", "ALLOWED_HOSTS": "news.example"},
            "Settings: ALLOWED_HOSTS names a public host; expected 127.0.0.1 or localhost while DEMO is on.",
        ),
        ({"DEBUG": "1", "LOG_LEVEL": "x"}, "Settings: LOG_LEVEL is 'x'; expected one of DEBUG, INFO, WARNING, ERROR."),
        (
            {"DEBUG": "1", "DATA_DIR": "/dev/null/data"},
            "Settings: DATA_DIR is '/dev/null/data', which cannot be made (Not a directory).",
        ),
    ],
)
def test_a_wrong_value_stops_the_start_in_one_sentence(tmp_path: Path, values: dict[str, str], message: str) -> None:
    assert refusal(tmp_path, **values) == message


def test_the_supervisor_refuses_in_the_same_words(tmp_path: Path) -> None:
    run = start(tmp_path, "-m", "newsroom.run", DEBUG="1", PORT="0")
    assert run.returncode == 1
    assert run.stderr.strip() == "Settings: PORT is '0'; expected a whole number from 1 to 65535."


@pytest.mark.parametrize("seconds", ["4", "31", "1.5"])
def test_a_lease_that_starves_or_delays_the_work_is_refused(tmp_path: Path, seconds: str) -> None:
    assert "LEASE_SECONDS" in refusal(tmp_path, DEBUG="1", LEASE_SECONDS=seconds)
    assert settings(tmp_path, "LEASE_SECONDS", DEBUG="1", LEASE_SECONDS="5") == {"LEASE_SECONDS": 5}
