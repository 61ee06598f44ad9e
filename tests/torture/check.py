"""After the load: waits until the newsroom has come to rest, then checks every invariant once.

`python -m tests.torture.check FOLDER` in the newsroom's environment; prints `{"problems": [...], "figures": {...}}`.
"""

import json
import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"

import django

django.setup()

from django.utils import timezone  # noqa: E402

from tests.torture import acts, invariants, judge, settle  # noqa: E402


def main() -> None:
    kept = Path(sys.argv[1])
    problems, figures = settle.wait()
    done, counted = acts.check(kept)
    problems += done
    at = timezone.now()
    for name, check in invariants.CHECKS.items():
        problems += [f"{name}: {problem}" for problem in check(at)]
    seen, polls = judge.check(kept)
    print(json.dumps({"problems": problems + seen, "figures": figures | counted | polls}))


if __name__ == "__main__":
    main()
