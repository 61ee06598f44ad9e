"""Give an account another mail address: the way of who sits at the server."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from articles.accounts.addresses import set_address, take_as_confirmed


class Command(BaseCommand):
    help = "Give an account another mail address and end its sessions; with --confirmed the owner need not confirm it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the user's login name")
        parser.add_argument("address", help="the new address")
        parser.add_argument("--confirmed", action="store_true", help="you have asked the owner in person")

    def handle(self, *args: Any, user: str, address: str, confirmed: bool, **options: Any) -> None:
        found = User.objects.filter(username=user).first()
        if found is None:
            raise CommandError(f"There is no user {user!r}.")
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address!r} is no mail address.") from error
        set_address(found, address)
        if confirmed:
            take_as_confirmed(found)
        self.stdout.write(
            "The address is set" + (" and confirmed." if confirmed else "; its owner has yet to confirm it.")
        )
