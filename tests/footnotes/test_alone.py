"""The engine is pure Python: it runs with Django and Celery blocked, and marks without the dictionary loaded."""

import subprocess
import sys
from pathlib import Path

from articles.footnotes.compile import compile_registers
from tests.footnotes.engine import registers

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import sys
from importlib.abc import MetaPathFinder

class Blocked(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "celery", "kombu"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
from datetime import date
from articles.footnotes.annotate import annotate, load_compiled, strip
from articles.footnotes.ledger import Ledger
from articles.footnotes.render import render_html, render_inline, render_text
from articles.footnotes.types import Field, Style

compiled = load_compiled(open(sys.argv[1], "rb").read())
field = Field("body", "The <b>Islamic State</b> (IS) left.", "html")
found = annotate([field], compiled, language="en", as_of=date(2025, 1, 1))
block = Ledger(compiled.registers, Style(), "en").block("a")
print(render_text(field.text, found.mentions, block), *block.notes())
named = [Field("body", "Назар Ольховцын встретил Игоря. Игорь Ольховцын ушёл, Mary Olkhovtsyn осталась.")]
assert len(annotate(named, compiled, language="ru", as_of=date(2025, 1, 1)).mentions) == 1
assert strip([Field("body", "ISIS* left")], compiled, language="en")[0].text == "ISIS left"
assert not {"pymorphy3", "dawg_python", "ahocorasick_rs", "articles.footnotes.compile"} & set(sys.modules)
import articles.footnotes.compile
"""


def test_the_engine_runs_with_django_blocked(tmp_path: Path) -> None:
    """In a fresh interpreter, from stored bytes to marks and notes."""
    stored = tmp_path / "compiled"
    stored.write_bytes(compile_registers(registers()))
    run = subprocess.run([sys.executable, "-c", CODE, str(stored)], cwd=ROOT, capture_output=True, text=True)
    assert run.stderr == ""
    assert run.stdout == "The <b>Islamic State</b> (IS)* left. *The organization is listed as terrorist.\n"
