"""Commands that tell in the language of the terminal: English, or Russian where LC_ALL, LC_MESSAGES or LANG say so."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


def terminal_language() -> str:
    """Return the code of the language that the terminal asks for; English for one that there are no texts in."""
    said = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    code = said[:2].lower()
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@contextmanager
def spoken() -> Iterator[None]:
    """Tell in that language for a while."""
    with translation.override(terminal_language()):
        yield
