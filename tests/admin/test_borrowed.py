"""The collected texts are those that are shown: none is missing, none is left over."""

import re
from pathlib import Path

import unfold
from babel.messages.pofile import read_po
from django.apps import apps
from django.contrib import admin

from articles import baking
from articles.admin.borrowed import DJANGO, ENGINE, PERMISSIONS, ROLES, UNFOLD
from articles.footnotes.rules import REASONS
from articles.models import JobRun
from articles.publishing.roles import ROLES as KNOWN_ROLES


def test_reasons_of_the_engine() -> None:
    assert sorted(ENGINE) == sorted(REASONS.values())


def test_roles_and_jobs() -> None:
    assert set(ROLES) == set(KNOWN_ROLES)
    assert set(JobRun.NAMES) >= set(baking.JOBS)


def test_permissions() -> None:
    models = apps.get_app_config("articles").get_models()
    assert [name for model in models for _codename, name in model._meta.permissions] == list(PERMISSIONS)


def test_texts_of_unfold_stand_in_its_sources() -> None:
    folder = Path(unfold.__file__).parent
    own = [*folder.glob("*.py"), *folder.glob("mixins/*.py"), *folder.rglob("*.html"), *folder.rglob("forms.py")]
    source = re.sub(r"[\"']\n\s*[\"']", "", "\n".join(file.read_text("utf-8") for file in own))
    assert [text for text in UNFOLD if text not in source and text.replace("'", "\\'") not in source] == []


def test_sentences_of_django_stand_in_its_catalog() -> None:
    file = Path(admin.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with file.open("rb") as source:
        known = {message.id for message in read_po(source)}
    assert [text for text in DJANGO if text not in known] == []
