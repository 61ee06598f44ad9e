"""Each claim of the threat model names a test that exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "threat-model.md"
THREATS = (
    *("A seized server", "A stolen laptop or telephone", "A stranger at the door", "An angry insider"),
    *("A site whose post is shown", "A blocked site", "A subpoena"),
)


def names_in(path: Path) -> set[str]:
    """Return the names of a file's tests."""
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def test_each_claim_names_a_test_that_exists() -> None:
    claims = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE.read_text())
    missing = [
        f"{file}::{name}"
        for file, name in claims
        if not (ROOT / file).is_file() or (name and name not in names_in(ROOT / file))
    ]
    assert missing == [] and len(claims) > 20


def test_each_threat_says_what_protects_and_what_does_not() -> None:
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE.read_text(), re.MULTILINE | re.DOTALL))
    for threat in THREATS:
        claims = re.findall(r"^- (.*?)(?=^- |^\*Not|\Z)", sections[threat], re.MULTILINE | re.DOTALL)
        assert claims and all("`tests/" in claim for claim in claims), threat
        assert "*Not:*" in sections[threat], threat
