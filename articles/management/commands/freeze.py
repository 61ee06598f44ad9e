"""Freeze the newsroom from the server's command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.models import Freeze
from articles.publishing import Refused
from articles.publishing.freezing import freeze
from articles.publishing.frozen import said


class Command(BaseCommand):
    help = "Stop publishing, or everything but reading, in every process until it is lifted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reason", help="why; everybody at the desk reads it")
        parser.add_argument("--scope", choices=[scope for scope, _label in Freeze.SCOPES], default="publishing")

    def handle(self, *args: Any, reason: str, scope: str, **options: Any) -> None:
        try:
            begun = freeze(scope, by=None, at=timezone.now(), reason=reason)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(said(begun))
