"""Every output of the demo newsroom, written down, and what differs between two checkouts.

    python -m tests.outputs --write DIR [--tree CHECKOUT] [--at 2026-11-20T15:30+00:00]
    python -m tests.outputs OLD_DIR NEW_DIR

Exit status 1 when anything differs.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from .compare import compare

ROOT = Path(__file__).resolve().parent.parent.parent
WRITER = Path(__file__).with_name("writer.py")
AT = "2026-11-20T15:30+00:00"


def write(folder: Path, tree: Path, at: str) -> int:
    """Write the outputs of a checkout, with its own code and settings; return the exit status."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty.")
    env = os.environ | {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0"}
    # -P: beside the script lie modules that are not meant; what it imports is the checkout's.
    return subprocess.run(
        [sys.executable, "-P", WRITER, folder.resolve(), at], cwd=tree, env=env, check=False
    ).returncode


def report(old: Path, new: Path) -> int:
    """Print every difference between two folders; return the exit status."""
    found = list(compare(old, new))
    for difference in found:
        print(difference)
    print(f"{len(found)} differences." if found else "Every output is the same.")
    return 1 if found else 0


def main() -> int:
    parser = ArgumentParser("tests.outputs", description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="two folders to hold against each other")
    parser.add_argument("--write", type=Path, metavar="DIR", help="write the outputs into this folder")
    parser.add_argument("--tree", type=Path, default=ROOT, help="the checkout whose outputs are written")
    parser.add_argument("--at", default=AT, help="the moment at which the newsroom stands")
    given = parser.parse_args()
    if bool(given.write) == bool(given.folders) or len(given.folders) not in (0, 2):
        parser.error("Name two folders, or one with --write.")
    if given.write:
        return write(given.write, given.tree.resolve(), given.at)
    return report(*given.folders)


if __name__ == "__main__":
    sys.exit(main())
