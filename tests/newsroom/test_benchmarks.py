"""The benchmarks run seldom and take minutes: what they ask the newsroom for is there by that name all the time."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
FILES = sorted(BENCHMARKS.glob("*.py"))


def missing(source: str) -> Iterator[str]:
    """Yield what a file imports from the newsroom or the tests, or asks a module of theirs for, and is not there."""
    tree = ast.parse(source)
    modules: dict[str, ModuleType] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ("articles", "tests"):
            for name in node.names:
                found = named(node.module, name.name)
                if found is None:
                    yield f"{node.module}.{name.name}"
                elif isinstance(found, ModuleType):
                    modules[name.asname or name.name] = found
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            module = modules[node.value.id]
            if named(module.__name__, node.attr) is None:
                yield f"{module.__name__}.{node.attr}"


def named(module: str, name: str) -> object:
    """Return what a module has by a name, or true, or the module in it; None when there is neither."""
    try:
        found = importlib.import_module(module)
        return getattr(found, name) or True if hasattr(found, name) else importlib.import_module(f"{module}.{name}")
    except ModuleNotFoundError:
        return None


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_what_a_benchmark_asks_for_is_there(file: Path) -> None:
    assert list(missing(file.read_text())) == []


def test_a_name_that_is_gone_is_found() -> None:
    gone = "from articles.publishing import record\ndef f():\n    from articles.models import Gone\n    record.Line()\n"
    assert list(missing(gone)) == ["articles.models.Gone", "articles.publishing.record.Line"]
