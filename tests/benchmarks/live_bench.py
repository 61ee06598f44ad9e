"""How long the form waits for the marks of what is being typed: 5,000 characters, with the starter registers.

`python -m tests.benchmarks.live_bench`. The time is the CPU that the whole
request takes in the process, so that other work on the machine does not count.
"""

import json
import statistics
import time
from pathlib import Path

from tests.benchmarks.running import editor, enter, folder

LIMIT = 0.150  # seconds at the 95th percentile
LETTERS = 5000
ASKED = 200
TEXT = Path(__file__).parent / "engine_article.{}.html"


def main() -> None:
    with folder() as data:
        enter(data)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_registers", verbosity=0)
        rows = [row(language) for language in ("en", "ru")]
    print("| 5,000 characters | marks | median, ms | 95th percentile, ms | of the limit (150 ms) |")
    print("|---|--:|--:|--:|--:|")
    for language, marks, taken in rows:
        high = statistics.quantiles(taken, n=20)[-1]
        median = 1000 * statistics.median(taken)
        print(f"| {language} | {marks} | {median:.0f} | {1000 * high:.0f} | {high / LIMIT:.2f} |")


def row(language: str) -> tuple[str, int, list[float]]:
    """Return the language, how many names are found, and the seconds of each request."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from articles.admin.articles.places import words_of

    text = Path(str(TEXT).format(language)).read_text(encoding="utf-8")
    body = text[:LETTERS].rpartition("</p>")[0] + "</p>"
    User.objects.filter(pk=editor().pk).update(is_staff=True)  # type: ignore[attr-defined]
    client, address = Client(SERVER_NAME="localhost"), reverse("admin:articles_article_live_marks_new")
    client.force_login(User.objects.get(is_staff=True))
    taken, marks = [], 0
    for number in range(ASKED):
        typed = f"{body}<p>{number}</p>"
        sent = json.dumps({"language": language, "headline": "", "body": typed, "words": words_of(typed)[0]})
        began = time.process_time()
        answer = client.post(address, sent, content_type="application/json")
        taken.append(time.process_time() - began)
        marks = len(answer.json()["marks"])
    return language, marks, taken


if __name__ == "__main__":
    main()
