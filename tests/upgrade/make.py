"""Dump a small newsroom of an earlier commit, as backups of both databases: `.ci/with-servers .venv/bin/python -m
tests.upgrade.make COMMIT`.

The code of that commit makes the newsroom and lets people work in it; ours only packs what it has left. The archives, a
photo and what is to be found again (`dumped.json`) are kept here; a version that cannot take them over fails its tests.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
KEY = "the key of a dumped newsroom, which guards nothing: 0123456789"
WORK = """
import io, json
from datetime import timedelta
from PIL import Image
from django.utils import timezone
from articles.models import PublicationRecord, Release
from articles.photos.upload import add_photo
from articles.publishing import publish, schedule, withdraw
from tests.builders import make_article, make_user

managing = make_user("Managing editor")
picture = io.BytesIO()
Image.new("RGB", (32, 24), "navy").save(picture, "PNG")
picture.seek(0)
photo = add_photo(picture, alt_en="A dune at night", alt_ru="Дюна ночью", credit="Anna Tern")
articles = []
for number in range(8):
    language = ("en", "ru")[number % 2]
    words = {} if language == "en" else {
        "headline": "Лига серых дюн молчит", "summary": "Порт закрыт.",
        "body": "<p>Лига серых дюн и фонд «Северная лампа» не ответили.</p>",
    }
    article = make_article(f"dumped-{number}", language=language, lead_photo=photo if number < 2 else None, **words)
    publish(article, by=managing, at=timezone.now())
    articles.append(article)
make_article("dumped-draft")
schedule(make_article("dumped-ahead"), by=managing, at=timezone.now(), live_at=timezone.now() + timedelta(days=36500))
withdraw(articles[7], by=managing, at=timezone.now(), note="Asked for by a reader.")
live = Release.objects.live(timezone.now())
print(json.dumps({
    "live": sorted(live.values_list("edition__slug", flat=True)),
    "head": PublicationRecord.objects.order_by("-number").first().hash,
}))
"""
PACK = """
import sys
from pathlib import Path
from django.utils import timezone
from articles.backups import archive
from articles.backups.folder import locked
from articles.backups.media import Media
from articles.backups.snapshot import take_snapshot
from articles.backups.taking import manifest_of
from articles.models import Backup

place, name, room = Path("{place}"), "{name}", Path("{room}")
with locked(place):
    media = Media(place, (), ())
    media.look(lambda: None)
    snapshot = take_snapshot(room)
    about = manifest_of(Backup(begun_at=timezone.now()), snapshot, media)
    contents = archive.members(snapshot.file) | {{archive.SETTINGS: b""}}
    archive.write(place / name, about, contents)
"""


def main() -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", sys.argv[1]], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder, "code")
        code.mkdir()
        packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x"], cwd=code, input=packed, check=True)
        dumped = Path(folder, "dumped")
        told = {"commit": commit, "made": f"{datetime.now(UTC):%Y-%m-%d}"}
        for name, url in (("sqlite", ""), ("postgresql", os.environ["TEST_POSTGRES_URL"])):
            told[name] = make(code, Path(folder, name), dumped, f"{name}.tar.gz", url)
        (dumped / "dumped.json").write_text(json.dumps(told, indent=1) + "\n")
        shutil.rmtree(HERE / "dumped", ignore_errors=True)
        shutil.copytree(dumped, HERE / "dumped", ignore=shutil.ignore_patterns(".*"))


def make(code: Path, data: Path, place: Path, name: str, url: str) -> dict[str, object]:
    """Make a newsroom with the old code and pack it with ours; return what is to be found again."""
    data.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(data),
        "DEMO": "1",
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
    }

    def run(tree: Path, *command: str) -> str:
        return subprocess.run(
            [sys.executable, *command], cwd=tree, env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout

    run(code, "manage.py", "migrate", "--no-input", "--verbosity", "0")
    run(code, "-m", "tests.torture.load", "setup")
    found: dict[str, object] = json.loads(run(code, "manage.py", "shell", "--no-imports", "--command", WORK))
    with tempfile.TemporaryDirectory() as room:
        script = PACK.format(place=place, name=name, room=room)
        run(ROOT, "manage.py", "shell", "--no-imports", "--command", script)
    return found


if __name__ == "__main__":
    main()
