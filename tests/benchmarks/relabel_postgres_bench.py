"""What a change of the registers costs on PostgreSQL, in archives of 20,000 and of 200,000 editions.

`python -m tests.benchmarks.relabel_postgres_bench`; the archives are made by tests.benchmarks.postgres, copied, and
left as they were. Work is that of our process and of the server's for it, as if both shared one core. Nothing is
asserted.
"""

from contextlib import ExitStack

from tests.benchmarks.postgres import binaries, copy_of, names, server
from tests.benchmarks.relabel_table import HEAD, Archive, closing, full_rows, rounds, rows_of

SIZES = (20_000, 200_000)


def main() -> None:
    if binaries() is None:
        raise SystemExit("PostgreSQL is not installed.")
    with ExitStack() as stack:
        url = stack.enter_context(server())
        if not {f"archive_{size}" for size in SIZES} <= names(url):
            raise SystemExit("No archives on PostgreSQL: make bench-data")
        archives = [Archive(size, stack.enter_context(copy_of(url, size))) for size in SIZES]

        def work() -> None:
            print(HEAD)
            rows_of(rounds(archives))
            full_rows(archives[0])

        closing(archives, work)


if __name__ == "__main__":
    main()
