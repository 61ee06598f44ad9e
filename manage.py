#!/usr/bin/env python
"""The command line of the newsroom: `python manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    """Run one management command; a wrong environment value ends it with one clear sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if sys.argv[1:2] == ["annotate"] or (sys.argv[1:2] == ["restore"] and "--settings-to" in sys.argv):
        _without_site()
    from django.core.management import execute_from_command_line

    from newsroom.env import WrongValue

    try:
        import newsroom.settings  # noqa: F401  (a wrong value is reported before any command starts)

        execute_from_command_line(sys.argv)
    except WrongValue as error:
        sys.exit(f"Settings: {error}")


def _without_site() -> None:
    """Marking a text needs no site: `annotate` runs on a fresh clone, before anything is configured; and so does what
    takes the settings out of a backup."""
    from django.core.management.utils import get_random_secret_key

    os.environ.setdefault("SITE_URL", "http://127.0.0.1")
    os.environ.setdefault("EMAIL_URL", "none:")
    os.environ.setdefault("SECRET_KEY", get_random_secret_key())


if __name__ == "__main__":
    main()
