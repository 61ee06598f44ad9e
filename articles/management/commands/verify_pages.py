"""Verify the stored pages: name every file that is missing, foreign, altered, left over or out of date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.baking import verify
from articles.management.progress import progress_on


class Command(BaseCommand):
    help = "Hold every stored page against what the application renders; exit status 1 when one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for difference in verify(timezone.now(), progress_on()):
            self.stdout.write(str(difference))
            count += 1
        if count:
            raise CommandError(f"{count} stored pages are not what they should be.")
        self.stdout.write("Every stored page is what it should be.")
