"""The troubles that the house knows: what is wrong, and what to do, in words.

Nothing in them is a secret: no path, no address, no name of a person. `/readyz` says them to whoever asks.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class TroubleKind:
    """`says`, `do`: msgids, with names in %(…)s for the figures of a finding. `stops`: while it lasts the house cannot
    do its work, and `/readyz` answers 503."""

    key: str
    says: str
    do: str
    stops: bool = False


@dataclass(frozen=True)
class Finding:
    """A trouble as it is now. `figures`: what its sentence names; numbers and texts that JSON takes."""

    kind: TroubleKind
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def says(self) -> str:
        """Return what is wrong, in the language that is active."""
        return str(_(self.kind.says)) % self.figures

    @property
    def do(self) -> str:
        """Return what to do, in the language that is active."""
        return str(_(self.kind.do)) % self.figures


STOPPING = (
    (
        "database_away",
        gettext_noop("The database does not answer."),
        gettext_noop(
            "Look whether its server runs and DATABASE_URL is right. Stored pages are served on; nothing can be saved "
            "until it is back. What is typed stays in the browser."
        ),
    ),
    (
        "database_read_only",
        gettext_noop("The database takes no changes: it is read-only."),
        gettext_noop(
            "Look whether its disk was mounted read-only after a fault, who owns its file, or whether this is a "
            "standby. Readers are served; nothing can be saved until it takes changes again."
        ),
    ),
    (
        "database_full",
        gettext_noop("The database has no space left to write."),
        gettext_noop(
            "Free space on its disk, then it goes on by itself. Readers are served; nothing can be saved until then."
        ),
    ),
    (
        "migrations",
        gettext_noop("The database is older than the program: %(number)d migrations are to be run."),
        gettext_noop("Run `manage.py migrate`."),
    ),
    (
        "disk",
        gettext_noop("A disk is nearly full: %(free)d MB are free where %(folders)s lies."),
        gettext_noop(
            "Free space or enlarge the disk. DISK_FREE_MB says from where on it is told; the table of what grows says "
            "what takes the most."
        ),
    ),
    (
        "folder",
        gettext_noop("Nothing can be written to %(folders)s."),
        gettext_noop("Look whether the disk was mounted read-only, and who owns the folder."),
    ),
    (
        "silent",
        gettext_noop("The worker is silent. It was heard last: %(when)s."),
        gettext_noop(
            "Start it again (celery --app newsroom worker --beat); its log says why it ended. Articles go live on time "
            "all the same; stored pages and mails wait."
        ),
    ),
    (
        "ahead",
        gettext_noop("Jobs whose pulse lies in the future: %(number)d. The clock was ahead, or is."),
        gettext_noop(
            "Put the clock right (timedatectl, chrony) and start the processes anew: until then nobody can say whether "
            "the jobs live. What was published too early comes in its time by itself."
        ),
    ),
    (
        "clock",
        gettext_noop("The clocks of this machine and of the database differ by %(seconds)d seconds."),
        gettext_noop("Put the clocks of both machines right (timedatectl, chrony)."),
    ),
)
OTHERS = (
    (
        "overdue",
        gettext_noop("Releases that are visible, but not announced: %(number)d."),
        gettext_noop("Look at the worker, and on the first page at what holds them up."),
    ),
    (
        "late",
        gettext_noop("Pages that have waited for more than a minute: %(number)d."),
        gettext_noop("Look at the worker; after a change of all pages it comes by itself."),
    ),
    (
        "failing_pages",
        gettext_noop("Pages that cannot be stored: %(number)d."),
        gettext_noop(
            "Open Stored pages, state “failed”: each has its error. A full disk or a template may be the reason."
        ),
    ),
    (
        "failing_mails",
        gettext_noop("Mails that cannot be sent: %(number)d."),
        gettext_noop("Open Outgoing mail: each has its reason. They are tried again by themselves for two days."),
    ),
    (
        "no_mail",
        gettext_noop("This newsroom sends no mail (EMAIL_URL is none:). Mails that wait: %(number)d."),
        gettext_noop("Set EMAIL_URL to a mail server. Until then nobody hears of anything but on this desk."),
    ),
    (
        "failed_runs",
        gettext_noop("Jobs that have failed: %(number)d."),
        gettext_noop("Open Job runs: the run has its error, and can be run again."),
    ),
    (
        "failing_relabels",
        gettext_noop("Relabels that fail and are tried again: %(number)d."),
        gettext_noop("Open Relabels: the batch has its error and the articles that it could not mark."),
    ),
    (
        "failing_renditions",
        gettext_noop("Photos of which no smaller sizes can be made: %(number)d. The last one: %(why)s."),
        gettext_noop(
            "Readers get the web size until then. Free space where MEDIA_DIR lies, or upload the photo again if its "
            "file is damaged; it is tried again by itself."
        ),
    ),
    (
        "camera_key",
        gettext_noop("No photo can be uploaded: each is to be kept as it came, and no key to read it is named."),
        gettext_noop(
            "Name public keys of age in CAMERA_RECIPIENTS (`manage.py backup --new-key FILE` makes one), or take away "
            "KEEP_CAMERA_FILES."
        ),
    ),
    (
        "camera_folder",
        gettext_noop("No photo can be uploaded: each is to be kept as it came, but in a folder that is served."),
        gettext_noop("Name another folder in CAMERA_DIR, outside MEDIA_DIR, PAGES_DIR and the static files."),
    ),
    (
        "unplanned",
        gettext_noop("Nobody has looked at the calendar for a while. The last time: %(when)s."),
        gettext_noop("Start the worker with its beat again: the night's work and the alarms hang on it."),
    ),
    (
        "registers",
        gettext_noop("Registers that are out of date: %(number)d (%(keys)s)."),
        gettext_noop("Hold each against its keeper's list: Registers, then the keeper's file."),
    ),
    (
        "no_backup",
        gettext_noop("There is no backup."),
        gettext_noop("Run `manage.py backup` and look at its timer."),
    ),
    (
        "old_backup",
        gettext_noop("The last backup is %(hours)d hours old."),
        gettext_noop("Run `manage.py backup` and look at its timer."),
    ),
    (
        "owner",
        gettext_noop("The role that serves the site may alter its tables in PostgreSQL: %(number)d."),
        gettext_noop(
            "Whoever takes the site over could rewrite the publication record. Give the tables to a role that only "
            "migrations use: Grow, “Two roles in PostgreSQL”."
        ),
    ),
    (
        "redis",
        gettext_noop("Redis does not answer."),
        gettext_noop("Start it again. Nothing is lost with it: what is to be done stands in the database."),
    ),
    (
        "webhook",
        gettext_noop("Alarms that the webhook has not taken: %(number)d."),
        gettext_noop("Look at ALARM_WEBHOOK and at the server behind it; the state of the house shows its answer."),
    ),
    (
        "check",
        gettext_noop("A check of the house has failed itself: %(name)s."),
        gettext_noop("Its error stands in the log."),
    ),
)

KINDS: dict[str, TroubleKind] = {
    key: TroubleKind(key, says, do, stops)
    for rows, stops in ((STOPPING, True), (OTHERS, False))
    for key, says, do in rows
}


def found(key: str, **figures: Any) -> Finding:
    """Return a finding of a kind."""
    return Finding(KINDS[key], figures)
