"""Begin a newsroom that is no demo: ask for what it needs, end at an empty, right site."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.management.spoken import spoken
from articles.models import Site
from articles.models.languages import ALL, CODES, codes_of
from articles.publishing.beginning import ADMINISTRATOR, Beginning, begin_newsroom, may_begin, read_accounts
from articles.publishing.errors import Refused

Check = Callable[[str], object]  # raises Refused or ValidationError


def cleaned(name: str) -> Check:
    """Return what asks a column of the outlet's row whether it takes a value."""
    field: Any = Site._meta.get_field(name)
    return lambda value: field.clean(value, None)


class Command(BaseCommand):
    help = (
        "Begin a newsroom that is no demo: the outlet's name, languages, time zone, jurisdictions, the starter "
        "registers and the first accounts. What is not said is asked for on the terminal. The first passwords are "
        "printed once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--languages", choices=[ALL, *CODES], help="in which the outlet publishes")
        for code in CODES:
            parser.add_argument(f"--name-{code}", help=f"the outlet's name in the language {code}")
        parser.add_argument("--zone", help="the newsroom's time zone, such as Europe/Riga")
        parser.add_argument(
            "--jurisdictions", help="whose registers mark, separated by commas, such as RU; an empty text: of all"
        )
        parser.add_argument(
            "--account", action="append", metavar="LOGIN,ADDRESS,ROLE", help="an account; as often as there are people"
        )
        parser.add_argument("--no-mail", action="store_true", help="send no mail to see whether mail goes out")

    def handle(self, *args: Any, **options: Any) -> None:
        with spoken():
            if not may_begin():
                raise CommandError(_("This newsroom has been begun already, or is a demo."))
            beginning = self.asked(options)
            try:
                passwords = begin_newsroom(beginning, at=timezone.now())
            except Refused as refused:
                raise CommandError(str(refused)) from refused
            self.stdout.write(_("The newsroom is begun: %s") % settings.SITE_URL)
            for account in beginning.accounts:
                self.stdout.write(f"  {account.username:<20} {passwords[account.username]:<24} {_(account.role)}")
            if passwords:
                self.stdout.write(_("These passwords are shown once. Let everybody change theirs at the first login."))
            if not options["no_mail"]:
                self.try_mail(beginning)

    def asked(self, options: dict[str, Any]) -> Beginning:
        """Return what was said, and ask for the rest."""
        languages = options["languages"] or self.ask(
            _("Languages (%s)") % ", ".join([ALL, *CODES]), ALL, cleaned("languages")
        )
        names = {
            f"name_{code}": options[f"name_{code}"] or self.ask(_("Name of the outlet (%s)") % code)
            for code in codes_of(languages)
        }
        zone = options["zone"] or self.ask(_("Time zone"), "Europe/Moscow", cleaned("time_zone"))
        jurisdictions = options["jurisdictions"]
        if jurisdictions is None:
            jurisdictions = self.ask(_("Jurisdictions whose registers mark, separated by commas; nothing: all"), "")
        lines = options["account"]
        if lines is None:
            question = _("Account (login, address, role; nothing: no more)")
            lines = list(iter(lambda: self.ask(question, "", read_accounts), ""))
        try:
            accounts = read_accounts("\n".join(lines))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        chosen = [one.strip().upper() for one in jurisdictions.split(",") if one.strip()]
        return Beginning(names, languages, zone, chosen, accounts)

    def ask(self, question: str, default: str | None = None, check: Check | None = None) -> str:
        """Ask on the terminal until `check` takes the answer; without one, take the default or say what is missing."""
        if not sys.stdin.isatty():
            if default is None:
                raise CommandError(_("Missing: %s.") % question)
            return default
        while True:
            answer = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
            if answer is None:
                continue
            try:
                if check and answer:
                    check(answer)
                return answer
            except (Refused, ValidationError) as wrong:
                self.stderr.write(" ".join(wrong.messages) if isinstance(wrong, ValidationError) else str(wrong))

    def try_mail(self, beginning: Beginning) -> None:
        """Send a mail to the first administrator, and say whether it went out."""
        address = next((one.email for one in beginning.accounts if one.role == ADMINISTRATOR), "")
        if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "filebased.EmailBackend", "NoMail")) or not address:
            self.stderr.write(_("No mail goes out yet: set EMAIL_URL and start anew."))
            return
        try:
            send_mail(_("The newsroom can send mail"), settings.SITE_URL, None, [address])
        except OSError as error:
            raise CommandError(_("The newsroom is begun, but mail cannot be sent: %s") % error) from error
        self.stdout.write(_("A mail is on its way to %s.") % address)
