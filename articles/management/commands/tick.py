"""One tick, without a worker: announce what is due, store what is dirty."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.baking import tick


class Command(BaseCommand):
    help = "Do what the worker does each second, once: announce what is due, store dirty pages, beat."

    def handle(self, *args: Any, **options: Any) -> None:
        detail = tick(timezone.now())
        pages = ", ".join(f"{number} {outcome}" for outcome, number in sorted(detail["pages"].items()))
        self.stdout.write(
            f"Announced: {detail['announced']}. Pages: {pages or 'none'}. "
            f"Still dirty: {detail['dirty']}. Overdue: {detail['overdue']}."
        )
