"""Verify the publication record: find any change, gap, reordering or truncation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.models import PublicationRecord
from articles.publishing.record import erased, verify


class Command(BaseCommand):
    help = "Verify the publication record; exit status 1 when it is not whole. What was erased is listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", help="a hash printed earlier, which must still be in the record")

    def handle(self, *args: Any, head: str | None, **options: Any) -> None:
        problems = verify(head)
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"The record is not whole: {len(problems)} problems.")
        for sentence in erased():
            self.stdout.write(sentence)
        last = PublicationRecord.objects.order_by("-number").first()
        self.stdout.write(
            f"The record is whole: {last.number if last else 0} lines, head {last.hash if last else '-'}."
        )
        if head is not None and (line := PublicationRecord.objects.filter(hash=head.strip().lower()).first()):
            self.stdout.write(f"The head is line {line.number}, written on {line.written_at:%Y-%m-%d %H:%M:%S} UTC.")
