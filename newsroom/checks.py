"""Checks of a deployment, run by `manage.py check --deploy`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines

DEMO_ADDRESS = "@demo.invalid"


@register(Tags.security, deploy=True)
def no_demo_in_production(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Refuse the demo mode and every demo account: their passwords are printed in the documentation."""
    found: list[CheckMessage] = []
    if settings.DEMO:
        found.append(Error("DEMO is on.", hint="Start without DEMO=1.", id="newsroom.E001"))
    try:
        names = list(
            get_user_model().objects.filter(email__endswith=DEMO_ADDRESS).values_list("username", flat=True)[:10]
        )
    except DatabaseError:  # before the first migration there is no account at all
        return found
    if names:
        found.append(
            Error(
                f"Demo accounts exist: {', '.join(names)}.",
                hint="Delete them, or begin with an empty database.",
                id="newsroom.E002",
            )
        )
    return found


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Refuse a server that answers to any name: links in mails and feeds are made from it."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Error("ALLOWED_HOSTS holds '*'.", hint="Name the hosts of the site.", id="newsroom.E003")]


@register(Tags.security)
def second_factor_roles_exist(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Refuse a role that there is not: a slip of the pen would let its members in with a password alone."""
    from articles.publishing.roles import ROLES

    unknown = [role for role in settings.SECOND_FACTOR_ROLES if role not in ROLES]
    hint = f"Roles are {', '.join(ROLES)}; none stands alone."
    return [Error(f"SECOND_FACTOR_ROLES names {role!r}.", hint=hint, id="newsroom.E005") for role in unknown]


@register(Tags.security)
def camera_files_are_sealed(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Refuse to keep photos as they came where nobody could read them, or where a web server sends them."""
    from articles.photos import camera

    told = {
        "key": ("KEEP_CAMERA_FILES is on, and no public key of age is named.", "Name one in CAMERA_RECIPIENTS."),
        "folder": ("CAMERA_DIR lies in a folder that readers are served from.", "Name a folder outside of it."),
    }
    what = camera.trouble()
    return [Error(told[what][0], hint=told[what][1], id="newsroom.E006")] if what else []


@register(Tags.templates, deploy=True)
def templates_compile(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Compile every template of the project and of the outlet, so that none fails first in front of a reader."""
    folders = [Path(folder) for folder in engines["django"].dirs]
    files = [(file, folder) for folder in folders for file in folder.rglob("*") if file.is_file()]
    return list(_broken_templates({file.relative_to(folder).as_posix() for file, folder in files}))


def _broken_templates(names: Iterable[str]) -> Iterator[CheckMessage]:
    for name in sorted(names):
        try:
            engines["django"].get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist, UnicodeDecodeError) as error:
            yield Error(f"Template {name}: {error}", id="newsroom.E004")
