"""One word, one meaning: no two classes of the house bear one name, so that a name leads to one place."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("articles", "newsroom")
# Django asks for the names in the first two; records of the third bear the names of the rows that they copy.
FREE = ("articles/management/commands", "articles/migrations", "articles/footnotes")
NESTED = {"Meta", "Media"}  # what Django looks for in a class


def files() -> Iterator[Path]:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if not any(path.is_relative_to(ROOT / free) for free in FREE):
                yield path


def classes(node: ast.AST, *, nested: bool = False) -> Iterator[ast.ClassDef]:
    """Yield the classes beneath a node, those in functions and in other classes too; not a class's Meta and Media."""
    for child in ast.iter_child_nodes(node):
        is_class = isinstance(child, ast.ClassDef)
        if is_class and not (nested and child.name in NESTED):
            yield child
        yield from classes(child, nested=is_class)


def places(sources: dict[str, str]) -> dict[str, list[str]]:
    """Return where each class stands in these sources (by file): file and line."""
    found = defaultdict(list)
    for file, source in sorted(sources.items()):
        for one in classes(ast.parse(source)):
            found[one.name].append(f"{file}:{one.lineno}")
    return found


def twice(sources: dict[str, str]) -> dict[str, list[str]]:
    return {name: found for name, found in places(sources).items() if len(found) > 1}


def test_no_class_name_is_defined_twice() -> None:
    sources = {str(path.relative_to(ROOT)): path.read_text() for path in files()}
    assert {"Article", "Release", "Line", "Entry"} <= set(places(sources))
    assert twice(sources) == {}


def test_a_second_class_of_a_name_is_found() -> None:
    """Wherever it stands; a class called Meta is none of Django's when it stands by itself."""
    inside = "class A:\n    class Meta:\n        pass\n\n    class Line:\n        class Media:\n            pass\n"
    function = "def make():\n    if True:\n        class Line:\n            class Meta:\n                pass\n"
    assert twice({"a.py": inside, "b.py": function}) == {"Line": ["a.py:5", "b.py:3"]}
    assert twice({"a.py": "class Meta:\n    pass\n", "b.py": "class Meta:\n    pass\n"}) == {
        "Meta": ["a.py:1", "b.py:1"]
    }
