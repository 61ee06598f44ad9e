"""What a newsroom at work has and the demo does not: a change in force and one that waits, jobs, mails, an import."""

import hashlib
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from articles import baking, registers
from articles.interchange.exporting import register_file
from articles.models import (
    AccountChange,
    Article,
    Designation,
    Freeze,
    JobRun,
    Name,
    Organization,
    Outbox,
    Register,
    RegisterImport,
    Trouble,
)
from articles.publishing import make_link
from articles.publishing.relabel.apply import apply_version
from articles.publishing.roles import staff_id

REGISTER = "demo-foreign-agents"
LONG = "Common Committee of the Keepers of the Lighthouses and Foghorns of the Northern Coast"


def enter(key: str, name: str, since: datetime) -> None:
    """Put an organization on the demo's register of foreign agents."""
    entry = Organization.objects.create(key=key)
    Name.objects.create(organization=entry, text=name, language="en", strength="strong")
    Designation.objects.create(
        organization=entry, register=Register.objects.get(key=REGISTER), designated_from=since.date(), source="invented"
    )


def add_rows(who: User, at: datetime) -> None:
    """Add them to the demo newsroom, as done by `who` until `at`."""
    enter("test-foghorns", LONG, at - timedelta(days=3))
    apply_version(registers.compile_version(at), by=who, at=at, reason="Letter of the ministry, " + "very long, " * 12)
    while baking.work_relabels(lambda: at):
        pass
    enter("test-herons", "Heron Union", at)
    add_import(who, at)
    for state, error in (("done", ""), ("failed", "OperationalError: database is locked")):
        JobRun.objects.create(job="close_day", key="2026-11-28", state=state, started_at=at, last_error=error)
    Outbox.objects.create(
        to="desk@outlet.invalid", subject=f"Published: {LONG}", body="https://outlet.invalid/" + "a" * 90, made_at=at
    )
    make_link(Article.objects.get(slug="who-speaks-for-the-harbour"), by=who, at=at)
    add_house(who, at)


def add_house(who: User, at: datetime) -> None:
    """Leave a trouble that lasts, a freeze that is over, and a change of an account that waits for a second person."""
    Trouble.objects.create(kind="worker", began_at=at - timedelta(hours=1), seen_at=at)
    Freeze.objects.create(scope="publishing", reason="Over.", begun_at=at, ended_at=at, begun_by=staff_id(who))
    owner = User.objects.exclude(pk=who.pk).filter(is_superuser=False).earliest("pk")
    AccountChange.objects.create(
        kind="address", user=owner, address="other@outlet.invalid", reason="Moved.", asked_by=who, asked_at=at
    )


def add_import(who: User, at: datetime) -> None:
    """Leave a register file waiting that would take one entry off its register."""
    register = Register.objects.get(key="demo-undesirable")
    content = register_file(register).replace("2025-04-03", "2025-04-04").encode()
    RegisterImport.objects.create(
        register=register,
        file_name="undesirable.json",
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        made_at=at,
        made_by=staff_id(who),
    )
