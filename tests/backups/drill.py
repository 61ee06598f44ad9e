"""The drill: a backup while writers publish in other processes, restored on an empty machine; for both databases."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from articles.sealing import new_identity
from tests.own import ROOT

Environment = dict[str, str]
LETTERS = "ab"
FOUND = """
import json
from django.utils import timezone
from articles import backups, pagestore
from articles.models import Release
live = Release.objects.live(timezone.now()).select_related("edition")
pages = [pagestore.get(f"/en/{one.published_date:%Y/%m/%d}/{one.edition.slug}/") for one in live]
backup = backups.last_backup()
print(json.dumps({
    "slugs": [one.edition.slug for one in live], "stored": all(b"Grey Dune League" in (page or b"") for page in pages),
    "backup": [backup.name, backup.verified] if backup else [],
}))
"""


def done(environment: Environment, *command: str) -> str:
    """Run a program of Python inside a newsroom to its end, and return what it printed; it has to go well."""
    ended = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout[-1500:] + ended.stderr[-3000:]
    return ended.stdout


def script(environment: Environment, text: str) -> str:
    return done(environment, "manage.py", "shell", "--no-imports", "--command", text).strip()


@contextmanager
def writers(environment: Environment, folder: Path) -> Iterator[Callable[[], dict[str, str]]]:
    """Let several publish; yield what tells which articles were answered so far, each with a head of the record."""
    journals = [folder / f"journal-{letter}" for letter in LETTERS]
    started = [
        subprocess.Popen([sys.executable, "-m", "tests.backups.writer", journal, letter], cwd=ROOT, env=environment)
        for journal, letter in zip(journals, LETTERS, strict=True)
    ]

    def answered() -> dict[str, str]:
        texts = [journal.read_text() for journal in journals if journal.exists()]
        return dict(line.split() for text in texts for line in text.split("\n")[:-1])

    try:
        yield answered
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait()
    assert [one.returncode for one in started] == [0] * len(started)


def restored_under_load(old: Environment, new: Environment, folder: Path) -> None:
    """Back up `old` under load, restore into `new`, and hold what is there against what was answered."""
    folder.mkdir(exist_ok=True)
    archives, key = folder / "backups", folder / "key"
    recipient = new_identity(key)
    with writers(old, folder) as answered:
        deadline = time.monotonic() + 60
        while not all(any(slug.startswith(letter) for slug in answered()) for letter in LETTERS) or len(answered()) < 9:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        before = answered()
        taken = done(old | {"BACKUP_RECIPIENTS": recipient}, "manage.py", "backup", "--to", str(archives))
        after = answered()
    assert len(after) > len(before), "nobody wrote while the backup was taken"
    (archive,) = archives.glob("*.age")
    left = Path(new["DATA_DIR"], "pages/en/2001/01/01/of-another-newsroom/index.html")
    left.parent.mkdir(parents=True)
    left.touch()
    assert str(archive) in taken
    command = ["manage.py", "restore", str(archive), "--key", str(key), "--verify", "--head", list(before.values())[-1]]
    told = done(new, *command)
    assert "as in the backup" in told and "record is whole" in told
    found = json.loads(script(new, FOUND))
    assert set(before) <= set(found["slugs"])
    assert found["stored"] and not left.exists()
    assert found["backup"] == [archive.name, True]
