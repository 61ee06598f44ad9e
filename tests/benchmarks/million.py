"""The archives of 1,000,000 articles for `make bench-large`: `python -m tests.benchmarks.million` makes them, once.

On SQLite it begins as a copy of the archive of 200,000 (`make bench-data`), on PostgreSQL of that of 20,000, and gets
the same articles as an archive made from nothing: more copies of the 20,000 with texts of their own. Only a finished
one has its name.
"""

import os
import sys

from tests.benchmarks import postgres
from tests.benchmarks.archive import FOLDER, WRITTEN, analyze, count_all, point_django_at
from tests.benchmarks.running import copy_archive, need_room

BEGUN, SIZE = 200_000, 1_000_000
EACH = 19_000  # bytes of an article with its edition, release, index rows


def main() -> None:
    """Make the archives, unless they are there."""
    make_on_sqlite()
    postgres.make(SIZE)


def make_on_sqlite() -> None:
    """Make the archive on SQLite, unless it is there."""
    archive, making = FOLDER / f"{SIZE}.sqlite3", FOLDER / f"{SIZE}.making.sqlite3"
    if archive.exists():
        return
    need_room(FOLDER, 2 * SIZE * EACH)  # the benchmarks work in a copy of it
    for left in FOLDER.glob(f"{making.name}*"):
        left.unlink()
    copy_archive(BEGUN, making)
    os.environ["DATABASE_URL"] = f"sqlite:///{making}"
    point_django_at(SIZE)
    from django.core.management import call_command
    from django.db import connection

    from articles.models import Count
    from tests.benchmarks.copies import copy_all, count_words_of_copies

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")  # one that is not finished is made anew
    for copy in range(BEGUN // WRITTEN, SIZE // WRITTEN):
        copy_all([copy], WRITTEN)
        print(f"\rcopy {copy + 1} of {SIZE // WRITTEN}", end="", file=sys.stderr)
    print(file=sys.stderr)
    Count.objects.all().delete()
    count_all()
    made = BEGUN // WRITTEN - 1
    count_words_of_copies(SIZE // WRITTEN - 1 - made, made)
    analyze()
    connection.close()
    making.rename(archive)


if __name__ == "__main__":
    main()
