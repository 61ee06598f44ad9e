"""Take each condition out of each of the reader's statements, one at a time: do the plain rules notice?

    python -m tests.shown.mutants [NAME …]

NAME: of statements, such as beneath; else all. Exit status 1 when one is left that nobody notices and that
`equivalent` does not name, or when it names one that is noticed, or is no more.
"""

import os
import sys


def main(names: list[str]) -> int:
    """Print what nobody notices and how many conditions there were; return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.db import connection

    from .equivalent import EQUIVALENT
    from .questions import ASKING
    from .trying import tried

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        found = list(tried(names or ASKING))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    left = [mutant for mutant, is_noticed in found if not is_noticed]
    used = {mutant.equivalent for mutant in left}
    bad = [mutant for mutant in left if not mutant.equivalent]
    stale = [one for one in EQUIVALENT if one not in used and (not names or one.statement in names)]
    for mutant in left:
        why = f"equivalent: {mutant.equivalent.reason}" if mutant.equivalent else "NOBODY NOTICES"
        print(f"{mutant}\n    {why}")
    for one in stale:
        print(f"{one.statement}: {one.condition}\n    IS NOTICED, OR NO MORE, but named as equivalent")
    print(
        f"{len(found)} conditions removed: {len(found) - len(left)} noticed, {len(left) - len(bad)} equivalent, "
        f"{len(bad)} unnoticed."
    )
    return 1 if bad or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
