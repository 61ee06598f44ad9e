"""Relabels as jobs: the worker goes on with them, and each leaves a run that says how far it came."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ..models import Batch, JobRun
from ..publishing.relabel import work_batches
from .runs import plan_once

RELABEL = "relabel"


def work_relabels(clock: Callable[[], datetime]) -> int:
    """Go on with a relabel for a while, if one is in progress; return how many articles were examined."""
    write_runs()
    examined = work_batches(clock)
    write_runs()
    return examined


@transaction.atomic
def write_runs() -> None:
    """Bring the run of each relabel up to date: of new ones, and of those not ended when they were last looked at."""
    newest = JobRun.objects.filter(job=RELABEL).order_by("-pk").values_list("key", flat=True).first()
    for pk, made_at in Batch.objects.filter(pk__gt=int(newest or 0)).order_by("pk").values_list("pk", "made_at"):
        plan_once(RELABEL, str(pk), made_at)
    runs = {int(run.key): run for run in JobRun.objects.filter(job=RELABEL, finished_at=None)}
    for batch in Batch.objects.filter(pk__in=runs).defer("articles"):
        write_run(runs[batch.pk], batch)


def write_run(run: JobRun, batch: Batch) -> None:
    run.attempts, run.finished_at = batch.attempts, batch.finished_at
    run.detail = {
        "kind": batch.kind,
        "articles": batch.total,
        "examined": batch.examined,
        "changed": batch.changed,
        "failed": batch.failed_count,
        "done": batch.examined,
        "total": batch.total,
    }
    if batch.finished_at:
        run.state = "failed" if batch.failed else "done"
        run.last_error = "\n".join(f"{one['article']}: {one['error']}" for one in batch.failed)[:4000]
    else:
        run.last_error = batch.last_error
        if batch.stopped_at:
            run.detail["stopped"] = batch.stopped_at.isoformat()
    run.save()
