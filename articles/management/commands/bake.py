"""Store pages: those that are dirty, those named, or all."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.baking import bake_everything, bake_paths, bake_waiting, trouble
from articles.management.progress import progress_on
from articles.pagemap import read_address


class Command(BaseCommand):
    help = "Store the pages that are dirty, the pages named, or all pages."
    requires_system_checks = ()  # a timer or another bake starts it often

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="*", help="the address of a page, such as /en/archive/2024/")
        parser.add_argument("--all", action="store_true", help="every page, dirty or not")
        parser.add_argument(
            "--jobs", type=int, help="processes that share the work; by default one, with --all one for each core"
        )

    def handle(self, *args: Any, path: list[str], jobs: int | None, **options: Any) -> None:
        at, progress = timezone.now(), progress_on() if options["verbosity"] else None
        unknown = [one for one in path if read_address(one) is None]
        if unknown:
            raise CommandError(f"Not the address of a page that is stored: {', '.join(unknown)}.")
        if options["all"] and path:
            raise CommandError("Name pages or say --all, not both.")
        if jobs is not None and jobs < 1:
            raise CommandError("--jobs takes a number from 1.")
        if options["all"]:
            cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
            run = bake_everything(at, processes=jobs or cores or 1, progress=progress)
            outcomes = run.detail.get("pages", {})
            if run.state != "done":
                raise CommandError(trouble(run))
        else:
            outcomes = bake_paths(path, at) if path else bake_waiting(at, processes=jobs or 1, progress=progress)
        told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
        self.stdout.write(f"Pages: {told or 'nothing to do'}.")
        if outcomes.get("failed"):
            raise CommandError("Some pages failed; each has its error in the admin, and is tried again.")
