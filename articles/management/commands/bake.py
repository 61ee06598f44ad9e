"""Store pages: those that are dirty, those named, or all."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.baking import bake_dirty, bake_paths, run_now
from articles.pagemap import read_address


class Command(BaseCommand):
    help = "Store the pages that are dirty, the pages named, or all pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="*", help="the address of a page, such as /en/archive/2024/")
        parser.add_argument("--all", action="store_true", help="every page, dirty or not")

    def handle(self, *args: Any, path: list[str], **options: Any) -> None:
        at = timezone.now()
        unknown = [one for one in path if read_address(one) is None]
        if unknown:
            raise CommandError(f"Not the address of a page that is stored: {', '.join(unknown)}.")
        if options["all"] and path:
            raise CommandError("Name pages or say --all, not both.")
        if options["all"]:
            run = run_now("bake_all", "", at)
            outcomes = run.detail.get("pages", {})
            if run.state == "failed":
                raise CommandError(run.last_error.strip().rpartition("\n")[2])
        else:
            outcomes = bake_paths(path, at) if path else bake_dirty(at, seconds=float("inf"))
        told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
        self.stdout.write(f"Pages: {told or 'nothing to do'}.")
        if outcomes.get("failed"):
            raise CommandError("Some pages failed; each has its error in the admin, and is tried again.")
