"""The statuses are declared once: files, desk, formulas and documents have what `footnotes.statuses` declares."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from articles.admin.registers.register import STATUS_COLOURS
from articles.footnotes.fold import fold
from articles.footnotes.formulas import states_status
from articles.footnotes.statuses import NOTICED, STATUS_ORDER, STATUSES, Status
from articles.models import Register
from articles.models.register import STATUS_NAMES

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference" / "register-file.md"
STARTER = json.loads((ROOT / "articles" / "fixtures" / "registers.json").read_text())["registers"]
OTHER = "other"  # at the desk: a status that only a file's `status_order` names


def test_each_status_has_its_word_and_its_colour_at_the_desk() -> None:
    assert list(dict(Register.STATUSES)) == [*STATUS_ORDER, OTHER]
    assert set(STATUS_NAMES) == {*STATUS_ORDER, OTHER}
    assert set(STATUS_COLOURS) == {*STATUS_ORDER, OTHER}


def test_the_reference_names_each_status_in_their_order() -> None:
    rows = {line.split("|")[1].strip(): line for line in REFERENCE.read_text().splitlines() if line.startswith("| `")}
    for row in ("`status_order`", "`status`"):
        named = re.findall(r"`\[?\"?(\w+)|\"(\w+)\"", rows[row].partition("|")[2])
        words = [one or other for one, other in named]
        assert [word for word in words if word in STATUS_ORDER] == list(STATUS_ORDER), row


def test_each_status_is_one_word_and_one_is_that_of_the_notice() -> None:
    assert NOTICED in STATUS_ORDER
    assert all(re.fullmatch(r"[a-z_]+", status) for status in STATUS_ORDER)


@pytest.mark.parametrize("status", STATUSES, ids=STATUS_ORDER)
def test_what_states_a_status_holds_one_of_its_roots(status: Status) -> None:
    for formula in status.formulas:
        assert any(root in formula for root in status.roots), formula
    for word in status.words:
        assert any(root.startswith(word) for root in status.roots), word


@pytest.mark.parametrize("register", STARTER, ids=[one["key"] for one in STARTER])
def test_the_starter_registers_wordings_are_read_in_running_text(register: dict[str, Any]) -> None:
    assert register["status"] in STATUS_ORDER
    for language, forms in register["notes"].items():
        wording = forms["inline"]["text"]  # or one for each gender
        for text in wording.values() if isinstance(wording, dict) else [wording]:
            assert states_status(fold(text).scan) is not None, language
