"""Make the demo newsroom, once, and print who may log in. Only with DEMO=1."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...models import CODES, Site
from ..demo_loader import DEMO_LOGINS, load_demo
from ..demo_reset import has_tables, is_demo, is_empty, recreate_database


class Command(BaseCommand):
    help = "Makes the demo newsroom (does nothing when it is there) and prints the demo logins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="throw the demo newsroom away and make it anew")
        parser.add_argument(
            "--language", choices=CODES, help="of an outlet that publishes in this language only; by default in each"
        )
        parser.add_argument("--print-logins", action="store_true", help="print the logins and do nothing else")

    def handle(self, *args: Any, reset: bool, language: str | None, print_logins: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo newsroom is made only with DEMO=1 in the environment.")
        if not print_logins:
            self.prepare(reset, (language,) if language else CODES)
        self.stdout.write(logins())

    def prepare(self, reset: bool, used: Sequence[str]) -> None:
        """Load the demo into an empty database, after emptying that of a demo when `reset`; refuse any other."""
        if not has_tables():
            if not reset:
                raise CommandError("The database has no tables yet: run `manage.py migrate` first.")
        elif is_demo():
            if not reset:
                if used != CODES and used != Site.current().used:
                    raise CommandError("There is a demo newsroom with other languages: add --reset to make it anew.")
                return
        elif not is_empty():
            raise CommandError("The database holds a newsroom that is not a demo; it was left as it is.")
        if reset:
            recreate_database()
        self.stderr.write("Making the demo newsroom (once).")
        load_demo(timezone.now(), used)


def logins() -> str:
    """Return the demo accounts as the start of the newsroom prints them."""
    lines = [f"  {username:<10} {password:<18} {role}" for username, password, role in DEMO_LOGINS]
    return "\n".join(["Demo logins (user, password, role):", *lines])
