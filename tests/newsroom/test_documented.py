"""The reference names what the code has, and nothing else: settings, make targets, management commands, classes."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from django.core.management import get_commands, load_command_class

import newsroom.settings
from newsroom.env import read_file

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "docs" / "reference"


def test_each_setting_stands_in_the_example_and_in_the_reference() -> None:
    asked = newsroom.settings.env.asked
    example = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (REFERENCE / "settings.md").read_text(), re.MULTILINE))
    assert example == asked
    assert table == asked


def example_values() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(re.findall(r"^#([A-Z_]+)=(.*)$", "\n".join(lines), re.MULTILINE))


def test_a_copy_of_the_example_changes_nothing() -> None:
    assert read_file(ROOT / ".env.example") == {}


def test_each_value_of_the_example_is_taken_but_its_key(tmp_path: Path) -> None:
    values = example_values() | {"DATA_DIR": str(tmp_path), "ENV_FILE": os.devnull, "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", "import newsroom.settings"]
    refused = subprocess.run(command, cwd=ROOT, env=values, capture_output=True, text=True, check=False)
    assert "SECRET_KEY is too weak" in refused.stderr
    values["SECRET_KEY"] = "".join(map(chr, range(40, 100)))
    subprocess.run(command, cwd=ROOT, env=values, check=True)


def test_each_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    text = (REFERENCE / "commands.md").read_text()
    assert targets == set(re.findall(r"^\| `make ([a-z-]+)` \|", text, re.MULTILINE))


def test_each_management_command_is_explained() -> None:
    ours = {name for name, app in get_commands().items() if app == "articles"}
    text = (REFERENCE / "commands.md").read_text()
    assert ours == set(re.findall(r"^### `manage\.py ([a-z_]+)", text, re.MULTILINE))


# `manage.py backup --to FOLDER`, up to the end of the code, the line or a comment.
SHOWN = re.compile(r"(?:manage\.py|newsroom-server owner) ([a-z_]+)((?: [^`\n#|&;]*)?)")
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def test_each_command_that_a_page_shows_is_there_with_its_options() -> None:
    """What is not ours is createsuperuser, say: whoever makes an account by it has no role (create_administrator)."""
    apps, wrong, seen = get_commands(), [], 0
    for page in PAGES:
        for name, rest in SHOWN.findall(page.read_text()):
            seen += 1
            known = {*apps} - {"createsuperuser"}
            if name in known:
                command = load_command_class(apps[name], name)
                given = command.create_parser("manage.py", name)._option_string_actions
                wrong += [f"{page.name}: {name} {one}" for one in re.findall(r"--[a-z-]+", rest) if one not in given]
            else:
                wrong.append(f"{page.name}: {name}")
    assert wrong == [] and seen > 100


def test_each_class_of_the_glossary_stands_where_it_says() -> None:
    named = re.findall(r"`([a-z_.]+)\.([A-Z]\w+)`", (REFERENCE / "glossary.md").read_text())
    modules = {module: import_module(f"articles.{module}") for module, _name in named}
    wrong = [
        f"{module}.{name}"
        for module, name in named
        if getattr(getattr(modules[module], name, None), "__module__", None) != f"articles.{module}"
    ]
    assert named
    assert wrong == []
