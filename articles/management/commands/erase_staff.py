"""Erase who stands behind a pseudonym of the publication record and, where it is closed, the account."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.accounts.erasing import erase_person
from articles.publishing import Refused


class Command(BaseCommand):
    help = "Cut the link between a user and their pseudonym in the record; empty the account if it is closed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the user's login name")

    def handle(self, *args: Any, user: str, **options: Any) -> None:
        found = User.objects.filter(username=user).first()
        if found is None:
            raise CommandError(f"There is no user {user!r}.")
        try:
            emptied = erase_person(found, by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if emptied:
            self.stdout.write("The link is erased, and the account is nobody's: it has neither a name nor an address.")
        else:
            self.stdout.write("The link is erased. What this user does from now on is under another pseudonym.")
            self.stdout.write(
                "The account is open and keeps its name: close it, then run this again to erase that too."
            )
