"""Erase a withdrawn article for good: text and pictures go; hashes, dates and the reason stay."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.management.articles import named_article
from articles.publishing import Refused
from articles.publishing.record import erase, finish_erasures


class Command(BaseCommand):
    help = "Erase a withdrawn article: its text and pictures are removed for good, the publication record stays whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("article", help="its number, or an address that it has or had")
        parser.add_argument("--reason", required=True, help="kept in the record, such as the order of a court")

    def handle(self, *args: Any, article: str, reason: str, **options: Any) -> None:
        found = named_article(article)
        finish_erasures()
        try:
            erasure = erase(found, by=None, at=timezone.now(), reason=reason)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"Article {erasure.article_id} is erased. Its hashes, dates and the reason stay. "
            "Backups and the database's free space may still hold the text: see docs/how-to/prove-what-was-shown.md."
        )
