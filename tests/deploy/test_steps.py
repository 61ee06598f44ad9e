"""The order of the script's steps, the system's commands replaced: what stops, who migrates, what a failure leaves.

Run for real it needs a server; its first lines say when and how that was done.
"""

import subprocess
from pathlib import Path

import pytest

from tests.deploy.conftest import SCRIPT

# Each command that would touch the machine says its name instead; FAILS ends the one that begins so, with STATUS.
REPLACED = """
source {script}
note() {{ echo "$*"; [[ -n "${{FAILS:-}}" && "$*" == $FAILS* ]] && return "${{STATUS:-1}}"; return 0; }}
as_root() {{ :; }}
for one in people folders database packages render own_files switch_to_release answers take_keys chown install; do
  eval "$one() {{ note $one; }}"
done
release() {{ RELEASE=/opt/newsroom/releases/new; note release; }}
systemctl() {{ note systemctl "$@"; }}
nginx() {{ note nginx; }}
readlink() {{ echo "$2"; }}
mktemp() {{ mkdir -p {folder}/room; echo {folder}/room; }}
postgres() {{ note postgres "$2"; }}
manage_as() {{
  [ "$2" != upgrade_check ] || echo "articles.0049: $BESIDE"
  case "$*" in *--settings-to*) echo 'SECRET_KEY="of the backup"' >{folder}/room/settings; return ;; esac
  note "$1: $2" "${{PGOPTIONS:-}}" "${{SECRET_KEY:-}}"
}}
BESIDE=${{BESIDE:-beside the old version}}
"""
STOP = "systemctl stop newsroom-web.service newsroom-worker.service newsroom-beat.service"
START = STOP.replace("stop", "start")


@pytest.fixture
def steps(tmp_path: Path) -> "Steps":
    return Steps(tmp_path)


class Steps:
    """`ended`: the exit status of the last call."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ended = folder, 0
        (folder / "key").touch()

    def __call__(self, call: str, **given: str) -> list[str]:
        """Call a function of the script and return what it did, a line each."""
        script = REPLACED.format(script=SCRIPT, folder=self.folder) + call
        run = subprocess.run(
            ["bash", "-c", script], env={"PATH": "/usr/bin:/bin", **given}, capture_output=True, text=True, check=False
        )
        self.ended = run.returncode
        return [line.strip() for line in run.stdout.splitlines()]


def test_an_upgrade_migrates_as_the_owner_and_switches_afterwards(steps: Steps) -> None:
    done = steps("upgrade /src")
    wanted = ["systemctl start newsroom-backup.service", "newsroom_owner: migrate", "switch_to_release", "answers"]
    assert [line for line in done if line in wanted] == wanted and steps.ended == 0
    assert STOP not in done


def test_it_stops_the_old_version_before_a_migration_that_is_not_beside_it(steps: Steps) -> None:
    done = steps("upgrade /src", BESIDE="not beside the old version")
    assert done.index(STOP) < done.index("newsroom_owner: migrate")


@pytest.mark.parametrize(
    "fails", ["people", "database", "release", "systemctl start newsroom-backup", "newsroom_owner: upgrade_check"]
)
def test_an_upgrade_that_fails_before_has_changed_nothing_that_serves(steps: Steps, fails: str) -> None:
    done = steps("upgrade /src", FAILS=fails)
    assert steps.ended == 1
    assert not {STOP, "newsroom_owner: migrate", "switch_to_release"} & set(done)


def test_a_migration_that_fails_leaves_the_old_code_in_its_place(steps: Steps) -> None:
    assert "switch_to_release" not in steps("upgrade /src", FAILS="newsroom_owner: migrate")
    assert steps.ended == 1


@pytest.mark.parametrize("fails", ["packages", "people", "folders", "render", "own_files", "database", "release"])
def test_a_step_that_fails_ends_the_installation(steps: Steps, fails: str) -> None:
    certificates = steps.folder / "certificates"
    certificates.mkdir()
    for name in ("fullchain.pem", "privkey.pem"):
        (certificates / name).write_text("pem")
    done = steps(f"HOST=tern.example CERTIFICATES={certificates} install_all", FAILS=fails)
    assert steps.ended != 0 and done[-1] == fails


def test_a_restore_is_the_owners_for_as_long_as_the_site_is_stopped(steps: Steps) -> None:
    done = steps(f"restore /archive {steps.folder}/key")
    grant, revoke = "postgres GRANT newsroom_owner TO newsroom", "postgres REVOKE newsroom_owner FROM newsroom"
    work = "newsroom: restore -c role=newsroom_owner of the backup"
    wanted = [STOP, grant, work, "take_keys", revoke, START, "answers", revoke]
    assert [line for line in done if line in wanted] == wanted and steps.ended == 0
    assert not (steps.folder / "room").exists()


def test_a_restore_that_is_refused_lets_the_site_go_on_and_one_that_fails_does_not(steps: Steps) -> None:
    refused = steps(f"restore /archive {steps.folder}/key", FAILS="newsroom: restore -c", STATUS="2")
    assert START in refused and "take_keys" not in refused and steps.ended == 2
    failed = steps(f"restore /archive {steps.folder}/key", FAILS="newsroom: restore -c", STATUS="1")
    assert START not in failed and steps.ended == 1
    assert failed[-1] == "postgres REVOKE newsroom_owner FROM newsroom"
