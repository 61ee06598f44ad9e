"""Say what stands before an upgrade: run with the new code, while the old version still serves."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.management.spoken import spoken
from articles.management.upgrading import pending, problems
from articles.models import rights


class Command(BaseCommand):
    help = (
        "Say which migrations are pending and whether the old version may serve while they run, and what is to be put "
        "right first: room, backup, settings. Exit status 1 when something is. It changes nothing."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        with spoken():
            waiting = pending()
            for one in waiting:
                self.stdout.write(f"{one.name}: {self.word(one.reasons)}")
                for reason in one.reasons:
                    self.stdout.write(f"    {reason}")
            if not waiting:
                self.stdout.write(_("No migration is pending."))
            elif any(one.reasons for one in waiting):
                self.stdout.write(_("Stop the old version before you migrate."))
            else:
                self.stdout.write(_("The old version may serve while you migrate; start the new one afterwards."))
            if waiting and not rights.may_alter(connection):
                self.stdout.write(
                    _("The role of DATABASE_URL may not alter the tables: migrate as the role that owns them.")
                )
            found = list(problems(timezone.now()))
            for problem in found:
                self.stderr.write(problem)
            if found:
                raise CommandError(_("Put this right first: %d.") % len(found))

    def word(self, reasons: list[str]) -> str:
        return _("not beside the old version") if reasons else _("beside the old version")
