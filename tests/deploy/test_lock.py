"""What production installs: the pins of requirements.txt without the test tools, each with its hashes."""

import re

from tests.deploy.conftest import ROOT

TOOLS = {"pytest", "pytest-django", "iniconfig", "pluggy", "pygments"}
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[a-z]+\])?==(\S+)", re.M)


def pins(text: str) -> dict[str, str]:
    return {name.lower().replace("_", "-"): version for name, version in PIN.findall(text)}


def test_the_lock_holds_the_pins_without_the_test_tools() -> None:
    wanted = pins((ROOT / "requirements.txt").read_text())
    locked = pins((ROOT / "deploy" / "requirements.txt").read_text())
    assert wanted.keys() >= TOOLS
    assert {name: version for name, version in wanted.items() if name not in TOOLS}.items() <= locked.items()
    assert not TOOLS & locked.keys()


def test_what_the_lock_adds_is_what_a_pin_brings_elsewhere() -> None:
    """Such as psycopg-binary, which requirements.txt names by its extra."""
    wanted = pins((ROOT / "requirements.txt").read_text())
    locked = pins((ROOT / "deploy" / "requirements.txt").read_text())
    assert locked.keys() - wanted.keys() <= {"psycopg-binary", "setuptools", "tzdata"}


def test_each_pin_of_the_lock_has_hashes() -> None:
    entries = re.split(r"\n(?=[A-Za-z])", (ROOT / "deploy" / "requirements.txt").read_text())
    entries = [entry for entry in entries if PIN.match(entry)]
    assert len(entries) > 30
    assert [entry.split()[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
