"""The table of languages is the only place that names them: all that must know them is derived from it, or held
against it here."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

import articles
from articles.footnotes.annotate import LANGUAGES as OF_THE_ENGINE
from articles.models import Author, Site
from articles.models.languages import CODES, KNOWN, codes_of, columns, desk_language, desk_of, in_language
from articles.models.site import PUBLISHED_IN
from articles.pagemap import front_path, read_address
from articles.typography import LANGUAGES as OF_TYPOGRAPHY
from newsroom.language import READER_PAGES

SOURCES = Path(articles.__file__).parent
# Two codes beside one another, a choice between two columns, an address that begins with one of two.
NAMED = re.compile(r"""["']en["'],? ?["']ru["']|["']ru["'],? ?["']en["']|en\|ru|== ["'](?:en|ru)["']|["']/(?:en|ru)/""")
# The engine, the reading of keepers' lists and the setting of signs are pure Python and know for themselves; a legal
# notice is printed in Russian first; English abbreviations are short; the columns of a keeper's list are named so. What
# is written in quotation marks of a docstring is no code.
ELSEWHERE = {"models/languages.py", "admin/registers/register_form.py", "interchange/merge.py", "typography.py"}
FREE = ("footnotes", "lists", "migrations", "fixtures")


def test_the_engine_and_the_texts_know_each_language() -> None:
    assert set(OF_THE_ENGINE) == set(OF_TYPOGRAPHY) == set(CODES)
    assert {code for code, _name in settings.LANGUAGES} >= set(CODES)


def test_whatever_has_a_text_in_one_language_has_it_in_each() -> None:
    found = set()
    for model in apps.get_app_config("articles").get_models():
        names = {field.name for field in model._meta.concrete_fields}
        for name in {name[:-3] for name in names if name.endswith(tuple(f"_{code}" for code in CODES))}:
            found.add(f"{model.__name__}.{name}")
            assert set(columns(name)) <= names, (model, name)
    assert {"Site.name", "Site.tagline", "Category.name", "Author.name", "Photo.alt", "Register.title"} <= found


def test_each_language_has_its_addresses() -> None:
    for code in CODES:
        assert read_address(front_path(code)), code
        assert front_path(code) in READER_PAGES
    assert read_address("/de/") is None


def test_the_web_server_knows_each_language() -> None:
    file = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text("utf-8")
    assert f"(?:{'|'.join(CODES)})/" in file
    assert set(re.findall(r"~\^/(\w\w)/ +(\w\w);", file)) == {(code, code) for code in CODES}


def test_an_outlet_publishes_in_all_or_in_one() -> None:
    assert {codes_of(languages) for languages, _label in PUBLISHED_IN} == {CODES, *((code,) for code in CODES)}
    assert Site().used == Site(languages="de").used == CODES


@pytest.mark.parametrize(("language", "name"), [("en", "Tern"), ("ru", "Крачка"), ("de", "Tern"), ("", "Tern")])
def test_a_text_is_read_in_a_language(language: str, name: str) -> None:
    assert in_language(Author(name_en="Tern", name_ru="Крачка"), "name", language) == name


def test_the_desk_names_things_in_a_language_that_is_used() -> None:
    author = Author(name_en="Tern", name_ru="Крачка")
    for own, used, name in (("en", CODES, "Tern"), ("ru", CODES, "Крачка"), ("en", ("ru",), "Крачка")):
        with translation.override(own), desk_of(used):
            assert str(author) == name
    assert desk_language() in CODES
    assert KNOWN[CODES[0]].own_name == "English"


def test_no_other_source_names_the_languages() -> None:
    wrong = []
    for file in sorted(SOURCES.rglob("*.py")):
        name = str(file.relative_to(SOURCES))
        if name not in ELSEWHERE and not name.startswith(FREE):
            text = re.sub(r'""".*?"""|#[^\n]*', "", file.read_text("utf-8"), flags=re.DOTALL)
            wrong += [(name, match[0]) for match in NAMED.finditer(text)]
    assert wrong == []
