"""How long the form waits for the marks and for the page of what is being typed: 5,000 characters, starter registers.

`python -m tests.benchmarks.live_bench`. The time is the CPU that the whole
request takes in the process, so that other work on the machine does not count.
"""

import json
import statistics
import time
from pathlib import Path

from tests.benchmarks.running import editor, enter, folder

LIMITS = {"marks": 0.150, "preview": 0.300}  # seconds at the 95th percentile
LETTERS = 5000
ASKED = 200
TEXT = Path(__file__).parent / "engine_article.{}.html"


def main() -> None:
    with folder() as data:
        enter(data)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_registers", verbosity=0)
        rows = [row(what, language) for what in LIMITS for language in ("en", "ru")]
    print("| 5,000 characters | marks | median, ms | 95th percentile, ms | limit, ms | of it |")
    print("|---|--:|--:|--:|--:|--:|")
    for what, language, marks, taken in rows:
        high, limit = statistics.quantiles(taken, n=20)[-1], LIMITS[what]
        median = 1000 * statistics.median(taken)
        print(
            f"| {what}, {language} | {marks} | {median:.0f} | {1000 * high:.0f} | {1000 * limit:.0f} "
            f"| {high / limit:.2f} |"
        )


def row(what: str, language: str) -> tuple[str, str, int, list[float]]:
    """Return what was asked for, the language, how many names are found, and the seconds of each request."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    text = Path(str(TEXT).format(language)).read_text(encoding="utf-8")
    body = text[:LETTERS].rpartition("</p>")[0] + "</p>"
    User.objects.filter(pk=editor().pk).update(is_staff=True)  # type: ignore[attr-defined]
    user = User.objects.get(is_staff=True)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    address = reverse(f"admin:articles_article_live_{'marks_new' if what == 'marks' else what}")
    taken, marks = [], 0
    for number in range(ASKED):
        sent = json.dumps(sent_for(what, language, f"{body}<p>{number}</p>", user.pk))
        began = time.process_time()
        answer = client.post(address, sent, content_type="application/json")
        taken.append(time.process_time() - began)
        told = answer.json()
        marks = len(told["marks"]) if what == "marks" else told["page"].count('class="mark"')
    return what, language, marks, taken


def sent_for(what: str, language: str, typed: str, user: int) -> dict[str, object]:
    """Return what the form's script sends."""
    from articles.admin.articles.places import words_of

    if what == "marks":
        return {"language": language, "headline": "", "body": typed, "words": words_of(typed)[0]}
    fields = {"language": language, "headline": "The port", "summary": "", "body": typed}
    return {"user": user, "article": None, "fields": fields}


if __name__ == "__main__":
    main()
