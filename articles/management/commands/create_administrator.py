"""Make an administrator's account: the first one of a newsroom, or one more for the server's owner."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from articles.accounts.addresses import password_link
from articles.publishing.people import ADMINISTRATOR, Account, note_account


class Command(BaseCommand):
    help = "Make an account with the role of an administrator. Asks for what is not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", help="the login name")
        parser.add_argument("--email", help="the mail address")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")
        parser.add_argument(
            "--link", action="store_true", help="ask for no password: print a link by which the person sets one, once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"] or input("Login name: ").strip()
        email = options["email"] or input("Mail address: ").strip()
        user = User(
            username=username,
            email=email,
            first_name=options["first_name"],
            last_name=options["last_name"],
            is_staff=True,
        )
        user.set_unusable_password()
        try:
            user.full_clean(exclude=["password"])
            if not email:
                raise ValidationError("An administrator needs a mail address.")
            if not options["link"] and (password := self.asked(user)):
                user.set_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        with transaction.atomic():
            user.save()
            user.groups.add(Group.objects.get(name=ADMINISTRATOR))
            note_account(user, Account(), by=None, at=timezone.now(), changed=[], new=True)
        self.stdout.write(f"The account {username} administers the newsroom.")
        if not user.has_usable_password():
            self.stdout.write(f"This link sets its password, once, within three days:\n{password_link(user)}")

    def asked(self, user: User) -> str:
        """Ask for a password twice; "" for a link instead. Raises ValidationError for a weak one."""
        password = getpass("Password (empty: print a link that sets it): ")
        if password and password != getpass("Once more: "):
            raise ValidationError("These are two passwords.")
        if password:
            validate_password(password, user)
        return password
