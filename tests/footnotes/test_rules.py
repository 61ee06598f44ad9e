"""Each rule earns its place: switched off by itself, it makes a golden case fail."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from articles.footnotes import find
from articles.footnotes.annotate import load_compiled
from articles.footnotes.compile import compile_registers
from articles.footnotes.rules import PERSON_RULES, REASONS, RULES
from articles.footnotes.rules.reasons_ru import REASONS_RU
from tests.footnotes import test_golden
from tests.footnotes.engine import registers

NAMES = [rule.__name__ for rule, _ in RULES]
# The last one says what holds when no other rule knows: without it the same holds.
OF_PERSONS = [rule.__name__ for rule, _ in PERSON_RULES if rule.__name__ != "surname_alone"]
FILTERS: dict[str, Callable[..., bool]] = {
    "capitals_fit": lambda text, start, target: True,
    "in_address": lambda passage, start, end: False,
}
DATA = compile_registers(registers())


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Load the registers anew: a name keeps the list of rules that concern it."""
    loaded = load_compiled(DATA)
    monkeypatch.setattr(test_golden, "compiled", lambda: loaded)
    whole, of_persons = list(RULES), list(PERSON_RULES)
    yield
    RULES[:] = whole
    PERSON_RULES[:] = of_persons


def some_case_fails() -> bool:
    """Say whether any golden case comes out otherwise than it should."""
    return any(test_golden.unmet(case) for case in test_golden.CASES if "strip" not in case.flags)


def test_all_rules_together_fail_none() -> None:
    """The counter-check."""
    assert not some_case_fails()


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_switched_off_fails_a_case(name: str) -> None:
    """Without the rule at least one golden case comes out otherwise."""
    RULES[:] = [(rule, applies) for rule, applies in RULES if rule.__name__ != name]
    assert some_case_fails()


@pytest.mark.parametrize("name", OF_PERSONS)
def test_a_rule_for_persons_switched_off_fails_a_case(name: str) -> None:
    """The same for the rules of persons."""
    PERSON_RULES[:] = [(rule, kinds) for rule, kinds in PERSON_RULES if rule.__name__ != name]
    assert some_case_fails()


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_switched_off_fails_a_case(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for capitals and addresses, which are judged before the longest name is taken."""
    monkeypatch.setattr(find, name, FILTERS[name])
    assert some_case_fails()


def test_every_rule_has_its_reason() -> None:
    """A rule's name is the explanation's key, and a reason is a sentence."""
    assert set(NAMES) | set(OF_PERSONS) | {"surname_alone"} <= set(REASONS)
    assert set(REASONS) == set(REASONS_RU)
    assert all(reason.endswith(".") for reason in REASONS.values())


def test_the_page_on_annotate_names_every_rule() -> None:
    """Editors and tools read the rules' names there."""
    page = (Path(__file__).resolve().parents[2] / "docs/reference/annotate.md").read_text(encoding="utf-8")
    assert [rule for rule, reason in REASONS.items() if f"| `{rule}` | {reason} |" not in page] == []
