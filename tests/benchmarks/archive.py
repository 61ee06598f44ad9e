"""Archives of many articles for the benchmarks: `python -m tests.benchmarks.archive 20000` fills the database that
DATABASE_URL names (by default data/bench/20000.sqlite3), once; a second call finds it and does nothing.

The articles are invented, of about 3,000 characters, dated over ten years; one in twelve names an organization of the
starter registers, and 500 name the Pelican Lighthouse Circle, which is on no register yet.
"""

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.copies import NAME

NAMED = 500
SOME = 500
WRITTEN = 20_000  # articles with texts of their own; larger archives hold copies of them
FOLDER = Path(__file__).resolve().parents[2] / "data" / "bench"
WORDS = """harbour council engineer ferry bridge winter court district budget school teacher market river storm
signal mayor captain letter repair evening railway doctor village library ticket island morning garden worker
season project minister contract inspector warehouse engine station paper coast museum valley timber""".split()
LISTED = ("Jehovah’s Witnesses", "the “Islamic State” (IS)", "Hizb ut-Tahrir", "Meta Platforms Inc.")


def point_django_at(size: int) -> None:
    """Choose the settings and the archive's database, unless the environment names another, and set Django up."""
    import django

    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / f'{size}.sqlite3'}")
    os.environ.setdefault("DATA_DIR", str(FOLDER))
    os.environ["DEBUG"], os.environ["LOG_LEVEL"] = "1", "ERROR"
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    django.setup()
    from django.conf import settings

    settings.DEBUG = False


def sentence(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(8, 16))]
    return f"{' '.join(words).capitalize()}."


def story(number: int, named: set[int], chance: random.Random) -> tuple[str, str, str]:
    """Return headline, summary and HTML body of an article."""
    paragraphs = [" ".join(sentence(chance) for _ in range(4)) for _ in range(9)]
    if number % 12 == 0:
        paragraphs[3] += f" Officers spoke of {chance.choice(LISTED)}."
    if number in named:
        paragraphs[5] += f" A letter of the {NAME} was read."
    headline = sentence(chance).rstrip(".")[:90]
    if number in named and number % 5 == 0:
        headline = f"{NAME} {headline.lower()}"
    return headline, sentence(chance), "".join(f"<p>{text}</p>" for text in paragraphs)


def stories(size: int) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield each article's number and texts; the same for the same size."""
    chance = random.Random(size)
    named = set(chance.sample(range(size), min(NAMED, size)))
    for number in range(size):
        yield number, story(number, named, chance)


def fill(size: int) -> None:
    """Fill the database with `size` live, announced articles; it may hold those with texts of their own already."""
    from django.core.management import call_command
    from django.db import connection

    from articles.models import Article, Count
    from tests.benchmarks.copies import copy_all, count_words_of_copies

    call_command("migrate", verbosity=0)
    written, stored = min(size, WRITTEN), Article.objects.count()
    if stored >= written * (size // written) * 0.9:
        count_words()
        return
    if stored not in (0, written):
        raise SystemExit("The database holds another archive: remove it first.")
    if not stored:
        write_all(written)
    count_words()
    every = range(1, size // written)
    some = len(every) if connection.vendor == "postgresql" else 1  # SQLite's log grows with the transaction
    for first in every[:: some or 1]:
        copy_all(every[first - 1 : first - 1 + some], written)
    Count.objects.all().delete()
    count_all()
    count_words_of_copies(len(every), 0)
    analyze()


def count_words() -> None:
    """Count the words of an archive once; one that was made before there were counts gets its places, too."""
    from django.core.management import call_command
    from django.db import transaction

    from articles.models import Release, SearchPlace, SearchWord
    from articles.search import recount

    if SearchWord.objects.exists():
        return
    if not SearchPlace.objects.exists():
        call_command("rebuild_search", at_once=True, stdout=sys.stderr)
        return
    rows = list(Release.objects.order_by("indexed_as").values_list("indexed_as", flat=True))
    for start in range(0, len(rows), SOME):
        with transaction.atomic():
            recount(rows[start : start + SOME], [])


def write_all(written: int) -> None:
    """Store the outlet, and so many articles with texts of their own."""
    from django.core.management import call_command
    from django.utils import timezone

    from tests.benchmarks.published import make_rubrics, publish_many

    call_command("load_registers", verbosity=0, stdout=sys.stderr)
    make_rubrics()
    some: list[tuple[int, tuple[str, str, str]]] = []
    now = timezone.now()
    for entry in stories(written):
        some.append(entry)
        if len(some) == SOME or entry[0] == written - 1:
            publish_many(some, written, now)
            print(f"\r{entry[0] + 1} of {written}", end="", file=sys.stderr)
            some.clear()
    print(file=sys.stderr)


def count_all() -> None:
    """Make the archive's counts."""
    from django.db.models import CharField, F, Value
    from django.db.models import Count as Number
    from django.db.models.functions import Concat

    from articles.models import Count, Release

    for kind, field in (
        ("", None),
        ("category:", "category"),
        ("region:", "edition__regions"),
        ("topic:", "edition__topics"),
    ):
        key = Concat(Value(kind), F(f"{field}__slug"), output_field=CharField()) if field else Value("")
        groups = (
            Release.objects.order_by().annotate(key=key).values_list("published_date", "key").annotate(Number("id"))
        )
        Count.objects.bulk_create(
            Count(language="en", date=day, rubric=rubric, number=number) for day, rubric, number in groups
        )


def analyze() -> None:
    """Let the database look at its tables."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    point_django_at(int(sys.argv[1]))
    fill(int(sys.argv[1]))
