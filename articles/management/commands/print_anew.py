"""Print the archive anew: after an upgrade, what earlier versions have issued as it would be issued now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.publishing.relabel import follow_house


class Command(BaseCommand):
    help = "Let the worker print each article of the archive anew, and issue those that differ from what readers see."

    def handle(self, *args: Any, **options: Any) -> None:
        batch = follow_house(by=None, at=timezone.now())
        if batch is None:
            raise CommandError("No registers have been loaded, so nothing was published yet.")
        self.stdout.write(f"Begun: {batch.total} articles are looked at. It stands among the relabels at the desk.")
