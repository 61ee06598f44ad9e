"""The translations are whole, fit their originals, and what is compiled is what is written."""

import ast
import gettext
from collections.abc import Iterator
from pathlib import Path

import django_prose_editor
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = sorted((ROOT / "articles" / "locale").glob("*/LC_MESSAGES/*.po"))
OWN_SCRIPTS = sorted((ROOT / "articles" / "static" / "articles").rglob("*.js"))


def messages(file: Path) -> list[Message]:
    with file.open("rb") as source:
        return [message for message in read_po(source, locale=file.parts[-3]) if message.id]


def test_each_language_of_the_site_but_the_original_has_its_file() -> None:
    assert {file.parts[-3] for file in FILES} == {"ru"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_is_translated_and_none_is_a_guess(file: Path) -> None:
    found = messages(file)
    assert not [message.id for message in found if message.fuzzy]
    assert not [
        message.id for message in found if not all(message.string if message.pluralizable else [message.string])
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_translation_keeps_the_fields_of_its_original(file: Path) -> None:
    with file.open("rb") as source:
        wrong = {str(message.id): errors for message, errors in read_po(source, locale=file.parts[-3]).check()}
    assert wrong == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_compiled_file_says_what_the_written_one_says(file: Path) -> None:
    written = {}
    for message in messages(file):
        prefix = f"{message.context}\x04" if message.context else ""
        if message.pluralizable:
            for number, text in enumerate(message.string):
                written[(prefix + message.id[0], number)] = text
        else:
            written[prefix + message.id] = message.string
    with file.with_suffix(".mo").open("rb") as source:
        compiled = gettext.GNUTranslations(source)._catalog
    compiled.pop("", None)
    assert compiled == written


def test_the_names_of_the_editor_are_those_it_uses() -> None:
    editor = Path(django_prose_editor.__file__).parent / "static" / "django_prose_editor" / "editor.js"
    source = editor.read_text("utf-8") + "".join(f'"Heading {level}""heading {level}"' for level in (2, 3))
    source += "".join(script.read_text("utf-8") for script in OWN_SCRIPTS)
    names = [str(message.id) for file in FILES if file.stem == "djangojs" for message in messages(file)]
    assert [name for name in names if f'"{name}"' not in source] == []


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is worked out as a module is loaded: all but the insides of functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from at_import(child)


def test_no_text_is_filled_in_before_the_language_of_its_reader_is_known() -> None:
    eager = []
    for file in sorted((ROOT / "articles").rglob("*.py")):
        tree = ast.parse(file.read_text())
        names = {
            one.asname or one.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for one in node.names
            if one.name.endswith("_lazy")
        }
        for node in at_import(tree):
            filled = (
                node.left if isinstance(node, ast.BinOp) else node.value if isinstance(node, ast.Attribute) else None
            )
            if isinstance(filled, ast.Call) and isinstance(filled.func, ast.Name) and filled.func.id in names:
                eager.append(f"{file.relative_to(ROOT)}:{filled.lineno}")
    assert eager == []
