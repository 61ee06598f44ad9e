"""Verify the stored pages: name every file that is missing, foreign, altered, left over or out of date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.baking import run_now, trouble
from articles.management.progress import progress_on


class Command(BaseCommand):
    help = "Hold every stored page against what the application renders; exit status 1 when one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        run = run_now(
            "verify_pages", "", timezone.now(), progress=progress_on(), tell=lambda one: self.stdout.write(str(one))
        )
        if run.state != "done":
            raise CommandError(trouble(run))
        self.stdout.write("Every stored page is what it should be.")
