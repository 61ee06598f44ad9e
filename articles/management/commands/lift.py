"""Lift what is frozen from the server's command line, whose owner needs nobody's word."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.models.freeze import open_freezes
from articles.publishing.freezing import lift_on_server


class Command(BaseCommand):
    help = "Lift each freeze; an event says that it was done on the server. What was held goes on with the next tick."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reason", help="why, for the events")

    def handle(self, *args: Any, reason: str, **options: Any) -> None:
        frozen = open_freezes()
        if not frozen:
            raise CommandError("Nothing is frozen.")
        for one in frozen:
            lift_on_server(one, at=timezone.now(), reason=reason)
            self.stdout.write(f"Lifted: {one}")
