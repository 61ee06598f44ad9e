"""What is put off until a transaction has ended is lost with its process, or when the database is busy then: it may
wake and tell, and take files away that something else takes away later, but it writes no row that nobody else would."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MAY = {
    "wake": "sends a message; the beat wakes, too",
    "wake_relabel": "sends a message; the beat wakes, too",
    "wake_runs": "sends a message; the beat wakes, too",
    "tell": "reads, and says what waits to whoever has saved",
    "drop_dirty": "drops files of pages that are marked in the act, which a bake drops otherwise",
    "mail_link": "mails a link that may stand in no row; who asked for it is told whether it went out, and asks again",
    "finish_erasures": "removes files that stand in a row, which the worker does each minute",
}


def put_off() -> Iterator[tuple[str, str]]:
    """Yield the place and the name of each function that is handed to `on_commit`, be it in `partial` or a lambda."""
    for room in ("articles", "newsroom"):
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "attr", getattr(node.func, "id", "")) == "on_commit"
                ):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", called(node.args[0])


def called(node: ast.expr) -> str:
    if isinstance(node, ast.Lambda):
        return called(node.body)
    if isinstance(node, ast.Call):
        is_partial = getattr(node.func, "id", "") == "partial"
        return called(node.args[0] if is_partial else node.func)
    return getattr(node, "attr", getattr(node, "id", ""))


def test_nothing_is_put_off_that_would_be_lost() -> None:
    found = dict(put_off())
    assert {place: name for place, name in found.items() if name not in MAY} == {}
    assert set(found.values()) == set(MAY)
