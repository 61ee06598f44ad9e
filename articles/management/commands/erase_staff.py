"""Erase who stands behind a pseudonym of the publication record."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.publishing import Refused
from articles.publishing.record import erase_staff


class Command(BaseCommand):
    help = "Cut the link between a user and their pseudonym in the record, which stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the user's login name")

    def handle(self, *args: Any, user: str, **options: Any) -> None:
        found = User.objects.filter(username=user).first()
        if found is None:
            raise CommandError(f"There is no user {user!r}.")
        try:
            erase_staff(found, by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("The link is erased. What this user does from now on is under another pseudonym.")
