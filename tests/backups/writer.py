"""Publish one article after another until told to end: `python -m tests.backups.writer JOURNAL LETTER`.

What was answered is a line of the journal, with a head of the record that covers it, before the next is begun.
"""

import os
import signal
import sys
from pathlib import Path
from threading import Event

os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"

import django

django.setup()

from django.utils import timezone  # noqa: E402

from articles.models import PublicationRecord  # noqa: E402
from articles.publishing import publish  # noqa: E402
from tests.builders import make_article, make_user  # noqa: E402


def main() -> None:
    journal, letter, told = Path(sys.argv[1]), sys.argv[2], Event()
    signal.signal(signal.SIGTERM, lambda *_args: told.set())
    managing = make_user("Managing editor")
    number = 0
    with journal.open("w") as lines:
        while not told.is_set():
            number += 1
            slug = f"{letter}-{number}"
            publish(make_article(slug), by=managing, at=timezone.now())
            head = PublicationRecord.objects.order_by("-number").values_list("hash", flat=True).first()
            lines.write(f"{slug} {head}\n")
            lines.flush()


if __name__ == "__main__":
    main()
