"""When a web process loads the Russian dictionary, and what it then takes."""

import json
import subprocess
import sys
from pathlib import Path

from articles.footnotes.compile import compile_registers
from tests.footnotes.engine import registers

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 150  # MB of a web process
CODE = """
import json, os, sys
from datetime import date
from django.urls import get_resolver
from newsroom.wsgi import application

def now(what):
    pages = int(open("/proc/self/statm").read().split()[1])
    steps.append([what, "pymorphy3" in sys.modules, pages * os.sysconf("SC_PAGE_SIZE") / 1e6])

steps = []
assert get_resolver().url_patterns
now("all views")
from articles.footnotes.annotate import annotate, load_compiled
from articles.footnotes.types import Field
compiled = load_compiled(open(sys.argv[1], "rb").read())
field = Field("body", "Боевики «Исламского государства» отступили.", "html")
assert annotate([field], compiled, language="ru", as_of=date(2025, 1, 1)).mentions
now("marking Russian")
from articles.search.question import understand
assert understand("harbour -strike 2044").tokens() == {"harbor", "2044"}
now("an English query")
assert understand("островах").tokens() == {"остров"}
now("a Russian query")
print(json.dumps(steps))
"""


def test_the_first_russian_query_loads_the_dictionary_and_marking_does_not(tmp_path: Path) -> None:
    stored = tmp_path / "compiled"
    stored.write_bytes(compile_registers(registers()))
    run = subprocess.run([sys.executable, "-c", CODE, str(stored)], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    steps = json.loads(run.stdout.splitlines()[-1])
    assert {what: loaded for what, loaded, _size in steps} == {
        "all views": False,
        "marking Russian": False,
        "an English query": False,
        "a Russian query": True,
    }
    assert steps[-1][2] < LARGEST, steps
