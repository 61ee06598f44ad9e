"""Say what the registers' pending changes would do to the archive, at once and in the nights to come."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.footnotes.registers import RegisterFileError
from articles.interchange import unusable, waiting
from articles.publishing.relabel import Counted, impact_of
from articles.registers import NoRegisters, compile_version, current_version


class Command(BaseCommand):
    help = "Compile the registers as they wait and say what they would change; nothing is put in force."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        try:
            current_version()
            if not waiting().total:
                self.stdout.write("Nothing waits: the registers are what is in force.")
                return
            impact = impact_of(compile_version(at), at)
        except NoRegisters as error:
            raise CommandError(str(error)) from error
        except RegisterFileError as error:
            raise CommandError(f"The registers cannot be used like this: {unusable(error)}") from error
        self.say("At once", impact)
        for night in impact.nights:
            self.say(f"When {night.day} begins", night)

    def say(self, when: str, part: Counted) -> None:
        """Print what changes then: how many articles in which language, and the first of them."""
        changed = ", ".join(f"{number} {language}" for language, number in sorted(part.changed.items())) or "none"
        self.stdout.write(f"{when}: {part.examined} looked at, marked anew: {changed}, unclear: {part.unclear}")
        if part.whole:
            self.stdout.write("  The outlet's own notice is concerned: every article is looked at.")
        for one in part.samples:
            what = [f"+{text}" for text in one.added] + [f"-{text}" for text in one.removed]
            what += [f"?{text}" for text in one.unclear]
            self.stdout.write(f"  {one.article_id} {one.headline}: {', '.join(what) or 'another note'}")
