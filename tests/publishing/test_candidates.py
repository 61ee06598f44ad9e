"""Candidates of a relabel contain what a full scan would mark, for every name of the starter registers."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from articles import search
from articles.editions import content_of_edition, fields_of
from articles.footnotes.annotate import Compiled, annotate, load_compiled
from articles.footnotes.compile import compile_registers
from articles.footnotes.registers import parse_registers
from articles.models import Edition
from articles.publishing import publish
from tests.builders import NOW, make_article

STARTER = Path(__file__).resolve().parents[2] / "articles" / "fixtures" / "registers.json"
DAY = date(2025, 1, 1)
EACH = 60  # names in one article


@pytest.fixture(scope="module")
def starter() -> Compiled:
    return load_compiled(compile_registers(parse_registers(json.loads(STARTER.read_text(encoding="utf-8")))))


def bodies(compiled: Compiled, language: str) -> list[str]:
    """Return articles that name every organization by every name, some of them split by markup or written oddly."""
    names = [
        name.text
        for organization in compiled.registers.organizations.values()
        for name in organization.names
        if name.language == language
    ]
    found = []
    for start in range(0, len(names), EACH):
        lines = []
        for number, name in enumerate(names[start : start + EACH]):
            first, _, rest = name.partition(" ")
            odd = (name, f"<b>{first}</b> {rest}".strip(), name.replace(" ", "\u00a0"), name.replace("-", "\u2011"))
            lines.append(f"<p>Today {odd[number % 4]}, {name}\u2019s.</p>")
        found.append("".join(lines))
    return found


@pytest.mark.parametrize("language", ["en", "ru"])
def test_candidates_contain_what_a_full_scan_marks(editor: User, starter: Compiled, language: str) -> None:
    for number, body in enumerate(bodies(starter, language)):
        article = make_article(f"names-{number}", language=language, body=body)
        publish(article, by=editor, at=NOW)
    marked: dict[str, set[int]] = defaultdict(set)
    for edition in Edition.objects.all():
        fields = fields_of(content_of_edition(edition))
        found = annotate(fields, starter, language=language, as_of=DAY)
        for one in (*found.mentions, *found.unclear):
            marked[one.organization].add(search.key_of(edition))
    assert len(marked) > 200
    assert language == "ru" or "islamic-state" in marked
    forms = starter.forms_by_organization()
    missing = {key: editions - search.editions_with(forms[key]) for key, editions in marked.items()}
    assert not {key: editions for key, editions in missing.items() if editions}
