"""One archive under measurement, in a process of its own: reads commands, answers each with a line of JSON.

`add`: compile a version with one more organization, preview it, apply it, relabel. `back`: put the version before it
in force again, which needs no compiling.
`full`: relabel everything. `work N`: change every article for N seconds, with the pauses for editors.
`save N`: save N articles as an editor does. `read`: render pages. `map`: find the pages of a publication.
Times are seconds: of CPU of this process, of its server, of the clock.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable

from tests.benchmarks.archive import NAME, point_django_at
from tests.benchmarks.reading import page_map, read
from tests.benchmarks.taking import Answer, timed

KEY = "bench-pelican"
BETWEEN = 0.05  # seconds between two saves of an editor


def add() -> Answer:
    """Add the organization that 500 articles name."""
    from django.utils import timezone

    from articles.models import Designation, Name, Organization, Register, RegisterVersion
    from articles.publishing.relabel import apply_version, impact_of
    from articles.registers import compile_version

    # A key of its own: the rows are never those of the newest version, which would be neither compiled nor loaded.
    organization = Organization.objects.create(key=f"{KEY}-{RegisterVersion.objects.count()}")
    Name.objects.create(organization=organization, text=NAME, language="en", strength="strong")
    Designation.objects.create(organization=organization, register=Register.objects.earliest("pk"))
    now = timezone.now()
    compiling, version = timed(lambda: compile_version(now))
    preview, impact = timed(lambda: impact_of(version, now))
    applying, batch = timed(lambda: apply_version(version, by=None, at=timezone.now()))
    return {
        "compile": compiling,
        "impact": preview | {"changed": sum(impact.changed.values())},
        "apply": applying,
        "relabel": relabelled(batch.pk),
    }


def back() -> Answer:
    """Take the organization out again, and its marks."""
    from django.utils import timezone

    from articles.models import Batch, Mention, Organization
    from articles.publishing.relabel import apply_version

    Mention.objects.filter(organization__key__startswith=KEY).delete()
    Organization.objects.filter(key__startswith=KEY).delete()
    before = Batch.objects.latest("pk").previous_version
    batch = apply_version(before, by=None, at=timezone.now())
    return {"relabel": relabelled(batch.pk)}


def full() -> Answer:
    """Relabel everything, although nothing has changed."""
    from django.utils import timezone

    from articles.publishing.relabel import relabel_all

    return {"relabel": relabelled(relabel_all(by=None, at=timezone.now()).pk)}


def relabelled(pk: int) -> Answer:
    """Work on a batch to its end, without the pauses; return its times and counts."""
    from django.utils import timezone

    from articles.models import Batch
    from articles.publishing.relabel import work_batches

    sleep, time.sleep = time.sleep, lambda seconds: None
    try:
        times, _ = timed(lambda: all(iter(lambda: work_batches(timezone.now, seconds=3600), 0)))
    finally:
        time.sleep = sleep
    batch = Batch.objects.get(pk=pk)
    assert batch.finished_at and not batch.failed, batch.failed
    return times | {"examined": batch.examined, "changed": batch.changed}


def work(seconds: float) -> Answer:
    """Change every article for a while: the outlet comes onto a register and prints its notice from now on."""
    from django.utils import timezone

    from articles.models import Designation, Name, Organization, Register, Site
    from articles.publishing.relabel import apply_version, follow_house, work_batches
    from articles.registers import compile_version

    own = Organization.objects.create(key="bench-outlet")
    Name.objects.create(organization=own, text="Bench of the Harbour", language="en", strength="strong")
    Designation.objects.create(organization=own, register=Register.objects.get(status="foreign_agent"))
    apply_version(compile_version(timezone.now()), by=None, at=timezone.now())
    while work_batches(timezone.now, seconds=3600):
        pass
    Site.objects.update(publisher=own)
    batch = follow_house(by=None, at=timezone.now())
    assert batch is not None
    print(json.dumps({"begun": True}), flush=True)
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        work_batches(timezone.now, seconds=1.0)
    batch.refresh_from_db()
    return {"changed": batch.changed, "wall": time.monotonic() - begun}


def save(number: int) -> Answer:
    """Save so many articles, as the admin does; return the wall times of the saves, and of all with the pauses."""
    from django.contrib.auth.models import User
    from django.db import transaction
    from django.utils import timezone

    from articles.models import Article
    from articles.publishing.saving import keep_version

    editor = User.objects.get_or_create(username="bench-editor")[0]
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True)[: 20 * number])
    chance, taken, began = random.Random(number), [], time.monotonic()
    for pk in chance.sample(ids, number):
        article = Article.objects.get(pk=pk)
        article.body += "<p>One sentence more.</p>"
        begun = time.monotonic()
        with transaction.atomic():
            article.save()
            keep_version(article, by=editor, at=timezone.now())
        taken.append(time.monotonic() - begun)
        time.sleep(BETWEEN)
    return {
        "wall": time.monotonic() - began,
        "median": statistics.median(taken),
        "p99": statistics.quantiles(taken, n=100)[98],
        "max": max(taken),
        "taken": taken,
    }


def main(size: int) -> None:
    """Answer the commands for the archive that DATABASE_URL names, brought to the schema of today."""
    point_django_at(size)
    from django.core.management import call_command
    from django.db import connection

    commands: dict[str, Callable[..., Answer]] = {
        "add": add, "back": back, "full": full, "work": work, "save": save, "read": read,
        "map": page_map,
    }  # fmt: skip
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        command, *arguments = line.split()
        print(json.dumps(commands[command](*map(int, arguments))), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
