"""Send the mails that are due, or list those that could not be sent."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.notices import send_mail, unsent


class Command(BaseCommand):
    help = "Send the mails that are due; with --list, show those that could not be sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["list"]:
            self.stdout.write(f"Sent: {send_mail(timezone.now())}.")
        for mail in unsent():
            tried = f"{mail.attempts} attempts" if mail.attempts > 1 else "1 attempt"
            self.stdout.write(f"Not sent, {tried}: {mail.to}, {mail.subject}: {mail.last_error}")
