"""Verify the stored pages: name, and put right, each file that is missing, foreign, altered, left over or different."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.baking import REPAIR, run_now, trouble
from articles.management.progress import progress_on


class Command(BaseCommand):
    help = (
        "Hold every stored page against what the application renders; exit status 1 when one differs, and is left so."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="store what differs, and remove what is left over")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        key = REPAIR if repair else ""
        run = run_now(
            "verify_pages", key, timezone.now(), progress=progress_on(), tell=lambda one: self.stdout.write(str(one))
        )
        if repair:
            detail = {"stored_anew": 0, "removed": 0} | run.detail
            self.stdout.write(f"Stored anew: {detail['stored_anew']}. Removed: {detail['removed']}.")
        if run.state != "done":
            raise CommandError(trouble(run))
        self.stdout.write("Every stored page is what it should be.")
