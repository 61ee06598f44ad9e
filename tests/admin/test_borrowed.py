"""The collected texts are those that are shown: none is missing, none is left over."""

from pathlib import Path

import unfold

from articles import baking
from articles.admin.borrowed import ENGINE, JOBS, ROLES, UNFOLD
from articles.footnotes.rules import REASONS
from articles.publishing.roles import ROLES as KNOWN_ROLES


def test_reasons_of_the_engine() -> None:
    assert sorted(ENGINE) == sorted(REASONS.values())


def test_roles_and_jobs() -> None:
    assert set(ROLES) == set(KNOWN_ROLES)
    assert set(JOBS) == set(baking.JOBS)


def test_texts_of_unfold_stand_in_its_sources() -> None:
    folder = Path(unfold.__file__).parent
    files = [
        *folder.glob("*.py"),
        *folder.glob("mixins/*.py"),
        *folder.glob("contrib/filters/**/*.*"),
        *folder.rglob("*.html"),
    ]
    source = "\n".join(file.read_text("utf-8") for file in files if file.suffix in (".py", ".html"))
    assert [text for text in UNFOLD if text not in source and text.replace("'", "\\'") not in source] == []
