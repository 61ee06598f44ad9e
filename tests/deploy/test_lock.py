"""What production installs: the pins of requirements.txt without the test tools, each with its hashes."""

import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


def test_the_lock_holds_what_each_package_needs_on_the_oldest_python() -> None:
    """Debian 12 has Python 3.11.2, where redis needs a package that later ones bring themselves."""
    locked = pins((ROOT / "deploy" / "requirements.txt").read_text())
    oldest = {"python_version": "3.11", "python_full_version": "3.11.0", "extra": ""}
    missing = []
    for name in locked:
        with suppress(PackageNotFoundError):  # needed by nothing here, where Python is newer
            needs = map(Requirement, distribution(name).requires or [])
            wanted = [one.name for one in needs if one.marker is None or one.marker.evaluate(oldest)]
            missing += [f"{one}, which {name} needs" for one in wanted if canonicalize_name(one) not in locked]
    assert missing == []


def test_each_pin_of_the_lock_has_hashes() -> None:
    entries = re.split(r"\n(?=[A-Za-z])", (ROOT / "deploy" / "requirements.txt").read_text())
    entries = [entry for entry in entries if PIN.match(entry)]
    assert len(entries) > 30
    assert [entry.split()[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
