"""What is costly to make and only read, or changed in part, is made once for a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def made_once(django_db_blocker: Any) -> Iterator[None]:
    """Let a fixture of a module make rows, which go with it; a test marked `django_db` takes back what it did itself.

    The fixture asks for `django_db_setup` too. No test of the module may ask for transactions of its own.
    """
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # what must be outermost may begin within
    with django_db_blocker.unblock(), whole:
        yield
        transaction.set_rollback(True)
