"""Say in plain words what is wrong with the newsroom, and what to do."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import notices, watching


class Command(BaseCommand):
    """`manage.py doctor`."""

    help = "Say what is wrong with the newsroom and what to do; exit status 1 when something is."
    # It is asked most when the database is away, or older than the program.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=codes, help="the language of the answer; else that of LANG")
        parser.add_argument("--tell", action="store_true", help="send the alarms too, as the worker would if it lived")
        parser.add_argument("--growth", action="store_true", help="count what grows, too, and say what bounds it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, say, and end with 1 if something is wrong."""
        with translation.override(options["language"] or language_of(os.environ)):
            found = self.tell() if options["tell"] else watching.look(timezone.now())
            for number, one in enumerate(found, start=1):
                self.stdout.write(f"{number}. {one.says}\n   {one.do}")
            if options["growth"]:
                self.write_growth()
            count = len(found)
            if not count:
                self.stdout.write(_("The house is well."))
                return
            told = ngettext("%(count)d trouble.", "%(count)d troubles.", count) % {"count": count}
        self.stdout.write(told)
        sys.exit(1)

    def tell(self) -> list[watching.Finding]:
        """Send the alarms of this moment; where no row can be written, only look."""
        at = timezone.now()
        try:
            found = notices.raise_alarm(at)
            notices.send_mail(at)
            notices.send_hooks(at)
        except (DatabaseError, InterfaceError):
            self.stderr.write(_("No alarm could be sent: it would stand in the database."))
            return watching.look(at)
        return found

    def write_growth(self) -> None:
        """Write the table of what grows."""
        try:
            rows = watching.growth()
        except (DatabaseError, InterfaceError):
            return
        for row in rows:
            more = ">" if row.is_more else ""
            size = "" if row.size is None else f" ({filesizeformat(row.size)})"
            self.stdout.write(f"{more + str(row.shown):>9}  {row.label}{size}. {row.policy}")


def language_of(environment: Any) -> str:
    """Return the language that a terminal asks for, such as ru for LANG=ru_RU.UTF-8, or that of the settings."""
    asked = next(filter(None, (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    code = asked.partition(".")[0].partition("_")[0].lower()
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
