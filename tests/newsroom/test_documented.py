"""The reference names what the code has, and nothing else: settings, make targets, management commands."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

import newsroom.settings

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "docs" / "reference"


def test_each_setting_stands_in_the_example_and_in_the_reference() -> None:
    asked = newsroom.settings.env.asked
    example = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (REFERENCE / "settings.md").read_text(), re.MULTILINE))
    assert example == asked
    assert table == asked


def test_the_example_as_it_stands_is_read_without_complaint() -> None:
    from newsroom.env import Environment, read_file
    from newsroom.secret_key import read

    values = {}
    for line in (ROOT / ".env.example").read_text().splitlines():
        name, equals, value = line.lstrip("#").partition("=")
        if equals and re.fullmatch("[A-Z_]+", name):
            values[name] = value
    assert read_file(ROOT / ".env.example") == {}, "the example must change nothing when it is copied"
    assert read(Environment(values), settings.DATA_DIR, production=False) == values["SECRET_KEY"]


def test_each_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    text = (REFERENCE / "commands.md").read_text()
    assert targets == set(re.findall(r"^\| `make ([a-z-]+)` \|", text, re.MULTILINE))


def test_each_management_command_is_explained() -> None:
    ours = {name for name, app in get_commands().items() if app == "articles"}
    text = (REFERENCE / "commands.md").read_text()
    assert ours == set(re.findall(r"^### `manage\.py ([a-z_]+)", text, re.MULTILINE))
