"""`check --deploy` refuses what must not go public."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from newsroom import checks


def ids(messages: list) -> list[str]:
    return [message.id for message in messages]


@pytest.mark.django_db
def test_a_demo_account_is_refused_by_name(settings: Any) -> None:
    User.objects.create_user("editor", "editor@demo.invalid")
    User.objects.create_user("someone", "someone@news.example")
    (found,) = checks.no_demo_in_production(None)
    assert found.id == "newsroom.E002"
    assert found.msg == "Demo accounts exist: editor."


@pytest.mark.django_db
def test_the_demo_mode_is_refused(settings: Any) -> None:
    settings.DEMO = True
    assert ids(checks.no_demo_in_production(None)) == ["newsroom.E001"]


@pytest.mark.django_db
def test_a_newsroom_without_demo_accounts_passes() -> None:
    User.objects.create_user("someone", "someone@news.example")
    assert checks.no_demo_in_production(None) == []


def test_any_host_is_refused(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert ids(checks.hosts_are_named(None)) == ["newsroom.E003"]
    settings.ALLOWED_HOSTS = ["news.example"]
    assert checks.hosts_are_named(None) == []


def test_a_template_that_does_not_compile_is_named(tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "broken.html").write_text("{% if %}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [folder]}]
    (found,) = checks.templates_compile(None)
    assert found.id == "newsroom.E004"
    assert found.msg.startswith("Template broken.html: ")


def test_every_template_of_the_project_compiles() -> None:
    assert checks.templates_compile(None) == []


def test_a_role_that_there_is_not_is_refused_where_it_is_to_have_a_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = ["Editor", "Managing editor", "Legal", "Administrator"]
    assert checks.second_factor_roles_exist(None) == []
    settings.SECOND_FACTOR_ROLES = ["Editor", "Administrators"]
    assert [error.id for error in checks.second_factor_roles_exist(None)] == ["newsroom.E005"]
