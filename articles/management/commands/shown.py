"""Print what readers saw of an article at a moment, byte for byte as it was recorded."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.management.articles import named_article
from articles.models import Site
from articles.publishing.record import NotShown, moment_of, shown
from articles.reader.shown import shown_page


class Command(BaseCommand):
    help = "Print the reading form that readers saw at a moment; exit status 1 when nothing was public, or is left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("article", help="its number, or an address that it has or had")
        parser.add_argument(
            "--at", required=True, help="such as 2026-03-10T15:00, in the newsroom's zone unless it has an offset"
        )
        parser.add_argument("--page", action="store_true", help="as a whole page, in today's frame, which says so")

    def handle(self, *args: Any, article: str, at: str, page: bool, **options: Any) -> None:
        found, now, zone = named_article(article), timezone.now(), Site.current().zone
        try:
            moment = moment_of(at, zone)
            seen = shown(found, moment, now=now)
        except (NotShown, ValueError) as error:
            raise CommandError(str(error)) from error
        self.write(shown_page(seen, moment, now).body if page else seen.form)
        release, last = seen.release, seen.lines[-1]
        until = f"until {release.ended_at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if release.ended_at else "and still"
        self.stderr.write(
            f"Article {found.pk}, edition {release.edition.number}: public from "
            f"{release.live_at.astimezone(zone):%Y-%m-%d %H:%M:%S} {until} ({zone.key}).\n"
            f"SHA-256 {release.form_id}; lines of the record: {', '.join(str(line.number) for line in seen.lines)}; "
            f"hash of line {last.number}: {last.hash}."
        )

    def write(self, body: bytes) -> None:
        """Write the bytes as they are, whatever the terminal's encoding."""
        out = getattr(self.stdout, "buffer", None)
        if out is None:
            self.stdout.write(body.decode(), ending="")
        else:
            self.stdout.flush()
            out.write(body)
            out.flush()
