"""Build the search anew: after an upgrade that reads words otherwise, beside a site that goes on."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.models import Release
from articles.search.anew import rebuild_all

SLICE = 20  # articles in one transaction, so that an editor's save waits for a moment only
AT_ONCE = 500
TOLD = 5_000  # after so many it says how far it is


class Command(BaseCommand):
    help = "Build the search index and the counts of its words anew from the editions; the site goes on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at-once", action="store_true", help="take no rest: for a site that nobody works at")

    def handle(self, *args: Any, **options: Any) -> None:
        at_once, done, told = options["at_once"], 0, 0
        every, begun = Release.objects.values("indexed_as").distinct().count(), time.monotonic()
        for done in rebuild_all(timezone.now(), AT_ONCE if at_once else SLICE):
            if done - told >= TOLD:
                told = done
                self.stdout.write(f"{done:,} of {every:,} articles")
            if not at_once:
                time.sleep(time.monotonic() - begun)  # as long as it has worked
                begun = time.monotonic()
        self.stdout.write(f"Done: {done:,} articles.")
