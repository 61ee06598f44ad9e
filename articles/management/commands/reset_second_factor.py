"""Take away the second factor of one who has lost it: the way of who sits at the server."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from articles.accounts.second_factor import take_away


class Command(BaseCommand):
    help = "Take away the second factor and the recovery codes of an account, and end its sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the user's login name")

    def handle(self, *args: Any, user: str, **options: Any) -> None:
        found = User.objects.filter(username=user).first()
        if found is None:
            raise CommandError(f"There is no user {user!r}.")
        number = take_away(found)
        self.stdout.write(
            f"{number} taken away, the sessions have ended. A role that needs one is asked for it at the login."
            if number
            else f"{user} had no second factor; the sessions have ended."
        )
