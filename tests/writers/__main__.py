"""Writers without a browser, interrupted:

    python -m tests.writers [--seed N] [--interruptions 1000] [--write PAGE]

Exit status 1 when a word is lost or a conflict is none.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.parts import adopt_orphans

from .scenes import Scenes
from .server import Server
from .told import sentence, write


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.writers")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--interruptions", type=int, default=1000)
    parser.add_argument("--write", type=Path, default=None, help="the page that takes the result")
    told, _others = parser.parse_known_args()  # what the torture is told besides
    seed = told.seed if told.seed is not None else random.SystemRandom().randrange(1_000_000)
    adopt_orphans()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="writers-") as folder:
        server = Server(Path(folder), seed)
        try:
            log = Scenes(server, seed).run(
                told.interruptions, lambda text: print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True)
            )
        finally:
            server.stop()
    for problem in log.problems:
        print(f"  {problem}")
    said = sentence(log, seed, "tests.writers")
    if told.write:
        write(told.write, "tests.writers", said)
    print(f"\n{said}")
    sys.exit(bool(log.problems))


if __name__ == "__main__":
    main()
