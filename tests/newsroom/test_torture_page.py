"""The page on torture names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_each_test_of_the_list_is_there() -> None:
    listed = (ROOT / "docs" / "torture.md").read_text().partition("## The list")[2]
    file = ""
    for name in re.findall(r"`((?:tests/|…::)[^`]+)`", listed):
        path, _, test = name.partition("::")
        file = file if path == "…" else path
        text = (ROOT / file).read_text()
        assert f"def {test}(" in text if test else "def test_" in text, name
