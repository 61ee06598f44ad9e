#!/usr/bin/env python
"""The command line of the newsroom: `python manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    """Run one management command; a wrong environment value ends it with one clear sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.core.management import execute_from_command_line

    from newsroom.env import WrongValue

    try:
        import newsroom.settings  # noqa: F401  (a wrong value is reported before any command starts)

        execute_from_command_line(sys.argv)
    except WrongValue as error:
        sys.exit(f"Settings: {error}")


if __name__ == "__main__":
    main()
