"""How long the link dialog waits for own articles: words of headlines in archives of 20,000 and 200,000 articles.

`python -m tests.benchmarks.own_links_bench [SIZE]`. The time is the CPU that the whole request takes in the process, so
that other work on the machine does not count; half of the words stand in many headlines, half in few or none.
"""

import random
import statistics
import sys
import time

from tests.benchmarks.running import copy_archive, editor, enter, folder

LIMIT = 0.150  # seconds at the 95th percentile, with 20,000 articles
ASKED = 200


def main(size: int) -> None:
    with folder() as data:
        copy_archive(size, data / "db.sqlite3")
        enter(data)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        taken = times()
    high = statistics.quantiles(taken, n=20)[-1]
    print("| articles | median, ms | 95th percentile, ms | of the limit (150 ms) |")
    print("|--:|--:|--:|--:|")
    print(f"| {size:,} | {1000 * statistics.median(taken):.0f} | {1000 * high:.0f} | {high / LIMIT:.2f} |")


def times() -> list[float]:
    """Return the seconds of each request."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    User.objects.filter(pk=editor().pk).update(is_staff=True)  # type: ignore[attr-defined]
    client, address = Client(SERVER_NAME="localhost"), reverse("admin:articles_article_own_links")
    client.force_login(User.objects.get(is_staff=True))
    taken = []
    for query, language in asked():
        began = time.process_time()
        answer = client.get(address, {"q": query, "language": language})
        taken.append(time.process_time() - began)
        assert answer.status_code == 200
    return taken


def asked() -> list[tuple[str, str]]:
    """Return what is looked for, the same in each run: one or two words of headlines, and words that hardly occur."""
    from articles.models import Article

    chance = random.Random(1)
    keys = list(Article.objects.values_list("pk", flat=True))
    found: list[tuple[str, str]] = []
    for key in chance.sample(keys, ASKED):
        article = Article.objects.get(pk=key)
        words = chance.sample(article.headline.split(), k=min(2, len(article.headline.split())))
        rare = words[0][:5] + "йq"
        found.append((" ".join(words) if chance.random() < 0.5 else rare, article.language))
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
